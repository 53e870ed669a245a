"""Failpoints act at the hit they name, and never unasked."""

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from inkseal.core import failpoint as module
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
