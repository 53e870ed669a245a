"""Equal values have equal bytes and digests."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.core.canonical import canonical_json, digest

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=10,
)


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert canonical_json({"b": 1, "a": [True, None], "ü": "雨"}) == '{"a":[true,null],"b":1,"ü":"雨"}'.encode()


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON, max_size=5))
def test_the_order_of_writing_does_not_matter(value: dict[str, object]) -> None:
    backwards = dict(reversed(list(value.items())))
    assert digest(value) == digest(backwards) == hashlib.sha256(canonical_json(value)).hexdigest()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_has_no_word_for_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"a": value})


def test_texts_and_numbers_are_told_apart() -> None:
    assert len({digest(value) for value in ("1", 1, True, None, "", [1], {"1": 1})}) == 7


def test_signs_beyond_ascii_are_written_as_they_are() -> None:
    assert canonical_json("雨巷 𠮷") == '"雨巷 𠮷"'.encode()


def test_half_a_sign_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical_json({"name": "\ud842"})


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object(), Decimal("0.1"), datetime(2026, 11, 21, tzinfo=UTC)])
def test_what_json_cannot_say_exactly_is_refused_and_not_rounded(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"a": value})


def test_two_spellings_of_one_letter_are_two_values() -> None:
    """Texts are taken as they are; who wants them equal normalises them before (the vault does)."""
    assert digest("é") != digest("e\u0301")


def test_a_list_is_not_the_list_in_another_order() -> None:
    assert digest([1, 2]) != digest([2, 1])
