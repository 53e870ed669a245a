# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Where a seal stands on the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from inkseal.documents.seal.errors import NotSealableError, SealFault

#: Size of the small seal and its distance to the page's edges, in PDF points.
WIDTH: Final = 176.0
HEIGHT: Final = 40.0
MARGIN: Final = 18.0


@dataclass(frozen=True, slots=True)
class SealPlace:
    """A rectangle in default user space: PDF points, origin bottom left; pages count from 1."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The rectangle as a PDF /Rect has it."""
        return (self.left, self.bottom, self.right, self.top)


def lower_right_corner(reader: PdfFileReader) -> SealPlace:
    """Return the small place on the last page: where scanned pages, which have no place recorded, take their seal."""
    count = page_count(reader)
    left, bottom, right, top = _visible_box(reader, count)
    width = min(WIDTH, right - left - 2 * MARGIN)
    height = min(HEIGHT, top - bottom - 2 * MARGIN)
    return SealPlace(count, right - MARGIN - width, bottom + MARGIN, right - MARGIN, bottom + MARGIN + height)


def check_place(place: SealPlace, reader: PdfFileReader) -> SealPlace:
    """Return `place`, or raise `NotSealableError`: no such page, no area, or not all of it visible on the page."""
    if not 1 <= place.page <= page_count(reader):
        raise NotSealableError(SealFault.NO_SUCH_PAGE)
    if place.right <= place.left or place.top <= place.bottom:
        raise NotSealableError(SealFault.NO_AREA)
    left, bottom, right, top = _visible_box(reader, place.page)
    if place.left < left or place.bottom < bottom or place.right > right or place.top > top:
        raise NotSealableError(SealFault.OFF_PAGE)
    return place


def page_count(reader: PdfFileReader) -> int:
    """Return the number of pages that the page tree announces."""
    return int(reader.root["/Pages"]["/Count"])


def _visible_box(reader: PdfFileReader, page: int) -> tuple[float, float, float, float]:
    """Return what viewers show of a page: both boxes may stand further up in the page tree (ISO 32000-1, 7.7.3.4)."""
    nodes = list(_with_parents(reader.find_page_for_modification(page - 1)[0].get_object()))
    for name in ("/CropBox", "/MediaBox"):
        for node in nodes:
            if name in node:
                x1, y1, x2, y2 = (float(number) for number in node[name])
                return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    raise PdfReadError("a page without a MediaBox")


def _with_parents(node: Any) -> Iterator[Any]:
    yield node
    # Not `get`, which leaves references unresolved.
    while "/Parent" in node:
        node = node["/Parent"]
        yield node
