"""Page codes: the form, what the MAC covers, and that what was drawn is what is read."""

import dataclasses

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from inkseal.documents.codes import (
    CodeTooLongError,
    PageCode,
    PrintFacts,
    is_genuine,
    modules,
    outline,
    page_payload,
    read_payload,
)
from inkseal.documents.codes.payload import MAC_ALPHABET, MAX_LENGTH, PageCodeFactsError

KEY = bytes(range(32))
FACTS = PrintFacts("100000001101100", "A", 12, "ab" * 32, "cd" * 32)
SERIALS = st.from_regex(r"[0-9]{10,29}", fullmatch=True)
REVISIONS = st.sampled_from("ABCXYZ0123456789")


def code_of(text: str) -> PageCode:
    code = read_payload(text)
    assert code is not None
    return code


def drawn(text: str, *, scale: int = 6) -> zxingcpp.Barcode | None:
    """Paint the modules with a quiet zone of four, as the page does, and read them again."""
    rows = modules(text)
    side = (len(rows) + 8) * scale
    pixels = bytearray(b"\xff" * side * side)
    for y in range(len(rows) * scale):
        for x in range(len(rows) * scale):
            if rows[y // scale][x // scale] == "1":
                pixels[(y + 4 * scale) * side + x + 4 * scale] = 0
    view = memoryview(bytes(pixels)).cast("B", (side, side))
    return zxingcpp.read_barcode(view)


def test_a_fifteen_digit_serial_makes_twenty_four_characters() -> None:
    text = page_payload(FACTS, 3, key=KEY)
    assert len(text) == 24
    assert text.startswith("100000001101100A03")


def test_the_same_facts_make_the_same_code_on_every_machine() -> None:
    assert page_payload(FACTS, 3, key=KEY) == "100000001101100A037AT5WX"


@given(serial=SERIALS, revision=REVISIONS, page=st.integers(1, 99))
def test_every_code_is_short_alphanumeric_and_read_back(serial: str, revision: str, page: int) -> None:
    facts = dataclasses.replace(FACTS, serial=serial, revision=revision, page_count=99)
    text = page_payload(facts, page, key=KEY)
    assert len(text) <= MAX_LENGTH
    assert text.isascii()
    assert text.isalnum()
    assert text == text.upper()
    code = code_of(text)
    assert (code.serial, code.revision, code.page) == (serial, revision, page)
    assert is_genuine(code, facts, key=KEY)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("serial", "100000001101101"),
        ("revision", "B"),
        ("page_count", 13),
        ("template_version", "ac" * 32),
        ("content_hash", "ce" * 32),
    ],
)
def test_a_code_of_another_print_is_refused(fact: str, value: str | int) -> None:
    code = code_of(page_payload(FACTS, 3, key=KEY))
    other = dataclasses.replace(FACTS, **{fact: value})  # type: ignore[arg-type]  # the table pairs name and type
    assert is_genuine(code, FACTS, key=KEY)
    assert not is_genuine(code, other, key=KEY)


def test_a_code_of_another_key_is_refused() -> None:
    code = code_of(page_payload(FACTS, 3, key=bytes(32)))
    assert not is_genuine(code, FACTS, key=KEY)


def test_a_code_moved_to_another_page_is_refused() -> None:
    code = code_of(page_payload(FACTS, 3, key=KEY))
    assert not is_genuine(dataclasses.replace(code, page=4), FACTS, key=KEY)


def test_the_mac_of_a_code_cannot_be_carried_to_another_serial() -> None:
    code = dataclasses.replace(code_of(page_payload(FACTS, 3, key=KEY)), serial="100000002201100")
    assert not is_genuine(code, FACTS, key=KEY)
    assert not is_genuine(code, dataclasses.replace(FACTS, serial="100000002201100"), key=KEY)


@given(forged=st.text(MAC_ALPHABET, min_size=6, max_size=6))
def test_a_guessed_mac_is_refused(forged: str) -> None:
    code = code_of(page_payload(FACTS, 3, key=KEY))
    assert is_genuine(dataclasses.replace(code, mac=forged), FACTS, key=KEY) == (forged == code.mac)


def test_a_page_beyond_the_last_is_refused_even_with_its_own_mac() -> None:
    longer = dataclasses.replace(FACTS, page_count=20)
    assert not is_genuine(code_of(page_payload(longer, 15, key=KEY)), FACTS, key=KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/",
        "100000001101100A037AT5W",  # a MAC of five
        "100000001101100A007AT5WX",  # page 0
        "100000001101100a037AT5WX",
        "100000001101100A037AT5W0",  # 0 is not a sign of the MAC
        " 100000001101100A037AT5WX",
        "100000001101100A037AT5WX\n",
        "１００００００００１１０１１００A037AT5WX",  # digits, but not ASCII
        "9" * 60 + "A037AT5WX",
    ],
)
def test_another_text_is_not_a_page_code(text: str) -> None:
    assert read_payload(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    code = read_payload(text)
    assert code is None or 1 <= code.page <= 99


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("serial", ""),
        ("serial", "12345"),
        ("serial", "10000000110110X"),
        ("serial", "1" * 30),
        ("revision", ""),
        ("revision", "a"),
        ("revision", "AB"),
        ("page_count", 0),
        ("page_count", 100),
    ],
)
def test_facts_that_make_no_code_are_named(fact: str, value: str | int) -> None:
    with pytest.raises(PageCodeFactsError) as caught:
        page_payload(dataclasses.replace(FACTS, **{fact: value}), 1, key=KEY)  # type: ignore[arg-type]  # as above
    assert caught.value.fact == fact


@pytest.mark.parametrize("page", [0, -1, 13, 100])
def test_a_page_outside_the_print_gets_no_code(page: int) -> None:
    with pytest.raises(PageCodeFactsError, match="page"):
        page_payload(FACTS, page, key=KEY)


def test_a_key_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(PageCodeFactsError, match="key"):
        page_payload(FACTS, 1, key=b"short")


def test_the_alphabet_has_no_signs_that_people_confuse() -> None:
    assert len(set(MAC_ALPHABET)) == 32
    assert not set(MAC_ALPHABET) & set("0O1I")


@settings(max_examples=20, deadline=None)
@given(serial=SERIALS, page=st.integers(1, 99))
def test_what_is_drawn_is_what_is_read(serial: str, page: int) -> None:
    text = page_payload(dataclasses.replace(FACTS, serial=serial, page_count=99), page, key=KEY)
    code = drawn(text)
    assert code is not None
    assert code.text == text
    assert code.ec_level == "M"


@pytest.mark.parametrize("length", [10, 24, 29])
def test_every_serial_makes_a_code_of_twenty_five_modules(length: int) -> None:
    rows = modules(page_payload(dataclasses.replace(FACTS, serial="9" * length), 12, key=KEY))
    assert {len(row) for row in rows} == {25}
    assert len(rows) == 25


def test_a_text_that_needs_finer_modules_is_refused() -> None:
    with pytest.raises(CodeTooLongError) as caught:
        modules("A" * 39)
    assert caught.value.length == 39


def test_the_outline_covers_exactly_the_dark_modules() -> None:
    rows = ("110", "001", "000")
    assert outline(rows) == "M0 0h2v1h-2zM2 1h1v1h-1z"
