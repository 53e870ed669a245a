"""R64 for everybody: the set-based recomputation says what the single one says, in a constant number of statements."""

import json
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkseal import ids
from inkseal.catalog.models import Author, Book, BookKind
from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.models import Contract, RenameLock, SigningStep
from inkseal.contracts.recompute_locks import Tally, recompute_locks
from inkseal.contracts.rename_lock import present_value
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.rows import nothing_changes

pytestmark = pytest.mark.django_db

#: One book: kind, signtype, step, contract. Values that lock and values that do not are equally likely.
BOOKS = st.tuples(
    st.sampled_from(list(BookKind)),
    st.sampled_from([0, 0, 0, 1, 249]),
    st.sampled_from([None, *Page]),
    st.sampled_from([None, *Progress]),
)
#: One author: the stored lock (None: no row) and his books.
AUTHORS = st.tuples(st.sampled_from([None, 1, -1]), st.lists(BOOKS, max_size=3))


def write(authors: list[tuple[int | None, list[tuple[int, int, int | None, int | None]]]], now: datetime) -> None:
    """Replace all authors by these; their ids are 10, 20, 30 and so on."""
    for model in (RenameLock, SigningStep, Contract, Book, Author, OutboxEffect):
        model.objects.all().delete()
    for number, (stored, books) in enumerate(authors, 1):
        author = Author.objects.create(id=number * 10, pen_name=f"Author {number}")
        if stored is not None:
            RenameLock.objects.create(author_id=author.id, change_penname=stored)
        for place, (kind, sign_type, step, contract) in enumerate(books):
            book = number * 10 + place
            Book.objects.create(
                id=book, author=author, title="A book", pen_name="A", kind=kind, sign_type=sign_type, updated_at=now
            )
            if step is not None:
                SigningStep.objects.create(id=book, author_id=author.id, book_id=book, page=step)
            if contract is not None:
                Contract.objects.create(id=book, book_id=book, progress=contract)


def locks() -> dict[int, int]:
    return dict(RenameLock.objects.values_list("author_id", "change_penname"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(authors=st.lists(AUTHORS, max_size=6), batch=st.integers(1, 4))
def test_the_set_based_values_are_the_single_ones(
    now: datetime, authors: list[tuple[int | None, list[tuple[int, int, int | None, int | None]]]], batch: int
) -> None:
    write(authors, now)
    before = locks()
    expected = {number: int(present_value(number)) for number in Author.objects.values_list("id", flat=True)}
    wrong = {number: value for number, value in expected.items() if before.get(number) != value}
    tally = recompute_locks(now=now, execute=True, batch=batch)
    assert locks() == expected
    assert tally == Tally(len(authors), list(wrong.values()).count(1), list(wrong.values()).count(-1))
    events = [json.loads(text) for text in OutboxEffect.objects.order_by("id").values_list("payload", flat=True)]
    assert events == [
        {"cauthorid": number, "changePenname": value, "downstream": False} for number, value in sorted(wrong.items())
    ]


def test_without_execute_it_counts_and_changes_nothing(now: datetime) -> None:
    write([(None, []), (1, [(1, 249, None, None)]), (-1, []), (1, [])], now)
    with nothing_changes():
        assert recompute_locks(now=now, execute=False) == Tally(4, to_open=2, to_lock=1)


def test_a_second_run_finds_nothing_and_sends_nothing(now: datetime) -> None:
    write([(None, []), (1, [(1, 0, 100, 50)])], now)
    recompute_locks(now=now, execute=True)
    with nothing_changes():
        assert recompute_locks(now=now, execute=True) == Tally(2, to_open=0, to_lock=0)


def statements(count: int, now: datetime, *, batch: int) -> int:
    write([(None, [(1, 249, None, None)])] * count, now)
    ids.next_id("row")  # a block of numbers is at hand, as in a process that is at work
    with CaptureQueriesContext(
        connection,
    ) as captured:
        recompute_locks(now=now, execute=True, batch=batch)
    assert set(locks().values()) == {-1}
    return len(captured)


def test_a_batch_takes_the_same_statements_whatever_its_size(now: datetime) -> None:
    assert statements(2, now, batch=100) == statements(40, now, batch=100)
    assert statements(40, now, batch=10) < 4 * statements(40, now, batch=40)
