"""Evidence is appended in the transaction of the act, in one unbroken order per chain."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection, transaction

from inkseal import evidence
from inkseal.core.actor import Actor, Role
from inkseal.evidence.hashing import ORIGIN
from inkseal.evidence.models import EvidenceEvent, EvidenceSalt
from tests.undo import undone

EDITOR = Actor(Role.SIGNING_EDITOR, 11, "Dora")


def append(chain: str, now: datetime, **personal: str) -> EvidenceEvent:
    with transaction.atomic():
        return evidence.append(
            chain, "contract.approved", EDITOR, {"round": 1, "note": None}, personal=personal, now=now
        )


@pytest.mark.django_db
def test_each_chain_counts_from_one_and_follows_its_own_head(now: datetime) -> None:
    first, second, other = append("contract:77", now), append("contract:77", now), append("contract:78", now)
    assert (first.sequence, second.sequence, other.sequence) == (1, 2, 1)
    assert (first.previous_hash, second.previous_hash, other.previous_hash) == (ORIGIN, first.hash, ORIGIN)
    assert evidence.verify_chain("contract:77") == evidence.ChainVerdict(intact=True, length=2)


@pytest.mark.django_db
def test_an_event_says_who_when_and_what(now: datetime) -> None:
    event = EvidenceEvent.objects.get(id=append("contract:77", now).id)
    assert (event.actor_role, event.actor_id, event.happened_at) == (Role.SIGNING_EDITOR, 11, now)
    assert json.loads(event.facts) == {"round": 1, "note": None}
    assert (event.kind, event.commitments) == ("contract.approved", "{}")


@pytest.mark.django_db
def test_microseconds_survive_the_database(now: datetime) -> None:
    append("contract:77", now.replace(microsecond=123456))
    assert evidence.verify_chain("contract:77").intact


@pytest.mark.django_db(transaction=True)
def test_evidence_outside_a_transaction_is_refused(now: datetime) -> None:
    with pytest.raises(evidence.NotInTransactionError):
        evidence.append("contract:77", "contract.approved", EDITOR, {}, now=now)
    assert not EvidenceEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_evidence_of_what_was_rolled_back_does_not_exist(now: datetime) -> None:
    append("contract:77", now)
    with undone():
        append("contract:77", now)
        assert evidence.verify_chain("contract:77").length == 2
    append("contract:77", now)
    assert evidence.verify_chain("contract:77") == evidence.ChainVerdict(intact=True, length=2)


@pytest.mark.django_db
def test_a_personal_value_can_be_proved_but_not_read(now: datetime) -> None:
    event = append("contract:77", now, name="Alice Example")
    assert "Alice" not in repr(EvidenceEvent.objects.values_list().get(id=event.id))
    assert evidence.is_committed(event.id, "name", "Alice Example")
    assert not evidence.is_committed(event.id, "name", "Bob Example")
    assert not evidence.is_committed(event.id, "birthday", "Alice Example")


@pytest.mark.django_db
def test_the_same_value_is_committed_to_differently_each_time(now: datetime) -> None:
    one, two = append("contract:77", now, name="Alice"), append("contract:77", now, name="Alice")
    assert one.commitments != two.commitments


@pytest.mark.django_db
def test_erasing_salts_keeps_the_chain_whole(now: datetime) -> None:
    event = append("contract:77", now, name="Alice", birthday="1999-09-09")
    kept = append("contract:78", now, name="Bob")
    assert evidence.erase_salts("contract:77") == 2
    assert not evidence.is_committed(event.id, "name", "Alice")
    assert evidence.is_committed(kept.id, "name", "Bob")
    assert evidence.verify_chain("contract:77") == evidence.ChainVerdict(intact=True, length=1)
    assert EvidenceSalt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_appends_at_the_same_time_make_one_unbroken_chain(now: datetime) -> None:
    append("contract:77", now)

    def append_and_leave(number: int) -> None:
        try:
            for _ in range(number):
                append("contract:77", now)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(append_and_leave, [5] * 4))
    assert evidence.verify_chain("contract:77") == evidence.ChainVerdict(intact=True, length=21)
