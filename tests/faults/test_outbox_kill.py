"""A-51: workers killed with SIGKILL at every point around an effect; another takes over, the effect happens once."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from inkseal import outbox
from inkseal.outbox.models import OutboxEffect

CHILD = Path(__file__).with_name("outbox_child.py")
pytestmark = pytest.mark.faults


def enqueue(keys: list[str], now: datetime) -> None:
    with transaction.atomic():
        for key in keys:
            outbox.enqueue("note", key, {"cbid": 77}, now=now)


class Workers:
    """Starts worker processes on the test's database."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = environment

    def start(self, at: datetime, *, owner: str = "worker", failpoint: str | None = None) -> subprocess.Popen[bytes]:
        extra = {"INKSEAL_FAILPOINT": failpoint} if failpoint else {}
        command = [sys.executable, str(CHILD), str(self.folder), at.isoformat(), owner]
        return subprocess.Popen(command, env={**self._environment, **extra}, stderr=subprocess.DEVNULL)

    def run(self, at: datetime, *, failpoint: str | None = None) -> int:
        return self.start(at, failpoint=failpoint).wait(60)

    def calls(self) -> list[str]:
        path = self.folder / "calls"
        return path.read_text().splitlines() if path.exists() else []

    def effects(self) -> set[str]:
        return {path.stem for path in self.folder.glob("*.effect")}


@pytest.fixture
def workers(tmp_path: Path, child_environment: Mapping[str, str]) -> Workers:
    return Workers(tmp_path, child_environment)


@pytest.mark.parametrize(
    ("failpoint", "calls"),
    [
        ("outbox.before-handler:1", ["a 2"]),
        ("outbox.after-handler:1", ["a 1", "a 2"]),
        ("outbox.before-mark:1", ["a 1", "a 2"]),
    ],
)
def test_a_51_a_killed_workers_effect_is_taken_over_after_its_lease(
    workers: Workers, now: datetime, failpoint: str, calls: list[str]
) -> None:
    enqueue(["a"], now)
    assert workers.run(now, failpoint=failpoint) == -signal.SIGKILL
    row = OutboxEffect.objects.get()
    lease_end = now + timedelta(seconds=settings.WORKER_LEASE_SECONDS)
    assert (row.state, row.leased_until) == (outbox.EffectState.PENDING, lease_end)

    assert workers.run(lease_end - timedelta(milliseconds=1)) == 0
    assert OutboxEffect.objects.get().state == outbox.EffectState.PENDING

    assert workers.run(lease_end) == 0
    row = OutboxEffect.objects.get()
    assert (row.state, row.attempts) == (outbox.EffectState.DONE, 2)
    assert workers.calls() == calls
    assert workers.effects() == {"a"}


def test_a_51_a_kill_in_the_middle_loses_nothing_and_repeats_only_the_open_one(workers: Workers, now: datetime) -> None:
    keys = [f"k{number}" for number in range(6)]
    enqueue(keys, now)
    assert workers.run(now, failpoint="outbox.before-mark:4") == -signal.SIGKILL
    assert outbox.backlog().done == 3
    assert workers.run(now + timedelta(seconds=settings.WORKER_LEASE_SECONDS)) == 0
    assert outbox.backlog().done == 6
    assert len(workers.calls()) == 7
    assert workers.effects() == set(keys)


def test_a_51_a_failure_before_the_handler_is_tried_again(workers: Workers, now: datetime) -> None:
    enqueue(["a"], now)
    assert workers.run(now, failpoint="outbox.before-handler:1:raise") == 0
    row = OutboxEffect.objects.get()
    assert (row.state, row.last_error) == (outbox.EffectState.PENDING, "FailpointError")
    assert workers.run(row.due_at) == 0
    assert workers.calls() == ["a 2"]


def test_a_51_two_worker_processes_carry_out_each_effect_once(workers: Workers, now: datetime) -> None:
    keys = [f"k{number}" for number in range(40)]
    enqueue(keys, now)
    processes = [workers.start(now, owner=f"worker-{number}") for number in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert workers.run(now) == 0
    assert sorted(workers.calls()) == sorted(f"{key} 1" for key in keys)
