"""What the tests of typesetting share: the shipped template, its samples, the smallest template typst accepts."""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from inkseal.documents.typeset import PageCodes

ROOT = Path(__file__).resolve().parents[3]
FONT_DIRS = (ROOT / "node_modules" / "@expo-google-fonts",)
STANDARD = ROOT / "contract-templates" / "standard-share"
CODES = PageCodes("100000001101100", "A", "cd" * 32, bytes(range(32)))

SMALL_META = """tid = 7
languages = ["en"]
agreements = [1]
sign_ways = ["paper"]
publisher = "Northlight Press"
fonts = ["Noto Serif"]
[names]
en = "Small"
"""
SMALL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "contract": {"type": "object", "properties": {"number": {"type": "string"}, "date": {"type": "string"}}},
        "author": {"type": "object", "properties": {"name": {"type": "string"}}},
    },
}
SMALL_MAIN = """#set document(title: "Small")
#set text(font: json(bytes(sys.inputs.at("print"))).fonts, lang: "en", fallback: false)
#json(bytes(sys.inputs.at("values"))).texts.en.at("author.name")
#context [#metadata((kind: "pages", count: counter(page).final().first())) <inkseal>]
"""
SMALL_DATA = {"contract": {"number": "", "date": "2026-11-21"}, "author": {"name": "Alice Tan"}}

Data = dict[str, Any]


def sample(name: str) -> Data:
    """Return a sample of the shipped template."""
    content: Data = json.loads((STANDARD / "samples" / f"{name}.json").read_text(encoding="utf-8"))
    return copy.deepcopy(content)


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """Open a PDF with pdfium, which has no types, and close it again."""
    document: Any = pypdfium2.PdfDocument(pdf)  # type: ignore[no-untyped-call]  # as said
    try:
        yield document
    finally:
        document.close()


def page_texts(pdf: bytes) -> Iterator[str]:
    """Return the text of each page as a reader's copy-and-paste finds it."""
    with opened(pdf) as document:
        for page in document:
            yield page.get_textpage().get_text_bounded().replace("\r\n", "\n")


def page_images(pdf: bytes, *, dpi: int) -> list[Image.Image]:
    """Return a picture of each page."""
    with opened(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil() for page in document]
