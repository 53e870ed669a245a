"""An obviously invented identity document, photographed: a specimen of a state that does not exist."""

import math
from datetime import date
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from inkseal.documents.demo_photos.camera import shot_of, take
from inkseal.documents.demo_photos.mrz import Holder, latin, lines

#: A passport's data page (ISO/IEC 7810 ID-3, 125 x 88 mm) at 12 pixels a millimetre.
_SIZE: Final = (1_500, 1_056)
_CORNER: Final = 44
_INK: Final = (38, 44, 56)
_PALE: Final = (112, 124, 138)
_EXPIRES: Final = date(2031, 6, 30)
_LONG_SIDE: Final = 2_000
#: How much of the frame the card takes: people leave more room around a small thing.
_FILL: Final = (0.80, 0.87)
_LINE_TOPS: Final = (858, 936)


def identity_document(name: str, number: str, *, birthday: date, seed: int) -> bytes:
    """Return a JPEG of a specimen passport for `name` (given names first, then the surname), lying on a table."""
    *given, surname = latin(name).split() or ["SPECIMEN"]
    holder = Holder(surname, " ".join(given), number, birthday, _EXPIRES)
    card = _card(holder)
    return take(card, shot_of(card.size, long_side=_LONG_SIDE, seed=seed, fill=_FILL))


def _card(holder: Holder) -> Image.Image:
    card = Image.new("RGB", _SIZE, (222, 232, 240))
    draw = ImageDraw.Draw(card)
    _pattern(draw)
    draw.rectangle((0, 812, _SIZE[0], _SIZE[1]), fill=(240, 243, 246))
    _spaced(draw, (86, 64), "SPECIMEN PASSPORT", size=52, step=43)
    _portrait(draw)
    _fields(draw, holder)
    for top, line in zip(_LINE_TOPS, lines(holder), strict=True):
        _spaced(draw, (66, top), line, size=44, step=31)
    card.putalpha(_rounded())
    return _stamped(card)


def _pattern(draw: ImageDraw.ImageDraw) -> None:
    """Fine waves, as such papers have them."""
    for number in range(46):
        phase, colour = number / 5, ((204, 220, 232), (214, 224, 214), (228, 220, 232))[number % 3]
        wave = [
            (x, 22 * number + 34 * math.sin(x / 110 + phase) + 10 * math.sin(x / 31 - phase))
            for x in range(0, _SIZE[0] + 12, 12)
        ]
        draw.line(wave, fill=colour, width=3)


def _portrait(draw: ImageDraw.ImageDraw) -> None:
    """A head and shoulders without a face: nobody's picture."""
    draw.rectangle((86, 176, 456, 668), fill=(200, 210, 218))
    draw.ellipse((186, 264, 356, 470), fill=(128, 146, 164))
    draw.pieslice((112, 488, 430, 848), 180, 360, fill=(128, 146, 164))


def _fields(draw: ImageDraw.ImageDraw, holder: Holder) -> None:
    def field(at: tuple[int, int], label: str, value: str) -> None:
        draw.text(at, label, font=_font(30), fill=_PALE)
        draw.text((at[0], at[1] + 38), value, font=_font(46), fill=_INK, stroke_width=1)

    field((510, 176), "Name", f"{holder.surname} {holder.given}".strip())
    field((510, 306), "Passport no.", holder.number)
    field((510, 436), "Date of birth", _printed(holder.birthday))
    field((1080, 306), "Nationality", "UTOPIA")
    field((1080, 436), "Expires", _printed(holder.expires))
    field((510, 566), "Authority", "Ministry of Examples")


def _printed(day: date) -> str:
    return f"{day:%d %b %Y}".upper()


def _rounded() -> Image.Image:
    mask = Image.new("L", _SIZE)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, _SIZE[0] - 1, _SIZE[1] - 1), radius=_CORNER, fill=255)
    return mask


def _stamped(card: Image.Image) -> Image.Image:
    """Say across the card what it is."""
    word = Image.new("RGBA", (1_300, 300))
    ImageDraw.Draw(word).text((20, 30), "SPECIMEN", font=_font(220), fill=(186, 60, 52, 46))
    turned = word.rotate(18, expand=True, resample=Image.Resampling.BICUBIC)
    layer = Image.new("RGBA", card.size)
    layer.paste(turned, (230, 170))
    whole = Image.alpha_composite(card, layer)
    whole.putalpha(card.getchannel("A"))
    return whole


def _spaced(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, *, size: int, step: int) -> None:
    """Write with every letter in a cell of its own, `step` pixels wide."""
    for place, sign in enumerate(text):
        draw.text((at[0] + place * step + step / 2, at[1]), sign, font=_font(size), fill=_INK, anchor="ma")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    # The one that is inside Pillow: no path of this machine, the same letters everywhere.
    return ImageFont.load_default(size)
