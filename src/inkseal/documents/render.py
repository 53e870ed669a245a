"""Pages of our own PDFs as pictures, for screens. Never for a foreign PDF: pdfium may abort the process."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pypdfium2
from PIL import Image

from inkseal.core.errors import PermanentError

#: JPEG quality for desk views.
VIEW_QUALITY: Final = 85
_POINTS_PER_INCH: Final = 72
#: pdfium keeps state that threads share: two pages rendered at once crash the whole web worker.
_pdfium_lock: Final = threading.Lock()


class PageNotThereError(PermanentError):
    """The file has no such page; pages count from 1."""

    def __init__(self, page: int, page_count: int) -> None:
        super().__init__(page, page_count)
        self.page = page
        self.page_count = page_count


def page_count(pdf: bytes) -> int:
    """Return the number of pages of one of our own PDFs."""
    with _opened(pdf) as document:
        return len(document)


def render_page(pdf: bytes, page: int, *, dpi: int) -> bytes:
    """Return page `page` (1-based) as PNG, RGB, at `dpi` pixels per inch; raises `PageNotThereError`."""
    file = io.BytesIO()
    page_image(pdf, page, dpi=dpi).save(file, "PNG", compress_level=1)
    return file.getvalue()


def render_page_jpeg(pdf: bytes, page: int, *, dpi: int) -> bytes:
    """Return page `page` (1-based) as JPEG for desk views: smaller than PNG for photographs."""
    file = io.BytesIO()
    page_image(pdf, page, dpi=dpi).save(file, "JPEG", quality=VIEW_QUALITY)
    return file.getvalue()


def page_image(pdf: bytes, page: int, *, dpi: int) -> Image.Image:
    """Return page `page` (1-based) as an RGB picture; raises `PageNotThereError`."""
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise PageNotThereError(page, len(document))
        picture: Image.Image = document[page - 1].render(scale=dpi / _POINTS_PER_INCH).to_pil()
        return picture.convert("RGB")


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _pdfium_lock:
        document = pypdfium2.PdfDocument(pdf)  # type: ignore[no-untyped-call] # the library is half typed
        try:
            yield document
        finally:
            document.close()  # type: ignore[no-untyped-call] # the library is half typed
