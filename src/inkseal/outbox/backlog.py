"""How much waits, for metrics and the doctor."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from inkseal.outbox.effect import EffectState


@dataclass(frozen=True, slots=True)
class Backlog:
    """Effects by state; `oldest_due` is the due time of the pending effect that waits longest."""

    pending: int
    done: int
    dead: int
    oldest_due: datetime | None


def backlog() -> Backlog:
    """Count the outbox."""
    from inkseal.outbox.models import OutboxEffect

    rows = OutboxEffect.objects.values_list("state").annotate(Count("id"), Min("due_at"))
    counts = {state: (number, oldest) for state, number, oldest in rows}
    pending, oldest_due = counts.get(EffectState.PENDING, (0, None))
    done, _ = counts.get(EffectState.DONE, (0, None))
    dead, _ = counts.get(EffectState.DEAD, (0, None))
    return Backlog(pending=pending, done=done, dead=dead, oldest_due=oldest_due)
