"""Several workers at once, and transactions that commit late."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event, Lock

import pytest
from django.db import connection, transaction

from inkseal import ids, outbox
from inkseal.outbox.models import OutboxEffect


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that the handler of "note" saw, in order."""
    monkeypatch.setattr("inkseal.outbox.registry._handlers", {})
    seen: list[str] = []
    lock = Lock()

    def note(effect: outbox.Effect, now: datetime) -> None:
        with lock:
            seen.append(effect.key)

    outbox.handler("note")(note)
    return seen


def enqueue(key: str, now: datetime) -> None:
    with transaction.atomic():
        outbox.enqueue("note", key, {}, now=now)


@pytest.mark.django_db(transaction=True)
def test_a_51_two_workers_at_once_carry_out_each_effect_once(done: list[str], now: datetime) -> None:
    keys = [f"contract:{number}" for number in range(60)]
    for key in keys:
        enqueue(key, now)
    both_ready = Barrier(2)

    def work(owner: str) -> int:
        both_ready.wait(10)
        try:
            return sum(iter(lambda: outbox.run_due(lambda: now, owner=owner), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(work, ["worker-1", "worker-2"]))
    while outbox.run_due(lambda: now, owner="worker-3"):  # a round that got nothing ends a worker early
        counts.append(1)
    assert sorted(done) == sorted(keys)
    assert outbox.backlog().done == len(keys)


@pytest.mark.django_db(transaction=True)
def test_an_effect_with_a_lower_number_than_those_done_is_not_lost(done: list[str], now: datetime) -> None:
    low = ids.next_id("row")
    enqueue("high", now)
    outbox.run_due(lambda: now, owner="worker-1")
    OutboxEffect.objects.create(id=low, kind="note", key="low", payload="{}", due_at=now, created_at=now)
    outbox.run_due(lambda: now, owner="worker-1")
    assert done == ["high", "low"]


@pytest.mark.django_db(transaction=True)
def test_a_51_a_slow_transaction_with_a_low_number_is_not_lost(done: list[str], now: datetime) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer: no second transaction can commit meanwhile")
    ids.next_id("row")  # the pool has numbers: the slow transaction need not lock their row
    written, may_commit = Event(), Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                outbox.enqueue("note", "slow", {}, now=now)
                written.set()
                may_commit.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(write_slowly)
        written.wait(10)
        enqueue("fast", now)
        outbox.run_due(lambda: now, owner="worker-1")
        assert done == ["fast"]
        may_commit.set()
        slow.result()
    outbox.run_due(lambda: now, owner="worker-1")
    assert done == ["fast", "slow"]
    numbers = dict(OutboxEffect.objects.values_list("key", "id"))
    assert numbers["slow"] < numbers["fast"]
