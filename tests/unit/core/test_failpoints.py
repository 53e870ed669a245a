"""Failpoints act at the hit they name, and never unasked."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from inkseal.core import failpoint as module
from inkseal.core.errors import RetryableError
from inkseal.core.failpoint import FailpointError, failpoint

CODE = (
    "from inkseal.core.failpoint import failpoint\nfor n in range(3):\n failpoint('seal.stored')\n print(n, flush=True)"
)


@pytest.fixture(autouse=True)
def _own_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_hits", Counter())
    monkeypatch.delenv("INKSEAL_FAILPOINT", raising=False)
    monkeypatch.delenv("INKSEAL_FAILPOINT_LOG", raising=False)


def test_nothing_is_counted_unless_it_is_asked_for() -> None:
    failpoint("seal.stored")
    assert not module._hits


def test_the_hit_that_is_named_fails_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKSEAL_FAILPOINT", "seal.stored:2:raise")
    failpoint("seal.stored")
    failpoint("seal.sealed")
    with pytest.raises(FailpointError):
        failpoint("seal.stored")
    failpoint("seal.stored")


def test_every_hit_is_written_down_for_a_sweep(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "hits"
    monkeypatch.setenv("INKSEAL_FAILPOINT_LOG", str(log))
    for name in ("seal.sealed", "seal.stored", "seal.stored"):
        failpoint(name)
    assert log.read_text(encoding="utf-8").split() == ["seal.sealed:1", "seal.stored:1", "seal.stored:2"]


def test_a_process_dies_at_its_failpoint_without_a_last_word() -> None:
    environment = {"INKSEAL_FAILPOINT": "seal.stored:2", "PATH": ""}
    child = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, check=False)
    assert child.returncode == -signal.SIGKILL
    assert child.stdout.split() == [b"0"]


def test_a_process_is_stopped_at_its_failpoint_and_goes_on_when_told() -> None:
    environment = {"INKSEAL_FAILPOINT": "seal.stored:2:stop", "PATH": ""}
    with subprocess.Popen([sys.executable, "-c", CODE], env=environment, stdout=subprocess.PIPE) as child:
        _, status = os.waitpid(child.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        child.send_signal(signal.SIGCONT)
        assert child.stdout is not None
        assert child.stdout.read().split() == [b"0", b"1", b"2"]


def test_hits_are_counted_for_each_name_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKSEAL_FAILPOINT", "seal.sealed:1:raise")
    for _ in range(3):
        failpoint("seal.stored")
    with pytest.raises(FailpointError):
        failpoint("seal.sealed")


def test_the_hit_at_which_it_fails_is_written_down_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "hits"
    monkeypatch.setenv("INKSEAL_FAILPOINT_LOG", str(log))
    monkeypatch.setenv("INKSEAL_FAILPOINT", "seal.stored:1:raise")
    with pytest.raises(FailpointError):
        failpoint("seal.stored")
    assert log.read_text(encoding="utf-8") == "seal.stored:1\n"


def test_what_fails_on_purpose_may_be_tried_again() -> None:
    assert issubclass(FailpointError, RetryableError)


def names_of_failpoints() -> list[str]:
    """Return every name that the source gives to a failpoint."""
    source = Path(module.__file__).resolve().parents[1]
    text = "\n".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))
    return re.findall(r'\bfailpoint\("([^"]+)"\)', text)


def test_every_failpoint_has_a_name_of_its_own_that_the_environment_can_say() -> None:
    names = names_of_failpoints()
    assert len(names) > 10
    assert [name for name in names if ":" in name] == []
    assert [name for name, times in Counter(names).items() if times > 1] == []
