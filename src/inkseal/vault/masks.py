"""How much of a personal value people see who need only to recognise it (ASVS 14.2.6). Masks hide the length too.

A kind that is not named here is hidden whole. What is shown is in the order of the text itself, so a right-to-left
name begins with its own first letter; characters that reorder or hide their neighbours are taken out before.
"""

import unicodedata
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

HIDDEN: Final = "••••"
#: Below this length, first and last characters of a number would tell most of it.
SHORTEST_NUMBER: Final = 8
#: A first letter is shown only of what is at least twice as long: one of two tells half, one of one tells all.
SHORTEST_NAME: Final = 2
SHORTEST_MAILBOX: Final = 3
TAIL: Final = 4
#: Of an address, the part behind the last comma is shown: a city or a country, unless it holds digits.
COMMAS: Final = ",،，、"
FEWEST_PARTS: Final = 3


def mask(kind: str, value: str) -> str:
    """Return `value` masked after its kind, with nothing of it when it is too short or no such thing.

    "number", "document_number" and "account": first and last four characters; "phone": the last four digits;
    "email": first letter and domain; "name": first letter; "address": its last part.
    """
    clean = "".join(c for c in value if unicodedata.category(c) not in {"Cc", "Cf"})
    return _MASKS.get(kind, _whole)(clean.strip())


def _whole(_value: str) -> str:
    return HIDDEN


def _number(value: str) -> str:
    return f"{value[0]}{HIDDEN}{value[-TAIL:]}" if _letters(value) >= SHORTEST_NUMBER else HIDDEN


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not (local and at and domain):
        return HIDDEN
    return f"{_first(local) if _letters(local) >= SHORTEST_MAILBOX else ''}•••@{domain}"


def _phone(value: str) -> str:
    digits = [c for c in value if c.isdecimal()]
    return f"••• ••• {''.join(digits[-TAIL:])}" if len(digits) >= SHORTEST_NUMBER else HIDDEN


def _name(value: str) -> str:
    return f"{_first(value)}•••" if _letters(value) >= SHORTEST_NAME else HIDDEN


def _address(value: str) -> str:
    for comma in COMMAS[1:]:
        value = value.replace(comma, COMMAS[0])
    parts = [part.strip() for part in value.split(COMMAS[0]) if part.strip()]
    if len(parts) < FEWEST_PARTS or any(c.isnumeric() for c in parts[-1]):
        return HIDDEN
    return f"{HIDDEN}, {parts[-1]}"


def _letters(value: str) -> int:
    return sum(not _is_mark(c) and not c.isspace() for c in value)


def _first(value: str) -> str:
    """Return the first letter with the marks upon it: without its vowel sign it would be another letter."""
    end = next((at for at, c in enumerate(value) if at and not _is_mark(c)), len(value))
    return value[:end]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


_MASKS: Final = MappingProxyType[str, Callable[[str], str]](
    {
        "number": _number,
        "document_number": _number,
        "account": _number,
        "email": _email,
        "phone": _phone,
        "name": _name,
        "address": _address,
    }
)
