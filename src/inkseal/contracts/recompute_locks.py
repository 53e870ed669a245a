"""Recomputes the rename locks of all authors, a batch of ids at a time, each in a few statements (R64, R102).

The formula of `locks.book_open` stands here a second time, as SQL, because a round trip per author would take hours;
a test holds the two against each other. A killed run loses nothing: what is right already is not written again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from inkseal import outbox
from inkseal.catalog.models import Author, Book
from inkseal.contracts.enums import SIGNED_ONLINE, RenameLockValue
from inkseal.contracts.locks import OPEN_PAGES, SENT_BACK
from inkseal.contracts.models import Contract, RenameLock, SigningStep
from inkseal.contracts.rename_lock import LOCKING_KINDS

#: Authors whose rows are held at once; a batch takes about a tenth of a second.
BATCH: Final = 2000
_FORM_PAGES: Final = sorted(page for page in OPEN_PAGES if page is not None)
_AGAIN: Final = sorted(progress for progress in SENT_BACK if progress is not None)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run found: authors looked at, and how many locks were missing or other than they should be."""

    authors: int
    to_open: int
    to_lock: int


def recompute_locks(*, now: datetime, execute: bool, batch: int = BATCH) -> Tally:
    """Bring every author's lock to the value of the formula; without `execute` only count what would change."""
    authors, found = 0, {RenameLockValue.OPEN: 0, RenameLockValue.LOCKED: 0}
    last = 0
    while ids := list(Author.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:batch]):
        wrong = _wrong_locks(ids[0], ids[-1])
        if wrong and execute:
            wrong = _mend(ids[0], ids[-1], now)
        for value in wrong.values():
            found[value] += 1
        authors += len(ids)
        last = ids[-1]
    return Tally(authors, found[RenameLockValue.OPEN], found[RenameLockValue.LOCKED])


def _mend(first: int, last: int, now: datetime) -> dict[int, RenameLockValue]:
    """Write the locks that are wrong and their events, under the authors' locks: a move that ran meanwhile counts."""
    with transaction.atomic():
        # The locks come first and alone, so that everything read after them is as it stands.
        list(Author.objects.select_for_update().filter(id__range=(first, last)).order_by("id").values_list("id"))
        wrong = _wrong_locks(first, last)
        RenameLock.objects.bulk_create(
            (RenameLock(author_id=author, change_penname=value) for author, value in wrong.items()),
            update_conflicts=True,
            update_fields=["change_penname"],
            unique_fields=_conflict_columns(),
        )
        outbox.enqueue_new("event.author", [_event(author, value) for author, value in wrong.items()], now=now)
        return wrong


def _wrong_locks(first: int, last: int) -> dict[int, RenameLockValue]:
    """Return the right value of every author of the range whose row says another one, or is missing."""
    authors = Author.objects.filter(id__range=(first, last)).order_by("id").values_list("id", flat=True)
    stored = dict(RenameLock.objects.filter(author_id__range=(first, last)).values_list("author_id", "change_penname"))
    closed = frozenset(_closed_books(first, last).values_list("author_id", flat=True).distinct())
    right = {author: RenameLockValue.LOCKED if author in closed else RenameLockValue.OPEN for author in authors}
    return {author: value for author, value in right.items() if stored.get(author) != value}


def _closed_books(first: int, last: int) -> QuerySet[Book]:
    """Return the books of a range of authors for which `book_open` is false."""
    past_the_form = SigningStep.objects.filter(book_id=OuterRef("id")).exclude(page__in=_FORM_PAGES)
    sent_back = Contract.objects.filter(book_id=OuterRef("id"), progress__in=_AGAIN)
    return Book.objects.filter(
        Q(sign_type=SIGNED_ONLINE) | (Exists(past_the_form) & ~Exists(sent_back)),
        author_id__gte=first,
        author_id__lte=last,
        kind__in=LOCKING_KINDS,
    )


def _event(author: int, value: RenameLockValue) -> Mapping[str, object]:
    return {"cauthorid": author, "changePenname": int(value), "downstream": False}


def _conflict_columns() -> list[str] | None:
    """MariaDB takes every unique key as the target and refuses to be told one."""
    return ["author_id"] if connection.features.supports_update_conflicts_with_target else None
