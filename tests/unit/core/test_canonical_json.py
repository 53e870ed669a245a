"""Equal values have equal bytes and digests."""

import hashlib

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
