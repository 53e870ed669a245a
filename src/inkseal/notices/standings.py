"""Reads what decides about prompts, for many contracts at once."""

from collections.abc import Iterable
from datetime import datetime

from inkseal.catalog.models import Book
from inkseal.contracts.board import state_of
from inkseal.contracts.enums import SendReason
from inkseal.contracts.models import Contract, ContractControl, SigningDraft, SigningDraftExtra, SigningStep
from inkseal.contracts.states import State
from inkseal.notices.models import Reminder
from inkseal.notices.regions import zone_of
from inkseal.notices.reminders import PROMPTED, Standing, prompt_for


def states_of(book_ids: Iterable[int]) -> dict[int, State]:
    """Return where contracts stand; what their review says decides nothing here and is left out."""
    ids = list(book_ids)
    contracts = {row.book_id: row for row in Contract.objects.filter(book_id__in=ids)}
    steps = {row.book_id: row for row in SigningStep.objects.filter(book_id__in=ids)}
    return {
        book.id: state_of(book, contracts.get(book.id), steps.get(book.id), None)
        for book in Book.objects.filter(id__in=ids)
    }


def standings_of(reminders: Iterable[Reminder]) -> dict[int, Standing]:
    """Return the standing of each reminder, by its id; one whose contract is gone has none."""
    rows = list(reminders)
    ids = {row.book_id for row in rows}
    states = states_of(ids)
    controls = {row.book_id: row for row in ContractControl.objects.filter(book_id__in=ids)}
    countries = _countries_of(ids)
    return {
        row.id: Standing(
            SendReason(row.reason),
            row.sent,
            row.round,
            prompt_for(states[row.book_id]),
            controls[row.book_id].round,
            controls[row.book_id].updated_at,
            zone_of(countries.get(row.book_id, "")),
        )
        for row in rows
        if row.book_id in states and row.book_id in controls
    }


def _countries_of(book_ids: Iterable[int]) -> dict[int, str]:
    drafts = dict(SigningDraft.objects.filter(book_id__in=book_ids).values_list("id", "book_id"))
    extras = SigningDraftExtra.objects.filter(id__in=drafts).values_list("id", "nationality")
    return {drafts[draft]: country for draft, country in extras}


def still_wanted(book_id: int, reason: SendReason) -> bool:
    """Return whether the contract's state calls for this prompt at this moment."""
    state = states_of([book_id]).get(book_id)
    return state is not None and prompt_for(state) is reason


def changed_between(after: datetime | None, until: datetime, *, above: int, limit: int) -> list[tuple[int, datetime]]:
    """Return (CBID, time of change) of contracts under way whose progress changed in (after, until], above a CBID."""
    rows = Contract.objects.filter(progress__in=PROMPTED, updated_at__lte=until, book_id__gt=above)
    if after is not None:
        rows = rows.filter(updated_at__gt=after)
    return list(rows.order_by("book_id").values_list("book_id", "updated_at")[:limit])
