"""Recomputes the rename locks of all authors, a batch of ids at a time, each in a few statements (R64, R102).

The formula of `locks.book_open` stands here a second time, as SQL, because a round trip per author would take hours;
a test holds the two against each other. A killed run loses nothing: what is right already is not written again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

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
    authors = Author.objects.filter(id__range=(first, last)).annotate(
        locked=Exists(_closed_books().filter(author_id=OuterRef("id"))),
        stored=Subquery(RenameLock.objects.filter(author_id=OuterRef("id")).values("change_penname")),
    )
    right = Q(locked=True, stored=RenameLockValue.LOCKED) | Q(locked=False, stored=RenameLockValue.OPEN)
    wrong = authors.filter(Q(stored__isnull=True) | ~right).order_by("id").values_list("id", "locked")
    return {author: RenameLockValue.LOCKED if locked else RenameLockValue.OPEN for author, locked in wrong}


def _closed_books() -> QuerySet[Book]:
    """Return the books for which `book_open` is false."""
    return Book.objects.annotate(
        page=Subquery(SigningStep.objects.filter(book_id=OuterRef("id")).values("page")),
        progress=Subquery(Contract.objects.filter(book_id=OuterRef("id")).values("progress")),
    ).filter(
        Q(sign_type=SIGNED_ONLINE)
        | (Q(page__isnull=False) & ~Q(page__in=_FORM_PAGES) & (Q(progress__isnull=True) | ~Q(progress__in=_AGAIN))),
        kind__in=LOCKING_KINDS,
    )


def _event(author: int, value: RenameLockValue) -> Mapping[str, object]:
    return {"cauthorid": author, "changePenname": int(value), "downstream": False}


def _conflict_columns() -> list[str] | None:
    """MariaDB takes every unique key as the target and refuses to be told one."""
    return ["author_id"] if connection.features.supports_update_conflicts_with_target else None
