"""Sheets, prints and pictures for the tests of intake, scan, assembly and rendering; nothing here is a photograph."""

import io
from functools import cache

import typst
from PIL import Image, ImageDraw

from inkseal.documents.codes import PrintFacts, modules, page_payload
from inkseal.documents.scan import ExpectedPages

KEY = b"a key for tests, 32 bytes long.."
SERIAL = "100000001101100"
FACTS = PrintFacts(SERIAL, "A", 3, "ab" * 32, "cd" * 32)
EXPECTED = ExpectedPages(SERIAL, "A", 3, "ab" * 32, "cd" * 32, KEY)

#: A4 at 100 dpi.
SHEET_SIZE = (827, 1169)
_MODULE_PIXELS = 4


def payload(page: int, facts: PrintFacts = FACTS, key: bytes = KEY) -> str:
    return page_payload(facts, page, key=key)


def code_image(text: str, module_pixels: int = _MODULE_PIXELS) -> Image.Image:
    rows = modules(text)
    image = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            if module == "1":
                image.putpixel((x + 4, y + 4), 0)
    return image.resize((image.width * module_pixels, image.height * module_pixels), Image.Resampling.NEAREST)


def sheet(*texts: str, size: tuple[int, int] = SHEET_SIZE) -> Image.Image:
    """A page with lines of "text" and the given codes down its right side; a red bar marks its upper edge."""
    page = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(page)
    for y in range(300, size[1] - 80, 24):
        draw.line((80, y, size[0] - 240, y), fill=(60, 60, 60), width=6)
    draw.rectangle((0, 0, size[0], 20), fill=(200, 20, 20))
    for number, text in enumerate(texts):
        code = code_image(text)
        page.paste(code, (size[0] - code.width - 40, 60 + number * (code.height + 40)))
    return page


def jpeg(image: Image.Image, **options: object) -> bytes:
    return _saved(image, "JPEG", options)


def png(image: Image.Image, **options: object) -> bytes:
    return _saved(image, "PNG", options)


def _saved(image: Image.Image, kind: str, options: dict[str, object]) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@cache
def print_pdf(pages: int = 2) -> bytes:
    """A small PDF/A-2a, as the typesetter's are."""
    source = '#set document(title: [Print], date: datetime(year: 2026, month: 11, day: 21))\n#set page(paper: "a4")\n'
    body = "\n#pagebreak()\n".join(f"= Page {number}\nGranted rights." for number in range(1, pages + 1))
    pdf: bytes = typst.compile((source + body).encode(), format="pdf", pdf_standards=["a-2a"])
    return pdf
