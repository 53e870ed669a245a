"""From whatever colours a file has to sRGB with eight bits and no transparency."""

import io
from typing import Final

from PIL import Image, ImageCms

_SRGB: Final = ImageCms.createProfile("sRGB")
#: Sixteen bits to eight: Pillow's own conversion clips instead of scaling.
_SIXTEEN_BIT_MODES: Final = frozenset({"I", "I;16", "I;16L", "I;16B"})


def eight_bits(image: Image.Image) -> Image.Image:
    """Return `image` with eight bits a channel."""
    if image.mode not in _SIXTEEN_BIT_MODES:
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Return `image` as RGB on white. `profile`: the bytes of its ICC profile, if it has one."""
    flat = _on_white(image)
    if isinstance(profile, bytes):
        return _from_profile(flat, profile)
    return flat.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image if image.mode in {"RGB", "CMYK", "L"} else image.convert("RGB")
    colours = image.convert("RGBA")
    page = Image.new("RGB", image.size, "white")
    page.paste(colours, mask=colours.getchannel("A"))
    return page


def _from_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert by the file's own profile (phones take pictures in Display P3); a broken profile is ignored."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        converted = None
    return image.convert("RGB") if converted is None else converted
