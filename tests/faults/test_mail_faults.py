"""A-47: a mail server that is away, silent or refuses: nothing else fails or waits, each mail arrives once after."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from pytest_django import Settings

from inkseal import outbox
from inkseal.catalog.models import Author
from inkseal.notices import push
from inkseal.notices.models import Message, Reminder, Route
from inkseal.notices.remind import remind
from inkseal.notices.rests import REST
from inkseal.outbox.models import OutboxEffect
from inkseal.project import handlers
from inkseal.project.demo.people import write_book, write_world
from tests.faults.mail_trouble import Trouble, deaf_server, free_port, mail_server
from tests.integration.contracts.journey import Journey
from tests.integration.notices.push_server import running_push_server

pytestmark = pytest.mark.faults
assert handlers.__name__  # importing it registers what runs each kind of effect
CHILD = Path(__file__).with_name("remind_child.py")


@pytest.fixture
def port(settings: Settings) -> int:
    """A port for the mail server of the settings; half a second is as long as anybody waits for it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = 0.5
    number: int = settings.EMAIL_PORT
    return number


@pytest.fixture
def journey(db: None, now: datetime) -> Journey:
    """Book 77 of Alice, who cannot be reached by push."""
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    Author.objects.update(guid=None)
    return Journey(now)


def relay(at: datetime) -> None:
    while outbox.run_due(lambda: at, owner="test"):
        pass


def relay_after(journey: Journey, *hours: int) -> None:
    for hour in hours:
        relay(journey.now + timedelta(hours=hour))


def endings() -> list[tuple[int, str | None]]:
    return list(Message.objects.order_by("id").values_list("status", "error"))


def message_ids(box: Trouble) -> list[str]:
    return [str(letter["Message-ID"]) for letter in box.letters]


def test_a_47_no_request_fails_while_the_mail_server_is_away(journey: Journey, port: int) -> None:
    journey.to_audit()
    journey.send_back()
    relay(journey.now)
    assert journey.state.progress == 110
    assert {error for _, error in endings()} == {"ConnectionRefusedError"}
    with mail_server(port) as box:
        relay_after(journey, 1, 2, 3, 4)
    assert len(box.letters) == len(set(message_ids(box))) == 2
    assert not OutboxEffect.objects.exclude(state="done").exists()


def test_a_47_a_server_that_never_greets_costs_one_time_limit(journey: Journey, port: int) -> None:
    journey.to_submitted()
    began = monotonic()
    with deaf_server(port):
        relay(journey.now)
    assert monotonic() - began < 5
    assert [status for status, _ in endings()] == [-1]
    with mail_server(port) as box:
        relay_after(journey, 1, 2)
    assert len(box.letters) == 1


@pytest.mark.parametrize(("hang_at", "copies"), [("RCPT", 1), ("DATA", 2)])
def test_a_47_a_server_that_hangs_gets_each_mail_once_by_its_id(
    journey: Journey, port: int, hang_at: str, copies: int
) -> None:
    """Hung after DATA the server has the letter: the copy is known by its Message-ID."""
    journey.to_submitted()
    with mail_server(port) as box:
        box.hang_at = hang_at
        relay(journey.now)
        assert [status for status, _ in endings()] == [-1]
        box.hang_at = ""
        relay_after(journey, 1, 2)
    assert [status for status, _ in endings()] == [-1, 1]
    assert len(box.letters) == copies
    assert len(set(message_ids(box))) == 1


@pytest.mark.parametrize("answer", ["421 Going down", "450 Busy", "550 Unknown", "554 No"])
def test_a_47_a_refused_recipient_is_tried_again(journey: Journey, port: int, answer: str) -> None:
    journey.to_submitted()
    with mail_server(port) as box:
        box.recipient_refusals = [answer, answer]
        relay_after(journey, 0, 1, 2, 3)
    assert [status for status, _ in endings()] == [-1, -1, 1]
    assert len(box.letters) == 1


