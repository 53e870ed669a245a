"""The child's side of the intake: decode, make upright, clean, read the codes, encode again.

Runs only in a sandboxed child (`documents.sandbox`). Nothing here may import late: no file can be opened.
"""

import io
from collections.abc import Mapping
from typing import Final

import PIL.MpoImagePlugin  # noqa: F401 - loaded for phones that add a second picture to their JPEGs
import PIL.TiffImagePlugin  # noqa: F401 - loaded for EXIF, which is a TIFF inside
from PIL import Image, ImageFile

from inkseal.documents.intake.codes import read_codes, turn_of
from inkseal.documents.intake.colour import to_srgb
from inkseal.documents.intake.faults import PictureFault, PictureRefusedError
from inkseal.documents.intake.size import at_most
from inkseal.documents.sandbox import Answer

#: JPEG quality of what is kept: letters of 8 pt stay free of visible artefacts at 200 dpi.
QUALITY: Final = 88
_ORIENTATION_TAG: Final = 0x0112
#: EXIF 2.32, 4.6.4 A, Orientation: how to turn the stored rows to see the picture as it was taken.
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def prepare() -> None:
    """Load what Pillow would load late, and set its own limits aside."""
    Image.preinit()
    # Our own limits are checked before decoding; Pillow's warning would come as an error of another name.
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    sample = io.BytesIO()
    Image.new("RGB", (8, 8)).save(sample, "JPEG")
    Image.open(sample).load()


def decode(data: bytes, arguments: Mapping[str, object]) -> Answer:
    """Return the cleaned JPEG with width, height and codes, or `{"refused": PictureFault}`."""
    limits = {name: value for name, value in arguments.items() if isinstance(value, int)}
    try:
        with _open(data, str(arguments["decoder"])) as image:
            _check_size(image, limits)
            picture = _decoded(image, limits["kept_side_pixels"])
    except PictureRefusedError as err:
        return Answer({"refused": err.fault.value})
    codes = read_codes(picture)
    turn = turn_of(codes)
    if turn is not None:
        picture = picture.transpose(turn)
    facts = {"width": picture.width, "height": picture.height, "codes": [code.text for code in codes]}
    return Answer(facts, _encoded(picture))


def _open(data: bytes, decoder: str) -> Image.Image:
    """Read the header only."""
    try:
        return Image.open(io.BytesIO(data), formats=[decoder])
    except MemoryError:
        # Not the file's damage: the child fails, and its parent says so.
        raise
    except Exception as err:
        # Pillow's header parsers raise half a dozen types on broken files; none of them says more.
        raise PictureRefusedError(PictureFault.DAMAGED) from err


def _check_size(image: Image.Image, limits: Mapping[str, int]) -> None:
    width, height = image.size
    if max(width, height) > limits["max_side_pixels"] or width * height > limits["max_pixels"]:
        raise PictureRefusedError(PictureFault.TOO_MANY_PIXELS)
    if min(width, height) < limits["min_side_pixels"]:
        raise PictureRefusedError(PictureFault.TOO_SMALL)
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise PictureRefusedError(PictureFault.ANIMATED)


def _decoded(image: Image.Image, kept_side: int) -> Image.Image:
    """Return the picture upright, in sRGB, at most `kept_side` pixels long."""
    # A JPEG of 60 megapixels is decoded at a half or a quarter where that is enough: less memory and time.
    image.draft(None, (kept_side, kept_side))
    try:
        image.load()
    except MemoryError:
        raise
    except Exception as err:
        raise PictureRefusedError(PictureFault.DAMAGED) from err
    orientation = _orientation(image)
    profile = image.info.get("icc_profile")
    clean = to_srgb(at_most(image, kept_side), profile)
    return clean.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else clean


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001 - a broken EXIF block is dropped like a whole one; the picture itself is fine
        return 1


def _encoded(picture: Image.Image) -> bytes:
    # Pillow would write a JPEG's comment again, and whatever its next version keeps.
    picture.info.clear()
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
