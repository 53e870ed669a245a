"""May a title, a pen name, pay information or bank data be changed now? Asked by every entry (L2, L3; R94 to R101).

The answer is computed from the rows as they are, never from the stored lock (AMB-32). The domestic side does not ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique

from inkseal.catalog.models import Author, Book
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.locks import book_open
from inkseal.contracts.rename_lock import LOCKING_KINDS, states_of


@unique
class LockRule(StrEnum):
    """The rule that decided."""

    #: One book, for its title (R94).
    BOOK_OPEN = "book_open"
    #: All original novels and fanfic of an author (R101).
    CHANGE_PENNAME = "change_penname"


@unique
class OwnData(StrEnum):
    """What an author may want to change about himself (R96 to R99)."""

    PEN_NAME = "penname"
    PAY_INFORMATION = "payinfo"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether it may be changed, by which rule, and what that rule looked at."""

    allowed: bool
    rule: LockRule
    #: The values the book rule read: signtype, step, contract; None stands for "no row".
    facts: Mapping[str, int | None] = field(default_factory=dict)
    #: The books that lock their author, in order of their ids.
    blocking_books: tuple[int, ...] = ()


def can_modify_title(book_id: int) -> Answer:
    """Return whether the title of this book may change (L2); NotYoursError when there is no such book.

    Translations and comics are not signed here, so nothing here locks them.
    """
    book = Book.objects.filter(id=book_id).first()
    if book is None:
        raise NotYoursError
    state = states_of([book])[book_id]
    facts = {"signtype": book.sign_type, "step": state.page, "contract": state.progress}
    return Answer(book.kind not in LOCKING_KINDS or book_open(state), LockRule.BOOK_OPEN, facts)


def can_modify_author(author_id: int, what: OwnData) -> Answer:
    """Return whether the author's own data may change (L3), and which books stand against it.

    One rule decides for pen name, pay information and bank data; `what` is checked so that a caller who asks for
    something that no rule covers is not answered "yes".
    """
    OwnData(what)
    if not Author.objects.filter(id=author_id).exists():
        raise NotYoursError
    books = Book.objects.filter(author_id=author_id, kind__in=LOCKING_KINDS)
    blocking = tuple(sorted(book_id for book_id, state in states_of(books).items() if not book_open(state)))
    return Answer(not blocking, LockRule.CHANGE_PENNAME, blocking_books=blocking)
