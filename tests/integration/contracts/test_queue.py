"""The desk's queue: what stands in which list, how many, and in which order."""

from datetime import timedelta

import pytest

from inkseal.catalog.models import Book, EditorGroup
from inkseal.contracts.enums import Progress
from inkseal.contracts.models import Contract, Proposal, SigningDraft
from inkseal.contracts.queue import PAGE_SIZE, Queue, queue
from inkseal.contracts.sections import Section
from inkseal.core.actor import Role
from inkseal.project.demo.people import staff_member, write_book
from tests.integration.contracts.journey import Journey


def look(user: str, section: Section = Section.EVERYTHING, query: str = "", after: str | None = None) -> Queue:
    return queue(staff_member(user), section=section, query=query, after=after)


def ids(found: Queue) -> list[int]:
    return [row.book_id for row in found.rows]


def test_each_duty_finds_what_waits_for_it(journey: Journey) -> None:
    assert ids(look("charlie")) == [77]
    assert ids(look("bob")) == ids(look("dora")) == []
    journey.propose()
    assert ids(look("charlie")) == []
    assert ids(look("bob")) == [77]
    journey.submit()
    journey.declare()
    journey.fill_in()
    journey.confirm()
    journey.lay_pages()
    assert ids(look("bob")) == ids(look("dora")) == []
    journey.hand_in()
    assert ids(look("dora")) == [77]


@pytest.mark.parametrize(
    ("station", "section"),
    [
        ("to_submitted", Section.AUTHOR_FILLS),
        ("to_information", Section.AUTHOR_FILLS),
        ("to_upload", Section.AUTHOR_SIGNS),
        ("to_audit", Section.TO_AUDIT),
        ("to_approved", Section.SEALING),
    ],
)
def test_a_contract_stands_in_one_section_and_is_counted_there(
    journey: Journey, station: str, section: Section
) -> None:
    getattr(journey, station)()
    found = look("dora", section)
    (row,) = found.rows
    assert (row.book_id, row.section) == (77, section)
    assert {part: number for part, number in found.counts.items() if number and part is not Section.EVERYTHING} == {
        section: 1
    }


def test_a_sent_back_and_a_complete_contract_are_found(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    assert ids(look("dora", Section.AUTHOR_CORRECTS)) == [77]
    journey.correct_and_hand_in()
    journey.approve()
    journey.seal()
    assert ids(look("dora", Section.COMPLETE)) == [77]
    assert ids(look("charlie")) == []


def test_a_row_says_what_the_list_shows(journey: Journey) -> None:
    journey.to_audit()
    (row,) = look("dora").rows
    assert (row.title, row.pen_name, row.agreement, row.tracker_name) == ("The Lantern Ferry", "Tan Lanyue", 1, "Dora")
    assert (row.progress, row.review, row.contract_no) == (80, 0, SigningDraft.objects.get().contract_no)
    assert row.since == journey.now


def test_somebody_with_two_duties_sees_both_lists(journey: Journey) -> None:
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    journey.to_audit()
    dora = staff_member("dora")
    EditorGroup.objects.create(group_id=4, group_name="4", staff=dora, responsibility=Role.RESPONSIBLE_EDITOR)
    found = look("dora")
    assert set(ids(found)) == {77, 78}
    assert found.counts[Section.EVERYTHING] == 2


def test_somebody_without_a_duty_has_nothing_waiting(journey: Journey) -> None:
    staff_member("dora").duties.all().delete()
    journey.to_audit()
    found = look("dora")
    assert found.rows == ()
    assert found.counts[Section.EVERYTHING] == 0


@pytest.mark.parametrize("changes", [{"kind": 3}, {"kind": 4}, {"sign_type": 249}])
def test_books_that_are_not_signed_here_are_not_proposed(journey: Journey, changes: dict[str, int]) -> None:
    Book.objects.update(**changes)
    found = look("charlie")
    assert found.rows == ()
    assert found.counts[Section.TO_PROPOSE] == 0


def test_an_abandoned_contract_rests_until_it_is_proposed_again(journey: Journey) -> None:
    journey.to_submitted()
    Contract.objects.update(progress=Progress.ABANDONED, updated_at=journey.tick())
    assert ids(look("bob")) == []
    assert ids(look("bob", Section.RESTING)) == [77]
    journey.propose()
    assert ids(look("bob")) == [77]


@pytest.mark.parametrize("query", ["lantern", "LANYUE", " ferry "])
def test_titles_and_pen_names_are_searched_without_case(journey: Journey, query: str) -> None:
    write_book(78, 1002, "灰港", now=journey.now)
    assert ids(look("charlie", Section.TO_PROPOSE, query)) == [77]


def test_contract_numbers_are_searched_from_their_beginning(journey: Journey) -> None:
    journey.to_upload()
    number = SigningDraft.objects.get().contract_no or ""
    assert ids(look("dora", Section.AUTHOR_SIGNS, number[:10])) == [77]
    assert ids(look("dora", Section.AUTHOR_SIGNS, number[5:])) == []


@pytest.mark.parametrize("query", ["%", "_", "'; DROP TABLE book_novels; --", "nothing like it"])
def test_signs_of_a_search_language_are_plain_characters(journey: Journey, query: str) -> None:
    assert ids(look("charlie", Section.TO_PROPOSE, query)) == []


def test_long_lists_come_page_by_page_oldest_first(journey: Journey) -> None:
    for number in range(PAGE_SIZE + 10):
        write_book(1000 + number, 1001, f"Book {number}", now=journey.now - timedelta(days=number + 1))
    first = look("charlie")
    assert len(first.rows) == PAGE_SIZE
    assert ids(first)[0] == 1000 + PAGE_SIZE + 9
    assert first.next is not None
    second = look("charlie", after=first.next)
    assert (len(second.rows), second.next) == (11, None)
    assert ids(second)[-1] == 77
    assert not set(ids(first)) & set(ids(second))
    assert first.counts[Section.TO_PROPOSE] == PAGE_SIZE + 11


@pytest.mark.parametrize("after", ["", "x", "-50", "1e3", "٥"])
def test_a_made_up_place_in_the_list_is_its_beginning(journey: Journey, after: str) -> None:
    assert ids(look("charlie", after=after)) == [77]


def test_a_voided_proposal_does_not_wait_for_the_chief(journey: Journey) -> None:
    journey.propose()
    Proposal.objects.update(status=-1)
    assert ids(look("bob")) == []
    assert ids(look("charlie")) == [77]


def test_what_waits_longest_comes_first_however_old_its_book_is(journey: Journey) -> None:
    write_book(78, 1001, "Salt Roads North", now=journey.now + timedelta(hours=1))
    Journey(journey.now, 78).to_submitted()
    Journey(journey.now + timedelta(days=1), 77).to_submitted()
    found = look("dora", Section.AUTHOR_FILLS)
    assert ids(found) == [78, 77]
    assert [row.since for row in found.rows] == sorted(row.since for row in found.rows)
