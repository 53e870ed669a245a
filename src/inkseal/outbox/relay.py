"""Carries out what is due: claim, call the handler outside any transaction, mark.

A worker killed before the mark leaves its claim to the next one after the lease, so a handler may see an effect twice.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from inkseal.core.errors import PermanentError
from inkseal.core.failpoint import failpoint
from inkseal.outbox.claims import claim, mark_dead, mark_done, put_back, select_due
from inkseal.outbox.effect import Effect
from inkseal.outbox.registry import handler_of
from inkseal.outbox.rules import LAST_ATTEMPT, delay_after, is_last

Clock = Callable[[], datetime]

log: Final = structlog.get_logger(__name__)


class WorkerLostError(PermanentError):
    """Every worker that took the effect vanished before it could say anything."""


def run_due(clock: Clock, *, owner: str, limit: int = 20) -> int:
    """Carry out up to `limit` due effects; return how many this worker got. Zero means there is nothing to do now.

    Each effect is claimed only when its turn comes, so that leases do not run while others are being carried out.
    """
    carried_out = 0
    for effect_id in select_due(clock(), limit):
        claimed = claim(effect_id, owner=owner, now=clock())
        if claimed is not None:
            carried_out += 1
            _carry_out(*claimed, clock)
    return carried_out


def _carry_out(effect: Effect, token: str, clock: Clock) -> None:
    try:
        _call_handler(effect, clock())
    except Exception as err:  # noqa: BLE001  # whatever a handler raises must not stop the effects behind it
        kept = _record_failure(effect, token, err, clock())
    else:
        failpoint("outbox.before-mark")
        kept = mark_done(effect, token, now=clock())
    if not kept:
        log.warning("outbox.lease-lost", effect_id=effect.id, kind=effect.kind, attempt=effect.attempt)


def _call_handler(effect: Effect, now: datetime) -> None:
    if effect.attempt > LAST_ATTEMPT:
        raise WorkerLostError
    failpoint("outbox.before-handler")
    handler_of(effect.kind)(effect, now)
    failpoint("outbox.after-handler")


def _record_failure(effect: Effect, token: str, err: Exception, now: datetime) -> bool:
    name = type(err).__name__[:100]
    gives_up = isinstance(err, PermanentError) or is_last(effect.attempt)
    log.warning(
        "outbox.failed",
        effect_id=effect.id,
        kind=effect.kind,
        attempt=effect.attempt,
        error=name,
        where=_origin(err),
        dead=gives_up,
    )
    if gives_up:
        return mark_dead(effect, token, now=now, error=name)
    return put_back(effect, token, due_at=now + delay_after(effect.attempt, effect.id), error=name)


def _origin(err: Exception) -> str:
    """Return file and line where it was raised; a whole traceback could quote personal data."""
    step = err.__traceback__
    if step is None:
        return ""
    while step.tb_next is not None:
        step = step.tb_next
    return f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}"
