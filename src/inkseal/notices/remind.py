"""The job that prompts authors (T27, T28, L8): run by any worker, once per interval, by one of them at a time.

Decided here: a run looks only at contracts whose three days have passed since the last run, and at prompts that are
due. The first run of a day looks at all contracts under way, so that rows which an import wrote with an old time are
found. That two workers never prompt twice does not rest on the lease: a prompt's number is taken by one conditional
UPDATE and is part of its effect's key.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from inkseal import outbox
from inkseal.contracts.enums import SendReason
from inkseal.core.actor import SYSTEM
from inkseal.core.failpoint import failpoint
from inkseal.notices.duty import HeldDuty, claim_duty, end_duty, keep_duty
from inkseal.notices.models import Reminder
from inkseal.notices.reminders import CADENCE, TRANSITION, Judgement, Verdict, is_open, judge, prompt_for
from inkseal.notices.standings import changed_between, standings_of, states_of

DUTY: Final = "remind"
BATCH: Final = 200

Clock = Callable[[], datetime]


def remind(clock: Clock, *, owner: str) -> int | None:
    """Queue every prompt that is due and return their number; None when this worker has not the duty now."""
    began = clock()
    held = claim_duty(DUTY, owner=owner, now=began)
    if held is None:
        return None
    prompted = _prompt_due(held, clock) if _write_down_new(held, clock, began) else 0
    next_run = clock() + timedelta(seconds=settings.REMINDER_INTERVAL_SECONDS)
    end_duty(held, reached=began, due_at=next_run)
    return prompted


def _write_down_new(held: HeldDuty, clock: Clock, began: datetime) -> bool:
    """Write a due time for each contract whose three days have passed since; False when the lease is lost."""
    reached = held.reached
    after = reached - CADENCE if reached is not None and reached.date() == began.date() else None
    above = 0
    while found := changed_between(after, began - CADENCE, above=above, limit=BATCH):
        _write_down(dict(found))
        above = found[-1][0]
        if not keep_duty(held, now=clock()):
            return False
    return True


def _write_down(changed: dict[int, datetime]) -> None:
    wanted = {book: prompt_for(state) for book, state in states_of(changed).items()}
    new = [
        Reminder(book_id=book, reason=reason, due_at=changed[book] + CADENCE)
        for book, reason in wanted.items()
        if reason is not None
    ]
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    _wake(changed, wanted)


def _wake(changed: dict[int, datetime], wanted: dict[int, SendReason | None]) -> None:
    """Let prompts that rest be due again, but for those that were all sent in this round."""
    resting = [row for row in Reminder.objects.filter(due_at=None, book_id__in=changed) if wanted.get(row.book_id)]
    standings = standings_of(resting)
    woken = [row for row in resting if row.id in standings and is_open(standings[row.id])]
    for row in woken:
        row.due_at = changed[row.book_id] + CADENCE
    Reminder.objects.bulk_update(woken, ["due_at"])


def _prompt_due(held: HeldDuty, clock: Clock) -> int:
    """Judge what is due, batch by batch; each row leaves with a later due time or none."""
    prompted = 0
    while keep_duty(held, now=clock()):
        now = clock()
        due = list(Reminder.objects.filter(due_at__lte=now).order_by("due_at", "id")[:BATCH])
        if not due:
            break
        with transaction.atomic():
            prompted += _prompt(due, now)
            failpoint("reminders.before-commit")
        failpoint("reminders.after-commit")
    return prompted


def _prompt(due: list[Reminder], now: datetime) -> int:
    standings = standings_of(due)
    prompted = 0
    for row in due:
        standing = standings.get(row.id)
        judgement = Judgement(Verdict.REST, row.sent) if standing is None else judge(standing, now)
        round_number = row.round if standing is None else standing.round
        if _take(row, judgement, round_number) and judgement.verdict is Verdict.SEND:
            _enqueue(row, judgement.number, round_number, now)
            prompted += 1
    return prompted


def _take(row: Reminder, judgement: Judgement, round_number: int) -> bool:
    """Write the judgement; False when another worker was faster."""
    unchanged = Q(id=row.id, due_at=row.due_at, sent=row.sent, round=row.round)
    changes = {"due_at": judgement.due_at, "sent": judgement.number, "round": round_number}
    return bool(Reminder.objects.filter(unchanged).update(**changes))


def _enqueue(row: Reminder, number: int, round_number: int, now: datetime) -> None:
    transition = TRANSITION[SendReason(row.reason)]
    outbox.enqueue(
        "notice.send",
        f"notice:{row.book_id}:{transition}:round-{round_number}:{number}",
        {"cbid": row.book_id, "reason": row.reason, "sender": SYSTEM.name},
        now=now,
    )
