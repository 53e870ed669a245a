"""How a child can end, one by one, and what its parent makes of it: always an answer, never a leak, never a wait."""

import json
import os
import resource
import signal
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inkseal.core.errors import PermanentError
from inkseal.documents.sandbox import ChildFailedError, ChildFault, Limits, run_in_child
from inkseal.documents.sandbox.frames import FrameError, pack, unpack
from tests.faults.sandbox_kit import RUN_CODE, error_of, own_children, told_by

DEADLY = ("SIGABRT", "SIGBUS", "SIGFPE", "SIGHUP", "SIGILL", "SIGKILL", "SIGSEGV", "SIGSYS", "SIGTERM", "SIGTRAP")
IGNORED_BY_PYTHON = ("SIGPIPE", "SIGXFSZ")


def writes(frame: bytes, then: str = "os._exit(0)") -> str:
    return f"import os\nos.write(1, {frame!r})\n{then}"


@pytest.mark.parametrize("name", DEADLY)
def test_a_death_by_any_signal_is_named(name: str) -> None:
    error = error_of(f"import os\nos.kill(os.getpid(), {signal.Signals[name].value})")
    assert (error.fault, error.detail) == (ChildFault.KILLED, name)
    assert isinstance(error, PermanentError)


@pytest.mark.parametrize("name", IGNORED_BY_PYTHON)
def test_a_signal_that_kills_nobody_is_no_death(name: str) -> None:
    code = f"import os\nos.kill(os.getpid(), {signal.Signals[name].value})\ntold = {{'alive': True}}"
    assert told_by(code) == {"alive": True}


def test_a_signal_without_a_name_is_a_death_too() -> None:
    """Real-time signals have numbers only: the parent must not stumble over them."""
    error = error_of(f"import os\nos.kill(os.getpid(), {int(signal.SIGRTMIN) + 3})")
    assert (error.fault, error.detail) == (ChildFault.KILLED, f"signal {int(signal.SIGRTMIN) + 3}")


def test_a_real_fault_of_memory_is_a_death() -> None:
    assert error_of("import ctypes\nctypes.string_at(8)").detail == "SIGSEGV"


def test_a_stopped_child_is_killed_at_the_wall_time() -> None:
    start = time.monotonic()
    error = error_of("import os\nos.kill(os.getpid(), 19)", Limits(wall_seconds=1.0))
    assert error.fault is ChildFault.TOO_SLOW
    assert time.monotonic() - start < 4


def test_a_child_that_ignores_requests_to_end_is_killed() -> None:
    code = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass"
    assert error_of(code, Limits(wall_seconds=1.0)).fault is ChildFault.TOO_SLOW


