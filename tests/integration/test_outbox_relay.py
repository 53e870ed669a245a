"""What is due is carried out, failures come back later, what cannot succeed is given up."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import structlog
from django.db import transaction

from inkseal import outbox
from inkseal.core.errors import PermanentError, RetryableError
from inkseal.outbox.models import OutboxEffect
from inkseal.outbox.rules import LAST_ATTEMPT, LONGEST_DELAY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[outbox.Effect]:
    """A handler of "note" that keeps what it saw, and nothing else registered."""
    monkeypatch.setattr("inkseal.outbox.registry._handlers", {})
    seen: list[outbox.Effect] = []
    outbox.handler("note")(lambda effect, _: seen.append(effect))
    return seen


def enqueue(key: str, now: datetime, *, kind: str = "note", due_at: datetime | None = None) -> None:
    with transaction.atomic():
        outbox.enqueue(kind, key, {"cbid": 77}, now=now, due_at=due_at)


def run(at: datetime, limit: int = 20) -> int:
    return outbox.run_due(lambda: at, owner="worker-1", limit=limit)


def failing(error: Exception) -> Callable[[outbox.Effect, datetime], None]:
    def fail(effect: outbox.Effect, now: datetime) -> None:
        raise error

    return fail


@pytest.mark.django_db(transaction=True)
def test_a_due_effect_is_carried_out_once(done: list[outbox.Effect], now: datetime) -> None:
    enqueue("a", now)
    assert (run(now), run(now)) == (1, 0)
    row = OutboxEffect.objects.get()
    assert (row.state, row.done_at, row.leased_until, row.lease_token) == (outbox.EffectState.DONE, now, None, "")
    assert done == [outbox.Effect(row.id, "note", "a", {"cbid": 77}, 1)]


@pytest.mark.django_db(transaction=True)
def test_an_effect_waits_for_its_due_time(done: list[outbox.Effect], now: datetime) -> None:
    enqueue("a", now, due_at=now + MINUTE)
    assert (run(now), run(now + MINUTE)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_the_longest_due_comes_first_and_the_limit_holds(done: list[outbox.Effect], now: datetime) -> None:
    for minutes, key in enumerate("abcde"):
        enqueue(key, now - minutes * MINUTE)
    assert (run(now, limit=3), run(now, limit=3)) == (3, 2)
    assert [effect.key for effect in done] == list("edcba")


@pytest.mark.django_db(transaction=True)
def test_a_handler_runs_outside_any_transaction(done: list[outbox.Effect], now: datetime) -> None:
    inside: list[bool] = []

    def look(effect: outbox.Effect, at: datetime) -> None:
        inside.append(transaction.get_connection().in_atomic_block)

    outbox.handler("look")(look)
    enqueue("a", now, kind="look")
    run(now)
    assert inside == [False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [RetryableError(), ValueError("Alice Example"), OSError()])
def test_a_failure_comes_back_later(done: list[outbox.Effect], now: datetime, error: Exception) -> None:
    outbox.handler("fail")(failing(error))
    enqueue("a", now, kind="fail")
    enqueue("b", now)
    assert run(now) == 2
    row = OutboxEffect.objects.get(key="a")
    assert (row.state, row.attempts, row.last_error) == (outbox.EffectState.PENDING, 1, type(error).__name__)
    assert now < row.due_at <= now + MINUTE
    assert [effect.key for effect in done] == ["b"]
    assert run(row.due_at - timedelta(milliseconds=1)) == 0
    assert run(row.due_at) == 1


@pytest.mark.django_db(transaction=True)
def test_a_permanent_failure_is_given_up_at_once(done: list[outbox.Effect], now: datetime) -> None:
    outbox.handler("fail")(failing(PermanentError()))
    enqueue("a", now, kind="fail")
    run(now)
    row = OutboxEffect.objects.get()
    assert (row.state, row.attempts, row.last_error) == (outbox.EffectState.DEAD, 1, "PermanentError")
    assert run(now + timedelta(days=30)) == 0


@pytest.mark.django_db(transaction=True)
def test_what_fails_every_time_is_given_up_in_the_end(done: list[outbox.Effect], now: datetime) -> None:
    outbox.handler("fail")(failing(RetryableError()))
    enqueue("a", now, kind="fail")
    assert sum(run(now + number * LONGEST_DELAY) for number in range(LAST_ATTEMPT + 5)) == LAST_ATTEMPT
    assert OutboxEffect.objects.get().state == outbox.EffectState.DEAD


@pytest.mark.django_db(transaction=True)
def test_an_effect_that_kills_its_workers_is_given_up(done: list[outbox.Effect], now: datetime) -> None:
    enqueue("a", now)
    OutboxEffect.objects.update(attempts=LAST_ATTEMPT, leased_until=now, lease_token="gone")
    run(now)
    row = OutboxEffect.objects.get()
    assert (row.state, row.last_error, done) == (outbox.EffectState.DEAD, "WorkerLostError", [])


@pytest.mark.django_db(transaction=True)
def test_an_unknown_kind_waits_for_a_newer_worker(done: list[outbox.Effect], now: datetime) -> None:
    enqueue("a", now, kind="fax")
    run(now)
    row = OutboxEffect.objects.get()
    assert (row.state, row.last_error) == (outbox.EffectState.PENDING, "NoHandlerError")


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_logged_without_its_message(done: list[outbox.Effect], now: datetime) -> None:
    outbox.handler("fail")(failing(ValueError("Alice Example")))
    enqueue("a", now, kind="fail")
    with structlog.testing.capture_logs() as logs:
        run(now)
    assert [(entry["event"], entry["error"], entry["attempt"]) for entry in logs] == [
        ("outbox.failed", "ValueError", 1)
    ]
    assert "test_outbox_relay.py:" in logs[0]["where"]
    assert "Alice" not in repr(logs)
    assert "Alice" not in repr(OutboxEffect.objects.values_list().get())


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lost_its_lease_cannot_mark_the_effect(done: list[outbox.Effect], now: datetime) -> None:
    times = iter([now, now, now, now + 5 * MINUTE])

    def take_over(effect: outbox.Effect, at: datetime) -> None:
        OutboxEffect.objects.update(lease_token="worker-2:x", leased_until=now + 9 * MINUTE)

    outbox.handler("slow")(take_over)
    enqueue("a", now, kind="slow")
    with structlog.testing.capture_logs() as logs:
        outbox.run_due(lambda: next(times), owner="worker-1")
    row = OutboxEffect.objects.get()
    assert (row.state, row.lease_token) == (outbox.EffectState.PENDING, "worker-2:x")
    assert [entry["event"] for entry in logs] == ["outbox.lease-lost"]
