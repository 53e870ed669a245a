# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Text as outlines: the page shows the font's own shapes, and the file needs no font.

Standard-14 fonts are forbidden in PDF/A (ISO 19005-2, 6.2.11.4.1), and pyHanko's own embedding of fonts needs a text
shaper that Inkseal does not carry. Outlines are always embedded; the words stand beside them as the field's text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from inkseal.documents.seal.errors import SealGlyphError

_Point = tuple[float, float]


class PdfPathPen(BasePen):
    """Writes outlines as PDF path operators (ISO 32000-1, 8.5.2); curves become cubic."""

    def __init__(self) -> None:
        super().__init__(None)
        self.operators: list[bytes] = []

    def _moveTo(self, pt: _Point) -> None:  # noqa: N802 - the pen protocol
        self._write("m", pt)

    def _lineTo(self, pt: _Point) -> None:  # noqa: N802 - the pen protocol
        self._write("l", pt)

    def _curveToOne(self, pt1: _Point, pt2: _Point, pt3: _Point) -> None:  # noqa: N802 - the pen protocol
        self._write("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802 - the pen protocol
        self.operators.append(b"h")

    def _write(self, operator: str, *points: _Point) -> None:
        # A hundredth of a point is 0.0035 mm.
        numbers = " ".join(f"{number:.2f}" for point in points for number in point)
        self.operators.append(f"{numbers} {operator}".encode())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text at size 1: how wide it is, and a function that draws it."""

    width: float
    draw: Callable[[float, float, float], bytes]


@lru_cache(maxsize=4)
def _opened(font: Path) -> TTFont:
    return TTFont(font, lazy=True)


def set_line(text: str, font: Path) -> Line:
    """Return `text` set in `font` (TrueType or CFF), one glyph per character, without shaping.

    Raises `SealGlyphError` naming every character that the font lacks.
    """
    opened = _opened(font)
    character_map: dict[int, str] = opened.getBestCmap() or {}
    missing = tuple(dict.fromkeys(one for one in text if ord(one) not in character_map))
    if missing:
        raise SealGlyphError(missing)
    names = [character_map[ord(one)] for one in text]
    glyphs = opened.getGlyphSet()
    unit = 1 / opened["head"].unitsPerEm  # type: ignore[attr-defined]  # tables get their fields when they are read

    def draw(x: float, y: float, size: float) -> bytes:
        pen = PdfPathPen()
        for name in names:
            glyphs[name].draw(TransformPen(pen, Transform(size * unit, 0, 0, size * unit, x, y)))
            x += glyphs[name].width * size * unit
        return b"\n".join(pen.operators)

    return Line(sum(glyphs[name].width for name in names) * unit, draw)
