"""Pages of our own PDFs as pictures."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from inkseal.documents.render import PageNotThereError, page_count, render_page, render_page_jpeg
from tests.unit.documents.sheets import print_pdf


def test_pages_are_counted() -> None:
    assert page_count(print_pdf(3)) == 3


@pytest.mark.parametrize(("dpi", "size"), [(72, (596, 842)), (100, (827, 1170)), (150, (1241, 1754))])
def test_a_page_has_the_pixels_of_its_dpi(dpi: int, size: tuple[int, int]) -> None:
    picture = Image.open(io.BytesIO(render_page(print_pdf(), 1, dpi=dpi)))
    assert picture.format == "PNG"
    assert picture.mode == "RGB"
    assert all(abs(side - wanted) <= 1 for side, wanted in zip(picture.size, size, strict=True))


def test_a_page_is_white_paper_with_dark_letters() -> None:
    picture = Image.open(io.BytesIO(render_page(print_pdf(), 1, dpi=72)))
    assert picture.getpixel((5, 5)) == (255, 255, 255)
    assert any(picture.convert("L").histogram()[:60])


def test_pages_differ() -> None:
    assert render_page(print_pdf(), 1, dpi=50) != render_page(print_pdf(), 2, dpi=50)


def test_a_desk_view_is_a_jpeg_of_the_same_page() -> None:
    view = Image.open(io.BytesIO(render_page_jpeg(print_pdf(), 2, dpi=72)))
    page = Image.open(io.BytesIO(render_page(print_pdf(), 2, dpi=72)))
    assert (view.format, view.size) == ("JPEG", page.size)


@pytest.mark.parametrize("page", [0, -1, 3])
def test_a_page_that_is_not_there_is_named(page: int) -> None:
    with pytest.raises(PageNotThereError) as caught:
        render_page(print_pdf(), page, dpi=50)
    assert (caught.value.page, caught.value.page_count) == (page, 2)


def test_threads_of_a_web_worker_may_render_at_once() -> None:
    pdf = print_pdf(3)
    wanted = [render_page(pdf, page, dpi=60) for page in (1, 2, 3)]
    with ThreadPoolExecutor(8) as threads:
        rendered = list(threads.map(lambda page: render_page(pdf, page, dpi=60), [1, 2, 3] * 12))
    assert rendered == wanted * 12
