"""Recomputes an author's rename lock inside the transition that changed it (contracts-2, C3.5; AMB-32)."""

from datetime import datetime

from inkseal import ids, outbox
from inkseal.catalog.models import Author, Book, BookKind
from inkseal.contracts.enums import Page, Progress, RenameLockValue
from inkseal.contracts.locks import change_penname
from inkseal.contracts.models import Contract, RenameLock, SigningStep
from inkseal.contracts.states import State


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
    books = dict(
        Book.objects.filter(author_id=author_id, kind__in=[BookKind.ORIGINAL, BookKind.FANFIC]).values_list(
            "id", "sign_type"
        )
    )
    progress = dict(Contract.objects.filter(book_id__in=books).values_list("book_id", "progress"))
    pages = dict(SigningStep.objects.filter(book_id__in=books).values_list("book_id", "page"))
    return change_penname(
        State(
            Progress(progress[book]) if book in progress else None,
            Page(pages[book]) if book in pages else None,
            None,
            sign_type,
        )
        for book, sign_type in books.items()
    )
