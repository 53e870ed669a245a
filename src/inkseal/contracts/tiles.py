"""Pages and documents as tiles: what is fine, what is missing, what does not belong here."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum, unique

from inkseal.contracts.enums import CardType, PictureKind
from inkseal.contracts.pages import Gathered
from inkseal.contracts.rules import missing_documents


@unique
class PageStatus(StrEnum):
    """How one contract page stands."""

    FINE = "fine"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PageTile:
    """One page of the print; `places` are the kinds of boxes to write in on it."""

    number: int
    status: PageStatus
    file_id: int | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OddPicture:
    """A picture that is no page of this print; `reason` is "unreadable" or a ForeignReason."""

    file_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentTile:
    """One side of a document that is wanted or there."""

    kind: PictureKind
    sort: int
    file_id: int | None


def page_tiles(gathered: Gathered | None) -> tuple[PageTile, ...]:
    """Return one tile per page of the present print."""
    if gathered is None:
        return ()
    places: dict[int, list[str]] = defaultdict(list)
    for place in gathered.print.places:
        places[place["page"]].append(place["kind"])
    pages = gathered.pages.pages
    return tuple(
        PageTile(
            number,
            PageStatus.FINE if number in pages else PageStatus.MISSING,
            pages.get(number),
            tuple(places[number]),
        )
        for number in range(1, gathered.print.page_count + 1)
    )


def odd_pictures(gathered: Gathered | None) -> tuple[OddPicture, ...]:
    """Return the pictures without a readable code, and those of other contracts or prints."""
    if gathered is None:
        return ()
    return (
        *(OddPicture(file_id, "unreadable") for file_id in gathered.pages.unreadable),
        *(OddPicture(page.file_id, str(page.reason)) for page in gathered.pages.foreign),
    )


def document_tiles(gathered: Gathered | None, cardtype: str, *, minor: bool) -> tuple[DocumentTile, ...]:
    """Return the documents that are wanted, and any further ones that are there."""
    if gathered is None:
        return ()
    wanted = missing_documents(CardType(int(cardtype or 0)), frozenset(), minor=minor)
    sides = [(PictureKind(kind), int(sort)) for kind, sort in (name.split(":") for name in wanted)]
    there = {
        (kind, sort): file_id
        for kind in (PictureKind.CARD, PictureKind.GUARDIAN_CARD)
        for sort, file_id in gathered.documents(kind).items()
    }
    return tuple(DocumentTile(kind, sort, there.get((kind, sort))) for kind, sort in dict.fromkeys([*sides, *there]))
