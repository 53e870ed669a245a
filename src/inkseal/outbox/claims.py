"""Who may carry out an effect now: a claim is one conditional UPDATE whose row count decides.

It needs no SKIP LOCKED, so it is the same on SQLite and MariaDB; a lease that ran out (its worker was killed) is
open to everybody again.
"""

import json
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Q, QuerySet

from inkseal.outbox.effect import Effect, EffectState

if TYPE_CHECKING:
    from inkseal.outbox.models import OutboxEffect


def select_due(now: datetime, limit: int) -> list[int]:
    """Return the ids of effects that may be claimed now, longest due first."""
    return list(_claimable(now).order_by("due_at", "id").values_list("id", flat=True)[:limit])


def claim(effect_id: int, *, owner: str, now: datetime) -> tuple[Effect, str] | None:
    """Take the effect for the time of a lease; None when another worker was faster. Returns it with its lease token."""
    token = f"{owner[:31]}:{secrets.token_hex(16)}"
    until = now + timedelta(seconds=settings.WORKER_LEASE_SECONDS)
    taken = _claimable(now).filter(id=effect_id)
    if not taken.update(lease_token=token, leased_until=until, attempts=F("attempts") + 1):
        return None
    row = _held(effect_id, token).first()
    if row is None:
        return None
    return Effect(row.id, row.kind, row.key, json.loads(row.payload), row.attempts), token


def mark_done(effect: Effect, token: str, *, now: datetime) -> bool:
    """Close the effect; False when the lease was lost meanwhile."""
    return _close(effect, token, state=EffectState.DONE, now=now, error="")


def mark_dead(effect: Effect, token: str, *, now: datetime, error: str) -> bool:
    """Give the effect up; False when the lease was lost meanwhile."""
    return _close(effect, token, state=EffectState.DEAD, now=now, error=error)


def put_back(effect: Effect, token: str, *, due_at: datetime, error: str) -> bool:
    """Give the effect back for a later attempt; False when the lease was lost meanwhile."""
    changes = {"due_at": due_at, "leased_until": None, "lease_token": "", "last_error": error}
    return bool(_held(effect.id, token).update(**changes))


def _close(effect: Effect, token: str, *, state: EffectState, now: datetime, error: str) -> bool:
    changes = {"state": state, "done_at": now, "leased_until": None, "lease_token": "", "last_error": error}
    return bool(_held(effect.id, token).update(**changes))


def _claimable(now: datetime) -> "QuerySet[OutboxEffect]":
    from inkseal.outbox.models import OutboxEffect

    free = Q(leased_until=None) | Q(leased_until__lte=now)
    return OutboxEffect.objects.filter(free, state=EffectState.PENDING, due_at__lte=now)


def _held(effect_id: int, token: str) -> "QuerySet[OutboxEffect]":
    from inkseal.outbox.models import OutboxEffect

    return OutboxEffect.objects.filter(id=effect_id, state=EffectState.PENDING, lease_token=token)
