"""Code that runs inside a sandboxed child, as that of a taken-over decoder would, and tells what it met."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from inkseal.documents.sandbox import ChildFailedError, Limits, run_in_child

RUN_CODE = "builtins:exec"
#: Writes `told` as the child's answer. Everything that it imports is loaded before the rights are given up.
TELL = """
import json, os, struct
head = json.dumps({"returned": told}).encode()
os.write(1, struct.pack(">I", len(head)) + head)
os._exit(0)
"""


def told_by(code: str, limits: Limits | None = None) -> Mapping[str, object]:
    """Run `code`, which assigns a dict to `told`, in a child and return that."""
    return run_in_child(RUN_CODE, f"{code}\n{TELL}".encode(), limits=limits or Limits()).facts


def error_of(code: str, limits: Limits | None = None) -> ChildFailedError:
    """Run `code` in a child that fails, and return how."""
    with pytest.raises(ChildFailedError) as caught:
        run_in_child(RUN_CODE, code.encode(), limits=limits or Limits())
    return caught.value


def refusal(statement: str) -> object:
    """Return the errno with which the kernel refused `statement`; 0 if it did not."""
    lines = (
        "import os, ctypes",
        "errno = 0",
        "try:",
        f"    {statement}",
        "except OSError as err:",
        "    errno = err.errno",
        "told = {'errno': errno}",
    )
    return told_by("\n".join(lines))["errno"]


def raw(call: str) -> object:
    """Return the errno of a call of the C library, which no Python code can stand in front of."""
    lines = (
        "import ctypes",
        "libc = ctypes.CDLL(None, use_errno=True)",
        f"result = libc.{call}",
        "told = {'errno': ctypes.get_errno() if result == -1 else 0}",
    )
    return told_by("\n".join(lines))["errno"]


def own_children() -> Iterator[tuple[int, str]]:
    """Yield process id and state ("Z": defunct) of every child of this process."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if after_name[1] == str(os.getpid()):
                yield int(folder.name), after_name[0]