def test_processor_time_is_counted_without_the_start() -> None:
    start = time.monotonic()
    error = error_of("while True: pass", Limits(cpu_seconds=1, wall_seconds=30))
    assert (error.fault, error.detail) == (ChildFault.KILLED, "SIGKILL")
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("limit_bytes", [200_000_000, 400_000_000])
def test_the_memory_limit_is_the_one_given(limit_bytes: int) -> None:
    limits = Limits(address_space_bytes=limit_bytes)
    assert error_of(f"bytearray({limit_bytes})", limits).detail == "MemoryError"
    assert told_by(f"told = {{'length': len(bytearray({limit_bytes // 4}))}}", limits) == {"length": limit_bytes // 4}


@pytest.mark.parametrize(("size_bytes", "fits"), [(100_000, True), (100_001, False)])
def test_an_answer_is_read_up_to_its_limit_and_no_further(size_bytes: int, *, fits: bool) -> None:
    frame = pack({"returned": {}}, b"")
    code = (
        f"import os\nleft = {frame!r} + bytes({size_bytes - len(frame)})\nwhile left: left = left[os.write(1, left):]"
    )
    limits = Limits(answer_bytes=100_000)
    if fits:
        assert len(run_in_child(RUN_CODE, f"{code}\nos._exit(0)".encode(), limits=limits).content) == 100_000 - len(
            frame
        )
    else:
        error = error_of(f"{code}\nos._exit(0)", limits)
        assert (error.fault, error.detail) == (ChildFault.NO_ANSWER, "more than 100000 bytes")


WHOLE = pack({"returned": {"width": 700}}, b"picture")


@pytest.mark.parametrize("length", range(len(pack({"returned": {"width": 700}}, b""))))
def test_a_partial_head_is_no_answer(length: int) -> None:
    with pytest.raises(FrameError):
        unpack(WHOLE[:length])


@pytest.mark.parametrize(
    "frame",
    [
        WHOLE[:9],
        b"%PDF-1.7 garbage from a decoder",
        bytes(64),
        b"\xff" * 64,
        struct.pack(">I", 2**32 - 1) + b"{}",
        struct.pack(">I", 4) + b"null",
        struct.pack(">I", 9) + b'{"a":1}, ',
        struct.pack(">I", 3) + "\ud800".encode("utf-8", "surrogatepass"),
        struct.pack(">I", 20_000) + b"[" * 20_000,
    ],
)
def test_garbage_and_half_an_answer_are_none(frame: bytes) -> None:
    error = error_of(writes(frame))
    assert (error.fault, error.detail) == (ChildFault.NO_ANSWER, "not one frame")


@pytest.mark.parametrize("then", ["os._exit(1)", "os._exit(255)", "os.abort()"])
def test_a_whole_answer_of_a_child_that_failed_does_not_count(then: str) -> None:
    assert error_of(writes(WHOLE, then)).fault in {ChildFault.NO_ANSWER, ChildFault.KILLED}


@pytest.mark.parametrize("returned", [None, 7, "text", [1], True])
def test_an_answer_of_another_shape_does_not_count(returned: object) -> None:
    head = json.dumps({"returned": returned}).encode()
    assert error_of(writes(struct.pack(">I", len(head)) + head)).fault is ChildFault.RAISED


def test_an_exception_is_told_by_its_type_and_never_by_its_text() -> None:
    error = error_of("raise LookupError('Alice Tan, E1204567K ' * 100_000)")
    assert (error.fault, error.detail) == (ChildFault.RAISED, "LookupError")
    assert "Alice" not in f"{error} {error.args}"


def test_an_exception_with_a_name_made_of_data_is_cut_short() -> None:
    error = error_of("raise type('A' * 500, (Exception,), {})")
    assert error.detail == "A" * 64


def test_an_exception_whose_text_fails_itself_is_told_all_the_same() -> None:
    code = "class Broken(Exception):\n    def __str__(self): raise SystemError\nraise Broken"
    assert error_of(code).detail == "Broken"


@pytest.mark.parametrize("code", ["raise SystemExit", "raise KeyboardInterrupt", "import sys\nsys.exit('bye')"])
def test_a_child_that_leaves_without_an_answer_gave_none(code: str) -> None:
    assert error_of(code).fault in {ChildFault.NO_ANSWER, ChildFault.KILLED}


def test_what_a_decoder_prints_is_neither_answer_nor_log(capfd: pytest.CaptureFixture[str]) -> None:
    noise = "import os\nfor _ in range(40): os.write(2, b'Alice Tan ' * 10_000)\ntold = {'fine': 1}"
    assert told_by(noise) == {"fine": 1}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("size_bytes", [0, 1, 1 << 16, 20_000_000])
def test_bytes_of_any_length_go_in_and_come_out(size_bytes: int) -> None:
    """More than a pipe holds: neither side may wait for the other for ever."""
    content = b"import sys\n#" + b"x" * size_bytes
    code = b"import os\nframe = b'\\0\\0\\0\\x0f{\"returned\":{}}' + bytes(%d)\n" % size_bytes
    code += b"while frame: frame = frame[os.write(1, frame):]\nos._exit(0)\n"
    assert len(run_in_child(RUN_CODE, code + content).content) == size_bytes


def test_arguments_arrive_as_they_were_given() -> None:
    arguments = {"name": "谭岚月", "limit": 12, "on": True, "nothing": None, "list": [1, 2]}
    frame = "import json, os, struct\nhead = json.dumps({'returned': {k: v for k, v in globals().items() if k in "
    code = f"{frame}{sorted(arguments)}}}}}).encode()\nos.write(1, struct.pack('>I', len(head)) + head)\nos._exit(0)"
    assert run_in_child(RUN_CODE, code.encode(), arguments).facts == arguments


def ends_in_every_way() -> None:
    limits = Limits(wall_seconds=0.6, answer_bytes=1_000)
    for code in ("raise ValueError", "import os; os.abort()", "while True: pass", writes(bytes(2_000)), writes(b"x")):
        error_of(code, limits)


def test_no_child_is_left_defunct_or_running_and_no_descriptor_open() -> None:
    descriptors = Path("/proc/self/fd")
    children, files = set(own_children()), len(list(descriptors.iterdir()))
    ends_in_every_way()
    told_by("told = {}")
    assert set(own_children()) == children
    assert len(list(descriptors.iterdir())) == files


def test_four_callers_at_once_each_get_their_own_answer() -> None:
    def ask(number: int) -> object:
        return told_by(f"told = {{'number': {number} * {number}}}", Limits(wall_seconds=30))["number"]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(12))) == [number * number for number in range(12)]


def test_a_failure_of_one_caller_is_not_another_s() -> None:
    def ask(number: int) -> object:
        limits = Limits(wall_seconds=30)
        return (
            told_by("told = {'ok': 1}", limits)["ok"]
            if number % 2
            else error_of("import os; os.abort()", limits).detail
        )

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(8))) == ["SIGABRT", 1] * 4


def test_the_parent_keeps_its_own_limits_and_user() -> None:
    kinds = [resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE]
    before = [resource.getrlimit(kind) for kind in kinds], os.geteuid(), Path.cwd()
    told_by("told = {}")
    assert ([resource.getrlimit(kind) for kind in kinds], os.geteuid(), Path.cwd()) == before


def test_an_error_says_what_it_knows_in_one_line() -> None:
    assert str(ChildFailedError(ChildFault.TOO_SLOW)) == "too_slow"
    assert str(ChildFailedError(ChildFault.KILLED, "SIGSEGV")) == "killed SIGSEGV"
