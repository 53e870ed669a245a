"""From a flat sheet to a photograph of it: table, shadow, perspective, light, blur, noise, JPEG.

Each picture is made from a seed alone; the ranges are those of a person who takes some care with a phone.
"""

import io
import math
import random
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from inkseal.documents.demo_photos.perspective import Corners, coefficients

#: Width and height in pixels.
Size = tuple[int, int]
Colour = tuple[int, int, int]

#: Colours of table tops.
_TABLES: Final[tuple[Colour, ...]] = (
    (66, 58, 52),
    (122, 90, 62),
    (150, 142, 132),
    (86, 66, 50),
    (58, 62, 66),
)
#: What white paper looks like under a lamp or by a window.
_PAPERS: Final[tuple[Colour, ...]] = ((252, 247, 236), (248, 248, 246), (250, 244, 230), (243, 246, 250))
#: Which share of the frame a page takes.
_FILL: Final = (0.91, 0.95)
#: The light is computed this coarsely and made larger: it has no edges.
_LIGHT_SIZE: Final[Size] = (24, 32)
#: Standard deviation of the mean of two evenly spread bytes.
_TWO_BYTES_DEVIATION: Final = 52


@dataclass(frozen=True, slots=True)
class Shot:
    """How one photograph is taken."""

    #: Pixels of the photograph.
    size: Size
    #: Where the sheet's corners lie in it.
    corners: Corners
    table: Colour
    paper: Colour
    #: Where the light comes from, as shares of width and height, and what is left of it at the far side.
    light: tuple[float, float]
    dimmest: float
    blur_pixels: float
    #: Standard deviation in steps of 255.
    noise: float
    quality: int
    seed: int


def shot_of(sheet: Size, *, long_side: int, seed: int, fill: tuple[float, float] = _FILL) -> Shot:
    """Return how a sheet of `sheet` pixels is photographed for this seed, filling that share of the frame."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    short_side = round(long_side * 3 / 4)
    size = (long_side, short_side) if sheet[0] > sheet[1] else (short_side, long_side)
    return Shot(
        size=size,
        corners=_placed(size, sheet, fill, chance),
        table=chance.choice(_TABLES),
        paper=chance.choice(_PAPERS),
        light=(chance.uniform(-0.2, 1.2), chance.uniform(-0.3, 0.4)),
        dimmest=chance.uniform(0.66, 0.85),
        blur_pixels=chance.uniform(0.3, 0.8),
        noise=chance.uniform(1.8, 3.6),
        quality=chance.randint(78, 88),
        seed=seed,
    )


def _placed(size: Size, sheet: Size, fill: tuple[float, float], chance: random.Random) -> Corners:
    """Lay the sheet into the middle of the frame, a little turned, seen a little from the side."""
    width, height = size
    scale = min(width / sheet[0], height / sheet[1]) * chance.uniform(*fill)
    half_width, half_height = sheet[0] * scale / 2, sheet[1] * scale / 2
    angle = math.radians(chance.uniform(-2.0, 2.0))
    centre = (
        width * (0.5 + chance.uniform(-0.008, 0.008)),
        height * (0.5 + chance.uniform(-0.008, 0.008)),
    )
    corners = []
    for right, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x = right * half_width * chance.uniform(0.97, 1.0)
        y = down * half_height * chance.uniform(0.98, 1.0)
        corners.append(
            (
                centre[0] + x * math.cos(angle) - y * math.sin(angle),
                centre[1] + x * math.sin(angle) + y * math.cos(angle),
            )
        )
    return corners[0], corners[1], corners[2], corners[3]


def take(sheet: Image.Image, shot: Shot) -> bytes:
    """Return the photograph of an RGB or RGBA `sheet` as JPEG; what is transparent shows the table."""
    chance = random.Random(shot.seed)  # noqa: S311 - a drawing, not a secret
    shape = sheet.getchannel("A") if sheet.mode == "RGBA" else Image.new("L", sheet.size, 255)
    paper = ImageChops.multiply(sheet.convert("RGB"), Image.new("RGB", sheet.size, shot.paper))
    map_back = coefficients(shot.corners, sheet.size)
    how = Image.Transform.PERSPECTIVE
    laid = paper.transform(shot.size, how, map_back, Image.Resampling.BICUBIC)
    mask = shape.transform(shot.size, how, map_back, Image.Resampling.BILINEAR)
    scene = _table(shot, chance)
    scene.paste((0, 0, 0), _offset_shadow(mask, shot.size))
    scene.paste(laid, mask=mask.filter(ImageFilter.GaussianBlur(1.1)))
    lit = ImageChops.multiply(scene, _light(shot, chance).convert("RGB"))
    seen = lit.filter(ImageFilter.GaussianBlur(shot.blur_pixels))
    file = io.BytesIO()
    ImageChops.add(seen, _noise(shot, chance).convert("RGB"), 1, -128).save(file, "JPEG", quality=shot.quality)
    return file.getvalue()


def _table(shot: Shot, chance: random.Random) -> Image.Image:
    """A table top with a grain that runs along one side."""
    lines = chance.choice(((5, 420), (260, 4)))
    grain = Image.frombytes("L", lines, chance.randbytes(lines[0] * lines[1]))
    fine = grain.resize(shot.size, Image.Resampling.BICUBIC).point(lambda value: 205 + value // 5)
    return ImageChops.multiply(Image.new("RGB", shot.size, shot.table), fine.convert("RGB"))


def _offset_shadow(mask: Image.Image, size: Size) -> Image.Image:
    coarse = mask.resize((size[0] // 8, size[1] // 8), Image.Resampling.BOX)
    moved = ImageChops.offset(coarse, 2, 3).filter(ImageFilter.GaussianBlur(3))
    return moved.point(lambda value: value * 3 // 5).resize(size, Image.Resampling.BICUBIC)


def _light(shot: Shot, chance: random.Random) -> Image.Image:
    """Light that falls off with the distance from its source, and the soft shadow of who holds the phone."""
    columns, rows = _LIGHT_SIZE
    shadow_at, shadow_depth = chance.uniform(0.1, 0.9), chance.uniform(0.0, 0.12)
    light = bytearray()
    for row in range(rows):
        for column in range(columns):
            x, y = column / (columns - 1), row / (rows - 1)
            fall = min(1.0, math.dist((x, y), shot.light) / 1.5)
            shadow = shadow_depth * y**3 * math.exp(-(((x - shadow_at) / 0.3) ** 2))
            light.append(round(255 * (1 - (1 - shot.dimmest) * fall**1.4 - shadow)))
    return Image.frombytes("L", _LIGHT_SIZE, bytes(light)).resize(shot.size, Image.Resampling.BICUBIC)


def _noise(shot: Shot, chance: random.Random) -> Image.Image:
    """A sensor's noise around 128, as coarse as a phone's own smoothing leaves it."""
    size = (shot.size[0] * 2 // 3, shot.size[1] * 2 // 3)
    first, second = (Image.frombytes("L", size, chance.randbytes(size[0] * size[1])) for _ in range(2))
    strength = shot.noise / _TWO_BYTES_DEVIATION * 1.6
    both = Image.blend(first, second, 0.5).resize(shot.size, Image.Resampling.BILINEAR)
    return both.point(lambda value: round(128 + (value - 127.5) * strength))
