"""What a PDF has to say about a JPEG that it carries: size and number of components, from its frame header.

ISO/IEC 10918-1, B.1.1.3 (markers) and B.2.2 (frame header). No pixel is decoded.
"""

from dataclasses import dataclass
from typing import Final

from inkseal.core.errors import PermanentError

#: SOF0..SOF2: baseline, extended and progressive with Huffman coding, which every PDF reader decodes.
_FRAME_MARKERS: Final = frozenset({0xC0, 0xC1, 0xC2})
_START_OF_SCAN: Final = 0xDA
_MARKER: Final = 0xFF
_FRAME_BYTES: Final = 8
_COMPONENTS: Final = frozenset({1, 3})
_BITS: Final = 8


class PageImageError(PermanentError):
    """A page picture is not a JPEG that can go into the file as it is. `page` counts from 1."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """Pixels, and 1 component for grey or 3 for colour."""

    width: int
    height: int
    components: int


def read_header(jpeg: bytes, page: int) -> JpegHeader:
    """Return the header of `jpeg`; `PageImageError(page)` if it is not eight bits of grey or RGB."""
    frame = _frame(jpeg)
    if frame is None or len(frame) < _FRAME_BYTES:
        raise PageImageError(page)
    height, width = int.from_bytes(frame[3:5]), int.from_bytes(frame[5:7])
    if frame[2] != _BITS or frame[7] not in _COMPONENTS or not width or not height:
        raise PageImageError(page)
    return JpegHeader(width, height, frame[7])


def _frame(jpeg: bytes) -> bytes | None:
    """Return the frame header segment from its length on, walking the segments before it."""
    if not jpeg.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == _MARKER and jpeg[at + 1] != _START_OF_SCAN:
        length = int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] in _FRAME_MARKERS:
            return jpeg[at + 2 : at + 2 + length]
        at += 2 + max(length, 2)
    return None
