"""Child processes are restarted, given up with a reason, and ended together."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from inkseal.project import children
from inkseal.project.children import Child, ChildKeepsDyingError, end, supervise

PAUSES = (sys.executable, "-c", "import signal; signal.pause()")
ENDS = (sys.executable, "-c", "raise SystemExit(7)")
#: Ignores SIGTERM once it has said that it does.
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); signal.pause()"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "POLL_SECONDS", 0.01)


class Killer:
    """Kills each child as it starts, and ends the supervision at the `last` start."""

    def __init__(self, last: int) -> None:
        self.stop = threading.Event()
        self.last = last
        self.pids: list[int] = []

    def __call__(self, child: Child) -> None:
        assert child.process is not None
        self.pids.append(child.process.pid)
        if len(self.pids) == self.last:
            self.stop.set()
        else:
            os.kill(child.process.pid, signal.SIGKILL)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_child_is_started_again() -> None:
    killer = Killer(last=3)
    supervise([Child("worker", PAUSES)], killer.stop, on_start=killer)
    assert len(set(killer.pids)) == 3


def test_being_killed_often_is_not_the_childs_own_fault() -> None:
    killer = Killer(last=children.YOUNG_DEATHS_ALLOWED + 4)
    supervise([Child("worker", PAUSES)], killer.stop, on_start=killer)
    assert len(killer.pids) == children.YOUNG_DEATHS_ALLOWED + 4


def test_all_children_have_ended_when_the_supervision_ends() -> None:
    killer = Killer(last=2)
    supervised = [Child("web", PAUSES), Child("worker", PAUSES)]
    supervise(supervised, killer.stop, on_start=killer)
    assert not any(is_running(pid) for pid in killer.pids)


def test_a_child_that_keeps_failing_ends_the_supervision_with_its_name_and_code() -> None:
    with pytest.raises(ChildKeepsDyingError) as caught:
        supervise([Child("worker", ENDS)], threading.Event())
    assert (caught.value.name, caught.value.exit_code) == ("worker", 7)


def test_the_other_children_end_with_a_child_that_keeps_failing() -> None:
    web = Child("web", PAUSES)
    with pytest.raises(ChildKeepsDyingError):
        supervise([web, Child("worker", ENDS)], threading.Event())
    assert web.process is not None
    assert web.process.poll() is not None


def test_a_child_that_lived_long_before_may_fail_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "YOUNG_SECONDS", 0.0)
    stop, starts = threading.Event(), []

    def count(child: Child) -> None:
        starts.append(child.name)
        if len(starts) > children.YOUNG_DEATHS_ALLOWED + 3:
            stop.set()

    supervise([Child("worker", ENDS)], stop, on_start=count)
    assert len(starts) == children.YOUNG_DEATHS_ALLOWED + 4


def test_a_child_that_ignores_the_request_to_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "GRACE_SECONDS", 0.1)
    process = subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    end([Child("deaf", (), process)])
    assert process.returncode == -signal.SIGKILL
    process.stdout.close()


def test_ending_children_that_never_started_is_nothing() -> None:
    end([Child("worker", PAUSES)])


def test_a_child_does_not_get_the_terminals_ctrl_c() -> None:
    child = Child("worker", PAUSES)
    child.start()
    assert child.process is not None
    assert os.getsid(child.process.pid) != os.getsid(0)
    end([child])


def test_a_running_child_has_no_exit_code_yet() -> None:
    child = Child("worker", ENDS)
    assert child.exit_code == 0
    child.start()
    assert child.process is not None
    child.process.wait()
    assert child.exit_code == 7
    assert child.has_died()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_a_child_ends_when_its_parent_is_killed() -> None:
    reader, writer = os.pipe()
    inheritable = True
    os.set_inheritable(writer, inheritable)
    child = "from inkseal.project.children import die_with_parent; die_with_parent(); import os, signal, sys;"
    child += f"os.write({writer}, b'r'); signal.pause()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], close_fds=False)"
    with subprocess.Popen([sys.executable, "-c", parent], close_fds=False) as process:
        os.close(writer)
        assert os.read(reader, 1) == b"r"
        process.kill()
        assert os.read(reader, 1) == b"", "the pipe closes when the child has ended"
    os.close(reader)


def test_signals_set_the_event() -> None:
    program = (
        "from inkseal.project import children; e = children.stop_on_signals(); print(flush=True); e.wait(); print(7)"
    )
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(number)
            assert process.stdout.read() == b"7\n"
