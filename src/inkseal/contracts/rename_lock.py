"""Recomputes an author's rename lock inside the transition that changed it (contracts-2, C3.5; AMB-32)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from inkseal import ids, outbox
from inkseal.catalog.models import Author, Book, BookKind
from inkseal.contracts.enums import Page, Progress, RenameLockValue
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.locks import change_penname
from inkseal.contracts.models import Contract, RenameLock, SigningStep
from inkseal.contracts.states import State

#: The kinds that are signed here and therefore lock (AMB-20).
LOCKING_KINDS: Final = (BookKind.ORIGINAL, BookKind.FANFIC)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The value of an author's lock, and whether his row was another one or missing."""

    author_id: int
    change_penname: RenameLockValue
    changed: bool


def recompute_lock(author: Author, *, now: datetime) -> RenameLockValue:
    """Upsert the lock row of `author` (already locked); a changed value sends the author event, not downstream."""
    value = present_value(author.id)
    row = RenameLock.objects.filter(author_id=author.id).first()
    if row is None or row.change_penname != value:
        RenameLock.objects.update_or_create(author_id=author.id, defaults={"change_penname": value})
        outbox.enqueue(
            "event.author",
            f"event.author:{author.id}:{ids.next_id('row')}",
            {"cauthorid": author.id, "changePenname": int(value), "downstream": False},
            now=now,
        )
    return value


def present_value(author_id: int) -> RenameLockValue:
    """Compute the value from the author's original novels and fanfic as they are now."""
    return change_penname(states_of(Book.objects.filter(author_id=author_id, kind__in=LOCKING_KINDS)).values())


def states_of(books: Iterable[Book]) -> dict[int, State]:
    """Return what the rename rule reads of each book, by book id; the review says nothing about renaming."""
    sign_types = {book.id: book.sign_type for book in books}
    progress = dict(Contract.objects.filter(book_id__in=sign_types).values_list("book_id", "progress"))
    pages = dict(SigningStep.objects.filter(book_id__in=sign_types).values_list("book_id", "page"))
    return {
        book: State(
            Progress(progress[book]) if book in progress else None,
            Page(pages[book]) if book in pages else None,
            None,
            sign_type,
        )
        for book, sign_type in sign_types.items()
    }


def recompute_for(*, author_id: int | None = None, book_id: int | None = None, now: datetime) -> Recomputed:
    """Recompute the lock of an author, named by himself or by one of his books (L1; R64, R65).

    NotYoursError when there is no such author or book.
    """
    named = Q(id=author_id) if book_id is None else Q(books__id=book_id)
    with transaction.atomic():
        found = Author.objects.filter(named).values_list("id", flat=True).first()
        # Only the author's row is locked, and first, as every transition does.
        author = None if found is None else Author.objects.select_for_update().filter(id=found).first()
        if author is None:
            raise NotYoursError
        before = RenameLock.objects.filter(author_id=author.id).values_list("change_penname", flat=True).first()
        value = recompute_lock(author, now=now)
        return Recomputed(author.id, value, changed=before != value)
