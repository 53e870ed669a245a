"""Masks show enough to recognise a value and not enough to know it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.vault import mask


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("document_number", "E1234567K", "E••••567K"),
        ("document_number", " E1234567K ", "E••••567K"),
        ("account", "0123456789012345", "0••••2345"),
        ("email", "alice@example.org", "a•••@example.org"),
        ("email", '"a@b"@example.org', '"•••@example.org'),
        ("phone", "+65 5550 3308", "••• ••• 3308"),
        ("name", "Alice Example", "A•••"),
    ],
)
def test_a_value_is_recognisable(kind: str, value: str, shown: str) -> None:
    assert mask(kind, value) == shown


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("document_number", "E123456"),
        ("email", "alice"),
        ("email", "@example.org"),
        ("phone", "5503308"),
        ("account", ""),
    ],
)
def test_what_is_too_short_or_misshapen_is_hidden_whole(kind: str, value: str) -> None:
    assert mask(kind, value) == "••••"


@given(st.text(alphabet=st.characters(exclude_characters="•"), min_size=8, max_size=60))
def test_at_most_five_characters_of_a_number_are_shown(value: str) -> None:
    assert len(mask("account", value).replace("•", "")) <= 5


@given(st.integers(min_value=8, max_value=40))
def test_a_mask_does_not_tell_the_length(length: int) -> None:
    assert len(mask("account", "7" * length)) == 9
