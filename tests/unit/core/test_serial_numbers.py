"""Contract numbers: ID of at least ten digits, agreement type two, our party three (R91; C8.15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.core.serial import SerialNumber, SerialNumberError, compose, parse


def test_r91_a_number_is_id_type_and_party() -> None:
    assert str(compose(1_000_000_001, 1, 100)) == "100000000101100"
    assert str(compose(7, 8, 1)) == "0000000007" + "08" + "001"


def test_an_id_longer_than_ten_digits_is_kept_whole() -> None:
    text = str(compose(123_456_789_012, 2, 100))
    assert text == "12345678901202100"
    assert parse(text) == SerialNumber(123_456_789_012, 2, 100)


@given(st.integers(0, 10**18), st.integers(0, 99).filter(lambda kind: kind != 10), st.integers(0, 999))
def test_every_number_reads_back_as_its_parts(serial_id: int, agreement: int, party: int) -> None:
    made = compose(serial_id, agreement, party)
    assert parse(str(made)) == made
    assert str(made).isdigit()
    assert len(str(made)) >= 15


@pytest.mark.parametrize(
    ("serial_id", "agreement", "party"),
    [(1, -1, 100), (1, 10, 100), (1, 100, 100), (1, 1, 1000), (1, 1, -1), (-1, 1, 100)],
)
def test_parts_that_do_not_fit_make_no_number(serial_id: int, agreement: int, party: int) -> None:
    with pytest.raises(SerialNumberError) as caught:
        compose(serial_id, agreement, party)
    assert caught.value.fact


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345678901234",
        "10000000010110O",
        "100000000101100\n",
        " 100000000101100",
        "１00000000101100",
        "-1234567890101100",
    ],
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    with pytest.raises(SerialNumberError):
        parse(text)


@given(st.from_regex(r"[0-9]{10,20}[0-9]{5}", fullmatch=True))
def test_whatever_has_the_shape_keeps_its_agreement_and_its_party(text: str) -> None:
    number = parse(text)
    assert f"{number.agreement:02d}{number.party:03d}" == text[-5:]
    assert number.id == int(text[:-5])


@given(st.text(max_size=30).filter(lambda text: not (text.isascii() and text.isdigit() and len(text) >= 15)))
def test_no_other_text_is_read_or_fails_otherwise_than_by_being_refused(text: str) -> None:
    with pytest.raises(SerialNumberError):
        parse(text)


def test_the_error_never_shows_what_was_typed() -> None:
    with pytest.raises(SerialNumberError) as caught:
        parse("E1204567K is my passport")
    assert "E1204567K" not in str(caught.value)


def test_noughts_beyond_ten_digits_are_no_part_of_the_id() -> None:
    assert str(parse("000000000701100")) == "000000000701100"
    assert str(parse("00000000000701100")) == "000000000701100"


@pytest.mark.parametrize("field", ["id", "agreement", "party"])
def test_a_number_cannot_be_changed_under_way(field: str) -> None:
    with pytest.raises(AttributeError):
        setattr(compose(7, 1, 100), field, 8)
