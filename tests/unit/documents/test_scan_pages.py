"""Sorting pages by their codes: shuffled, repeated, foreign, forged."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.documents.scan import ForeignPage, ForeignReason, Reading, SortedPages, sort_pages
from tests.unit.documents.sheets import EXPECTED, FACTS, payload


def sorted_codes(*codes: str) -> SortedPages:
    """Sort pictures with one code each; the first picture is file 1."""
    readings = [Reading(number, (code,) if code else ()) for number, code in enumerate(codes, start=1)]
    return sort_pages(readings, EXPECTED)


def only_reason(*codes: str) -> ForeignReason:
    (foreign,) = sort_pages([Reading(1, codes)], EXPECTED).foreign
    assert foreign.file_id == 1
    return foreign.reason


def test_all_pages_in_order_are_complete() -> None:
    result = sorted_codes(payload(1), payload(2), payload(3))
    assert dict(result.pages) == {1: 1, 2: 2, 3: 3}
    assert result.complete
    assert (result.replaced, result.missing, result.foreign, result.unreadable) == ((), (), (), ())


@given(st.permutations([1, 2, 3]))
def test_the_order_of_the_pictures_does_not_matter(order: list[int]) -> None:
    result = sorted_codes(*(payload(page) for page in order))
    assert list(result.pages) == [1, 2, 3]
    assert [order[file_id - 1] for file_id in result.pages.values()] == [1, 2, 3]


def test_a_missing_page_is_named() -> None:
    result = sorted_codes(payload(3), payload(1))
    assert result.missing == (2,)
    assert not result.complete


def test_no_picture_at_all_misses_every_page() -> None:
    assert sorted_codes().missing == (1, 2, 3)


def test_of_two_pictures_of_a_page_the_later_counts() -> None:
    result = sorted_codes(payload(1), payload(2), payload(1), payload(3), payload(1))
    assert result.pages[1] == 5
    assert result.replaced == (1, 3)
    assert result.complete


def test_a_picture_without_a_code_is_unreadable_and_no_page() -> None:
    result = sorted_codes(payload(1), "", payload(3))
    assert result.unreadable == (2,)
    assert result.missing == (2,)


def test_a_blurred_first_try_does_not_keep_the_pages_from_being_complete() -> None:
    assert sorted_codes("", payload(1), payload(2), payload(3)).complete


def test_a_page_of_another_contract_is_foreign() -> None:
    other = payload(1, replace(FACTS, serial="100000002201100"))
    assert only_reason(other) is ForeignReason.OTHER_CONTRACT


def test_a_page_of_an_old_print_is_foreign() -> None:
    old = payload(1, replace(FACTS, revision="9", content_hash="ef" * 32))
    assert only_reason(old) is ForeignReason.OLD_PRINT


@pytest.mark.parametrize(
    "facts",
    [
        replace(FACTS, content_hash="00" * 32),
        replace(FACTS, template_version="00" * 32),
        replace(FACTS, page_count=4),
    ],
)
def test_a_print_of_another_text_under_the_same_revision_does_not_pass(facts: object) -> None:
    assert isinstance(facts, type(FACTS))
    assert only_reason(payload(1, facts)) is ForeignReason.MAC_DOES_NOT_FIT


def test_a_code_made_with_another_key_does_not_pass() -> None:
    assert only_reason(payload(1, key=b"x" * 32)) is ForeignReason.MAC_DOES_NOT_FIT


def test_the_code_of_page_one_cannot_be_relabelled_as_page_two() -> None:
    code = payload(1)
    forged = code[:16] + "02" + code[18:]
    assert only_reason(forged) is ForeignReason.MAC_DOES_NOT_FIT


def test_a_page_beyond_the_last_does_not_pass() -> None:
    longer = replace(FACTS, page_count=9)
    assert only_reason(payload(7, longer)) is ForeignReason.MAC_DOES_NOT_FIT


@pytest.mark.parametrize("text", ["https://parcel.example.org/1", "1" * 24, payload(1).lower(), payload(1) + "A"])
def test_another_qr_code_is_malformed(text: str) -> None:
    assert only_reason(text) is ForeignReason.MALFORMED_CODE


def test_a_parcel_on_the_table_does_not_spoil_a_page() -> None:
    result = sort_pages([Reading(7, ("https://parcel.example.org/1", payload(2)))], EXPECTED)
    assert dict(result.pages) == {2: 7}


def test_two_pages_in_one_picture_are_not_guessed_between() -> None:
    assert only_reason(payload(1), payload(2)) is ForeignReason.SEVERAL_PAGES


def test_the_same_code_read_twice_is_one_page() -> None:
    assert dict(sort_pages([Reading(7, (payload(2), payload(2)))], EXPECTED).pages) == {2: 7}


def test_the_nearest_reason_is_given_when_several_codes_are_wrong() -> None:
    other = payload(1, replace(FACTS, serial="100000002201100"))
    old = payload(1, replace(FACTS, revision="9"))
    assert only_reason("ticket", other, old) is ForeignReason.OLD_PRINT
    assert only_reason("ticket", other) is ForeignReason.OTHER_CONTRACT


def test_a_foreign_picture_is_named_and_leaves_the_rest_complete() -> None:
    result = sorted_codes(payload(1), payload(2), "ticket", payload(3))
    assert result.foreign == (ForeignPage(3, ForeignReason.MALFORMED_CODE),)
    assert result.complete


@given(st.lists(st.sampled_from([payload(1), payload(2), payload(3), "ticket", ""]), max_size=12))
def test_every_picture_is_sorted_exactly_once(codes: list[str]) -> None:
    result = sorted_codes(*codes)
    placed = [*result.pages.values(), *result.replaced, *result.unreadable]
    placed += [foreign.file_id for foreign in result.foreign]
    assert sorted(placed) == list(range(1, len(codes) + 1))
    assert sorted([*result.pages, *result.missing]) == [1, 2, 3]


def test_changed_mac_letters_never_pass() -> None:
    chance = random.Random(1)  # noqa: S311 - forged letters, not a secret
    code = payload(2)
    for _ in range(500):
        place = chance.randrange(18, 24)
        letter = chance.choice([sign for sign in "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" if sign != code[place]])
        assert only_reason(code[:place] + letter + code[place + 1 :]) is ForeignReason.MAC_DOES_NOT_FIT


def test_the_key_is_not_shown_in_logs() -> None:
    assert "key" not in repr(EXPECTED)
