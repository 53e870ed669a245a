"""What staff may write into a message, and how its places are filled (A-42). Pure.

Decided here: four places in the text, the title alone in the subject. A place's value is never read again for
places, and no line end reaches the subject, whatever a title holds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from inkseal.core.errors import PermanentError

#: The width of notice_template.subject; mail programs show far less.
LONGEST_SUBJECT: Final = 200
LONGEST_TEXT: Final = 5000
SUBJECT_PLACES: Final = frozenset({"title"})
TEXT_PLACES: Final = frozenset({"title", "reason", "details", "link"})
_PLACE: Final = re.compile(r"\{([^{}\n]*)\}")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and text of one message, with their places."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and plain text of one message, as it is sent."""

    subject: str
    text: str


@unique
class WordingFault(StrEnum):
    """Why a wording is refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    #: Of a subject: it would be header injection (A-42).
    LINE_BREAK = "line_break"
    UNKNOWN_PLACE = "unknown_place"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of "subject" or "text"; `found` is the place's name where there is one."""

    part: str
    kind: WordingFault
    found: str = ""


class WordingFaultsError(PermanentError):
    """A wording that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{fault.part}: {fault.kind} {fault.found}".rstrip() for fault in faults))
        self.faults = faults


def faults_of(wording: Wording) -> tuple[Fault, ...]:
    """Return everything that is wrong with `wording`."""
    found = [*_part("subject", wording.subject, LONGEST_SUBJECT, SUBJECT_PLACES)]
    if wording.subject.splitlines() not in ([], [wording.subject]):
        found.append(Fault("subject", WordingFault.LINE_BREAK))
    return (*found, *_part("text", wording.text, LONGEST_TEXT, TEXT_PLACES))


def _part(part: str, words: str, longest: int, places: frozenset[str]) -> list[Fault]:
    found = [
        Fault(part, WordingFault.UNKNOWN_PLACE, name)
        for name in dict.fromkeys(_PLACE.findall(words))
        if name not in places
    ]
    if not words.strip():
        found.append(Fault(part, WordingFault.EMPTY))
    if len(words) > longest:
        found.append(Fault(part, WordingFault.TOO_LONG))
    return found


def fill(wording: Wording, facts: Mapping[str, str]) -> Letter:
    """Return the letter with `facts` (one value per place) in their places; empty ones leave no gap."""
    subject = " ".join(_filled(wording.subject, facts).split())
    return Letter(subject, _EMPTY_LINES.sub("\n\n", _filled(wording.text, facts)))


def _filled(words: str, facts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: facts.get(place[1], place[0]), words)
