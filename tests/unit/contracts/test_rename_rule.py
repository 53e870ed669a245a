"""The rename rule, row by row as C3.5 of contracts-2 lists it."""

from itertools import product

import pytest

from inkseal.contracts.enums import Page, Progress, RenameLockValue, Review
from inkseal.contracts.locks import book_open, change_penname
from inkseal.contracts.states import State

#: (signtype, step, contract) -> open?, in the order of the specification.
ROWS: list[tuple[int, int | None, int | None, bool]] = [
    (0, None, None, True),
    (0, None, 5, True),
    (0, 0, 5, True),
    (0, 70, 70, True),
    (0, 80, 70, True),
    (0, 90, 70, True),
    (0, 100, 70, False),
    (0, 100, 50, False),
    (0, 90, 50, True),
    (0, 50, 80, False),
    (0, 50, 90, False),
    (0, 110, 110, True),
    (0, 110, 100, True),
    (0, 100, 100, True),
    (0, 100, 110, True),
    (0, 110, 80, False),
    (0, 11, 4, False),
    (0, 0, 4, True),
    (0, 60, 40, False),
    (249, None, None, False),
    (249, 90, 110, False),
    (249, 100, 100, False),
]

OPEN = State(Progress.SIGNING_STARTED, Page.INFORMATION, None)
LOCKED = State(Progress.INFORMATION_CONFIRMED, Page.UPLOAD, None)


@pytest.mark.parametrize(("sign_type", "step", "contract", "is_open"), ROWS)
def test_the_truth_table_of_the_book_rule(
    *, sign_type: int, step: int | None, contract: int | None, is_open: bool
) -> None:
    state = State(
        None if contract is None else Progress(contract), None if step is None else Page(step), None, sign_type
    )
    assert book_open(state) is is_open


def test_the_book_rule_is_the_formula_for_every_state() -> None:
    """`(signtype != 249) and (no step row or step in (0,70,80,90) or contract in (100,110))`."""
    for progress, page, sign_type in product([None, *Progress], [None, *Page], [0, 1, 248, 249, 250]):
        expected = sign_type != 249 and (page in {None, 0, 70, 80, 90} or progress in {100, 110})
        assert book_open(State(progress, page, None, sign_type)) is expected, (progress, page, sign_type)


@pytest.mark.parametrize("review", [None, *Review])
def test_the_review_says_nothing_about_renaming(review: Review | None) -> None:
    assert book_open(State(Progress.SENT_BACK_PAGES, Page.SENT_BACK, review)) is True
    assert book_open(State(Progress.UPLOADED, Page.WAITING, review)) is False


def test_an_author_without_books_may_rename() -> None:
    assert change_penname([]) is RenameLockValue.OPEN


def test_one_locked_book_among_open_ones_locks_its_author() -> None:
    assert change_penname([OPEN, OPEN]) is RenameLockValue.OPEN
    assert change_penname([OPEN, LOCKED]) is RenameLockValue.LOCKED
    assert change_penname([LOCKED, OPEN]) is RenameLockValue.LOCKED


def test_the_lock_has_the_values_of_the_original() -> None:
    assert (RenameLockValue.LOCKED, RenameLockValue.OPEN) == (-1, 1)
