# mypy: allow-untyped-calls
# (the PDF libraries carry few annotations)
"""The seal as people see it: drawn in its box and nowhere else, on pages of any shape."""

import io
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TypedDict, Unpack

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array
from PIL import Image, ImageChops

from inkseal.documents.seal import NotSealableError, SealFault, SealLook, SealPlace, seal
from inkseal.documents.validate import verify
from tests.unit.documents.seal_kit import NOW, SERIF, SERIF_SC, good, saved, small_pdf
from tests.unit.documents.sheets import print_pdf

Box = tuple[int, int, int, int]


class PartOfLook(TypedDict, total=False):
    """What a test asks for otherwise than usual."""

    company: str
    font: Path | None
    place: SealPlace


def sealed(pdf: bytes, **look: Unpack[PartOfLook]) -> bytes:
    whole: SealLook = {"company": "Northlight Press", "contract_number": "100000001101100", "font": SERIF, **look}
    return seal(pdf, good()[1].seal_key, now=NOW, **whole).pdf


@cache
def picture(pdf: bytes, page: int) -> Image.Image:
    """Render as a viewer does, with the widgets of forms, at 72 dpi: one pixel is one point."""
    with closing(pypdfium2.PdfDocument(pdf)) as opened:
        opened.init_forms()
        with closing(opened[page - 1]) as shown:
            rendered: Image.Image = shown.render(scale=1).to_pil()
            return rendered.convert("RGB")


def difference(before: bytes, after: bytes, page: int) -> Box | None:
    """Return the box of changed pixels: left, upper, right, lower from the upper left corner."""
    return ImageChops.difference(picture(before, page), picture(after, page)).getbbox()


def with_page(**values: object) -> bytes:
    with pikepdf.open(io.BytesIO(small_pdf(pages=2))) as pdf:
        for name, value in values.items():
            pdf.pages[-1][f"/{name}"] = value
        return saved(pdf)


@pytest.mark.parametrize(
    "place", [SealPlace(1, 50, 60, 250, 110), SealPlace(2, 300, 700, 500, 760), SealPlace(2, 20.5, 20.5, 80.5, 60.5)]
)
def test_the_seal_is_drawn_in_its_place_and_nowhere_else(place: SealPlace) -> None:
    before = small_pdf(pages=2)
    changed = difference(before, sealed(before, place=place), place.page)
    assert changed is not None
    left, upper, right, lower = changed
    assert left >= place.left - 1
    assert right <= place.right + 1
    assert upper >= 842 - place.top - 1
    assert lower <= 842 - place.bottom + 1
    # The mark is as high as the place; nearly all of its height is painted.
    assert lower - upper >= 0.8 * (place.top - place.bottom)


@pytest.mark.parametrize("page", [1, 3])
def test_the_other_pages_stay_as_they_were(page: int) -> None:
    before = small_pdf(pages=3)
    after = sealed(before, place=SealPlace(2, 50, 60, 250, 110))
    assert difference(before, after, page) is None
    assert difference(before, after, 2) is not None


def test_the_mark_is_red() -> None:
    before = small_pdf()
    shown = picture(sealed(before, place=SealPlace(1, 100, 100, 300, 140)), 1)
    # Near the edge of the square, where the nib does not reach.
    pixels = shown.crop((105, 720, 108, 725)).tobytes()
    assert min(pixels[0::3]) > 150
    assert max(pixels[1::3] + pixels[2::3]) < 90


def test_the_words_are_drawn_beside_the_mark_only_with_a_font() -> None:
    before, place = small_pdf(), SealPlace(1, 100, 100, 300, 140)
    bare, worded = (difference(before, sealed(before, place=place, font=font), 1) for font in (None, SERIF))
    assert bare is not None
    assert worded is not None
    assert bare[2] <= 141
    assert worded[2] > 200


def test_each_chinese_character_is_drawn() -> None:
    """Another last character changes the picture, and only there where the last character stands."""
    place = SealPlace(1, 100, 100, 400, 140)
    one, other = (sealed(small_pdf(), place=place, company=name, font=SERIF_SC) for name in ("北光书局", "北光书社"))
    changed = difference(one, other, 1)
    assert changed is not None
    left, upper, right, lower = changed
    # Three characters of 8.5 points stand before it, beside a mark of 40 points and a gap of 5.
    assert 100 + 45 + 3 * 8.5 - 1 <= left < right <= 100 + 45 + 4 * 8.5 + 2
    assert lower - upper <= 12


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_last_page_shows_its_seal(turn: int) -> None:
    before = with_page(Rotate=turn)
    after = sealed(before)
    assert difference(before, after, 2) is not None
    assert verify(after, roots=good()[0].pem, now=NOW).verdict == "valid"


@pytest.mark.parametrize(
    "box",
    [[100, 200, 500, 700], [500, 700, 100, 200], [-300, -400, 100, 100], [0, 0, 120, 90], [0.5, 0.5, 400.5, 300.5]],
)
def test_the_seal_of_a_cropped_page_is_inside_of_what_is_shown(box: list[float]) -> None:
    before = with_page(MediaBox=Array([-500, -500, 900, 900]), CropBox=Array(box))
    width, height = picture(before, 2).size
    changed = difference(before, sealed(before), 2)
    assert changed is not None
    left, upper, right, lower = changed
    assert left >= max(17, width - 195)
    assert right <= width - 17
    assert upper >= height - 59
    assert height - 22 <= lower <= height - 17


def test_a_box_further_up_in_the_tree_counts() -> None:
    with pikepdf.open(io.BytesIO(small_pdf(pages=2))) as pdf:
        for page in pdf.pages:
            del page.MediaBox
        pdf.Root.Pages.MediaBox = Array([0, 0, 595, 842])
        pdf.Root.Pages.CropBox = Array([0, 0, 300, 300])
        before = saved(pdf)
    changed = difference(before, sealed(before), 2)
    assert changed is not None
    assert changed[2] <= 300 - 17


@pytest.mark.parametrize(
    "place",
    [
        SealPlace(1, 600, 60, 700, 110),
        SealPlace(1, -200, 60, -20, 110),
        SealPlace(1, 50, 900, 250, 950),
        SealPlace(1, 50, -80, 250, -20),
        SealPlace(1, 500, 60, 700, 110),
    ],
)
def test_a_place_that_is_not_all_on_the_page_is_refused(place: SealPlace) -> None:
    with pytest.raises(NotSealableError) as caught:
        sealed(small_pdf(), place=place)
    assert caught.value.fault is SealFault.OFF_PAGE


def test_a_place_in_the_cropped_part_of_a_page_is_refused() -> None:
    before = with_page(CropBox=Array([100, 200, 500, 700]))
    with pytest.raises(NotSealableError) as caught:
        sealed(before, place=SealPlace(2, 100, 100, 300, 140))
    assert caught.value.fault is SealFault.OFF_PAGE


def test_a_place_at_the_very_edge_is_on_the_page() -> None:
    before = small_pdf()
    assert difference(before, sealed(before, place=SealPlace(1, 419, 0, 595, 40)), 1) is not None


def test_a_sealed_archival_file_still_says_what_it_is() -> None:
    after = sealed(print_pdf())
    assert after.startswith(print_pdf())
    with pikepdf.open(io.BytesIO(after)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
