"""How a picture lies on a page of A4."""

from typing import Final

from inkseal.documents.assemble.jpeg import JpegHeader

#: ISO 216 A4, 210 x 297 mm in points (1/72 inch) to a hundredth.
A4_SHORT: Final = 595.28
A4_LONG: Final = 841.89


def page_size(header: JpegHeader) -> tuple[float, float]:
    """Return width and height of the page in points: lying for a picture that is wider than high."""
    return (A4_LONG, A4_SHORT) if header.width > header.height else (A4_SHORT, A4_LONG)


def content_for(header: JpegHeader, *, name: str) -> bytes:
    """Return the content stream that paints image `name` as large as fits, centred, its aspect kept."""
    width, height = page_size(header)
    scale = min(width / header.width, height / header.height)
    across, up = header.width * scale, header.height * scale
    left, bottom = (width - across) / 2, (height - up) / 2
    return f"q {across:.3f} 0 0 {up:.3f} {left:.3f} {bottom:.3f} cm /{name} Do Q\n".encode()
