"""The hash of an event can be made again from its description alone, without our code."""

import hashlib
from datetime import datetime, timedelta, timezone

import pytest

from inkseal.evidence.hashing import ORIGIN, commitment, event_hash
from inkseal.evidence.models import EvidenceEvent


def event(now: datetime) -> EvidenceEvent:
    return EvidenceEvent(
        id=1_000_000_001,
        chain="contract:77",
        sequence=1,
        kind="contract.approved",
        actor_role=11,
        actor_id=5,
        facts='{"round":1,"title":"山河"}',
        commitments="{}",
        happened_at=now,
        previous_hash=ORIGIN,
    )


def test_the_hash_is_that_of_the_described_json(now: datetime) -> None:
    described = (
        '{"actor":{"id":5,"role":11},"chain":"contract:77","commitments":{},"facts":{"round":1,"title":"山河"},'
        '"happened_at":"2026-11-21T09:30:00.000000+00:00","id":1000000001,"kind":"contract.approved",'
        f'"previous_hash":"{ORIGIN}","sequence":1}}'
    )
    assert event_hash(event(now)) == hashlib.sha256(described.encode()).hexdigest()


def test_the_zone_in_which_a_time_is_written_does_not_matter(now: datetime) -> None:
    elsewhere = now.astimezone(timezone(timedelta(hours=8)))
    assert event_hash(event(elsewhere)) == event_hash(event(now))


@pytest.mark.parametrize("facts", ['{"b":1,"a":2}', '{"a": 1}', '{"a":1}\n', '{"a":1,"a":1}', "", "{"])
def test_facts_that_are_not_canonical_are_refused(now: datetime, facts: str) -> None:
    changed = event(now)
    changed.facts = facts
    with pytest.raises(ValueError, match=r".*"):
        event_hash(changed)


def test_a_commitment_is_that_of_salt_and_value() -> None:
    salt = "ab" * 32
    assert commitment(salt, "Alice") == hashlib.sha256(bytes.fromhex(salt) + b"Alice").hexdigest()
    assert commitment("cd" * 32, "Alice") != commitment(salt, "Alice")
