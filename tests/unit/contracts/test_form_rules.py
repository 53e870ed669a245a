"""What an author writes is tidied and judged field by field (C5.6, R13, R14, R111)."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.contracts.enums import CardType, Page, PictureKind
from inkseal.contracts.fields import BY_NAME, FIELDS, Field
from inkseal.contracts.rules import (
    FaultCode,
    age_on,
    fault_of,
    faults_of,
    is_minor,
    is_printed,
    missing_documents,
    tidy,
)

DAY = date(2026, 11, 21)
ADULT = {
    "nationality": "SG",
    "birthday": "1999-09-09",
    "is_alone": "1",
    "is_all_copyright": "1",
    "is_exclusive_sign": "0",
    "realname": "Alice Tan",
    "cardtype": "1",
    "cardid": "E1204567K",
    "email": "alice@example.org",
    "telpre": "+65",
    "mobile": "55500142",
    "address": "14 Example Walk",
    "bank_openname": "Alice Tan",
    "bank_account": "0012345673308",
    "bank": "Example Bank",
    "country": "SG",
    "swiftcode": "EXMPSGSG",
}
MINOR = {**ADULT, "birthday": "2010-01-01"}
GUARDIAN = {
    "is_guarder_agreen": "1",
    "keeper_cardid": "S7654321A",
    "guarder_card_type": "0",
    "guardian_email": "bob@example.org",
}


def code(name: str, value: str) -> str | None:
    fault = fault_of(BY_NAME[name], value, day=DAY)
    return None if fault is None else fault.code


def codes(page: Page, values: dict[str, str], *, draft: bool = False) -> dict[str, str]:
    return {fault.field: fault.code for fault in faults_of(page, values, day=DAY, draft=draft)}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("realname", "A" * 81, FaultCode.TOO_LONG),
        ("realname", "Alice\x00", FaultCode.CONTROL_CHARACTER),
        ("realname", "Alice\nTan", FaultCode.CONTROL_CHARACTER),
        ("realname", "Alice\ud800", FaultCode.CONTROL_CHARACTER),
        ("birthday", "9.9.1999", FaultCode.DATE),
        ("birthday", "1999-02-29", FaultCode.DATE),
        ("birthday", "19990909", FaultCode.DATE),
        ("birthday", "1999-W36-4", FaultCode.DATE),
        ("birthday", "2026-11-22", FaultCode.IN_THE_FUTURE),
        ("birthday", "1905-11-20", FaultCode.TOO_OLD),
        ("telpre", "65a", FaultCode.DIALLING_CODE),
        ("telpre", "+", FaultCode.DIALLING_CODE),
        ("telpre", "65432", FaultCode.DIALLING_CODE),
        ("mobile", "123", FaultCode.DIGITS),
        ("mobile", "+6555500142", FaultCode.DIGITS),
        ("mobile", "５５５００１４２", FaultCode.DIGITS),
        ("mobile", "1" * 16, FaultCode.TOO_LONG),
        ("email", "alice", FaultCode.EMAIL),
        ("email", "alice@example", FaultCode.EMAIL),
        ("email", "alice@@example.org", FaultCode.EMAIL),
        ("email", "alice@example.org,bob@example.org", FaultCode.EMAIL),
        ("country", "SGP", FaultCode.TOO_LONG),
        ("country", "S1", FaultCode.COUNTRY),
        ("swiftcode", "EXMPSG", FaultCode.SWIFT),
        ("swiftcode", "EXMPSGSG12", FaultCode.SWIFT),
        ("swiftcode", "12MPSGSG", FaultCode.SWIFT),
        ("cardid", "E12", FaultCode.TOO_SHORT),
        ("cardid", "E" * 65, FaultCode.TOO_LONG),
        ("cardid", "E12O4567K", FaultCode.LETTER_FOR_DIGIT),
        ("keeper_cardid", "S76l4321A", FaultCode.LETTER_FOR_DIGIT),
        ("cardtype", "6", FaultCode.CHOICE),
        ("cardtype", "passport", FaultCode.CHOICE),
        ("sex", "3", FaultCode.CHOICE),
        ("is_exclusive_sign", "yes", FaultCode.CHOICE),
        ("is_alone", "0", FaultCode.NEEDS_EDITOR),
        ("is_all_copyright", "0", FaultCode.NEEDS_EDITOR),
    ],
)
def test_a_wrong_value_gets_the_code_of_its_rule(name: str, value: str, expected: FaultCode) -> None:
    assert code(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("realname", "A" * 80),
        ("realname", "José  María de la Cruz"),
        ("realname", "欧阳 娜娜"),
        ("birthday", "2026-11-21"),
        ("birthday", "1905-11-22"),
        ("birthday", "2000-02-29"),
        ("telpre", "1"),
        ("telpre", "+1684"),
        ("mobile", "1234"),
        ("mobile", "1" * 15),
        ("email", "a.b+c@sub.example.co"),
        ("swiftcode", "EXMPSGSGXXX"),
        ("cardid", "1234"),
        ("cardid", "OIOI"),
        ("cardid", "E1204567O"),
        ("is_exclusive_sign", "0"),
        ("cardtype", "0"),
        ("cardtype", "5"),
    ],
)
def test_a_value_at_the_bounds_is_right(name: str, value: str) -> None:
    assert code(name, value) is None


def test_a_letter_for_a_digit_is_answered_with_the_number_in_digits() -> None:
    fault = fault_of(BY_NAME["cardid"], "E12O45I7l9K", day=DAY)
    assert fault is not None
    assert fault.hint == "E12045171" + "9K"


def test_a_value_that_is_too_long_is_answered_with_the_limit() -> None:
    fault = fault_of(BY_NAME["bank_account"], "1" * 41, day=DAY)
    assert fault is not None
    assert (fault.code, fault.hint) == ("too_long", "40")


def test_a_fault_does_not_show_its_hint_where_it_is_logged() -> None:
    """The hint of a document number is the number: it stays out of repr."""
    fault = fault_of(BY_NAME["cardid"], "E12O4567K", day=DAY)
    assert "E1204567K" not in repr(fault)


def test_a_whole_form_without_faults_has_none() -> None:
    assert codes(Page.BASIC, ADULT) == codes(Page.INFORMATION, ADULT) == {}


def test_everything_required_is_said_at_once() -> None:
    assert codes(Page.BASIC, {}) == dict.fromkeys(
        ["nationality", "birthday", "is_alone", "is_all_copyright", "is_exclusive_sign"], "required"
    )
    assert codes(Page.INFORMATION, {}) == dict.fromkeys(
        [
            *("realname", "cardtype", "cardid", "email", "telpre", "mobile", "address"),
            *("bank_openname", "bank_account", "bank", "country", "swiftcode"),
        ],
        "required",
    )


def test_a_draft_may_be_empty_but_not_wrong() -> None:
    assert codes(Page.INFORMATION, {}, draft=True) == {}
    assert codes(Page.INFORMATION, {"email": "alice"}, draft=True) == {"email": "email"}


def test_a_guardian_is_asked_for_minors_only() -> None:
    """R111"""
    assert codes(Page.BASIC, MINOR) == {"is_guarder_agreen": "required"}
    wanted = dict.fromkeys(["keeper_cardid", "guarder_card_type", "guardian_email"], "required")
    assert codes(Page.INFORMATION, MINOR) == wanted
    assert codes(Page.INFORMATION, {**MINOR, **GUARDIAN}) == {}
    assert codes(Page.INFORMATION, {**ADULT, "keeper_cardid": "x"}) == {}


@pytest.mark.parametrize("address", ["alice@example.org", "ALICE@Example.org"])
def test_a_guardian_has_an_address_of_his_own(address: str) -> None:
    values = {**MINOR, **GUARDIAN, "guardian_email": address}
    assert codes(Page.INFORMATION, values) == {"guardian_email": "same_as_author"}


@pytest.mark.parametrize(
    ("birthday", "day", "age"),
    [
        ("2008-11-21", DAY, 18),
        ("2008-11-22", DAY, 17),
        ("2008-11-20", DAY, 18),
        ("2008-02-29", date(2026, 2, 28), 17),
        ("2008-02-29", date(2026, 3, 1), 18),
        ("2008-02-29", date(2028, 2, 29), 20),
        ("2026-11-21", DAY, 0),
        ("2026-11-22", DAY, -1),
        ("soon", DAY, None),
        ("", DAY, None),
    ],
)
def test_age_is_counted_in_full_years(birthday: str, day: date, age: int | None) -> None:
    assert age_on(birthday, day) == age


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.integers(0, 90))
def test_age_grows_by_one_on_the_birthday_and_not_a_day_before(born: date, years: int) -> None:
    if (born.month, born.day) == (2, 29):
        born = born.replace(day=28)
    on = born.replace(year=born.year + years)
    assert age_on(born.isoformat(), on) == years
    assert age_on(born.isoformat(), date.fromordinal(on.toordinal() - 1)) == years - 1


def test_under_eighteen_is_minor_and_an_unknown_age_is_not() -> None:
    assert is_minor("2008-11-22", DAY)
    assert not is_minor("2008-11-21", DAY)
    assert not is_minor("", DAY)
    assert is_minor("2026-11-21", DAY)
    assert not is_minor("2026-11-22", DAY)


@given(st.sampled_from(FIELDS), st.text())
def test_tidying_twice_changes_nothing_more(field: Field, typed: str) -> None:
    once = tidy(field, typed)
    assert tidy(field, once) == once


@given(st.sampled_from(FIELDS), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_tidied_is_composed_and_trimmed(field: Field, typed: str) -> None:
    value = tidy(field, typed)
    assert value == value.strip()
    assert unicodedata.is_normalized("NFC", value)


def test_inner_spaces_of_names_stay_as_on_the_document() -> None:
    assert tidy(BY_NAME["realname"], "  José  María ") == "José  María"


def test_numbers_lose_what_people_put_between_digits() -> None:
    assert tidy(BY_NAME["mobile"], " (555) 00-14.2 ") == "55500142"
    assert tidy(BY_NAME["telpre"], "+ 65 ") == "+65"
    assert tidy(BY_NAME["email"], " alice @example.org") == "alice@example.org"


def test_codes_of_countries_and_banks_are_written_large() -> None:
    assert tidy(BY_NAME["swiftcode"], "exmp sg sg") == "EXMPSGSG"
    assert tidy(BY_NAME["country"], "sg") == "SG"
    assert tidy(BY_NAME["email"], "Alice@Example.org") == "Alice@Example.org"


@pytest.mark.parametrize(
    ("cardtype", "minor", "wanted"),
    [
        (CardType.ID_CARD, False, ("card:1", "card:2")),
        (CardType.PASSPORT, False, ("card:1",)),
        (CardType.DRIVING_LICENCE, True, ("card:1", "guarder_card:1")),
    ],
)
def test_r20_an_id_card_has_two_sides_and_a_minor_has_a_guardian(
    *, cardtype: CardType, minor: bool, wanted: tuple[str, ...]
) -> None:
    assert missing_documents(cardtype, frozenset(), minor=minor) == wanted


def test_a_document_that_is_there_is_not_missing() -> None:
    front = frozenset({(PictureKind.CARD, 1)})
    assert missing_documents(CardType.ID_CARD, front, minor=False) == ("card:2",)
    assert missing_documents(CardType.PASSPORT, front, minor=False) == ()
    assert missing_documents(CardType.PASSPORT, front, minor=True) == ("guarder_card:1",)


def test_the_name_is_printed_and_the_chat_account_is_not() -> None:
    assert is_printed("realname")
    assert not is_printed("whatsapp")


def test_every_fault_code_of_a_single_value_is_tested_above() -> None:
    elsewhere = {FaultCode.REQUIRED, FaultCode.SAME_AS_AUTHOR, FaultCode.NOT_PRINTABLE}
    marks = test_a_wrong_value_gets_the_code_of_its_rule.pytestmark  # type: ignore[attr-defined]  # set by pytest
    assert {row[2] for row in marks[0].args[1]} == set(FaultCode) - elsewhere
