"""A-59: whatever a database administrator does to evidence rows, the check finds it and names the row."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.models import F

from inkseal import evidence
from inkseal.core.actor import SYSTEM
from inkseal.evidence import ChainFault, ChainVerdict
from inkseal.evidence.hashing import event_hash
from inkseal.evidence.models import EvidenceChain, EvidenceEvent

CHAIN = "contract:77"


@pytest.fixture
def chain(db: None, now: datetime) -> None:
    """Five events, one of them with a commitment."""
    with transaction.atomic():
        for number in range(1, 6):
            personal = {"name": "Alice"} if number == 3 else None
            evidence.append(CHAIN, "step", SYSTEM, {"number": number}, personal=personal, now=now)


def row(sequence: int) -> EvidenceEvent:
    return EvidenceEvent.objects.get(chain=CHAIN, sequence=sequence)


def change(at: int, /, **values: object) -> None:
    EvidenceEvent.objects.filter(chain=CHAIN, sequence=at).update(**values)


def drop(*sequences: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_salt")
    EvidenceEvent.objects.filter(chain=CHAIN, sequence__in=sequences).delete()


def forge(*, sequence: int, previous_hash: str) -> None:
    event = row(2)
    event.id, event.sequence, event.previous_hash = 1, sequence, previous_hash
    event.hash = event_hash(event)
    event.save(force_insert=True)


def swap(one: int, two: int) -> None:
    change(one, sequence=100)
    change(two, sequence=one)
    change(100, sequence=two)


def insert_between() -> None:
    for sequence in (5, 4, 3):
        change(sequence, sequence=F("sequence") + 1)
    forge(sequence=3, previous_hash=row(2).hash)


def rewrite_with_its_hash() -> None:
    event = row(3)
    event.facts = '{"number":4}'
    change(3, facts=event.facts, hash=event_hash(event))


ATTACKS: list[tuple[str, Callable[[], object], int, ChainFault]] = [
    ("facts edited", lambda: change(3, facts='{"number":4}'), 3, ChainFault.EDITED),
    ("facts respaced", lambda: change(3, facts='{"number": 3}'), 3, ChainFault.EDITED),
    ("facts broken", lambda: change(3, facts="{"), 3, ChainFault.EDITED),
    ("commitment edited", lambda: change(3, commitments="{}"), 3, ChainFault.EDITED),
    ("actor edited", lambda: change(2, actor_id=12), 2, ChainFault.EDITED),
    ("role edited", lambda: change(2, actor_role=1), 2, ChainFault.EDITED),
    ("kind edited", lambda: change(1, kind="other"), 1, ChainFault.EDITED),
    ("time edited", lambda: change(5, happened_at="2026-11-20T00:00:00Z"), 5, ChainFault.EDITED),
    ("hash edited", lambda: change(4, hash="0" * 64), 4, ChainFault.EDITED),
    ("edited with its hash", rewrite_with_its_hash, 4, ChainFault.INSERTED),
    ("middle deleted", lambda: drop(3), 3, ChainFault.MISSING),
    ("first deleted", lambda: drop(1), 1, ChainFault.MISSING),
    ("last deleted", lambda: drop(5), 5, ChainFault.CUT_OFF),
    ("all deleted", lambda: drop(1, 2, 3, 4, 5), 1, ChainFault.CUT_OFF),
    ("moved to another chain", lambda: change(4, chain="contract:78"), 4, ChainFault.MISSING),
    ("two swapped", lambda: swap(2, 4), 2, ChainFault.EDITED),
    ("one inserted between", insert_between, 4, ChainFault.EDITED),
    ("one inserted before", lambda: forge(sequence=0, previous_hash="0" * 64), 0, ChainFault.INSERTED),
    ("one appended", lambda: forge(sequence=6, previous_hash=row(5).hash), 6, ChainFault.INSERTED),
    ("head edited", lambda: EvidenceChain.objects.update(head_hash="0" * 64), 5, ChainFault.HEAD_CHANGED),
    ("head deleted", lambda: EvidenceChain.objects.all().delete(), 1, ChainFault.INSERTED),
]


@pytest.mark.parametrize(("attack", "fault", "reason"), [a[1:] for a in ATTACKS], ids=[a[0] for a in ATTACKS])
def test_a_59_tampering_is_found_and_the_row_named(
    chain: None, attack: Callable[[], object], fault: int, reason: ChainFault
) -> None:
    assert evidence.verify_chain(CHAIN) == ChainVerdict(intact=True, length=5)
    attack()
    verdict = evidence.verify_chain(CHAIN)
    assert (verdict.intact, verdict.first_fault, verdict.reason) == (False, fault, reason)


def test_a_chain_without_events_is_intact(db: None) -> None:
    assert evidence.verify_chain("contract:1") == ChainVerdict(intact=True, length=0)
