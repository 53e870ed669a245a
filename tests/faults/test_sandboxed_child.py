"""What a decoder that was taken over can do: nothing, and not for long. `exec` plays its part."""

import os
import time
from pathlib import Path

import pytest

from inkseal.documents.sandbox import ChildFailedError, ChildFault, Limits, run_in_child
from inkseal.documents.sandbox.frames import FrameError, pack, unpack

RUN_CODE = "builtins:exec"
QUICK = Limits(wall_seconds=1.0)


def fault_of(code: str, limits: Limits = QUICK) -> ChildFailedError:
    with pytest.raises(ChildFailedError) as caught:
        run_in_child(RUN_CODE, code.encode(), limits=limits)
    return caught.value


def test_a_child_that_never_answers_is_killed_after_the_wall_time() -> None:
    start = time.monotonic()
    error = fault_of("while True: pass")
    assert error.fault is ChildFault.TOO_SLOW
    assert time.monotonic() - start < 4


def test_a_child_that_answers_but_does_not_end_is_killed_too() -> None:
    assert fault_of("import os, signal\nos.close(1)\nwhile True: pass").fault is ChildFault.TOO_SLOW


def test_a_child_that_crashes_is_told_from_one_that_raises() -> None:
    crash = fault_of("import os; os.abort()")
    assert (crash.fault, crash.detail) == (ChildFault.KILLED, "SIGABRT")
    raised = fault_of("raise ValueError('E1204567K')")
    assert (raised.fault, raised.detail) == (ChildFault.RAISED, "ValueError")
    assert "E1204567K" not in str(raised)


def test_a_child_that_computes_too_long_gets_no_more_processor() -> None:
    error = fault_of("while True: pass", Limits(cpu_seconds=1, wall_seconds=60))
    assert error.fault is ChildFault.KILLED
    assert error.detail in {"SIGXCPU", "SIGKILL"}


def test_a_child_cannot_take_more_memory_than_its_limit() -> None:
    error = fault_of("bytearray(1_600_000_000)")
    assert (error.fault, error.detail) == (ChildFault.RAISED, "MemoryError")


def test_a_child_cannot_read_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "seal.p12"
    secret.write_bytes(b"key")
    assert fault_of(f"open({str(secret)!r})").detail in {"OSError", "PermissionError"}


def test_a_child_cannot_write_a_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    fault_of(f"open({str(tmp_path / 'left')!r}, 'w')")
    assert list(tmp_path.iterdir()) == []


def test_a_child_cannot_free_a_descriptor_for_a_file() -> None:
    assert fault_of("import os\nos.close(2)\nos.open('/etc/passwd', 0)").detail == "PermissionError"


def test_a_child_starts_no_other_process() -> None:
    assert fault_of("import os\nos.fork() or os._exit(0)").detail == "PermissionError"


def test_a_child_cannot_raise_its_limits() -> None:
    code = "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))"
    assert fault_of(code).detail in {"ValueError", "PermissionError"}


def test_a_child_sees_no_secret_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKSEAL_SECRET_KEY", "made up")
    code = "import os\nif 'INKSEAL_SECRET_KEY' in os.environ: os.abort()\nraise LookupError"
    assert fault_of(code).detail == "LookupError"


@pytest.mark.skipif(os.geteuid() != 0, reason="the parent is not root: the child has its rights already")
def test_a_child_of_root_cannot_signal_its_parent() -> None:
    code = f"import os\nos.kill({os.getpid()}, 0)"
    assert fault_of(code).detail == "PermissionError"


def test_an_endless_answer_is_cut_off() -> None:
    code = "import os\nwhile True: os.write(1, b'x' * 65536)"
    error = fault_of(code, Limits(answer_bytes=1_000_000))
    assert error.fault is ChildFault.NO_ANSWER


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00",
        b"\xff\xff\xff\xff{}",
        b"\x00\x00\x00\x02[]",
        b"\x00\x00\x00\x02{x",
        b"\x00\x00\x00\x01\xff",
    ],
)
def test_a_broken_frame_is_no_answer(frame: bytes) -> None:
    with pytest.raises(FrameError):
        unpack(frame)
    code = f"import os\nos.write(1, {frame!r})\nos._exit(0)"
    assert fault_of(code).fault is ChildFault.NO_ANSWER


def test_deeply_nested_json_is_no_answer() -> None:
    nested = b"[" * 100_000
    with pytest.raises(FrameError):
        unpack(len(nested).to_bytes(4) + nested)


def test_a_child_that_exits_with_an_error_gave_no_answer() -> None:
    error = fault_of("import os\nos._exit(3)")
    assert (error.fault, error.detail) == (ChildFault.NO_ANSWER, "exit 3")


def test_a_forged_answer_of_another_shape_is_refused() -> None:
    frame = pack({"returned": "text"}, b"")
    code = f"import os\nos.write(1, {frame!r})\nos._exit(0)"
    assert fault_of(code).fault is ChildFault.RAISED


def test_a_frame_comes_back_as_it_went() -> None:
    answer = unpack(pack({"page": 3, "name": "谭"}, b"\x00\xff"))
    assert (answer.facts, answer.content) == ({"page": 3, "name": "谭"}, b"\x00\xff")
