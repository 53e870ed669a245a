"""Contract serial numbers: ID of at least ten digits + agreement type, two + our party, three (R91)."""

import re
from dataclasses import dataclass
from typing import Final

from inkseal.core.errors import PermanentError

#: Types without a number of their own: -1 none, 10 unknown (contracts-4, "Serial number").
UNNUMBERED_AGREEMENTS: Final = frozenset({-1, 10})
LARGEST_AGREEMENT: Final = 99
LARGEST_PARTY: Final = 999
SHAPE: Final = re.compile(r"^(?P<id>\d{10,})(?P<agreement>\d{2})(?P<party>\d{3})$")


class SerialNumberError(PermanentError):
    """The parts or the text do not make a contract number."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class SerialNumber:
    """The three parts of a contract number."""

    id: int
    agreement: int
    party: int

    def __str__(self) -> str:
        return f"{self.id:010d}{self.agreement:02d}{self.party:03d}"


def compose(serial_id: int, agreement: int, party: int) -> SerialNumber:
    """Return the number for these parts, or raise `SerialNumberError`."""
    if agreement in UNNUMBERED_AGREEMENTS or not 0 <= agreement <= LARGEST_AGREEMENT:
        raise SerialNumberError(f"agreement type {agreement} gets no number")
    if not 0 <= party <= LARGEST_PARTY or serial_id < 0:
        raise SerialNumberError(f"party {party} or id {serial_id} does not fit")
    return SerialNumber(serial_id, agreement, party)


def parse(text: str) -> SerialNumber:
    """Read a number from the right: the last three digits are the party, two before them the type."""
    match = SHAPE.fullmatch(text)
    if match is None or not text.isascii():
        raise SerialNumberError(f"{len(text)} characters are not a contract number")
    return SerialNumber(int(match["id"]), int(match["agreement"]), int(match["party"]))
