"""Which decoder may see a file: decided by its first bytes alone, never by its name or declared type.

The magic must stand at byte 0. A file that is a picture only further in (an HTML page with a JPEG behind it)
is not a picture, because another program might read its beginning.
"""

from enum import StrEnum, unique
from typing import Final

from inkseal.documents.intake.faults import PictureFault, PictureRefusedError


@unique
class Decoder(StrEnum):
    """The formats that are decoded, by the names Pillow gives them."""

    #: ISO/IEC 10918-1: start of image, then a marker.
    JPEG = "JPEG"
    #: ISO/IEC 15948, 5.2: the signature.
    PNG = "PNG"


_DECODERS: Final = ((b"\xff\xd8\xff", Decoder.JPEG), (b"\x89PNG\r\n\x1a\n", Decoder.PNG))
_REFUSED: Final = (
    (b"%PDF", PictureFault.IS_PDF),
    (b"GIF8", PictureFault.OTHER_PICTURE_FORMAT),
    (b"BM", PictureFault.OTHER_PICTURE_FORMAT),
    (b"II*\x00", PictureFault.OTHER_PICTURE_FORMAT),
    (b"MM\x00*", PictureFault.OTHER_PICTURE_FORMAT),
    (b"\x00\x00\x00\x0cjP  ", PictureFault.OTHER_PICTURE_FORMAT),
    (b"\x00\x00\x00\x0cJXL ", PictureFault.OTHER_PICTURE_FORMAT),
    (b"\xff\x0a", PictureFault.OTHER_PICTURE_FORMAT),
    (b"PK\x03\x04", PictureFault.IS_ARCHIVE),
    (b"\x1f\x8b", PictureFault.IS_ARCHIVE),
    (b"Rar!", PictureFault.IS_ARCHIVE),
    (b"7z\xbc\xaf", PictureFault.IS_ARCHIVE),
)
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
#: How far an XML prologue may push the root element of an SVG.
_SVG_SEARCH_BYTES: Final = 1024


def decoder_for(data: bytes) -> Decoder:
    """Return the decoder for `data`, or raise `PictureRefusedError` with what it is instead."""
    for magic, decoder in _DECODERS:
        if data.startswith(magic):
            return decoder
    raise PictureRefusedError(_fault_of(data))


def _fault_of(data: bytes) -> PictureFault:
    if not data:
        return PictureFault.EMPTY
    for magic, fault in _REFUSED:
        if data.startswith(magic):
            return fault
    if data[4:8] == b"ftyp":
        heif = data[8:12] in _HEIF_BRANDS
        return PictureFault.IS_HEIC if heif else PictureFault.OTHER_PICTURE_FORMAT
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    if webp or b"<svg" in data[:_SVG_SEARCH_BYTES].lower():
        return PictureFault.OTHER_PICTURE_FORMAT
    return PictureFault.NOT_A_PICTURE
