"""Make a decoded picture smaller without a second copy of its full size: a child has little memory."""

from typing import Final

from PIL import Image, ImageOps

from inkseal.documents.intake.colour import eight_bits

#: Rows of the smaller picture that are made at once.
_STRIP_ROWS: Final = 256


def at_most(image: Image.Image, side: int) -> Image.Image:
    """Return `image` with eight bits a channel and at most `side` pixels long, its aspect kept."""
    factor = max(image.size) // side
    small = _reduced(image, factor) if factor > 1 else _mixable(image)
    if max(small.size) <= side:
        return small
    return ImageOps.contain(small, (side, side), Image.Resampling.LANCZOS)


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Return the means of squares of `factor` pixels, strip by strip."""
    width, height = image.size
    first = _mixable(image.crop((0, 0, 1, 1)))
    small = Image.new(first.mode, (-(-width // factor), -(-height // factor)))
    step = _STRIP_ROWS * factor
    for top in range(0, height, step):
        strip = _mixable(image.crop((0, top, width, min(top + step, height))))
        small.paste(strip.reduce(factor), (0, top // factor))
    return small


def _mixable(image: Image.Image) -> Image.Image:
    """Give palettes, bits and transparent colours channels: the mean of two palette indices is a third colour."""
    image = eight_bits(image)
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image
