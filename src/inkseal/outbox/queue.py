"""Writes an effect down, in the transaction of the business rows that cause it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from inkseal.core.canonical import canonical_json
from inkseal.core.errors import PermanentError
from inkseal.ids import next_id


class NotInTransactionError(PermanentError):
    """An effect outside the transaction of its cause could be lost, or happen without it."""


def enqueue(
    kind: str, key: str, payload: Mapping[str, object], *, now: datetime, due_at: datetime | None = None
) -> bool:
    """Write one effect, due at once or at `due_at`; False when that key is already there.

    `key` names the effect for good, such as "contract:77:T4:3" (CBID, transition, revision; C3.9). Keys are compared
    without regard to case on MariaDB.
    """
    from inkseal.outbox.models import OutboxEffect

    if not connection.in_atomic_block:
        raise NotInTransactionError(kind)
    try:
        with transaction.atomic():
            OutboxEffect.objects.create(
                id=next_id("row"),
                kind=kind,
                key=key,
                payload=canonical_json(dict(payload)).decode(),
                due_at=due_at or now,
                created_at=now,
            )
    except IntegrityError:
        if OutboxEffect.objects.filter(key=key).exists():
            return False
        raise
    return True


def enqueue_new(kind: str, payloads: Sequence[Mapping[str, object]], *, now: datetime) -> None:
    """Write many effects of one kind, due at once, in a few statements; each gets a key that never was before."""
    from inkseal.outbox.models import OutboxEffect

    if not connection.in_atomic_block:
        raise NotInTransactionError(kind)
    numbered = [(next_id("row"), payload) for payload in payloads]
    OutboxEffect.objects.bulk_create(
        OutboxEffect(
            id=number,
            kind=kind,
            key=f"{kind}:{number}",
            payload=canonical_json(dict(payload)).decode(),
            due_at=now,
            created_at=now,
        )
        for number, payload in numbered
    )
