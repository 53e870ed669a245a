"""The terms of an agreement: what each type needs, checked when proposed and submitted (AMB-39). Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from inkseal.contracts.enums import Agreement
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.rules import FaultCode


@dataclass(frozen=True, slots=True)
class Term:
    """One term: how it is written, and between which numbers it lies."""

    name: str
    pattern: str
    least: int = 0
    most: int = 10**9
    required: bool = True


SHARE: Final = Term("share_ratio", r"[0-9]{1,3}(\.[0-9]{1,2})?", 1, 100)
CURRENCY: Final = Term("currency", r"[A-Z]{3}")
YEARS: Final = Term("term_years", r"[0-9]{1,2}", 1, 99)
MONTHLY: Final = Term("words_per_month", r"[0-9]{1,7}", 1, 1_000_000)
PRICE: Final = Term("buyout_price", r"[0-9]{1,12}(\.[0-9]{1,2})?", 1, 10**12)
FEWEST: Final = Term("min_words", r"[0-9]{1,9}", 1)
MOST: Final = Term("max_words", r"[0-9]{1,9}", 1, required=False)

TERMS: Final = MappingProxyType(
    {
        Agreement.STANDARD_SHARE: (SHARE, CURRENCY, YEARS, MONTHLY),
        Agreement.CONTEST_SHARE: (SHARE, CURRENCY, YEARS, MONTHLY),
        Agreement.STANDARD_BUYOUT: (PRICE, CURRENCY, YEARS, FEWEST, MOST),
        Agreement.CONTEST_BUYOUT: (PRICE, CURRENCY, YEARS, FEWEST, MOST),
    }
)

#: Terms that are printed and counted as whole numbers; the others stay decimal text, never floats.
_WHOLE: Final = frozenset({"term_years", "words_per_month", "min_words", "max_words"})


def faults_of_terms(agreement: Agreement, terms: Mapping[str, str]) -> tuple[FieldFault, ...]:
    """Return what is to change in the terms of `agreement`."""
    written = {term: terms.get(term.name, "").strip() for term in TERMS.get(agreement, ())}
    found = (fault_of_term(term, value) for term, value in written.items())
    faults = tuple(fault for fault in found if fault is not None)
    if not faults and written.get(MOST) and int(written[MOST]) < int(written[FEWEST]):
        return (FieldFault(MOST.name, FaultCode.CHOICE, f"{written[FEWEST]}-{MOST.most}"),)
    return faults


def fault_of_term(term: Term, value: str) -> FieldFault | None:
    """Return what is to change in one trimmed value, or None."""
    if not value:
        return FieldFault(term.name, FaultCode.REQUIRED) if term.required else None
    if not re.fullmatch(term.pattern, value):
        return FieldFault(term.name, FaultCode.CHOICE)
    if value[0].isdigit() and not term.least <= Decimal(value) <= term.most:
        return FieldFault(term.name, FaultCode.CHOICE, f"{term.least}-{term.most}")
    return None


def tidy_terms(agreement: Agreement, terms: Mapping[str, str]) -> dict[str, str | int]:
    """Return the terms as they are stored and printed."""
    written = {term.name: terms.get(term.name, "").strip() for term in TERMS.get(agreement, ())}
    return {name: int(value) if name in _WHOLE else value for name, value in written.items() if value}
