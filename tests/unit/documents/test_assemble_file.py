"""The signed file: what is in it, what it says of itself, and that it is the same bytes every time."""

import hashlib
import io
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pytest
from PIL import Image, ImageCms

from inkseal.documents.assemble import PageImageError, assemble_signed_file
from inkseal.documents.assemble.colour import srgb_profile
from inkseal.documents.assemble.jpeg import JpegHeader
from inkseal.documents.assemble.paper import content_for, page_size
from inkseal.documents.render import page_count
from tests.unit.documents.sheets import jpeg, png, print_pdf, sheet

CREATED = datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC)
TITLE = "Contract 100000001101100 <The Lantern Ferry> & 灯"


def assembled(*pages: bytes, created: datetime = CREATED, title: str = TITLE) -> bytes:
    return assemble_signed_file(
        pages or (jpeg(sheet()), jpeg(sheet("PAGE TWO"))),
        print_pdf(),
        title=title,
        language="en",
        created=created,
    )


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def image_of(page: pikepdf.Page) -> pikepdf.Object:
    return page.obj.Resources.XObject.Photograph


def test_the_pages_are_the_pictures_byte_for_byte_and_in_order() -> None:
    pictures = [jpeg(sheet(f"PAGE {number}")) for number in range(1, 6)]
    with opened(assembled(*pictures)) as pdf:
        assert [image_of(page).read_raw_bytes() for page in pdf.pages] == pictures
        assert {str(image_of(page).Filter) for page in pdf.pages} == {"/DCTDecode"}


def test_the_same_input_gives_the_same_bytes() -> None:
    assert assembled() == assembled()


def test_the_same_moment_in_another_zone_gives_the_same_bytes() -> None:
    singapore = CREATED.astimezone(timezone(timedelta(hours=8)))
    assert assembled(created=singapore) == assembled()


def test_another_title_moment_or_page_gives_another_file() -> None:
    files = {
        assembled(),
        assembled(title="Other"),
        assembled(created=CREATED + timedelta(seconds=1)),
        assembled(jpeg(sheet("OTHER"))),
    }
    assert len(files) == 4


def test_the_print_is_attached_as_the_source() -> None:
    with opened(assembled()) as pdf:
        (key, specification) = pdf.Root.Names.EmbeddedFiles.Names
        assert str(key) == "print.pdf"
        assert specification.EF.F.read_bytes() == print_pdf()
        assert specification.AFRelationship == pikepdf.Name.Source
        assert pdf.Root.AF[0].objgen == specification.objgen
        parameters = specification.EF.F.Params
        assert int(parameters.Size) == len(print_pdf())
        assert bytes(parameters.CheckSum) == hashlib.md5(print_pdf(), usedforsecurity=False).digest()
        assert str(parameters.ModDate) == "D:20261121093015Z"


def test_the_file_says_twice_and_alike_what_it_is() -> None:
    with opened(assembled()) as pdf:
        assert str(pdf.docinfo.Title) == TITLE
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20261121093015Z"
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "B"
            assert metadata["dc:title"] == TITLE
            assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == "2026-11-21T09:30:15Z"


def test_colours_are_defined_by_an_srgb_output_intent() -> None:
    with opened(assembled()) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == pikepdf.Name.GTS_PDFA1
        assert int(intent.DestOutputProfile.N) == 3
        assert intent.DestOutputProfile.read_bytes() == srgb_profile()


def test_the_profile_is_a_whole_srgb_profile_without_the_day_of_its_making() -> None:
    profile = srgb_profile()
    assert int.from_bytes(profile[:4]) == len(profile)
    assert profile[36:40] == b"acsp"
    assert profile[24:36] == bytes.fromhex("07ea 0001 0001 0000 0000 0000")
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))


def test_the_bytes_are_ready_for_a_signature() -> None:
    pdf = assembled()
    assert pdf.startswith(b"%PDF-1.7\n%")
    assert pdf.endswith(b"%%EOF\n")
    assert b"/Encrypt" not in pdf
    assert page_count(pdf) == 2


def test_grey_pictures_stay_grey() -> None:
    with opened(assembled(jpeg(sheet().convert("L")))) as pdf:
        assert image_of(pdf.pages[0]).ColorSpace == pikepdf.Name.DeviceGray


def test_a_picture_that_is_wider_than_high_gets_a_lying_page() -> None:
    lying = jpeg(sheet().rotate(90, expand=True))
    with opened(assembled(jpeg(sheet()), lying)) as pdf:
        boxes = [[round(float(side)) for side in page.mediabox] for page in pdf.pages]
        assert boxes == [[0, 0, 595, 842], [0, 0, 842, 595]]


@pytest.mark.parametrize("size", [(600, 800), (800, 600), (100, 3000), (3000, 100), (700, 700)])
def test_a_picture_fits_its_page_with_its_aspect_kept(size: tuple[int, int]) -> None:
    header = JpegHeader(*size, 3)
    width, height = page_size(header)
    words = content_for(header, name="Photograph").split()
    across, up, left, bottom = (float(words[place]) for place in (1, 4, 5, 6))
    assert across / up == pytest.approx(size[0] / size[1], rel=1e-3)
    assert min(left, bottom) == pytest.approx(0, abs=0.01)
    assert left * 2 + across == pytest.approx(width, abs=0.01)
    assert bottom * 2 + up == pytest.approx(height, abs=0.01)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        png(Image.new("RGB", (9, 9))),
        jpeg(Image.new("CMYK", (9, 9))),
        jpeg(Image.new("RGB", (9, 9)))[:40],
        b"\xff\xd8\xff\xe0\x00\x00" * 9,
        b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x00\x00\x09\x03\x01\x11\x00",
    ],
    ids=["nothing", "start only", "png", "four colours", "cut off", "segments without length", "no height"],
)
def test_what_cannot_go_in_as_it_is_is_named_by_its_page(content: bytes) -> None:
    with pytest.raises(PageImageError) as caught:
        assembled(jpeg(sheet()), content)
    assert caught.value.page == 2