def test_a_47_many_letters_behind_a_silent_server_hold_nothing_up(journey: Journey, port: int) -> None:
    """Thirty letters would be thirty time limits: one is spent, and the book events behind them are sent."""
    for book in range(100, 130):
        write_book(book, 1001, f"Book {book}", now=journey.now)
        Journey(journey.now, book_id=book).to_submitted()
    at = journey.now + timedelta(hours=1)
    with mail_server(port) as box:
        box.hang_at = "RCPT"
        began = monotonic()
        for _ in range(3):
            relay(at)
        spent = monotonic() - began
        assert box.asked == 1
    assert spent < 30 * 0.5
    assert Message.objects.count() == 1
    assert set(OutboxEffect.objects.filter(state="pending").values_list("kind", flat=True)) == {"notice.send"}
    with mail_server(port) as box:
        relay(at + REST)
        relay(at + timedelta(hours=2))
    assert len(box.letters) == len(set(message_ids(box))) == 30


def test_a_refusal_is_no_silence(journey: Journey, port: int) -> None:
    """One bad address must not keep the letters of others waiting."""
    write_book(78, 1002, "Grey Harbour", now=journey.now)
    journey.to_submitted()
    Journey(journey.now, book_id=78, author_id=1002).to_submitted()
    with mail_server(port) as box:
        box.recipient_refusals = ["550 Unknown"]
        relay(journey.now + timedelta(minutes=5))
    assert len(box.letters) == 1
    assert box.asked == 2


def test_a_silent_mail_server_does_not_keep_push_waiting(journey: Journey, port: int, settings: Settings) -> None:
    Author.objects.filter(id=1001).update(guid=42)
    journey.to_submitted()
    with running_push_server() as gateway, deaf_server(port):
        settings.PUSH_URL = gateway.url
        relay(journey.now)
    assert len(gateway.pushes) == 1
    assert list(Message.objects.order_by("route").values_list("route", "status")) == [(1, -1), (2, 1)]


def test_a_silent_gateway_does_not_keep_letters_waiting(
    journey: Journey, port: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Author.objects.filter(id=1001).update(guid=42)
    journey.to_submitted()
    with running_push_server() as gateway, mail_server(port) as box:
        monkeypatch.setattr("inkseal.notices.send.push_gateway", lambda: push.HttpPushGateway(gateway.url, 0.5))
        settings.PUSH_URL, gateway.silent = gateway.url, True
        relay(journey.now)
        assert len(box.letters) == 1
        assert Message.objects.get(route=Route.PUSH).error == "TimeoutError"
        gateway.silent = False
        gateway.awake.set()
        relay_after(journey, 1)
    assert list(Message.objects.filter(route=Route.PUSH).order_by("id").values_list("status", flat=True)) == [-1, 1]
    assert len(box.letters) == 1
    assert len({message["requestId"] for message in gateway.pushes}) == 1


def test_the_longest_attempt_is_shorter_than_a_workers_lease(settings: Settings) -> None:
    assert push.TIMEOUT_SECONDS < settings.WORKER_LEASE_SECONDS
    assert settings.EMAIL_TIMEOUT < settings.WORKER_LEASE_SECONDS


@pytest.mark.parametrize(("failpoint", "queued"), [("reminders.before-commit:1", 0), ("reminders.after-commit:1", 1)])
def test_a_worker_killed_while_reminding_is_taken_over_and_nobody_is_reminded_twice(
    transactional_db: None, child_environment: Mapping[str, str], failpoint: str, queued: int
) -> None:
    start = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    write_world(start)
    write_book(77, 1001, "The Lantern Ferry", now=start)
    at = Journey(start).to_submitted().now + timedelta(days=4)
    command = [sys.executable, str(CHILD), at.isoformat()]
    environment = {**child_environment, "INKSEAL_FAILPOINT": failpoint}
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    prompts = OutboxEffect.objects.filter(key__contains=":T27:")
    assert prompts.count() == queued
    assert remind(lambda: at + timedelta(seconds=1), owner="two") is None
    assert remind(lambda: at + timedelta(minutes=2), owner="two") == 1 - queued
    assert prompts.count() == 1
    assert Reminder.objects.get().sent == 1
