"""Which page each picture shows, which pages are still missing, and which pictures do not belong here.

Pure. A page is known by its genuine code alone: neither the order nor the names of the files say anything.
Not decided here: whether the page can be read or was altered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, unique
from types import MappingProxyType

from inkseal.documents.codes import PageCode, PrintFacts, is_genuine, read_payload


@unique
class ForeignReason(StrEnum):
    """Why a picture with a code is not one of the pages asked for."""

    #: A page of a contract with another serial number.
    OTHER_CONTRACT = "other_contract"
    #: This contract, but printed before it was last changed.
    OLD_PRINT = "old_print"
    #: Serial number and print fit but the keyed MAC does not: altered, made up, or another page count.
    MAC_DOES_NOT_FIT = "mac_does_not_fit"
    #: A QR code that is no page code of ours.
    MALFORMED_CODE = "malformed_code"
    #: Two different pages of this print in one picture: each page needs a picture of its own.
    SEVERAL_PAGES = "several_pages"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the intake read in one stored picture."""

    file_id: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedPages:
    """The print whose pages are asked for; `key` is the page-code key it was printed with."""

    serial: str
    revision: str
    page_count: int
    template_version: str
    content_hash: str
    key: bytes = field(repr=False)

    @property
    def facts(self) -> PrintFacts:
        """Return what the MAC covers."""
        return PrintFacts(self.serial, self.revision, self.page_count, self.template_version, self.content_hash)


@dataclass(frozen=True, slots=True)
class ForeignPage:
    """A picture that is not one of the pages asked for."""

    file_id: int
    reason: ForeignReason


@dataclass(frozen=True, slots=True)
class SortedPages:
    """Every picture is in exactly one of `pages`, `replaced`, `foreign` and `unreadable`."""

    #: Page number (1-based, ascending) to the file that shows it.
    pages: Mapping[int, int]
    #: Files whose page was photographed again later.
    replaced: tuple[int, ...]
    #: Page numbers that no picture shows.
    missing: tuple[int, ...]
    foreign: tuple[ForeignPage, ...]
    #: Files without any code.
    unreadable: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Say whether every page is there. Strays do not count: they never reach the signed file."""
        return not self.missing


def sort_pages(readings: Sequence[Reading], expected: ExpectedPages) -> SortedPages:
    """Sort `readings`, oldest first, into pages; of two pictures of the same page the later one counts."""
    pages: dict[int, int] = {}
    replaced: list[int] = []
    foreign: list[ForeignPage] = []
    unreadable: list[int] = []
    for reading in readings:
        judged = _page_in(reading.codes, expected) if reading.codes else None
        if judged is None:
            unreadable.append(reading.file_id)
        elif isinstance(judged, ForeignReason):
            foreign.append(ForeignPage(reading.file_id, judged))
        else:
            if judged in pages:
                replaced.append(pages[judged])
            pages[judged] = reading.file_id
    return SortedPages(
        pages=MappingProxyType(dict(sorted(pages.items()))),
        replaced=tuple(replaced),
        missing=tuple(page for page in range(1, expected.page_count + 1) if page not in pages),
        foreign=tuple(foreign),
        unreadable=tuple(unreadable),
    )


def _page_in(texts: Iterable[str], expected: ExpectedPages) -> int | ForeignReason:
    """Return the page that one picture shows. A genuine code outweighs whatever else lies on the table."""
    codes = [code for text in texts if (code := read_payload(text)) is not None]
    facts = expected.facts
    genuine = {code.page for code in codes if is_genuine(code, facts, key=expected.key)}
    if len(genuine) > 1:
        return ForeignReason.SEVERAL_PAGES
    if genuine:
        return genuine.pop()
    reasons = {_why_foreign(code, expected) for code in codes}
    # The reason that is nearest to right helps its sender most.
    nearest = (ForeignReason.OLD_PRINT, ForeignReason.MAC_DOES_NOT_FIT, ForeignReason.OTHER_CONTRACT)
    return next((reason for reason in nearest if reason in reasons), ForeignReason.MALFORMED_CODE)


def _why_foreign(code: PageCode, expected: ExpectedPages) -> ForeignReason:
    if code.serial != expected.serial:
        return ForeignReason.OTHER_CONTRACT
    return ForeignReason.OLD_PRINT if code.revision != expected.revision else ForeignReason.MAC_DOES_NOT_FIT
