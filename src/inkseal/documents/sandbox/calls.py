"""Which kernel calls a child may still make: to compute, to answer, to end. Everything else is refused.

Without files to open there is still much to do by path alone: remove, rename, make folders, start programs; and
a service that does not run as root shares its user with its children. So the kernel itself is told (seccomp(2),
filter mode) to answer EPERM to every call that is not listed here.
"""

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from types import MappingProxyType
from typing import Final

# One line for each call: its name, its number on x86_64, its number on aarch64 (asm/unistd.h; what one of them lacks
# has the number of what stands in for it). The event loop of signature validation waits by epoll.
_HARMLESS: Final = """
read 0 63
write 1 64
close 3 57
fstat 5 80
newfstatat 262 79
lseek 8 62
mmap 9 222
mprotect 10 226
munmap 11 215
mremap 25 216
brk 12 214
madvise 28 233
rt_sigaction 13 134
rt_sigprocmask 14 135
rt_sigreturn 15 139
sigaltstack 131 132
sched_yield 24 124
futex 202 98
epoll_wait 232 22
epoll_pwait 281 22
getpid 39 172
gettid 186 178
getrusage 98 165
clock_gettime 228 113
getrandom 318 278
exit 60 93
exit_group 231 94
"""
#: Allowed towards itself, which is how an aborting decoder ends.
_SIGNALS: Final = """
kill 62 129
tgkill 234 131
"""
#: Column of the tables above, and the processor's number in linux/audit.h. Both are little-endian.
_MACHINES: Final = MappingProxyType({"x86_64": (1, 0xC000_003E), "aarch64": (2, 0xC000_00B7)})
#: `struct sock_filter`: what to do, two jumps (if equal, if not), a value.
_INSTRUCTION: Final = struct.Struct("HBBI")
#: linux/prctl.h, linux/seccomp.h
_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_FILTER_MODE: Final = 2
_ALLOW: Final = 0x7FFF_0000
_REFUSE: Final = 0x0005_0000 | 1  # EPERM
#: linux/bpf_common.h: load a word of `struct seccomp_data`; compare it; answer.
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_ANSWER: Final = 0x06
#: Offsets in `struct seccomp_data`; of the argument its low half, as both processors are little-endian.
_CALL: Final = 0
_AUDIT: Final = 4
_FIRST_ARGUMENT: Final = 16


def refuse_other_calls() -> None:
    """Let this process make the listed calls only, for good.

    On another processor, and where the kernel has no filters (some emulators), the resource limits stand alone.
    """
    machine = os.uname().machine
    if machine not in _MACHINES:
        return
    code = b"".join(_program(machine, os.getpid()))
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HP", len(code) // _INSTRUCTION.size, ctypes.addressof(held))
    with suppress(OSError):
        _control(_NO_NEW_PRIVILEGES, 1)
        _control(_SET_SECCOMP, _FILTER_MODE, program)


def _control(option: int, value: int, program: bytes | None = None) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    none = ctypes.c_ulong(0)
    if libc.prctl(option, ctypes.c_ulong(value), ctypes.c_char_p(program), none, none):
        raise OSError(ctypes.get_errno(), "prctl")


def _program(machine: str, own_id: int) -> Iterator[bytes]:
    """Yield the filter's instructions; a jump counts instructions from the next one.

    Behind the comparisons stand: refuse, load whom the signal is for, compare with oneself, refuse, allow.
    """
    column, audit = _MACHINES[machine]
    signal, allow = 1, 4
    targets = {**_numbers(_HARMLESS, column, allow), **_numbers(_SIGNALS, column, signal)}
    yield _INSTRUCTION.pack(_LOAD, 0, 0, _AUDIT)
    yield _INSTRUCTION.pack(_EQUAL, 0, len(targets) + 1, audit)
    yield _INSTRUCTION.pack(_LOAD, 0, 0, _CALL)
    for left, (number, target) in zip(reversed(range(len(targets))), targets.items(), strict=True):
        yield _INSTRUCTION.pack(_EQUAL, left + target, 0, number)
    yield _INSTRUCTION.pack(_ANSWER, 0, 0, _REFUSE)
    yield _INSTRUCTION.pack(_LOAD, 0, 0, _FIRST_ARGUMENT)
    yield _INSTRUCTION.pack(_EQUAL, 1, 0, own_id)
    yield _INSTRUCTION.pack(_ANSWER, 0, 0, _REFUSE)
    yield _INSTRUCTION.pack(_ANSWER, 0, 0, _ALLOW)


def _numbers(table: str, column: int, target: int) -> dict[int, int]:
    return {int(line.split()[column]): target for line in table.strip().splitlines()}
