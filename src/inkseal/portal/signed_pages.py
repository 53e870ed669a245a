"""Page 100 as it is shown: what is needed first, then what is fine."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.author_view import AuthorContract
from inkseal.contracts.enums import CardType, PictureKind
from inkseal.contracts.labels import CARD_TYPE_LABEL, PICTURE_LABEL
from inkseal.contracts.send_back_view import Finding
from inkseal.contracts.tiles import DocumentTile, PageStatus, PageTile
from inkseal.portal.sentences import OddSentence, odd_sentence

Words = str | Promise

#: More missing pages than this are asked for together, not one card each.
MOST_CARDS: Final = 3
_FRONT, _BACK = 1, 2
_PLACE: Final = MappingProxyType(
    {
        "author_signature": _("your signature"),
        "author_name": _("your name"),
        "author_date": _("the date"),
        "guardian_signature": _("your guardian’s signature"),
        "guardian_name": _("your guardian’s name"),
    }
)


@dataclass(frozen=True, slots=True)
class ToSign:
    """A page of the print with boxes to write in, and the words for them."""

    number: int
    places: str


@dataclass(frozen=True, slots=True)
class Odd:
    """A picture that is none of the pages."""

    file_id: int
    sentence: OddSentence


@dataclass(frozen=True, slots=True)
class Again:
    """A page or document that an editor wants photographed again, with his reason."""

    tile: PageTile | DocumentTile
    finding: Finding


@dataclass(frozen=True, slots=True)
class Document:
    """One side of a document."""

    kind: PictureKind
    sort: int
    file_id: int | None
    label: str
    finding: Finding | None

    @property
    def place(self) -> str:
        """Return where a picture of it is chosen on the page."""
        return f"{self.kind}:{self.sort}"


@dataclass(frozen=True, slots=True)
class SignedPages:
    """Everything that the page lists."""

    to_sign: tuple[ToSign, ...]
    missing: tuple[PageTile, ...]
    fine: tuple[PageTile, ...]
    again: tuple[Again, ...]
    odd: tuple[Odd, ...]
    documents: tuple[Document, ...]
    all: tuple[PageTile, ...]

    @property
    def begun(self) -> bool:
        """Whether any page is there."""
        return bool(self.fine or self.odd)

    @property
    def cards(self) -> tuple[PageTile, ...]:
        """Return the missing pages that get a card each."""
        return self.missing if self.begun and len(self.missing) <= MOST_CARDS else ()

    @property
    def needed_documents(self) -> tuple[Document, ...]:
        """Return the documents that are missing or to be photographed again."""
        return tuple(document for document in self.documents if document.file_id is None or document.finding)

    @property
    def fine_documents(self) -> tuple[Document, ...]:
        """Return the other ones."""
        return tuple(document for document in self.documents if document not in self.needed_documents)

    @property
    def numbers_again(self) -> frozenset[int]:
        """Return the numbers of pages to photograph again."""
        return frozenset(item.tile.number for item in self.again if isinstance(item.tile, PageTile))


def signed_pages(contract: AuthorContract) -> SignedPages:
    """Return what page 100 lists for one contract."""
    findings = {f.target: f for f in (contract.send_back.findings if contract.send_back else ()) if not f.changed}
    again = [
        Again(tile, findings[f"page:{tile.number}"])
        for tile in contract.pages
        if tile.status is PageStatus.FINE and f"page:{tile.number}" in findings
    ]
    return SignedPages(
        to_sign=tuple(ToSign(tile.number, places_to_write(tile.places)) for tile in contract.pages if _writes(tile)),
        missing=tuple(tile for tile in contract.pages if tile.status is PageStatus.MISSING),
        fine=tuple(tile for tile in contract.pages if tile.status is PageStatus.FINE),
        again=tuple(again),
        odd=tuple(Odd(odd.file_id, odd_sentence(odd.reason)) for odd in contract.odd_pictures),
        documents=tuple(
            _document(tile, contract, findings.get(tile.kind) or findings.get(f"{tile.kind}:{tile.sort}"))
            for tile in contract.documents
        ),
        all=contract.pages,
    )


def places_to_write(kinds: Iterable[str]) -> str:
    """Return the boxes of a page that the author fills by hand, in words."""
    words = [str(_PLACE[kind]) for kind in dict.fromkeys(kinds) if kind in _PLACE]
    return gettext(", ").join(words)


def missing_words(missing: Iterable[str]) -> str:
    """Return what is still needed: "page 4, page 7, the front of your identity card"."""
    numbers = [int(name.partition(":")[2]) for name in missing if name.startswith("page:")]
    words = [_page_ranges(numbers)] if numbers else []
    if any(not name.startswith("page:") for name in missing):
        words.append(gettext("your document"))
    return gettext(", ").join(words)


def _page_ranges(numbers: list[int]) -> str:
    """Return "pages 1-5, 7": runs of pages are named by their ends."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    ends = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    listed = gettext(", ").join(ends)
    if len(numbers) == 1:
        return gettext("page %(numbers)s") % {"numbers": listed}
    return gettext("pages %(numbers)s") % {"numbers": listed}


def _writes(tile: PageTile) -> bool:
    return any(kind in _PLACE for kind in tile.places)


def _document(tile: DocumentTile, contract: AuthorContract, finding: Finding | None) -> Document:
    label = str(PICTURE_LABEL[tile.kind])
    field = "cardtype" if tile.kind is PictureKind.CARD else "guarder_card_type"
    chosen = contract.values.get(field, "")
    if tile.kind is PictureKind.CARD and chosen.isdigit():
        label = str(CARD_TYPE_LABEL[CardType(int(chosen))])
    side = _side(tile.sort, chosen)
    words = gettext("%(document)s, %(side)s") % {"document": label, "side": side} if side else label
    return Document(tile.kind, tile.sort, tile.file_id, words, finding)


def _side(sort: int, cardtype: str) -> str:
    if cardtype == str(int(CardType.PASSPORT)) and sort == _FRONT:
        return gettext("photo page")
    if cardtype == str(int(CardType.ID_CARD)):
        return {_FRONT: gettext("front"), _BACK: gettext("back")}.get(sort, "")
    return ""
