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
        ("name", "陈雨巷", "陈•••"),
        ("name", "أليس مثال", "أ•••"),
        ("name", "אליס", "א•••"),
        ("name", "कियारा", "कि•••"),
        ("name", "E\u0301lodie", "E\u0301•••"),
        ("phone", "٠٥٥٥٠١٤٢٣٣", "••• ••• ٤٢٣٣"),
        ("address", "12 Lantern Road, #03-08, Singapore", "••••, Singapore"),
        ("address", "شارع ١٢، حي المثال، القاهرة", "••••, القاهرة"),
        ("address", "灯笼路12号，3单元，新加坡", "••••, 新加坡"),
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
        ("account", "12 34 56 7"),
        ("name", ""),
        ("name", "陈"),
        ("name", "कि"),
        ("address", "12 Lantern Road, Singapore"),
        ("address", "12 Lantern Road, Block 3, Singapore 555014"),
        ("address", "一号，二单元，三楼"),
        ("email", "alice@"),
        ("birthday", "1999-09-09"),
        ("a kind nobody has named", "E1234567K"),
    ],
)
def test_what_is_too_short_or_misshapen_is_hidden_whole(kind: str, value: str) -> None:
    assert mask(kind, value) == "••••"


@given(st.text(alphabet=st.characters(exclude_characters="•"), min_size=8, max_size=60))
def test_at_most_five_characters_of_a_number_are_shown(value: str) -> None:
    assert len(mask("account", value).replace("•", "")) <= 5


KINDS = ("number", "document_number", "account", "phone", "name", "address", "email", "birthday")


@given(st.sampled_from(KINDS), st.text(max_size=1))
def test_a_value_of_one_letter_is_never_shown(kind: str, value: str) -> None:
    assert mask(kind, value).replace("•", "").strip() in {"", "@"}


@given(st.sampled_from(KINDS[:6]), st.text(alphabet=st.characters(exclude_characters="• ,"), min_size=1, max_size=60))
def test_no_value_is_shown_whole(kind: str, value: str) -> None:
    assert value not in mask(kind, value)


@pytest.mark.parametrize("mailbox", ["a", "al"])
def test_a_mailbox_with_a_short_name_shows_its_domain_alone(mailbox: str) -> None:
    assert mask("email", f"{mailbox}@example.org") == "•••@example.org"


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200f", "\u200b", "\x00", "\n"])
def test_characters_that_reorder_or_hide_others_do_not_pass(hidden: str) -> None:
    assert mask("name", f"{hidden}Alice") == "A•••"
    assert hidden not in mask("email", f"alice@exa{hidden}mple.org")
    assert hidden not in mask("account", f"0123456789{hidden}12345")


@given(st.integers(min_value=8, max_value=40))
def test_a_mask_does_not_tell_the_length(length: int) -> None:
    assert len(mask("account", "7" * length)) == 9
