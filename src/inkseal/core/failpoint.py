"""Named places where a test may kill, stop or fail this process; nothing happens unless the environment asks.

INKSEAL_FAILPOINT=name:n[:raise|:stop] acts at the n-th hit of `name`: SIGKILL by default.
INKSEAL_FAILPOINT_LOG=file appends every hit, so that a sweep can visit each of them once.
"""

import os
import signal
from collections import Counter
from pathlib import Path

from inkseal.core.errors import RetryableError

_hits: Counter[str] = Counter()


class FailpointError(RetryableError):
    """Raised on purpose by a test."""


def failpoint(name: str) -> None:
    """Count one hit of `name` and do what the environment asks for this hit."""
    wanted = os.environ.get("INKSEAL_FAILPOINT")
    log = os.environ.get("INKSEAL_FAILPOINT_LOG")
    if wanted is None and log is None:
        return
    _hits[name] += 1
    if log is not None:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(f"{name}:{_hits[name]}\n")
    if wanted is not None:
        _act(wanted, name)


def _act(wanted: str, name: str) -> None:
    target, number, *kind = wanted.split(":")
    if target != name or int(number) != _hits[name]:
        return
    if kind == ["raise"]:
        raise FailpointError(name)
    os.kill(os.getpid(), signal.SIGSTOP if kind == ["stop"] else signal.SIGKILL)
