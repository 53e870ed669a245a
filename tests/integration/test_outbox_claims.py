"""A claim belongs to one worker; only its token can close or give it back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction

from inkseal import outbox
from inkseal.outbox import claims
from inkseal.outbox.models import OutboxEffect

Closing = Callable[[outbox.Effect, str, datetime], bool]

CLOSINGS: dict[str, Closing] = {
    "done": lambda effect, token, now: claims.mark_done(effect, token, now=now),
    "dead": lambda effect, token, now: claims.mark_dead(effect, token, now=now, error="E"),
    "back": lambda effect, token, now: claims.put_back(effect, token, due_at=now, error="E"),
}


@pytest.fixture
def effect_id(db: None, now: datetime) -> int:
    with transaction.atomic():
        outbox.enqueue("note", "a", {}, now=now)
    return OutboxEffect.objects.get().id


def claim(effect_id: int, now: datetime, owner: str = "worker-1") -> tuple[outbox.Effect, str]:
    claimed = claims.claim(effect_id, owner=owner, now=now)
    assert claimed is not None
    return claimed


def test_a_claimed_effect_cannot_be_claimed_until_its_lease_ends(effect_id: int, now: datetime) -> None:
    first, _ = claim(effect_id, now)
    lease_end = now + timedelta(seconds=settings.WORKER_LEASE_SECONDS)
    almost = lease_end - timedelta(microseconds=1)
    assert claims.claim(effect_id, owner="worker-2", now=almost) is None
    assert claims.select_due(almost, 10) == []
    assert claims.select_due(lease_end, 10) == [effect_id]
    second, _ = claim(effect_id, lease_end, owner="worker-2")
    assert (first.attempt, second.attempt) == (1, 2)


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS.keys())
def test_a_worker_that_lost_its_claim_changes_nothing(effect_id: int, now: datetime, closing: Closing) -> None:
    effect, old_token = claim(effect_id, now)
    claim(effect_id, now + timedelta(hours=1), owner="worker-2")
    before = OutboxEffect.objects.values_list().get()
    assert not closing(effect, old_token, now)
    assert OutboxEffect.objects.values_list().get() == before


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS.keys())
def test_a_claim_is_closed_once(effect_id: int, now: datetime, closing: Closing) -> None:
    effect, token = claim(effect_id, now)
    assert closing(effect, token, now)
    assert not closing(effect, token, now)


def test_the_same_worker_gets_another_token_each_time(effect_id: int, now: datetime) -> None:
    _, first = claim(effect_id, now)
    _, second = claim(effect_id, now + timedelta(hours=1))
    assert first != second
    assert second.startswith("worker-1:")


def test_a_long_owner_name_fits(effect_id: int, now: datetime) -> None:
    claim(effect_id, now, owner="w" * 500)
    assert len(OutboxEffect.objects.get().lease_token) <= 64


def test_what_was_given_back_is_due_at_the_named_time(effect_id: int, now: datetime) -> None:
    effect, token = claim(effect_id, now)
    later = now + timedelta(minutes=3)
    assert claims.put_back(effect, token, due_at=later, error="TimeoutError")
    assert claims.select_due(later - timedelta(seconds=1), 10) == []
    assert claims.select_due(later, 10) == [effect_id]
