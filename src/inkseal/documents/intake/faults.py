"""Why a picture is refused. The sentence for its sender is made at the face, one per member."""

from enum import StrEnum, unique

from inkseal.core.errors import PermanentError


@unique
class PictureFault(StrEnum):
    """What is wrong with the bytes that were sent as a picture."""

    #: No bytes at all.
    EMPTY = "empty"
    #: More than 10 MB.
    TOO_MANY_BYTES = "too_many_bytes"
    #: A PDF, whatever its name says.
    IS_PDF = "is_pdf"
    #: An iPhone's HEIC or HEIF: its browser or its settings can turn it into a JPEG.
    IS_HEIC = "is_heic"
    #: Another picture format: GIF, WebP, BMP, TIFF, AVIF, JPEG 2000, JPEG XL, SVG.
    OTHER_PICTURE_FORMAT = "other_picture_format"
    #: A packed folder.
    IS_ARCHIVE = "is_archive"
    #: Not a picture of any kind that we know.
    NOT_A_PICTURE = "not_a_picture"
    #: More pixels in all or along one side than we decode.
    TOO_MANY_PIXELS = "too_many_pixels"
    #: Too few pixels for a person to read the page.
    TOO_SMALL = "too_small"
    #: A moving picture: which of its frames would be meant?
    ANIMATED = "animated"
    #: The file begins well but ends too early or does not decode.
    DAMAGED = "damaged"
    #: Decoding took longer than we wait: built for that, or our machine is busy. A smaller picture may pass.
    TOOK_TOO_LONG = "took_too_long"
    #: Decoding took too much memory or brought the decoder down.
    NOT_DECODABLE_SAFELY = "not_decodable_safely"


class PictureRefusedError(PermanentError):
    """The bytes are not accepted as a picture."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
