"""Ink on paper: strokes in a box, as a ball pen leaves them."""

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from inkseal.documents.demo_photos.letters import Point, Stroke, smooth, written

#: Pixels: left, upper, right, lower.
Box = tuple[int, int, int, int]

BLUE: Final = (34, 52, 140)
#: Drawn this many times finer, then made smaller: edges as soft as ink's.
_FINE: Final = 4
#: Of the 11 units from tail to capital.
_LINE_UNITS: Final = 11.0
#: Half way between the foot of a small letter's tail and the top of a capital.
_MIDDLE_UNITS: Final = 3.2
#: A quick hand joins what begins this near to the last end, among small letters.
_REACH_UNITS: Final = 4.2
_SMALL_LETTER_UNITS: Final = 5.0


@dataclass(frozen=True, slots=True)
class _Line:
    """What a hand leaves in one line. All lengths in units of the alphabet."""

    strokes: tuple[Stroke, ...]
    width: float
    #: Width of the pen's point.
    pen: float
    #: Pixels of the page for one unit, where the box leaves room enough.
    largest: float


def write(page: Image.Image, text: str, box: Box, *, seed: int) -> None:
    """Write `text` by hand into `box` of `page`, in one line."""
    strokes, width = written(text, slant=0.18, jitter=0.12, seed=seed)
    _ink(page, _Line(strokes, width, pen=0.46, largest=5.5), box, seed=seed)


def sign(page: Image.Image, name: str, box: Box, *, seed: int) -> None:
    """Sign as `name` in `box`: a quick, slanted, joined hand with a line below."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    strokes, width = written(name, slant=0.42, jitter=0.22, seed=seed)
    joined = tuple(smooth(part) for part in _joined(strokes))
    signature = _Line((*joined, _flourish(width, chance)), width + 5, pen=0.48, largest=12)
    _ink(page, signature, box, seed=seed)


def _joined(strokes: Iterable[Stroke]) -> Iterable[Stroke]:
    """Join a stroke to the one before where a quick hand would not lift the pen."""
    run: list[Point] = []
    for stroke in strokes:
        near = run and math.dist(run[-1], stroke[0]) < _REACH_UNITS and stroke[0][1] < _SMALL_LETTER_UNITS
        if run and not near:
            yield tuple(run)
            run = []
        run += [*stroke[::3], stroke[-1]]
    if run:
        yield tuple(run)


def _flourish(width: float, chance: random.Random) -> Stroke:
    low = -1.6 - chance.random()
    return smooth(
        (
            (width * 0.92, 1.2),
            (width + 3, 2.6),
            (width + 4.4, 0.6),
            (width * 0.55, low),
            (width * 0.12, low - 0.7),
            (width * 0.3, low - 1.2),
            (width * 0.95, low + 0.4 + chance.random()),
        )
    )


def _ink(page: Image.Image, line: _Line, box: Box, *, seed: int) -> None:
    """Lay `line` over `page`."""
    left, upper, right, lower = box
    across, down = right - left, lower - upper
    scale = min(line.largest, across * 0.92 / line.width, down * 0.95 / _LINE_UNITS) * _FINE
    # A quick hand runs over the edges of its box, so the sheet that is drawn on is larger.
    margin = down // 2
    size = (across + 2 * margin, down + 2 * margin)
    sheet = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    start, base = (margin + across * 0.06) * _FINE, size[1] * _FINE / 2 + _MIDDLE_UNITS * scale
    draw = ImageDraw.Draw(sheet)
    for stroke in line.strokes:
        _draw_stroke(draw, [(start + x * scale, base - y * scale) for x, y in stroke], line.pen * scale)
    mask = _worn(sheet, seed).resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.4))
    page.paste(BLUE, (left - margin, upper - margin), mask)


def _worn(sheet: Image.Image, seed: int) -> Image.Image:
    """Let the ink be paler here and there, as the ball turns."""
    spots = random.Random(seed).randbytes(97 * 61)  # noqa: S311 - a drawing, not a secret
    grain = Image.frombytes("L", (97, 61), spots).resize(sheet.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(sheet, grain.point(lambda value: 190 + value // 4))


def _draw_stroke(draw: ImageDraw.ImageDraw, points: list[Point], pen: float) -> None:
    """A pen leaves a thinner line where it moves fast and at the end of a stroke."""
    for number, (start, end) in enumerate(pairwise(points)):
        speed = math.dist(start, end) / max(pen, 1)
        ends = min(1.0, 0.55 + 0.15 * min(number, len(points) - 1 - number))
        radius = pen / 2 * ends / (1 + 0.12 * min(speed, 4))
        draw.line([start, end], fill=255, width=max(1, round(2 * radius)))
        for x, y in (start, end):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
