"""Ink on paper: strokes in a box, as a ball pen leaves them."""

import math
import random
from collections.abc import Iterable
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
_TAIL_UNITS: Final = 3.0
#: A quick hand joins what begins this near to the last end, among small letters.
_REACH_UNITS: Final = 4.2
_SMALL_LETTER_UNITS: Final = 5.0


def write(page: Image.Image, text: str, box: Box, *, seed: int) -> None:
    """Write `text` by hand into `box` of `page`, as large as fits in one line."""
    strokes, width = written(text, slant=0.18, jitter=0.12, seed=seed)
    _ink(page, strokes, box, width=width, pen=0.46, seed=seed)


def sign(page: Image.Image, name: str, box: Box, *, seed: int) -> None:
    """Sign as `name` in `box`: a quick, slanted, joined hand with a line below."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    strokes, width = written(name, slant=0.42, jitter=0.22, seed=seed)
    joined = [smooth(part) for part in _joined(strokes)]
    joined.append(_flourish(width, chance))
    _ink(page, joined, box, width=width + 5, pen=0.5, seed=seed)


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


def _ink(page: Image.Image, strokes: Iterable[Stroke], box: Box, *, width: float, pen: float, seed: int) -> None:
    """Lay `strokes` over `page`. `width`: of the line in units; `pen`: width of its point in units."""
    left, upper, right, lower = box
    across, down = right - left, lower - upper
    scale = min(across * 0.92 / width, down * 0.95 / _LINE_UNITS) * _FINE
    # A quick hand runs over the edges of its box, so the sheet that is drawn on is larger.
    margin = down // 2
    sheet = Image.new("L", ((across + 2 * margin) * _FINE, (down + 2 * margin) * _FINE))
    origin = ((margin + across * 0.04) * _FINE, (margin + down * 0.86) * _FINE - _TAIL_UNITS * scale * 0.6)
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    draw = ImageDraw.Draw(sheet)
    for stroke in strokes:
        _draw_stroke(draw, [(origin[0] + x * scale, origin[1] - y * scale) for x, y in stroke], pen * scale)
    grain = Image.frombytes("L", (97, 61), chance.randbytes(97 * 61)).resize(sheet.size, Image.Resampling.BICUBIC)
    worn = ImageChops.multiply(sheet, grain.point(lambda value: 190 + value // 4))
    small = worn.resize((across + 2 * margin, down + 2 * margin), Image.Resampling.BOX)
    mask = small.filter(ImageFilter.GaussianBlur(0.4))
    page.paste(BLUE, (left - margin, upper - margin), mask)


def _draw_stroke(draw: ImageDraw.ImageDraw, points: list[Point], pen: float) -> None:
    """A pen leaves a thinner line where it moves fast and at the end of a stroke."""
    for number, (start, end) in enumerate(pairwise(points)):
        speed = math.dist(start, end) / max(pen, 1)
        ends = min(1.0, 0.55 + 0.15 * min(number, len(points) - 1 - number))
        radius = pen / 2 * ends / (1 + 0.12 * min(speed, 4))
        draw.line([start, end], fill=255, width=max(1, round(2 * radius)))
        for x, y in (start, end):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
