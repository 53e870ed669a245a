"""The parent's side of the intake: cheap checks, then the child, then a check of what the child says."""

import hashlib
import re
import signal
from dataclasses import dataclass
from typing import Final

from inkseal.documents.intake.faults import PictureFault, PictureRefusedError
from inkseal.documents.intake.magic import decoder_for
from inkseal.documents.sandbox import Answer, ChildFailedError, ChildFault, run_in_child

#: Limits of documents.md, "Hostile files".
MAX_BYTES: Final = 10_000_000
MAX_PIXELS: Final = 60_000_000
MAX_SIDE_PIXELS: Final = 12_000
#: Of the picture that is kept: a page of A4 along its long side still has more than 200 dpi.
KEPT_SIDE_PIXELS: Final = 3_000
#: A page of A4 below this short side has fewer than 75 dpi: no code and no clause can be read.
MIN_PAGE_SIDE_PIXELS: Final = 600
#: What a page code may look like at all (documents.md: never more than 38 characters).
_CODE: Final = re.compile(r"[ -~]{1,64}")
_MAX_CODES: Final = 16
_FAULTS: Final = frozenset(fault.value for fault in PictureFault)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: a baseline JPEG in sRGB without any metadata, upright."""

    content: bytes
    #: Pixels of `content`.
    width: int
    height: int
    #: SHA-256 of `content` and of the bytes that were sent, in hexadecimal.
    sha256: str
    original_sha256: str
    #: Text of every QR code found in it.
    codes: tuple[str, ...]


def read_picture(data: bytes, *, min_side_pixels: int = MIN_PAGE_SIDE_PIXELS) -> Picture:
    """Turn what somebody sent into a picture that is safe to keep and show, or raise `PictureRefusedError`.

    `data`: a whole JPEG or PNG file, at most `MAX_BYTES`. `min_side_pixels`: what its short side must have.
    Takes about half a second for the 12 megapixels of a phone, never more than the sandbox's wall time.
    """
    if len(data) > MAX_BYTES:
        raise PictureRefusedError(PictureFault.TOO_MANY_BYTES)
    arguments = {
        "decoder": decoder_for(data).value,
        "min_side_pixels": min_side_pixels,
        "max_side_pixels": MAX_SIDE_PIXELS,
        "max_pixels": MAX_PIXELS,
        "kept_side_pixels": KEPT_SIDE_PIXELS,
    }
    try:
        answer = run_in_child("inkseal.documents.intake.decode:decode", data, arguments)
    except ChildFailedError as err:
        raise PictureRefusedError(_fault_of(err)) from err
    return _checked(answer, data)


def _fault_of(error: ChildFailedError) -> PictureFault:
    late = error.fault is ChildFault.TOO_SLOW or error.detail == signal.SIGXCPU.name
    return PictureFault.TOOK_TOO_LONG if late else PictureFault.NOT_DECODABLE_SAFELY


def _checked(answer: Answer, data: bytes) -> Picture:
    """Take nothing from the child that a taken-over one could have made harmful."""
    match answer.facts:
        case {"refused": str(fault)} if fault in _FAULTS:
            raise PictureRefusedError(PictureFault(fault))
        case {"width": int(width), "height": int(height), "codes": list(codes)} if _is_jpeg(answer.content):
            return Picture(
                content=answer.content,
                width=width,
                height=height,
                sha256=hashlib.sha256(answer.content).hexdigest(),
                original_sha256=hashlib.sha256(data).hexdigest(),
                codes=tuple(code for code in codes[:_MAX_CODES] if _is_code(code)),
            )
        case _:
            raise PictureRefusedError(PictureFault.NOT_DECODABLE_SAFELY)


def _is_jpeg(content: bytes) -> bool:
    # A JFIF file as our own encoder writes it; a browser that gets it with `nosniff` sees nothing else in it.
    return content.startswith(b"\xff\xd8\xff\xe0") and content.endswith(b"\xff\xd9") and len(content) <= MAX_BYTES


def _is_code(code: object) -> bool:
    return isinstance(code, str) and _CODE.fullmatch(code) is not None
