"""Photographs of signed pages, each taken once for all tests that look at it: one costs half a second."""

from datetime import date
from functools import cache

from PIL import Image, ImageChops

from inkseal.documents.demo_photos import photograph_pages, sign_page
from inkseal.documents.typeset import Place
from tests.unit.documents.sheets import print_pdf

#: A4 at 200 dpi, the resolution that `sign_page` writes in.
SIZE = (1654, 2339)
PIXELS_PER_POINT = 200 / 72
SIGNATURE = Place("author_signature", 2, 57, 520, 351, 605)
NAME = Place("author_name", 2, 57, 465, 351, 505)
DATE = Place("author_date", 2, 374, 465, 538, 505)
SEAL = Place("company_seal", 2, 57, 297, 351, 416)


@cache
def photographs(
    *places: Place, pages: int = 1, seed: int = 3, signed_on: date | None = None, guardian_name: str = ""
) -> tuple[bytes, ...]:
    """Return the photographs of a small print, signed by Alice."""
    return tuple(
        photograph_pages(
            print_pdf(pages),
            places,
            signer_name="Alice Tan",
            seed=seed,
            signed_on=signed_on,
            guardian_name=guardian_name,
        )
    )


def ink_box(*places: Place, seed: int = 1, **texts: str) -> tuple[int, int, int, int] | None:
    """Return the box around all ink on an empty sheet, in points with the origin at the bottom left."""
    page = Image.new("RGB", SIZE, "white")
    sign_page(page, places, texts, seed=seed)
    box = ImageChops.invert(page.convert("L")).point(lambda value: 255 * (value > 60)).getbbox()
    if box is None:
        return None
    left, upper, right, lower = (round(pixel / PIXELS_PER_POINT) for pixel in box)
    return left, 842 - lower, right, 842 - upper
