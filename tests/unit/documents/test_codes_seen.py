"""Page codes as a scanner or a phone sees them: turned, blurred, noisy, dark, pale, at the coarsest resolution."""

import random
from collections.abc import Callable
from functools import cache, partial

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from inkseal.documents.codes import CODE_SIZE_MM
from inkseal.documents.intake.codes import Code, read_codes, turn_of
from tests.unit.documents.sheets import code_image, payload

MM_PER_INCH = 25.4
#: Made this many times finer, then averaged, as a sensor does.
FINE = 4
#: With the quiet zone of four modules on each side.
QUIET = 33 / 25
DPI = (120, 150, 200)
ANGLES = (0, 3, 17, 45, 90, 133, 180, 271)


@cache
def seen(page: int, dpi: int, angle: int) -> Image.Image:
    """A code of 22 mm on white paper at `dpi`, turned against the clock by `angle` degrees."""
    side = round(CODE_SIZE_MM / MM_PER_INCH * dpi * QUIET) * FINE
    code = code_image(payload(page), 12).resize((side, side), Image.Resampling.BOX)
    paper = Image.new("L", (side * 2, side * 2), 255)
    paper.paste(code, (side // 2, side // 2))
    turned = paper.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return turned.resize((turned.width // FINE, turned.height // FINE), Image.Resampling.BOX)


def noisy(image: Image.Image, dpi: int, *, deviation: int) -> Image.Image:
    grain = Image.frombytes("L", image.size, random.Random(dpi).randbytes(image.width * image.height))  # noqa: S311 - grain
    return ImageChops.add(image, grain.point(lambda value: round(128 + (value - 127.5) * deviation / 74)), 1, -128)


def blurred(image: Image.Image, dpi: int, *, millimetres: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(dpi * millimetres / MM_PER_INCH))


def toned(image: Image.Image, _: int, *, black: int, white: int) -> Image.Image:
    return image.point(lambda value: black + value * (white - black) // 255)


def shaded(image: Image.Image, _: int) -> Image.Image:
    """A hand's shadow from one side: white paper here is darker than ink there."""
    slope = Image.linear_gradient("L").resize(image.size).point(lambda value: 90 + value * 165 // 255)
    return ImageChops.multiply(image, slope)


def creased(image: Image.Image, dpi: int) -> Image.Image:
    """A fold of 0.4 mm through the middle of the code: level M makes up for it (ISO/IEC 18004, 7.5.1)."""
    folded = image.copy()
    middle = image.height // 2
    ImageDraw.Draw(folded).line((0, middle, image.width, middle + dpi // 20), fill=150, width=round(dpi * 0.4 / 25.4))
    return folded


def dark_and_noisy(image: Image.Image, dpi: int) -> Image.Image:
    return noisy(toned(image, dpi, black=20, white=75), dpi, deviation=4)


Way = Callable[[Image.Image, int], Image.Image]
WAYS: dict[str, Way] = {
    "as it is": lambda image, _: image,
    "out of focus": partial(blurred, millimetres=0.25),
    "well out of focus": partial(blurred, millimetres=0.35),
    "noisy": partial(noisy, deviation=20),
    "very noisy": partial(noisy, deviation=40),
    "dark": partial(toned, black=0, white=42),
    "pale": partial(toned, black=110, white=141),
    "overexposed": partial(toned, black=170, white=255),
    "in a shadow": shaded,
    "folded": creased,
    "dark and noisy": dark_and_noisy,
}


@pytest.mark.parametrize("dpi", DPI)
@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_read_at_every_angle(way: str, dpi: int) -> None:
    for number, angle in enumerate(ANGLES):
        page = number % 3 + 1
        picture = WAYS[way](seen(page, dpi, angle), dpi).convert("RGB")
        assert [code.text for code in read_codes(picture)] == [payload(page)], angle


@pytest.mark.parametrize(("angle", "turn"), [(0, None), (90, 270), (180, 180), (270, 90), (3, None), (87, 270)])
def test_the_angle_tells_how_to_turn_the_page(angle: int, turn: int | None) -> None:
    codes = read_codes(seen(1, 150, angle).convert("RGB"))
    transposed = turn_of(codes)
    if turn is None:
        assert transposed is None
    else:
        upright = seen(1, 150, angle).convert("RGB").transpose(transposed or Image.Transpose.FLIP_LEFT_RIGHT)
        (code,) = read_codes(upright)
        assert min(code.angle_degrees, 360 - code.angle_degrees) < 10


@pytest.mark.parametrize("angle", range(0, 360, 15))
def test_any_angle_is_rounded_to_the_nearest_quarter(angle: int) -> None:
    quarter = round(angle / 90) % 4
    wanted = {0: None, 1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
    assert turn_of((Code(payload(1), angle),)) is wanted[quarter]


def test_two_pages_that_lie_alike_turn_the_picture_together() -> None:
    assert turn_of((Code(payload(1), 88), Code(payload(2), 92))) is Image.Transpose.ROTATE_90
    assert turn_of((Code(payload(1), 88), Code(payload(2), 181))) is None


def test_codes_that_are_no_page_s_have_no_say() -> None:
    assert turn_of((Code("PARCEL", 180), Code(payload(1), 0))) is None
    assert turn_of((Code("PARCEL", 0), Code(payload(1), 180))) is Image.Transpose.ROTATE_180
    assert turn_of(()) is None


def test_a_code_seen_in_a_mirror_is_not_taken_for_another() -> None:
    mirrored = seen(1, 150, 0).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert {code.text for code in read_codes(mirrored.convert("RGB"))} <= {payload(1)}


def test_half_a_code_is_no_code() -> None:
    whole = seen(1, 200, 0)
    half = whole.crop((0, 0, whole.width // 2, whole.height)).convert("RGB")
    assert read_codes(half) == ()


@pytest.mark.parametrize("share", [0.02, 0.05])
def test_a_stain_on_a_code_makes_up_no_other(share: float) -> None:
    """What level M cannot correct is not read; it is never read as something else."""
    for seed in range(12):
        chance = random.Random(seed)  # noqa: S311 - stains
        stained = seen(2, 150, 0).copy()
        side = round(stained.width * share**0.5)
        left, upper = (chance.randrange(stained.width // 4, stained.width * 3 // 4 - side) for _ in range(2))
        ImageDraw.Draw(stained).ellipse((left, upper, left + side, upper + side), fill=chance.choice((0, 90, 255)))
        assert {code.text for code in read_codes(stained.convert("RGB"))} <= {payload(2)}
