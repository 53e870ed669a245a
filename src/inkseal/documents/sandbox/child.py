"""The program of a child: `python -m inkseal.documents.sandbox.child MODULE FUNCTION LIMITS`.

Reads one frame on descriptor 0, calls FUNCTION(content, arguments) and writes one frame to descriptor 1. A
module may offer `prepare()`: it is called before the rights are given up, and must import whatever would be
imported late, because afterwards no file can be opened.
"""

import importlib
import json
import os
import sys
from io import FileIO

from inkseal.documents.sandbox.frames import Answer, pack, unpack
from inkseal.documents.sandbox.limits import Limits, give_up_rights


def main(module_name: str, function_name: str, limits: str) -> None:
    """Answer one request. An exception is answered by its type alone: its text may hold the person's data."""
    module = importlib.import_module(module_name)
    if hasattr(module, "prepare"):
        module.prepare()
    give_up_rights(Limits(**json.loads(limits)))
    request = unpack(FileIO(0, closefd=False).readall())
    try:
        answer: Answer = getattr(module, function_name)(request.content, request.facts)
        frame = pack({"returned": answer.facts}, answer.content)
    except Exception as err:  # noqa: BLE001 - whatever a decoder raises is an answer, and the child ends anyway
        frame = pack({"raised": type(err).__name__}, b"")
    _write(frame)


def _write(frame: bytes) -> None:
    rest = memoryview(frame)
    while rest:
        rest = rest[os.write(1, rest) :]


if __name__ == "__main__":
    main(*sys.argv[1:])
    # Nothing is left to tidy up, and a clean-up that needs a file would only fail.
    os._exit(0)
