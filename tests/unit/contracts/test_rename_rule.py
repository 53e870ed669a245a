"""The rename rule, row by row as C3.5 of contracts-2 lists it."""

from itertools import product

import pytest

from inkseal.contracts.enums import Page, Progress, RenameLockValue, Review
from inkseal.contracts.locks import book_open, change_penname
from inkseal.contracts.states import State
from tests.rename_truth import ROWS

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
