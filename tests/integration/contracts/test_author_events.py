"""Author events written together: each with a key of its own, never outside of the transaction that causes them."""

from datetime import datetime

import pytest

from inkseal.outbox import NotInTransactionError, enqueue_new
from inkseal.outbox.models import OutboxEffect

PAYLOADS = [{"cauthorid": number, "changePenname": -1, "downstream": False} for number in (10, 20, 10)]


@pytest.mark.django_db
def test_many_effects_are_due_at_once_and_each_has_its_own_key(now: datetime) -> None:
    enqueue_new("event.author", PAYLOADS, now=now)
    rows = list(OutboxEffect.objects.order_by("id"))
    assert [row.payload for row in rows] == [
        '{"cauthorid":10,"changePenname":-1,"downstream":false}',
        '{"cauthorid":20,"changePenname":-1,"downstream":false}',
        '{"cauthorid":10,"changePenname":-1,"downstream":false}',
    ]
    assert [row.key for row in rows] == [f"event.author:{row.id}" for row in rows]
    assert {(row.kind, row.state, row.due_at, row.created_at) for row in rows} == {
        ("event.author", "pending", now, now)
    }


@pytest.mark.django_db
def test_nothing_is_written_for_no_effect(now: datetime) -> None:
    enqueue_new("event.author", [], now=now)
    assert not OutboxEffect.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_effects_outside_of_a_transaction_are_refused(now: datetime) -> None:
    with pytest.raises(NotInTransactionError):
        enqueue_new("event.author", PAYLOADS, now=now)
    assert not OutboxEffect.objects.exists()
