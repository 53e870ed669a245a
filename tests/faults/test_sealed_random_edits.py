"""Sealed files under random edits: none is ever valid, and whatever comes in, verification answers."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkseal.documents.seal import NotSealableError, seal
from inkseal.documents.validate import Finding, Report, Verdict, verify
from inkseal.documents.validate.structure import check_container, check_gap, covers_all, ends_cleanly
from tests.faults.pdf_attack_kit import contract, look, sealed, twice_signed
from tests.unit.documents.seal_kit import NOW, good

pytestmark = pytest.mark.faults
#: The same edits at every run; a failure names its own.
QUICK = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
places = st.floats(0, 1, exclude_max=True)
#: Words that mean something to a reader of PDF beside bytes that mean nothing.
pieces = st.one_of(
    st.binary(min_size=1, max_size=40),
    st.sampled_from(
        [
            b"endobj",
            b"%%EOF\n",
            b"xref\n",
            b"startxref\n0\n",
            b"<<",
            b">>",
            b"/Contents <00>",
            b"/Type /Sig",
            b"trailer",
        ]
    ),
)
numbers = st.one_of(st.integers(-10, 40_000), st.none(), st.floats(allow_nan=False), st.text(max_size=3))


@cache
def files() -> tuple[bytes, bytes]:
    return sealed(), twice_signed()


def refused(pdf: bytes) -> bool:
    return look(pdf).verdict is not Verdict.VALID


@QUICK
@given(which=st.integers(0, 1), place=places, bits=st.integers(1, 255))
def test_a_changed_byte_is_never_valid(which: int, place: float, bits: int) -> None:
    pdf = bytearray(files()[which])
    pdf[int(place * len(pdf))] ^= bits
    assert refused(bytes(pdf))


@QUICK
@given(which=st.integers(0, 1), place=places, piece=pieces)
def test_an_insertion_is_never_valid(which: int, place: float, piece: bytes) -> None:
    pdf = files()[which]
    at = int(place * len(pdf))
    assert refused(pdf[:at] + piece + pdf[at:])


@QUICK
@given(which=st.integers(0, 1), place=places, length=st.integers(1, 3000))
def test_a_deletion_is_never_valid(which: int, place: float, length: int) -> None:
    pdf = files()[which]
    at = int(place * len(pdf))
    assert refused(pdf[:at] + pdf[at + length :])


@QUICK
@given(which=st.integers(0, 1), place=places, piece=pieces)
def test_bytes_put_over_others_are_never_valid(which: int, place: float, piece: bytes) -> None:
    pdf = files()[which]
    at = int(place * len(pdf))
    edited = pdf[:at] + piece + pdf[at + len(piece) :]
    assert refused(edited) is (edited != pdf)


@QUICK
@given(which=st.integers(0, 1), first=places, second=places, length=st.integers(1, 500))
def test_two_parts_that_change_places_are_never_valid(which: int, first: float, second: float, length: int) -> None:
    pdf = files()[which]
    start, stop = sorted((int(first * len(pdf)), int(second * len(pdf))))
    middle = max(start + length, stop)
    edited = pdf[:start] + pdf[middle : middle + length] + pdf[start + length : middle] + pdf[start : start + length]
    edited += pdf[middle + length :]
    assert refused(edited) is (edited != pdf)


@QUICK
@given(which=st.integers(0, 1), tail=st.binary(min_size=1, max_size=200), closing=st.booleans())
def test_any_bytes_behind_the_end_are_never_valid(which: int, tail: bytes, closing: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    pdf = files()[which]
    start = pdf[pdf.rindex(b"startxref") :]
    assert refused(pdf + tail + (start if closing else b""))


@QUICK
@given(place=places)
def test_a_file_cut_anywhere_is_never_valid(place: float) -> None:
    pdf = files()[1]
    # The author's revision is whole: it is valid, and not this file.
    cut = pdf[: int(place * len(pdf))]
    report = look(cut)
    assert report.verdict is not Verdict.VALID or [one.field for one in report.signatures] == ["Author"]


@QUICK
@given(content=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda rest: b"%PDF-1.7\n" + rest)))
def test_whatever_comes_in_verification_answers(content: bytes) -> None:
    report = look(content)
    assert report.verdict is Verdict.NOT_READABLE
    assert report.size_bytes == len(content)
    assert Report.from_dict(report.as_dict()) == report


@QUICK
@given(place=places, piece=pieces)
def test_whatever_comes_in_sealing_seals_it_or_says_why_not(place: float, piece: bytes) -> None:
    at = int(place * len(contract()))
    edited = contract()[:at] + piece + contract()[at + len(piece) :]
    try:
        result = seal(edited, good()[1].seal_key, company="x", contract_number="1", now=NOW)
    except NotSealableError:
        return
    assert result.pdf.startswith(edited)
    # What was sealed in a broken state stays refused: only a sound file becomes valid.
    assert verify(result.pdf, roots=good()[0].pem, now=NOW).size_bytes == len(result.pdf)


@QUICK
@given(byte_range=st.lists(numbers, max_size=6), contents=st.binary(max_size=20))
def test_no_invented_byte_range_passes(byte_range: list[object], contents: bytes) -> None:
    assert check_gap(sealed(), byte_range, contents) in {Finding.BYTE_RANGE, Finding.CONTAINER}


@QUICK
@given(contents=st.binary(max_size=60))
def test_the_structure_is_read_without_an_error(contents: bytes) -> None:
    assert check_container(contents) in {None, Finding.CONTAINER}
    assert covers_all(contents, len(contents))
    assert ends_cleanly(contents + b"%%EOF")
