"""Effects exist exactly when their cause does, once per key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from inkseal import outbox
from inkseal.outbox.models import OutboxEffect
from tests.undo import undone


def enqueue(key: str, now: datetime) -> bool:
    with transaction.atomic():
        return outbox.enqueue("mail", key, {"cbid": 77, "transition": "T4"}, now=now)


@pytest.mark.django_db
def test_an_effect_is_written_down_pending_and_due(now: datetime) -> None:
    assert enqueue("contract:77:T4:3", now)
    row = OutboxEffect.objects.get()
    assert (row.kind, row.key, row.payload) == ("mail", "contract:77:T4:3", '{"cbid":77,"transition":"T4"}')
    assert (row.state, row.attempts, row.due_at, row.created_at) == (outbox.EffectState.PENDING, 0, now, now)


@pytest.mark.django_db
def test_a_key_is_written_once(now: datetime) -> None:
    assert enqueue("contract:77:T4:3", now)
    assert not enqueue("contract:77:T4:3", now)
    assert OutboxEffect.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_key_does_not_spoil_the_transaction(now: datetime) -> None:
    with transaction.atomic():
        outbox.enqueue("mail", "a", {}, now=now)
        outbox.enqueue("mail", "a", {}, now=now)
        outbox.enqueue("mail", "b", {}, now=now)
    assert OutboxEffect.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_effect_of_a_rolled_back_cause_does_not_exist(now: datetime) -> None:
    with undone():
        outbox.enqueue("mail", "a", {}, now=now)
    assert not OutboxEffect.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_effect_without_a_transaction_is_refused(now: datetime) -> None:
    with pytest.raises(outbox.NotInTransactionError):
        outbox.enqueue("mail", "a", {}, now=now)


@pytest.mark.django_db(transaction=True)
def test_one_of_two_writers_of_the_same_key_at_once_is_told(now: datetime) -> None:
    both_ready = Barrier(2)

    def write(key: str) -> bool:
        both_ready.wait(10)
        try:
            return enqueue(key, now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, ["a", "a"])) == [False, True]


@pytest.mark.django_db
def test_the_backlog_counts_by_state_and_names_the_oldest(now: datetime) -> None:
    assert outbox.backlog() == outbox.Backlog(pending=0, done=0, dead=0, oldest_due=None)
    enqueue("a", now - timedelta(hours=3))
    for minutes, key in enumerate("bcd"):
        enqueue(key, now - timedelta(minutes=minutes))
    OutboxEffect.objects.filter(key="a").update(state=outbox.EffectState.DEAD)
    OutboxEffect.objects.filter(key="b").update(state=outbox.EffectState.DONE)
    assert outbox.backlog() == outbox.Backlog(pending=2, done=1, dead=1, oldest_due=now - timedelta(minutes=2))
