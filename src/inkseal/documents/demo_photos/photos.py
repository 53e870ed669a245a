"""A printed contract, signed by hand and photographed page by page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from PIL import Image

from inkseal.documents.demo_photos import pen
from inkseal.documents.demo_photos.camera import shot_of, take
from inkseal.documents.render import page_count, page_image
from inkseal.documents.typeset import Place

#: Resolution of the print before it is photographed.
_PRINT_DPI: Final = 200
_POINTS_PER_INCH: Final = 72
#: Long side of a photograph in pixels.
_LONG_SIDES: Final = (2_300, 2_450, 2_600)


def photograph_pages(
    print_pdf: bytes,
    places: Iterable[Place],
    *,
    signer_name: str,
    seed: int,
    signed_on: date | None = None,
    guardian_name: str = "",
) -> list[bytes]:
    """Return one JPEG for each page of `print_pdf`, signed in the recorded `places` and photographed.

    A date is written only if `signed_on` is given, a guardian signs only if `guardian_name` is. The same arguments
    give the same pictures.
    """
    places = tuple(places)
    texts = {
        "author_signature": signer_name,
        "author_name": signer_name,
        "author_date": signed_on.isoformat() if signed_on else "",
        "guardian_signature": guardian_name,
        "guardian_name": guardian_name,
    }
    photographs = []
    for number in range(1, page_count(print_pdf) + 1):
        sheet = page_image(print_pdf, number, dpi=_PRINT_DPI)
        sign_page(sheet, [place for place in places if place.page == number], texts, seed=seed)
        photographs.append(photograph(sheet, seed=seed * 100 + number))
    return photographs


def sign_page(sheet: Image.Image, places: Sequence[Place], texts: Mapping[str, str], *, seed: int) -> None:
    """Write `texts` (by the kind of place) into `places` of a sheet of A4 at 200 dpi; signatures are signed."""
    for place in places:
        text = texts.get(place.kind)
        if text:
            hand = pen.sign if place.kind.endswith("_signature") else pen.write
            hand(sheet, text, _pixels(place, sheet), seed=seed)


def photograph(sheet: Image.Image, *, seed: int) -> bytes:
    """Return a JPEG of an RGB `sheet` lying on a table, about five megapixels."""
    return take(sheet, shot_of(sheet.size, long_side=_LONG_SIDES[seed % len(_LONG_SIDES)], seed=seed))


def _pixels(place: Place, sheet: Image.Image) -> pen.Box:
    scale = _PRINT_DPI / _POINTS_PER_INCH
    return (
        round(place.left * scale),
        round(sheet.height - place.top * scale),
        round(place.right * scale),
        round(sheet.height - place.bottom * scale),
    )
