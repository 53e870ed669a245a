"""Page codes under every small change: of the text, of the print, of the key. All of a kind, not samples of it."""

import base64
import dataclasses
import hashlib
import hmac
import string
import struct
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inkseal.documents.codes import PrintFacts, is_genuine, modules, page_payload, payload, read_payload
from inkseal.documents.codes.payload import MAC_ALPHABET, MAX_LENGTH, MIN_KEY_BYTES

KEY = bytes(range(32))
FACTS = PrintFacts("100000001101100", "A", 99, "ab" * 32, "cd" * 32)
REVISIONS = string.ascii_uppercase + string.digits
TEXT = page_payload(FACTS, 42, key=KEY)
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
SERIALS = st.from_regex(r"[0-9]{10,29}", fullmatch=True)
PRINTS = st.builds(PrintFacts, SERIALS, st.sampled_from(REVISIONS), st.integers(1, 99), HEX, HEX)


def accepted(text: str, facts: PrintFacts = FACTS, key: bytes = KEY) -> bool:
    code = read_payload(text)
    return code is not None and is_genuine(code, facts, key=key)


def independent_mac(facts: PrintFacts, page: int, key: bytes) -> str:
    """The documented construction, written a second time: the last 30 bits of 64, five at a time from the lowest."""
    parts = ["inkseal page code 1", facts.serial, facts.revision, facts.template_version, facts.content_hash]
    message = "\x1f".join([*parts, str(page), str(facts.page_count)]).encode()
    (number,) = struct.unpack(">Q", hmac.new(key, message, hashlib.sha256).digest()[:8])
    letters = []
    for _ in range(6):
        number, value = divmod(number, 32)
        letters.append(MAC_ALPHABET[value])
    return "".join(letters)


@pytest.mark.parametrize("length", range(15, 30))
def test_every_page_and_revision_of_a_serial_of_any_length_comes_back(length: int) -> None:
    serial = "123456789012345678901234567890"[:length]
    seen = set()
    for revision in REVISIONS:
        facts = dataclasses.replace(FACTS, serial=serial, revision=revision)
        for page in range(1, 100) if revision in "A9" else (1, 9, 10, 99):
            text = page_payload(facts, page, key=KEY)
            code = read_payload(text)
            assert code is not None
            assert (code.serial, code.revision, code.page) == (serial, revision, page)
            assert is_genuine(code, facts, key=KEY)
            seen.add(text)
    assert len(seen) == 2 * 99 + 34 * 4
    assert {len(text) for text in seen} == {length + 9}


@given(PRINTS, st.data())
def test_the_code_is_the_documented_one(facts: PrintFacts, data: st.DataObject) -> None:
    page = data.draw(st.integers(1, facts.page_count))
    key = data.draw(st.binary(min_size=MIN_KEY_BYTES, max_size=64))
    assert page_payload(facts, page, key=key) == (
        f"{facts.serial}{facts.revision}{page:02d}{independent_mac(facts, page, key)}"
    )


def test_any_single_changed_character_is_refused() -> None:
    """At each of the 24 places each other letter and figure, in capitals and not."""
    tried = 0
    for place, old in enumerate(TEXT):
        for sign in string.ascii_letters + string.digits + " -$%*+./:":
            if sign != old:
                assert not accepted(TEXT[:place] + sign + TEXT[place + 1 :]), (place, sign)
                tried += 1
    assert tried == 24 * 70


def test_any_two_exchanged_neighbours_are_refused() -> None:
    for place in range(len(TEXT) - 1):
        swapped = TEXT[:place] + TEXT[place + 1] + TEXT[place] + TEXT[place + 2 :]
        assert swapped == TEXT or not accepted(swapped), place


def test_any_character_left_out_or_put_in_is_refused() -> None:
    for place in range(len(TEXT) + 1):
        assert not accepted(TEXT[:place] + TEXT[place + 1 :]) or place == len(TEXT)
        for sign in REVISIONS:
            assert not accepted(TEXT[:place] + sign + TEXT[place:]), (place, sign)


@pytest.mark.parametrize("length", [0, 1, 9, 18, *range(39, 60)])
def test_a_text_of_another_length_is_no_code(length: int) -> None:
    assert read_payload(("1" * 29 + "A01" + TEXT[-6:] * 9)[:length]) is None


def test_the_lengths_of_all_codes_are_those_of_all_serials() -> None:
    tail = TEXT[15:]
    readable = [length for length in range(60) if read_payload("1" * length + tail)]
    assert readable == list(range(10, 30))
    assert max(readable) + len(tail) == MAX_LENGTH


def other_digits() -> Iterator[str]:
    """Figures that Python's `\\d` and `int` take for figures."""
    for zero in "\u0660\u06f0\u0966\u0e50\uff10\U0001d7ce":
        yield "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in TEXT)


@pytest.mark.parametrize(
    "text",
    [
        *other_digits(),
        TEXT.lower(),
        TEXT.swapcase(),
        TEXT[:15] + "\uff21" + TEXT[16:],
        TEXT[:15] + "\u0410" + TEXT[16:],
        TEXT[:18] + TEXT[18:].lower(),
        *(f"{space}{TEXT}" for space in " \t\n\r\0\u00a0\u200b\ufeff"),
        *(f"{TEXT}{space}" for space in " \t\n\r\0\u00a0\u200b\ufeff"),
        f"{TEXT[:15]} {TEXT[15:]}",
        TEXT * 2,
        f"https://example.org/{TEXT}",
        TEXT[::-1],
    ],
)
def test_what_only_looks_like_the_code_is_refused(text: str) -> None:
    assert text != TEXT
    assert read_payload(text) is None


