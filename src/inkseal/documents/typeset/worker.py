"""The child process of a `TypesetPool`: reads jobs from its input, writes finished files to its output.

Decided here: what the child may not do. It has no more address space than a contract needs, can write no file
of any size and open few.
"""

import os
import resource
import sys
from typing import Final

from inkseal.documents.typeset.errors import LayoutError
from inkseal.documents.typeset.frames import decode_job, encode_result, receive, send
from inkseal.documents.typeset.layout import lay_out

ADDRESS_SPACE_BYTES: Final = 1_500_000_000
OPEN_FILES: Final = 64
#: Enough for Python to try where temporary folders may be made, too little to keep anything.
FILE_BYTES: Final = 4096


def main() -> None:
    """Serve jobs until the input ends."""
    confine()
    results = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not be taken for a result.
    os.dup2(2, 1)
    while (frame := receive(sys.stdin.buffer)) is not None:
        try:
            result = lay_out(decode_job(frame[0]))
        except LayoutError as err:
            send(results, {"hint": err.hint})
        else:
            send(results, encode_result(result), result.pdf)


def confine() -> None:
    """Give up what typesetting does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


if __name__ == "__main__":
    main()
