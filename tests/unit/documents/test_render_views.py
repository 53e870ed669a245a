"""Pages as pictures under every turn and crop, from many threads, and after errors."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from inkseal.core.errors import PermanentError
from inkseal.documents import render
from inkseal.documents.render import PageNotThereError, page_count, page_image, render_page, render_page_jpeg
from tests.unit.documents.sheets import print_pdf

#: Lower left red, lower right green, upper right blue, upper left yellow, in user space.
QUARTERS = (("1 0 0", 0, 0), ("0 1 0", 150, 0), ("0 0 1", 150, 200), ("1 1 0", 0, 200))
NAMES: dict[object, str] = {(255, 0, 0): "red", (0, 255, 0): "green", (0, 0, 255): "blue", (255, 255, 0): "yellow"}


@cache
def quarters(rotate: int = 0, crop: tuple[int, int, int, int] | None = None) -> bytes:
    """A page of 300 x 400 points in four colours."""
    content = "".join(f"{colour} rg {x} {y} 150 200 re f\n" for colour, x, y in QUARTERS)
    with pikepdf.Pdf.new() as pdf:
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=[0, 0, 300, 400], Contents=pdf.make_stream(content.encode()), Rotate=rotate
        )
        if crop is not None:
            page.CropBox = pikepdf.Array(list(crop))
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def corners(image: Image.Image) -> list[str]:
    """Return the colours of the corners, clockwise from the upper left."""
    right, low = image.width - 4, image.height - 4
    seen = [image.getpixel(at) for at in ((4, 4), (right, 4), (right, low), (4, low))]
    return [NAMES[colour] for colour in seen]


UPRIGHT = ["yellow", "blue", "green", "red"]


@pytest.mark.parametrize("turns", range(4))
def test_a_turned_page_is_shown_turned(turns: int) -> None:
    """ISO 32000-1, table 30, Rotate: degrees clockwise."""
    image = page_image(quarters(turns * 90), 1, dpi=72)
    assert image.size == ((300, 400) if turns % 2 == 0 else (400, 300))
    assert corners(image) == [*UPRIGHT[4 - turns :], *UPRIGHT[: 4 - turns]]


def test_only_what_lies_in_the_crop_box_is_shown() -> None:
    image = page_image(quarters(crop=(150, 200, 300, 400)), 1, dpi=72)
    assert image.size == (150, 200)
    assert set(corners(image)) == {"blue"}


@pytest.mark.parametrize("dpi", [36, 72, 96, 100, 144, 200, 300])
def test_pixels_grow_with_the_resolution(dpi: int) -> None:
    image = page_image(quarters(), 1, dpi=dpi)
    assert abs(image.width - 300 * dpi / 72) <= 1
    assert abs(image.height - 400 * dpi / 72) <= 1
    assert corners(image) == UPRIGHT


def test_a_finer_picture_is_the_same_picture() -> None:
    coarse, fine = page_image(print_pdf(), 1, dpi=72), page_image(print_pdf(), 1, dpi=288)
    shrunk = fine.resize(coarse.size, Image.Resampling.BOX)
    assert max(ImageChops.difference(shrunk, coarse).convert("L").histogram()[120:]) == 0


def test_png_and_jpeg_show_the_same_page() -> None:
    one = Image.open(io.BytesIO(render_page(quarters(), 1, dpi=72)))
    other = Image.open(io.BytesIO(render_page_jpeg(quarters(), 1, dpi=72)))
    assert (one.format, other.format) == ("PNG", "JPEG")
    assert one.size == other.size
    assert ImageChops.difference(one, other).convert("L").resize((3, 4)).getextrema()[1] < 25  # type: ignore[operator]  # of one band


def test_the_same_page_gives_the_same_bytes() -> None:
    assert render_page(print_pdf(), 2, dpi=80) == render_page(print_pdf(), 2, dpi=80)
    assert render_page_jpeg(print_pdf(), 2, dpi=80) == render_page_jpeg(print_pdf(), 2, dpi=80)


@pytest.mark.parametrize("view", [render_page, render_page_jpeg, page_image])
@pytest.mark.parametrize("page", [-(2**31), -1, 0, 4, 100, 2**31])
def test_every_view_names_a_page_that_is_not_there(view: Callable[..., object], page: int) -> None:
    with pytest.raises(PageNotThereError) as caught:
        view(print_pdf(3), page, dpi=50)
    assert isinstance(caught.value, PermanentError)
    assert (caught.value.page, caught.value.page_count) == (page, 3)


def test_the_first_and_the_last_page_are_there() -> None:
    assert page_image(print_pdf(3), 1, dpi=20) != page_image(print_pdf(3), 3, dpi=20)


def test_an_error_leaves_the_next_page_to_be_shown() -> None:
    """The lock around pdfium is given back whatever happens inside."""
    for broken in (b"", b"%PDF-1.7 but no more", print_pdf()[:200]):
        with pytest.raises(Exception, match=r"(?i)pdf"):
            page_image(broken, 1, dpi=50)
    with pytest.raises(PageNotThereError):
        page_image(print_pdf(), 9, dpi=50)
    assert not render._pdfium_lock.locked()
    assert page_count(print_pdf()) == 2


def test_one_thread_at_a_time_is_inside_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    counting = threading.Lock()
    real: Any = pypdfium2.PdfDocument

    class Watched:
        """Counts how many documents are open at once."""

        def __init__(self, pdf: bytes) -> None:
            nonlocal inside, most
            with counting:
                inside += 1
                most = max(most, inside)
            self.document = real(pdf)

        def __len__(self) -> int:
            return len(self.document)

        def close(self) -> None:
            nonlocal inside
            self.document.close()
            with counting:
                inside -= 1

    monkeypatch.setattr(pypdfium2, "PdfDocument", Watched)
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda _: page_count(quarters()), range(60))) == [1] * 60
    assert (inside, most) == (0, 1)


def test_threads_with_different_files_get_their_own_pages() -> None:
    turned = [quarters(turns * 90) for turns in range(4)]
    alone = [render_page(pdf, 1, dpi=40) for pdf in turned]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda number: render_page(turned[number % 4], 1, dpi=40), range(24)))
    assert together == alone * 6
