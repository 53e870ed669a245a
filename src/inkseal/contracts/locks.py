"""The rename lock, pure: when a book is open and when its author may rename (contracts-2, C3.5)."""

from collections.abc import Iterable
from typing import Final

from inkseal.contracts.enums import Page, Progress, RenameLockValue
from inkseal.contracts.states import State

#: Pages before the confirmation, and no page row at all.
OPEN_PAGES: Final[frozenset[Page | None]] = frozenset(
    {None, Page.INTENTION, Page.BASIC, Page.INFORMATION, Page.PREVIEW}
)
SENT_BACK: Final[frozenset[Progress | None]] = frozenset({Progress.SENT_BACK_PAGES, Progress.SENT_BACK_INFORMATION})


def book_open(state: State) -> bool:
    """Return whether the book's title may change: not signed, and before the confirmation or sent back."""
    return not state.signed and (state.page in OPEN_PAGES or state.progress in SENT_BACK)


def change_penname(states: Iterable[State]) -> RenameLockValue:
    """Return the author's value over all his original novels and fanfic; an author without books may rename."""
    return RenameLockValue.OPEN if all(book_open(state) for state in states) else RenameLockValue.LOCKED
