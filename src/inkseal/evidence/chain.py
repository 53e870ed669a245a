"""Appends one act to its chain, in the transaction of the act itself."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, connection, transaction

from inkseal.core.actor import Actor
from inkseal.core.canonical import canonical_json
from inkseal.core.errors import PermanentError
from inkseal.evidence.hashing import ORIGIN, commitment, event_hash
from inkseal.ids import next_id

if TYPE_CHECKING:
    from inkseal.evidence.models import EvidenceChain, EvidenceEvent

SALT_BYTES: Final = 32

Facts = Mapping[str, str | int | bool | None]


class NotInTransactionError(PermanentError):
    """Evidence belongs in the transaction of what it testifies; there is none."""


def append(
    chain: str,
    kind: str,
    actor: Actor,
    facts: Facts,
    *,
    personal: Mapping[str, str] | None = None,
    now: datetime,
) -> "EvidenceEvent":
    """Write the next event of `chain` and return it.

    `facts` holds nothing personal. Of every value in `personal` only a salted commitment enters the chain.
    1. lock the chain's head, 2. write the event, 3. write the salts, 4. move the head.
    """
    from inkseal.evidence.models import EvidenceEvent, EvidenceSalt

    if not connection.in_atomic_block:
        raise NotInTransactionError(chain)
    head = _locked_head(chain)
    salts = {name: secrets.token_hex(SALT_BYTES) for name in personal or {}}
    event = EvidenceEvent(
        id=next_id("row"),
        chain=chain,
        sequence=head.length + 1,
        kind=kind,
        actor_role=actor.role,
        actor_id=actor.id,
        facts=canonical_json(dict(facts)).decode(),
        commitments=_commitments(salts, personal or {}),
        happened_at=now,
        previous_hash=head.head_hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    EvidenceSalt.objects.bulk_create(
        EvidenceSalt(id=next_id("row"), event=event, name=name, salt=salt) for name, salt in salts.items()
    )
    head.length, head.head_hash = event.sequence, event.hash
    head.save(update_fields=["length", "head_hash"])
    return event


def _commitments(salts: Mapping[str, str], personal: Mapping[str, str]) -> str:
    return canonical_json({name: commitment(salt, personal[name]) for name, salt in salts.items()}).decode()


def _locked_head(chain: str) -> "EvidenceChain":
    from inkseal.evidence.models import EvidenceChain

    locked = EvidenceChain.objects.select_for_update().filter(chain=chain)
    head = locked.first()
    if head is not None:
        return head
    try:
        with transaction.atomic():
            return EvidenceChain.objects.create(chain=chain, head_hash=ORIGIN)
    except IntegrityError:  # another transaction began the chain; its commit let us go on
        return locked.get()
