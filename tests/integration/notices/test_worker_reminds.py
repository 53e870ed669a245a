"""The worker has the duty of reminders; what goes wrong there holds nothing else up."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from inkseal.notices.models import Duty, Message
from inkseal.outbox.models import OutboxEffect
from inkseal.project import worker
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey


class OneRound(threading.Event):
    """As SIGTERM that comes when the worker is idle for the first time."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return super().wait(timeout)


@pytest.fixture
def silent(db: None, monkeypatch: pytest.MonkeyPatch) -> Journey:
    """A book whose author has been silent for days; the test's own connection stays open between rounds."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    start = database_now() - timedelta(days=9)
    write_world(start)
    write_book(77, 1001, "The Lantern Ferry", now=start)
    return Journey(start).to_submitted()


def noon() -> datetime:
    """Noon of the coming day in UTC, where Alice is put before she says where she lives."""
    return (database_now() + timedelta(days=1)).replace(hour=12)


def test_a_round_of_the_worker_prompts_and_sends(silent: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    at = noon()
    monkeypatch.setattr(worker, "database_now", lambda: at)
    worker.work("test", OneRound())
    assert set(Message.objects.values_list("send_reason", flat=True)) == {1, 4}
    assert not Duty.objects.get().lease_token


def test_a_fault_in_reminders_stops_no_message(silent: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ValueError("broken")

    monkeypatch.setattr(worker, "remind", broken)
    worker.work("test", OneRound())
    assert not OutboxEffect.objects.exclude(state="done").exists()


def test_a_database_that_is_away_makes_the_worker_wait(silent: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> int:
        raise OperationalError("away")

    monkeypatch.setattr(worker, "remind", away)
    worker.work("test", OneRound())
    assert OutboxEffect.objects.filter(kind="notice.send", state="pending").exists()
