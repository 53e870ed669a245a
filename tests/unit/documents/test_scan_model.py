"""Sorting pages against a naive model: whatever a table full of paper shows, each picture lands in one group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkseal.documents.codes import PrintFacts, page_payload
from inkseal.documents.scan import ExpectedPages, ForeignReason, Reading, SortedPages, sort_pages
from tests.unit.documents.sheets import KEY

OTHER_KEY = b"another installation's key, 32 b"


@dataclass(frozen=True)
class Paper:
    """One code that a picture may show, and what it is: a page of this print, or why not."""

    text: str
    truth: int | ForeignReason


@dataclass(frozen=True)
class Table:
    """What is asked for, and pictures of papers that lie around."""

    expected: ExpectedPages
    pictures: tuple[tuple[Paper, ...], ...]

    @property
    def readings(self) -> list[Reading]:
        return [Reading(number, tuple(p.text for p in papers)) for number, papers in enumerate(self.pictures, 1)]


@st.composite
def expectations(draw: st.DrawFn) -> ExpectedPages:
    return ExpectedPages(
        serial=draw(st.from_regex(r"[0-9]{15,29}", fullmatch=True)),
        revision=draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")),
        page_count=draw(st.integers(1, 99)),
        template_version=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        content_hash=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        key=KEY,
    )


@st.composite
def papers(draw: st.DrawFn, expected: ExpectedPages) -> Paper:
    facts, last = expected.facts, expected.page_count
    page = draw(st.integers(1, min(last, 4)) | st.integers(1, last))
    kind = draw(st.sampled_from(["page", "page", "page", "ticket", *STRANGE]))
    if kind == "ticket":
        ticket = draw(st.sampled_from(["https://example.org/parcel", "TICKET 4711", "1" * 24, "", " "]))
        return Paper(ticket, ForeignReason.MALFORMED_CODE)
    if kind == "page":
        return Paper(page_payload(facts, page, key=KEY), page)
    change, key, reason = STRANGE[kind]
    other = change(facts)
    return Paper(page_payload(other, min(page, other.page_count), key=key), reason)


def next_serial(facts: PrintFacts) -> PrintFacts:
    length = len(facts.serial)
    return replace(facts, serial=f"{(int(facts.serial) + 1) % 10**length:0{length}d}")


#: How a paper can differ from those asked for: other facts or another key, and what that is called.
STRANGE: dict[str, tuple[Callable[[PrintFacts], PrintFacts], bytes, ForeignReason]] = {
    "contract": (next_serial, KEY, ForeignReason.OTHER_CONTRACT),
    "print": (lambda f: replace(f, revision="B" if f.revision == "A" else "A"), KEY, ForeignReason.OLD_PRINT),
    "text": (lambda f: replace(f, content_hash=f"{f.content_hash}0"), KEY, ForeignReason.MAC_DOES_NOT_FIT),
    "key": (lambda f: f, OTHER_KEY, ForeignReason.MAC_DOES_NOT_FIT),
    "length": (lambda f: replace(f, page_count=f.page_count % 99 + 1), KEY, ForeignReason.MAC_DOES_NOT_FIT),
}


@st.composite
def tables(draw: st.DrawFn, largest: int = 14) -> Table:
    expected = draw(expectations())
    pictures = draw(st.lists(st.lists(papers(expected), max_size=3).map(tuple), max_size=largest))
    return Table(expected, tuple(pictures))


def naive(papers_in_picture: Sequence[Paper]) -> int | ForeignReason | None:
    """Say by what we know of each paper what the picture is; None: nothing to go by."""
    if not papers_in_picture:
        return None
    pages = {paper.truth for paper in papers_in_picture if isinstance(paper.truth, int)}
    if len(pages) > 1:
        return ForeignReason.SEVERAL_PAGES
    if pages:
        return pages.pop()
    truths = {paper.truth for paper in papers_in_picture}
    for reason in (ForeignReason.OLD_PRINT, ForeignReason.MAC_DOES_NOT_FIT, ForeignReason.OTHER_CONTRACT):
        if reason in truths:
            return reason
    return ForeignReason.MALFORMED_CODE


def ids(result: SortedPages) -> list[int]:
    strays = [page.file_id for page in result.foreign]
    return [*result.pages.values(), *result.replaced, *strays, *result.unreadable]


@settings(deadline=None)
@given(tables())
def test_the_groups_are_those_of_the_model(table: Table) -> None:
    result = sort_pages(table.readings, table.expected)
    truths = {number: naive(papers_shown) for number, papers_shown in enumerate(table.pictures, 1)}
    of_page: dict[int, list[int]] = {}
    for number, truth in truths.items():
        if isinstance(truth, int):
            of_page.setdefault(truth, []).append(number)
    assert dict(result.pages) == {page: numbers[-1] for page, numbers in of_page.items()}
    assert sorted(result.replaced) == sorted(number for numbers in of_page.values() for number in numbers[:-1])
    assert [page.file_id for page in result.foreign] == [n for n, t in truths.items() if isinstance(t, ForeignReason)]
    assert [page.reason for page in result.foreign] == [t for t in truths.values() if isinstance(t, ForeignReason)]
    assert list(result.unreadable) == [number for number, truth in truths.items() if truth is None]


@settings(deadline=None)
@given(tables())
def test_each_picture_is_in_one_group_and_each_page_there_or_missing(table: Table) -> None:
    result = sort_pages(table.readings, table.expected)
    assert sorted(ids(result)) == [reading.file_id for reading in table.readings]
    assert sorted([*result.pages, *result.missing]) == list(range(1, table.expected.page_count + 1))
    assert list(result.pages) == sorted(result.pages)
    assert list(result.missing) == sorted(result.missing)
    assert result.complete is not bool(result.missing)


@settings(deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_only_which_picture_counts_depends_on_their_order(table: Table, chance: object) -> None:
    shuffled = table.readings
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    first, second = sort_pages(table.readings, table.expected), sort_pages(shuffled, table.expected)
    assert (first.missing, set(first.pages)) == (second.missing, set(second.pages))
    assert sorted(first.unreadable) == sorted(second.unreadable)
    assert sorted(first.foreign, key=lambda page: page.file_id) == sorted(second.foreign, key=lambda page: page.file_id)


@settings(deadline=None)
@given(tables(largest=8), tables(largest=8))
def test_more_pictures_never_take_a_page_away(table: Table, later: Table) -> None:
    more = [Reading(100 + reading.file_id, reading.codes) for reading in later.readings]
    before, after = sort_pages(table.readings, table.expected), sort_pages(table.readings + more, table.expected)
    assert set(before.pages) <= set(after.pages)
    assert set(after.missing) <= set(before.missing)
    assert set(before.foreign) <= set(after.foreign)
    assert set(before.unreadable) <= set(after.unreadable)


@settings(deadline=None)
@given(tables())
def test_sending_all_again_replaces_all_and_changes_nothing_else(table: Table) -> None:
    again = [Reading(100 + reading.file_id, reading.codes) for reading in table.readings]
    once, twice = sort_pages(table.readings, table.expected), sort_pages(table.readings + again, table.expected)
    assert dict(twice.pages) == {page: file_id + 100 for page, file_id in once.pages.items()}
    assert set(twice.replaced) >= set(once.pages.values())
    assert twice.missing == once.missing


@settings(deadline=None)
@given(tables())
def test_pictures_of_another_print_alone_give_no_page(table: Table) -> None:
    """The whole pile of an old print, or of another contract, is worth nothing to this one."""
    revised = replace(table.expected, revision="B" if table.expected.revision == "A" else "A", content_hash="9" * 64)
    result = sort_pages(table.readings, revised)
    assert not result.pages
    assert len(result.missing) == revised.page_count


@settings(deadline=None)
@given(expectations())
def test_every_page_of_a_contract_of_any_length_is_found(expected: ExpectedPages) -> None:
    readings = [
        Reading(page, (page_payload(expected.facts, page, key=KEY),)) for page in range(expected.page_count, 0, -1)
    ]
    result = sort_pages(readings, expected)
    assert result.complete
    assert dict(result.pages) == {page: page for page in range(1, expected.page_count + 1)}


@settings(deadline=None)
@given(expectations(), st.lists(st.lists(st.text(max_size=40), max_size=4).map(tuple), max_size=8))
def test_any_text_in_a_code_is_sorted_without_an_error(expected: ExpectedPages, texts: list[tuple[str, ...]]) -> None:
    result = sort_pages([Reading(number, codes) for number, codes in enumerate(texts)], expected)
    assert not result.pages
    assert list(result.unreadable) == [number for number, codes in enumerate(texts) if not codes]


def test_the_result_cannot_be_changed_afterwards() -> None:
    expected = ExpectedPages("1" * 15, "A", 2, "ab" * 32, "cd" * 32, KEY)
    result = sort_pages([Reading(1, (page_payload(expected.facts, 1, key=KEY),))], expected)
    with pytest.raises(TypeError):
        result.pages[2] = 9  # type: ignore[index]  # the attack itself
    with pytest.raises(AttributeError):
        result.missing = ()  # type: ignore[misc]  # as above
    assert not result.complete
