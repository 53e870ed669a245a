"""The bytes around a signature: where a file ends, and what may stand in the gap."""

import pytest

from inkseal.documents.validate import Finding
from inkseal.documents.validate.structure import (
    check_container,
    check_gap,
    covers_all,
    ends_cleanly,
    has_signature_trace,
    signed_end,
)

#: An OCTET STRING of two bytes, then padding.
CONTENTS = b"\x04\x02ab" + bytes(4)
HEAD = b"before "
GAP = b"<" + CONTENTS.hex().encode() + b">"
PDF = HEAD + GAP + b" after"
RANGE = [0, len(HEAD), len(HEAD) + len(GAP), 6]


@pytest.mark.parametrize("end", [b"%%EOF", b"%%EOF\n", b"%%EOF\r", b"%%EOF\r\n"])
def test_one_end_of_line_may_follow_the_end(end: bytes) -> None:
    assert ends_cleanly(b"%PDF-1.7 " + end)


@pytest.mark.parametrize("end", [b"%%EOF\n\n", b"%%EOF ", b"%%EOF\n%", b"%%EOF\x00", b"%%EO", b"%%EOF\n\r", b""])
def test_anything_else_behind_the_end_is_found(end: bytes) -> None:
    assert not ends_cleanly(b"%PDF-1.7 " + end)


def test_a_gap_that_is_the_container_passes() -> None:
    assert check_gap(PDF, RANGE, CONTENTS) is None


def test_a_gap_in_capital_digits_passes() -> None:
    assert check_gap(PDF.replace(GAP, GAP.upper()), RANGE, CONTENTS) is None


@pytest.mark.parametrize(
    "byte_range",
    [
        [],
        [0, 0, 0, 0],
        [0, 7, 25],
        [0, 7, 25, 6, 31, 0],
        [1, 6, 25, 6],
        [0, 6, 25, 6],
        [0, 7, 24, 7],
        [0, 8, 25, 6],
        [0, 7, 25, 7],
        [0, -7, 25, 6],
        [0, 25, 7, 6],
        [0, 7, 25, None],
        [0.0, 7, 25, 6],
    ],
)
def test_a_range_that_is_not_all_but_the_container_is_refused(byte_range: list[object]) -> None:
    assert check_gap(PDF, byte_range, CONTENTS) is Finding.BYTE_RANGE


def test_a_gap_that_holds_something_else_than_the_signature_uses_is_refused() -> None:
    assert check_gap(PDF, RANGE, b"\x04\x02ax" + bytes(4)) is Finding.BYTE_RANGE


@pytest.mark.parametrize(("old", "new"), [(b"<", b" "), (b">", b"0"), (b"04", b"0 "), (b"61", b"6g"), (b"00", b"\n0")])
def test_a_gap_with_anything_but_hexadecimal_digits_is_refused(old: bytes, new: bytes) -> None:
    assert check_gap(PDF.replace(old, new, 1), RANGE, CONTENTS) is Finding.BYTE_RANGE


def test_digits_of_both_cases_in_one_gap_were_altered() -> None:
    contents = b"\x04\x02\xab\xcd" + bytes(2)
    gap = b"<" + contents.hex().encode().replace(b"ab", b"AB") + b">"
    assert check_gap(HEAD + gap + b"x", [0, 7, 7 + len(gap), 1], contents) is Finding.BYTE_RANGE


@pytest.mark.parametrize("position", range(4, 8))
def test_padding_that_is_not_empty_is_refused(position: int) -> None:
    padded = bytearray(CONTENTS)
    padded[position] = 1
    assert check_container(bytes(padded)) is Finding.CONTAINER


@pytest.mark.parametrize("contents", [b"", b"\x04", b"\x04\x05ab", b"\x30\x80"])
def test_a_container_that_is_no_whole_value_is_refused(contents: bytes) -> None:
    assert check_container(contents) is Finding.CONTAINER


@pytest.mark.parametrize(("byte_range", "end"), [([0, 7, 25, 6], 31), ([0, 7], 0), ([0, 7, None, 6], 0), ([], 0)])
def test_the_end_of_a_range(byte_range: list[object], end: int) -> None:
    assert signed_end(byte_range) == end


def test_one_end_of_line_that_transport_added_is_no_change() -> None:
    assert covers_all(b"x %%EOF\n", 7)
    assert not covers_all(b"x %%EOF\n\n", 8)
    assert not covers_all(b"x %%EOF\n\n", 7)


def test_traces_of_a_signature_are_seen_in_wreckage() -> None:
    assert has_signature_trace(b"xx /ByteRange [0 1 2 3]")
    assert not has_signature_trace(b"xx /ByteOrder [0]")
