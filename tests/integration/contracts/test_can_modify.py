"""L1 to L3: what may be changed now, by the rows as they are (R94 to R101, R103); C3.5 row by row on real tables."""

import pytest

from inkseal.catalog.models import Book, BookKind
from inkseal.contracts.can_modify import LockRule, OwnData, can_modify_author, can_modify_title
from inkseal.contracts.enums import RenameLockValue
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.models import Contract, RenameLock, SigningStep
from inkseal.contracts.rename_lock import Recomputed, recompute_for
from inkseal.outbox.models import OutboxEffect
from inkseal.project.demo.people import write_book
from tests.integration.contracts.journey import Journey
from tests.integration.contracts.rows import nothing_changes
from tests.rename_truth import ROWS

TRUTH = pytest.mark.parametrize(("sign_type", "step", "contract", "is_open"), ROWS)


def put_book(book_id: int, sign_type: int, step: int | None, contract: int | None) -> None:
    """Put a book of the world into one row of the truth table."""
    Book.objects.filter(id=book_id).update(sign_type=sign_type)
    if step is not None:
        SigningStep.objects.create(id=book_id, author_id=1001, book_id=book_id, page=step)
    if contract is not None:
        Contract.objects.create(id=book_id, book_id=book_id, progress=contract, agreement=1)


@TRUTH
def test_r94_l2_answers_the_title_by_the_book_rule(
    journey: Journey, *, sign_type: int, step: int | None, contract: int | None, is_open: bool
) -> None:
    put_book(77, sign_type, step, contract)
    with nothing_changes():
        answer = can_modify_title(77)
    assert (answer.allowed, answer.rule) == (is_open, LockRule.BOOK_OPEN)
    assert answer.facts == {"signtype": sign_type, "step": step, "contract": contract}


@TRUTH
def test_r96_to_r99_l3_answers_pen_name_pay_and_bank_by_all_books(
    journey: Journey, *, sign_type: int, step: int | None, contract: int | None, is_open: bool
) -> None:
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    put_book(77, sign_type, step, contract)
    for what in OwnData:
        answer = can_modify_author(1001, what)
        assert (answer.allowed, answer.rule) == (is_open, LockRule.CHANGE_PENNAME)
        assert answer.blocking_books == (() if is_open else (77,))


@TRUTH
def test_r64_l1_recomputes_what_the_truth_table_says(
    journey: Journey, *, sign_type: int, step: int | None, contract: int | None, is_open: bool
) -> None:
    put_book(77, sign_type, step, contract)
    value = RenameLockValue.OPEN if is_open else RenameLockValue.LOCKED
    assert recompute_for(book_id=77, now=journey.now) == Recomputed(1001, value, changed=True)
    with nothing_changes():
        assert recompute_for(author_id=1001, now=journey.now) == Recomputed(1001, value, changed=False)


def test_r101_every_blocking_book_is_named_in_order(journey: Journey) -> None:
    for book_id in (80, 78, 79):
        write_book(book_id, 1001, f"Book {book_id}", now=journey.now)
    put_book(80, 0, 100, 50)
    put_book(78, 249, None, None)
    assert can_modify_author(1001, OwnData.BANK).blocking_books == (78, 80)
    assert can_modify_title(77).allowed
    assert not can_modify_title(78).allowed


def test_c8_12_another_authors_locked_book_does_not_block(journey: Journey) -> None:
    write_book(78, 1002, "灰港", now=journey.now)
    put_book(78, 249, None, None)
    assert can_modify_author(1001, OwnData.PEN_NAME).allowed
    assert not can_modify_author(1002, OwnData.PEN_NAME).allowed


@pytest.mark.parametrize("kind", [BookKind.TRANSLATION, BookKind.COMIC])
def test_translations_and_comics_are_outside_of_the_rule(journey: Journey, kind: BookKind) -> None:
    Book.objects.filter(id=77).update(kind=kind)
    put_book(77, 249, 60, 40)
    assert can_modify_title(77).allowed
    assert can_modify_author(1001, OwnData.PEN_NAME).allowed


def test_amb_32_a_stale_lock_row_is_not_believed(journey: Journey) -> None:
    put_book(77, 0, 100, 50)
    RenameLock.objects.create(author_id=1001, change_penname=RenameLockValue.OPEN)
    assert not can_modify_author(1001, OwnData.PEN_NAME).allowed


def test_an_author_without_books_may_change_everything(journey: Journey) -> None:
    Book.objects.all().delete()
    assert can_modify_author(1001, OwnData.PAY_INFORMATION).allowed


def test_who_or_what_does_not_exist_has_no_answer(journey: Journey) -> None:
    for ask in (
        lambda: can_modify_title(4040),
        lambda: can_modify_author(4040, OwnData.BANK),
        lambda: recompute_for(author_id=4040, now=journey.now),
        lambda: recompute_for(book_id=4040, now=journey.now),
    ):
        with nothing_changes(), pytest.raises(NotYoursError):
            ask()


def test_r30_l1_sends_the_author_event_once_per_change_not_downstream(journey: Journey) -> None:
    put_book(77, 0, 100, 50)
    for _ in range(3):
        recompute_for(book_id=77, now=journey.now)
    (event,) = OutboxEffect.objects.filter(kind="event.author")
    assert event.payload == '{"cauthorid":1001,"changePenname":-1,"downstream":false}'
