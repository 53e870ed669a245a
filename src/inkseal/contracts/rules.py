"""Checks of what an author wrote, and of age: pure, the same for a form, an API call and a test (C5.6, R111)."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from inkseal.contracts.enums import CardType, Page, PictureKind
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.fields import BY_NAME, Field, Kind, fields_of

#: Age of majority at submission (AMB-28).
ADULT_YEARS: Final = 18
OLDEST_YEARS: Final = 120


@unique
class FaultCode(StrEnum):
    """What is wrong with one field; the face has a sentence for each."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    DATE = "date"
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    DIALLING_CODE = "dialling_code"
    DIGITS = "digits"
    EMAIL = "email"
    COUNTRY = "country"
    SWIFT = "swift"
    CHOICE = "choice"
    #: A letter stands where this kind of number has a digit; the hint is the number with digits.
    LETTER_FOR_DIGIT = "letter_for_digit"
    #: A character that the contract's fonts cannot print; the hint is the character.
    NOT_PRINTABLE = "not_printable"
    #: Shared rights or a co-author: an editor has to be asked first.
    NEEDS_EDITOR = "needs_editor"
    #: The guardian's address must differ from the author's (C3.11).
    SAME_AS_AUTHOR = "same_as_author"
    CONTROL_CHARACTER = "control_character"


_PATTERNS: Final = MappingProxyType(
    {
        Kind.DIALLING_CODE: (re.compile(r"\+?[0-9]{1,4}"), FaultCode.DIALLING_CODE),
        Kind.PHONE: (re.compile(r"[0-9]{4,15}"), FaultCode.DIGITS),
        Kind.EMAIL: (re.compile(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;.]+"), FaultCode.EMAIL),
        Kind.COUNTRY: (re.compile(r"[A-Z]{2}"), FaultCode.COUNTRY),
        # ISO 9362: bank, country, location, and an optional branch.
        Kind.SWIFT: (re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"), FaultCode.SWIFT),
        Kind.DOCUMENT_NUMBER: (re.compile(r".{4,64}"), FaultCode.TOO_SHORT),
        Kind.CARD_TYPE: (re.compile(r"[0-5]"), FaultCode.CHOICE),
        Kind.SEX: (re.compile(r"[0-2]"), FaultCode.CHOICE),
        Kind.YES_NO: (re.compile(r"[01]"), FaultCode.CHOICE),
    }
)

#: Letters that are typed for digits; only between digits, where no document has such a letter.
_LOOKALIKE: Final = re.compile(r"(?<=[0-9])[OoIl](?=[0-9])")
_DIGIT_FOR: Final = MappingProxyType({"O": "0", "o": "0", "I": "1", "l": "1"})

#: These kinds are written without spaces and in one case.
_COMPACT: Final = frozenset({Kind.PHONE, Kind.DIALLING_CODE, Kind.SWIFT, Kind.COUNTRY, Kind.EMAIL})
_UPPER: Final = frozenset({Kind.SWIFT, Kind.COUNTRY})


def tidy(field: Field, typed: str) -> str:
    """Return `typed` as it is stored: NFC, outer white space gone; inner spaces of names stay as on the document."""
    value = unicodedata.normalize("NFC", typed).strip()
    if field.kind in _COMPACT:
        value = re.sub(r"[\s()./-]", "", value) if field.kind is Kind.PHONE else re.sub(r"\s", "", value)
    return value.upper() if field.kind in _UPPER else value


def age_on(birthday: str, day: date) -> int | None:
    """Return the full years on `day` of somebody born on `birthday` (yyyy-MM-dd), None if that is no date."""
    try:
        born = date.fromisoformat(birthday)
    except ValueError:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(birthday: str, day: date) -> bool:
    """Return whether the person is under age on `day`; an unknown birthday, or one to come, is not."""
    age = age_on(birthday, day)
    return age is not None and 0 <= age < ADULT_YEARS


def faults_of(page: Page, values: Mapping[str, str], *, day: date, draft: bool) -> tuple[FieldFault, ...]:
    """Return what is to change in the tidied `values` of one form; a draft may leave required fields empty."""
    minor = is_minor(values.get("birthday", ""), day)
    faults: list[FieldFault] = []
    for field in fields_of(page, minor=minor):
        value = values.get(field.name, "")
        if not value:
            if field.required and not draft:
                faults.append(FieldFault(field.name, FaultCode.REQUIRED))
        elif fault := fault_of(field, value, day=day):
            faults.append(fault)
    guardian = values.get("guardian_email", "")
    if minor and guardian and guardian.casefold() == values.get("email", "").casefold():
        faults.append(FieldFault("guardian_email", FaultCode.SAME_AS_AUTHOR))
    return tuple(faults)


def fault_of(field: Field, value: str, *, day: date) -> FieldFault | None:
    """Return what is wrong with one non-empty tidied value, or None."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        return FieldFault(field.name, FaultCode.CONTROL_CHARACTER)
    if len(value) > field.max_length:
        return FieldFault(field.name, FaultCode.TOO_LONG, str(field.max_length))
    if field.kind is Kind.DATE:
        return _date_fault(field, value, day)
    pattern, code = _PATTERNS.get(field.kind, (None, None))
    if pattern is not None and code is not None and not pattern.fullmatch(value):
        return FieldFault(field.name, code)
    return _meaning_fault(field, value)


def _date_fault(field: Field, value: str, day: date) -> FieldFault | None:
    age = age_on(value, day)
    if age is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return FieldFault(field.name, FaultCode.DATE)
    if age < 0:
        return FieldFault(field.name, FaultCode.IN_THE_FUTURE)
    return FieldFault(field.name, FaultCode.TOO_OLD) if age > OLDEST_YEARS else None


def _meaning_fault(field: Field, value: str) -> FieldFault | None:
    if field.kind is Kind.DOCUMENT_NUMBER and _LOOKALIKE.search(value):
        proposal = _LOOKALIKE.sub(lambda match: _DIGIT_FOR[match[0]], value)
        return FieldFault(field.name, FaultCode.LETTER_FOR_DIGIT, proposal)
    if field.name in {"is_alone", "is_all_copyright"} and value == "0":
        return FieldFault(field.name, FaultCode.NEEDS_EDITOR)
    return None


def missing_documents(cardtype: CardType, kinds: frozenset[tuple[PictureKind, int]], *, minor: bool) -> tuple[str, ...]:
    """Return the document pictures still needed, as `card:1`; an ID card has a front and a back (R20)."""
    sides = (1, 2) if cardtype is CardType.ID_CARD else (1,)
    wanted = [(PictureKind.CARD, side) for side in sides]
    if minor:
        wanted.append((PictureKind.GUARDIAN_CARD, 1))
    return tuple(f"{kind}:{side}" for kind, side in wanted if (kind, side) not in kinds)


def is_printed(name: str) -> bool:
    """Return whether a field stands in the contract."""
    return BY_NAME[name].printed
