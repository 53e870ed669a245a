"""A duty that one worker at a time has, once per interval: a lease in the database (architecture, Running it).

A claim is one conditional UPDATE, as in the outbox. A killed worker's lease runs out; the duty is then still due.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from inkseal.notices.models import Duty


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A duty that this worker holds, and how far its earlier runs got."""

    name: str
    token: str
    reached: datetime | None


def claim_duty(name: str, *, owner: str, now: datetime) -> HeldDuty | None:
    """Take the duty for the time of a lease; None when it is not due, or another worker has it."""
    row = Duty.objects.filter(name=name).first()
    if row is None:
        row, _ = Duty.objects.get_or_create(name=name, defaults={"due_at": now})
    if row.due_at > now or (row.leased_until is not None and row.leased_until > now):
        return None
    token = f"{owner[:31]}:{secrets.token_hex(16)}"
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    taken = Duty.objects.filter(free, name=name, due_at__lte=now)
    if not taken.update(lease_token=token, leased_until=_lease_end(now)):
        return None
    return HeldDuty(name, token, row.reached)


def keep_duty(held: HeldDuty, *, now: datetime) -> bool:
    """Begin the lease anew; False when another worker has taken the duty over."""
    mine = Duty.objects.filter(name=held.name, lease_token=held.token)
    return bool(mine.update(leased_until=_lease_end(now)))


def end_duty(held: HeldDuty, *, reached: datetime, due_at: datetime) -> bool:
    """Give the duty back until `due_at`; False when another worker has taken it over."""
    mine = Duty.objects.filter(name=held.name, lease_token=held.token)
    return bool(mine.update(lease_token="", leased_until=None, reached=reached, due_at=due_at))


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.WORKER_LEASE_SECONDS)