@given(PRINTS, PRINTS, st.data())
def test_no_code_of_one_print_passes_for_another(one: PrintFacts, other: PrintFacts, data: st.DataObject) -> None:
    assume(one != other)
    page = data.draw(st.integers(1, one.page_count))
    text = page_payload(one, page, key=KEY)
    assert accepted(text, one)
    assert not accepted(text, other)


@pytest.mark.parametrize("fact", ["template_version", "content_hash"])
def test_any_single_changed_figure_of_a_digest_is_refused(fact: str) -> None:
    digest = getattr(FACTS, fact)
    for place in range(64):
        for sign in set("0123456789abcdef") - {digest[place]}:
            changed = dataclasses.replace(FACTS, **{fact: digest[:place] + sign + digest[place + 1 :]})
            assert not accepted(TEXT, changed), (place, sign)


def test_any_other_page_count_and_revision_is_refused() -> None:
    fitting = [count for count in range(1, 100) if accepted(TEXT, dataclasses.replace(FACTS, page_count=count))]
    assert fitting == [99]
    fitting_revisions = [sign for sign in REVISIONS if accepted(TEXT, dataclasses.replace(FACTS, revision=sign))]
    assert fitting_revisions == ["A"]


def test_any_single_flipped_bit_of_the_key_is_refused() -> None:
    for bit in range(8 * len(KEY)):
        flipped = bytes(byte ^ (1 << bit % 8) * (place == bit // 8) for place, byte in enumerate(KEY))
        assert not accepted(TEXT, key=flipped), bit


@pytest.mark.parametrize(("size_bytes", "fits"), [(0, False), (15, False), (16, True), (64, True)])
def test_a_key_has_at_least_sixteen_bytes(size_bytes: int, *, fits: bool) -> None:
    if fits:
        assert accepted(page_payload(FACTS, 1, key=bytes(size_bytes)), key=bytes(size_bytes))
    else:
        with pytest.raises(payload.PageCodeFactsError, match="key"):
            is_genuine(payload.PageCode(FACTS.serial, "A", 1, "222222"), FACTS, key=bytes(size_bytes))


def test_facts_that_join_to_the_same_text_make_different_codes() -> None:
    """The page "1" of "23" and "12" of "3" could be one message without a separator."""
    one, other = (dataclasses.replace(FACTS, template_version=t, content_hash=c) for t, c in (("ab", "c"), ("a", "bc")))
    assert page_payload(one, 1, key=KEY) != page_payload(other, 1, key=KEY)


def test_all_letters_of_the_alphabet_are_used_at_all_places() -> None:
    """Six letters are 30 bits only if each of them can be any."""
    macs = [
        page_payload(dataclasses.replace(FACTS, revision=revision), page, key=KEY)[-6:]
        for revision in REVISIONS
        for page in range(1, 100)
    ]
    assert len(set(macs)) == len(macs)
    assert all({mac[place] for mac in macs} == set(MAC_ALPHABET) for place in range(6))


def test_macs_are_compared_in_constant_time_whether_or_not_the_rest_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr(hmac, "compare_digest", compare)
    code = read_payload(TEXT)
    assert code is not None
    assert is_genuine(code, FACTS, key=KEY)
    assert not is_genuine(dataclasses.replace(code, mac="222222"), FACTS, key=KEY)
    assert not is_genuine(dataclasses.replace(code, serial="9" * 15), FACTS, key=KEY)
    assert not is_genuine(dataclasses.replace(code, revision="B"), FACTS, key=KEY)
    assert len(compared) == 4
    assert compared[0] == (code.mac, code.mac)


def test_an_error_names_the_fact_and_never_its_value() -> None:
    with pytest.raises(payload.PageCodeFactsError) as caught:
        page_payload(dataclasses.replace(FACTS, serial="E1204567K"), 1, key=KEY)
    assert caught.value.args == ("serial",)


@given(SERIALS, st.sampled_from(REVISIONS), st.integers(1, 99), st.binary(min_size=16, max_size=32))
def test_every_code_fits_twenty_five_modules_with_its_marks(serial: str, revision: str, page: int, key: bytes) -> None:
    """ISO/IEC 18004, 6.3.3: a finder pattern in three corners; 6.3.5: timing; 7.9: level M in the format."""
    rows = modules(page_payload(dataclasses.replace(FACTS, serial=serial, revision=revision), page, key=key))
    assert [len(row) for row in rows] == [25] * 25
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[:7] for row in rows[:7]] == finder
    assert [row[-7:] for row in rows[:7]] == finder
    assert [row[:7] for row in rows[-7:]] == finder
    assert rows[6][8:17] == "101010101"
    level = int(rows[8][:2], 2) ^ 0b10
    assert level == 0b00


def test_codes_of_neighbouring_pages_look_different() -> None:
    pictures = {modules(page_payload(FACTS, page, key=KEY)) for page in range(1, 100)}
    assert len(pictures) == 99


def test_a_code_needs_no_mode_but_the_alphanumeric_one() -> None:
    """Base32 letters in lower case would need the byte mode, which holds 26 characters only at this size."""
    assert set(TEXT) <= set(string.digits + string.ascii_uppercase)
    lower = base64.b32encode(bytes(24)).decode().lower()[:38]
    with pytest.raises(Exception, match="38"):
        modules(lower)
