"""How much a child may use, and how it gives up everything else before it looks at the first foreign byte."""

import math
import os
import resource
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from inkseal.documents.sandbox.calls import refuse_other_calls

MEGABYTE: Final = 1_000_000
#: The user and group that own nothing, on Debian and everywhere else that Linux runs.
NOBODY: Final = 65534


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use (documents.md, "Hostile files")."""

    address_space_bytes: int = 1_500 * MEGABYTE
    #: Processor time from the moment the foreign bytes are read.
    cpu_seconds: int = 5
    #: From start to answer, start-up included.
    wall_seconds: float = 5.0
    file_bytes: int = 64 * MEGABYTE
    #: Longest answer that the parent reads.
    answer_bytes: int = 64 * MEGABYTE


PICTURE_LIMITS: Final = Limits()


def give_up_rights(limits: Limits) -> None:
    """Apply `limits` to this process, for good: hard limits cannot be raised again without privileges.

    1. root becomes nobody, so that signals, files and higher limits are out of reach;
    2. no core file (it would hold the person's picture), bounded memory, files and time;
    3. no new descriptor: neither files nor sockets; no new process or thread;
    4. no kernel call but to compute and to answer: what a path alone can do is refused too.
    """
    cpu_limit = math.ceil(_cpu_seconds_used()) + limits.cpu_seconds
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_AS, limits.address_space_bytes)
    _set(resource.RLIMIT_FSIZE, limits.file_bytes)
    _set(resource.RLIMIT_CPU, cpu_limit)
    if os.geteuid() == 0:
        _become_nobody()
    _set(resource.RLIMIT_NPROC, 0)
    _set(resource.RLIMIT_NOFILE, 0)
    refuse_other_calls()


def _become_nobody() -> None:
    # A root without the capability to change its user (some containers) has little else to lose.
    with suppress(PermissionError):
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _set(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (allowed, allowed))


def _cpu_seconds_used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
