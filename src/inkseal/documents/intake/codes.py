"""Every QR code in a picture, tried in several ways: a missed code costs its sender another photograph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from inkseal.documents.codes import read_payload

#: Ways that always run; the others only while nothing was found.
_ALWAYS: Final = 1
_SMALL_SIDE_PIXELS: Final = 1_400
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_QUARTER_TURN: Final = 90
_TURNS: Final = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read."""

    text: str
    #: Clockwise angle of its upper edge in the picture, 0..359 degrees.
    angle_degrees: int


def read_codes(picture: Image.Image) -> tuple[Code, ...]:
    """Return the QR codes of an RGB picture, each text once, in the order they were found."""
    found: dict[str, Code] = {}
    for number, (grey, binarizer) in enumerate(_ways(picture.convert("L"))):
        if found and number >= _ALWAYS:
            break
        for code in zxingcpp.read_barcodes(grey, formats=_QR, binarizer=binarizer):
            found.setdefault(code.text, Code(code.text, code.orientation % 360))
    return tuple(found.values())


def _ways(grey: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """Yield the picture as taken, then what helps against blur, a dark room, noise and coarse pixels."""
    local, whole = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield grey, local
    yield grey.filter(ImageFilter.UnsharpMask(radius=4, percent=200)), local
    yield ImageOps.autocontrast(grey, cutoff=2), whole
    yield grey.filter(ImageFilter.MedianFilter(3)), local
    if max(grey.size) > _SMALL_SIDE_PIXELS:
        yield ImageOps.contain(grey, (_SMALL_SIDE_PIXELS, _SMALL_SIDE_PIXELS)), local
    else:
        yield grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC), local


def turn_of(codes: tuple[Code, ...]) -> Image.Transpose | None:
    """Return how to turn a picture so that its page code stands upright; None where it does.

    Other codes have no say (a parcel on the same table), and two page codes at odds none either.
    """
    pages = [code.angle_degrees for code in codes if read_payload(code.text) is not None]
    quarters = {round(angle / _QUARTER_TURN) % 4 * _QUARTER_TURN for angle in pages}
    return _TURNS.get(quarters.pop()) if len(quarters) == 1 else None
