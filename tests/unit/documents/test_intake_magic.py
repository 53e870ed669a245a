"""The first bytes alone decide which decoder may see a file."""

import pytest

from inkseal.documents.intake import MAX_BYTES, PictureFault, PictureRefusedError, read_picture
from inkseal.documents.intake.magic import Decoder, decoder_for


def fault_of(data: bytes) -> PictureFault:
    with pytest.raises(PictureRefusedError) as caught:
        decoder_for(data)
    return caught.value.fault


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PictureFault.EMPTY),
        (b"%PDF-1.7\n", PictureFault.IS_PDF),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", PictureFault.IS_HEIC),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00", PictureFault.IS_HEIC),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", PictureFault.OTHER_PICTURE_FORMAT),
        (b"GIF89a", PictureFault.OTHER_PICTURE_FORMAT),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", PictureFault.OTHER_PICTURE_FORMAT),
        (b"BM\x36\x00", PictureFault.OTHER_PICTURE_FORMAT),
        (b"II*\x00\x08\x00", PictureFault.OTHER_PICTURE_FORMAT),
        (b"MM\x00*\x00\x08", PictureFault.OTHER_PICTURE_FORMAT),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureFault.OTHER_PICTURE_FORMAT),
        (b"<?xml version='1.0'?>\n<!-- a -->\n<SVG>", PictureFault.OTHER_PICTURE_FORMAT),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n", PictureFault.OTHER_PICTURE_FORMAT),
        (b"\xff\x0a\x00", PictureFault.OTHER_PICTURE_FORMAT),
        (b"PK\x03\x04", PictureFault.IS_ARCHIVE),
        (b"\x1f\x8b\x08", PictureFault.IS_ARCHIVE),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", PictureFault.NOT_A_PICTURE),
        (b"<html><script>alert(1)</script>", PictureFault.NOT_A_PICTURE),
        (b"\x7fELF", PictureFault.NOT_A_PICTURE),
        (b"\x00" * 64, PictureFault.NOT_A_PICTURE),
        (b"\xff\xd8", PictureFault.NOT_A_PICTURE),
        (b" \xff\xd8\xff\xe0", PictureFault.NOT_A_PICTURE),
        (b"<html>\xff\xd8\xff\xe0", PictureFault.NOT_A_PICTURE),
    ],
)
def test_what_is_no_jpeg_or_png_at_its_first_byte_is_refused_by_name(data: bytes, fault: PictureFault) -> None:
    assert fault_of(data) is fault


def test_jpeg_and_png_have_their_decoders() -> None:
    assert decoder_for(b"\xff\xd8\xff\xe1") is Decoder.JPEG
    assert decoder_for(b"\x89PNG\r\n\x1a\n") is Decoder.PNG


def test_too_many_bytes_are_refused_before_anything_else() -> None:
    with pytest.raises(PictureRefusedError) as caught:
        read_picture(b"%PDF" + bytes(MAX_BYTES))
    assert caught.value.fault is PictureFault.TOO_MANY_BYTES


def test_a_refusal_says_no_more_than_its_fault() -> None:
    assert str(PictureRefusedError(PictureFault.IS_PDF)) == "is_pdf"
