# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""How a seal looks: the red square with the nib, and beside it the company, the contract number and the time.

Only paths in a device-independent colour space: no font, no transparency and no second output intent, so a PDF/A-2
file stays one (ISO 19005-2, 6.2.4.2 allows CalRGB beside any output intent). Nothing white is painted on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fontTools.misc.transform import Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path.parser import parse_path
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent, PdfResources, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from inkseal.documents.seal.lettering import Line, PdfPathPen

#: The design's mark, in a square of 24 units with y downwards.
_SQUARE: Final = "M3.4 2.2 20 1.8q2 .1 2.1 2l.2 16.3q-.1 2-2 2.1l-16.4 .1q-2-.1-2.1-2L1.6 4.3q0-1.900 1.800-2.100Z"
_NIB: Final = (
    "M12 4.6c2.6 2.7 4 5 4 7.2 0 1.4-.6 2.7-1.5 3.6H9.5A5.2 5.2 0 0 1 8 11.8c0-2.2 1.4-4.5 4-7.2Z"
    "m0 4.2v4.1M8.4 18.9h7.2"
)
_UNITS: Final = 24.0
#: The tokens --seal-fill #AE2A1F, --on-seal and the ink of the page, as CalRGB components.
_RED: Final = b"0.682 0.165 0.122"
_WHITE: Final = b"1 1 1"
_INK: Final = b"0.11 0.11 0.13"
_LARGEST_TYPE: Final = 8.5
_LEADING: Final = 1.32
_GAP: Final = 5.0


@dataclass(frozen=True)
class SealAppearance:
    """A pyHanko stamp style: `create_stamp` answers with the drawing for a box of any size."""

    lines: Sequence[Line]
    #: What the drawing says, for those who do not see it (the field's /TU).
    words: str

    def create_stamp(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        text_params: dict[str, str],  # noqa: ARG002 - the words are drawn already
    ) -> "_Drawing":
        """Return the drawing, fitted into `box`."""
        return _Drawing(writer, box, self.lines)


class _Drawing(AppearanceContent):
    def __init__(self, writer: BasePdfFileWriter, box: BoxConstraints, lines: Sequence[Line]) -> None:
        super().__init__(writer, box)
        self.import_resources(_colours())
        self.lines = lines

    def as_form_xobject(self) -> generic.StreamObject:
        form = super().as_form_xobject()
        form.compress()
        return form

    def render(self) -> bytes:
        return draw(self.lines, width=self.box.width, height=self.box.height)


def draw(lines: Sequence[Line], *, width: float, height: float) -> bytes:
    """Return the content stream: the mark at the left, the lines beside it as large as they fit."""
    side = min(width, height)
    parts = [b"q /Seal cs /Seal CS", *_draw_mark(side, (height - side) / 2)]
    if lines and (room := width - side - _GAP) > 0:
        widest = max(line.width for line in lines)
        size = min(_LARGEST_TYPE, room / widest, height / (_LEADING * len(lines)))
        top = height / 2 + size * _LEADING * len(lines) / 2
        baselines = (top - size * (_LEADING * number + 1) for number in range(len(lines)))
        parts.append(_INK + b" sc")
        parts.extend(
            line.draw(side + _GAP, baseline, size) + b"\nf" for line, baseline in zip(lines, baselines, strict=True)
        )
    return b"\n".join([*parts, b"Q"])


def _draw_mark(side: float, bottom: float) -> list[bytes]:
    scale = side / _UNITS
    place = Transform(scale, 0, 0, -scale, 0, bottom + side)
    return [
        _RED + b" sc",
        _path(_SQUARE, place),
        b"f",
        _WHITE + f" SC {1.6 * scale:.3f} w 1 J 1 j".encode(),
        _path(_NIB, place),
        b"S",
    ]


def _path(description: str, place: Transform) -> bytes:
    pen = PdfPathPen()
    parse_path(description, TransformPen(pen, place))
    return b"\n".join(pen.operators)


def _colours() -> PdfResources:
    """CalRGB with the white point and primaries of sRGB (IEC 61966-2-1), gamma 2.2."""
    numbers = {
        "/WhitePoint": (0.9505, 1.0, 1.089),
        "/Gamma": (2.2, 2.2, 2.2),
        "/Matrix": (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505),
    }
    entries = {
        pdf_name(name): generic.ArrayObject(generic.FloatObject(number) for number in row)
        for name, row in numbers.items()
    }
    resources = PdfResources()
    space = generic.ArrayObject([pdf_name("/CalRGB"), generic.DictionaryObject(entries)])
    resources[ResourceType.COLOR_SPACE][pdf_name("/Seal")] = space
    return resources
