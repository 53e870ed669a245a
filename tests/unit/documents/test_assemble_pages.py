"""The signed file as a reader shows it and an archive keeps it: pages, aspect, text about itself, bytes."""

import hashlib
import io
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from inkseal.documents.assemble import NoPagesError, PageImageError, assemble_signed_file
from inkseal.documents.assemble.jpeg import JpegHeader, read_header
from inkseal.documents.assemble.metadata import pdf_date, xmp_packet
from inkseal.documents.assemble.paper import content_for, page_size
from inkseal.documents.render import page_count, page_image
from tests.unit.documents.sheets import jpeg, png, print_pdf, sheet

CREATED = datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC)
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
COLOURS = ((200, 30, 30), (30, 150, 30), (30, 30, 200), (230, 200, 30), (20, 20, 20))
NASTY = (
    "<b>&amp;</b> ]]> <?xml?> <!-- -->",
    "</rdf:li></rdf:Alt></dc:title><dc:rights>mine</dc:rights>",
    "{title} {0} {created.__class__} %s %(title)s",
    "Vertrag Nr. 7 “Die Fähre” — 灯船 渡",
    "ليلى الحداد",
    "(parentheses\\) \\( and ) endobj stream >> <<",
    "&#0;&lt;\"quoted\" 'single'",
    " spaces  inside and around ",
    "\U00020bb7 \U0001f4dc",
)


@cache
def coloured(number: int, size: tuple[int, int] = (210, 297)) -> bytes:
    return jpeg(Image.new("RGB", size, COLOURS[number % len(COLOURS)]), quality=90)


def assembled(*pages: bytes, title: str = "Contract 100000001101100", created: datetime = CREATED) -> bytes:
    return assemble_signed_file(pages or (coloured(0),), print_pdf(), title=title, language="en", created=created)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def xmp_title(pdf: bytes) -> str:
    with opened(pdf) as document:
        tree = ET.fromstring(document.Root.Metadata.read_bytes())  # noqa: S314 - our own packet
    found = [item.text or "" for item in tree.iterfind(f".//{DC}title/{RDF}Alt/{RDF}li")]
    assert len(found) == 1
    return found[0]


def info_title(pdf: bytes) -> str:
    with opened(pdf) as document:
        return str(document.docinfo.Title)


def test_each_page_shows_its_picture_in_the_given_order() -> None:
    order = [3, 0, 4, 2, 1, 0]
    pdf = assembled(*(coloured(number) for number in order))
    shown = [page_image(pdf, page, dpi=30).getpixel((120, 170)) for page in range(1, len(order) + 1)]
    for colour, number in zip(shown, order, strict=True):
        assert isinstance(colour, tuple)
        assert max(abs(a - b) for a, b in zip(colour, COLOURS[number], strict=True)) < 12


@pytest.mark.parametrize("size", [(600, 800), (800, 600), (400, 1200), (1200, 400), (700, 700), (595, 842)])
def test_a_circle_stays_round_and_whole(size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, "white")
    radius, middle = min(size) // 3, (size[0] // 2, size[1] // 2)
    box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
    ImageDraw.Draw(picture).ellipse(box, fill="black")
    page = page_image(assembled(jpeg(picture, quality=95)), 1, dpi=72).convert("L")
    ink = page.point(lambda value: 255 * (value < 128)).getbbox()
    assert ink is not None
    width, height = ink[2] - ink[0], ink[3] - ink[1]
    assert width == pytest.approx(height, abs=3)
    assert (ink[0] + ink[2]) / 2 == pytest.approx(page.width / 2, abs=2)
    assert (ink[1] + ink[3]) / 2 == pytest.approx(page.height / 2, abs=2)
    assert (page.width > page.height) == (size[0] > size[1])


def test_a_picture_stands_as_it_was_sent_not_upside_down() -> None:
    page = page_image(assembled(jpeg(sheet())), 1, dpi=50)
    top, bottom = page.getpixel((200, 5)), page.getpixel((200, page.height - 5))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > top[1]
    assert min(bottom) > 200


@given(width=st.integers(1, 12_000), height=st.integers(1, 12_000))
def test_any_picture_fills_its_page_and_stays_on_it(width: int, height: int) -> None:
    header = JpegHeader(width, height, 3)
    page_width, page_height = page_size(header)
    words = content_for(header, name="Photograph").split()
    across, up, left, bottom = (float(words[place]) for place in (1, 4, 5, 6))
    assert min(left, bottom) >= -0.001
    assert left + across <= page_width + 0.002
    assert bottom + up <= page_height + 0.002
    assert across == pytest.approx(page_width, abs=0.01) or up == pytest.approx(page_height, abs=0.01)


@pytest.mark.parametrize("title", NASTY)
def test_a_title_is_said_literally_twice(title: str) -> None:
    pdf = assembled(title=title)
    assert xmp_title(pdf) == info_title(pdf) == title


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_title_leaves_the_metadata_whole_and_alike(title: str) -> None:
    """ISO 19005-2, 6.6.4: the two may not differ; XML 1.0, 2.2: not every character may stand in the packet."""
    pdf = assembled(title=title)
    assert xmp_title(pdf) == info_title(pdf)


def test_control_characters_are_not_carried_into_the_file() -> None:
    assert info_title(assembled(title="Contract\0 7\x1b[2J\ufffe\x0b")) == "Contract 7[2J "


def test_the_packet_is_one_whole_utf_8_packet() -> None:
    """ISO 16684-1, 7.3.2: the header names the encoding by its byte order mark, the trailer ends the packet."""
    packet = xmp_packet(title="灯", language="zh-Hans", created=CREATED)
    assert packet.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode())
    assert packet.rstrip().endswith(b'<?xpacket end="r"?>')
    tree = ET.fromstring(packet)  # noqa: S314 - our own packet
    assert [item.text for item in tree.iterfind(f".//{DC}language/{RDF}Bag/{RDF}li")] == ["zh-Hans"]


@pytest.mark.parametrize("hours", [-11, -5, 0, 8, 13])
def test_moments_are_written_in_utc(hours: int) -> None:
    local = CREATED.astimezone(timezone(timedelta(hours=hours)))
    assert pdf_date(local) == "D:20261121093015Z"
    assert b"2026-11-21T09:30:15Z" in xmp_packet(title="", language="en", created=local)


def test_a_fraction_of_a_second_changes_nothing() -> None:
    assert assembled(created=CREATED.replace(microsecond=999_999)) == assembled()


@pytest.mark.parametrize("pages", [0, 1, 3, 11])
def test_the_attachment_is_the_print_byte_for_byte(pages: int) -> None:
    source = print_pdf(pages) if pages else b"%PDF-1.7\nnot even whole, and none of our business"
    pdf = assemble_signed_file([coloured(0)], source, title="T", language="en", created=CREATED)
    with opened(pdf) as document:
        attachment = document.attachments["print.pdf"].get_file()
        assert attachment.read_bytes() == source
        assert attachment.mime_type == "application/pdf"
        assert attachment.md5 == hashlib.md5(source, usedforsecurity=False).digest()
        assert [str(item.AFRelationship) for item in document.Root.AF] == ["/Source"]
        assert len(document.Root.AF) == len(document.attachments) == 1


def test_nothing_in_the_file_acts_or_hides() -> None:
    pdf = assembled(*(coloured(number) for number in range(4)))
    for word in (
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/OpenAction",
        b"/AA",
        b"/XFA",
        b"/Encrypt",
        b"/OCGs",
        b"/ObjStm",
    ):
        assert word not in pdf
    with opened(pdf) as document:
        assert document.check_pdf_syntax() == []
        assert "/Annots" not in document.pages[0].obj
        assert "/AcroForm" not in document.Root


def test_the_identifier_depends_on_the_content_alone() -> None:
    """ISO 32000-1, 14.4: two equal parts, as the file was never changed since it was made."""
    ids = []
    for title in ("one", "one", "two"):
        (found,) = re.findall(rb"/ID \[\s*<([0-9a-f]{32})>\s*<([0-9a-f]{32})>\s*\]", assembled(title=title))
        assert found[0] == found[1]
        ids.append(found[0])
    assert ids[0] == ids[1] != ids[2]


def test_another_process_with_other_settings_makes_the_same_bytes() -> None:
    code = (
        "import hashlib\n"
        "from tests.unit.documents.test_assemble_pages import assembled, coloured\n"
        "print(hashlib.sha256(assembled(coloured(0), coloured(1))).hexdigest())"
    )
    environment = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd="."
    )
    assert done.stdout.strip() == hashlib.sha256(assembled(coloured(0), coloured(1))).hexdigest()


@pytest.mark.parametrize("lost", [2, 20, 100, 150])
def test_a_jpeg_cut_off_in_its_headers_is_named(lost: int) -> None:
    with pytest.raises(PageImageError) as caught:
        assembled(coloured(0), coloured(1), coloured(2)[:lost])
    assert caught.value.page == 3


@pytest.mark.parametrize(
    "content",
    [
        png(Image.new("RGB", (30, 40))),
        jpeg(Image.new("CMYK", (30, 40))),
        b"GIF89a" + bytes(100),
        b"%PDF-1.7",
        coloured(0)[1:],
        b"\n" + coloured(0),
        coloured(0).replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc0\x00\x11\x0c"),
        coloured(0).replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc3\x00\x11\x08"),
        coloured(0).replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc9\x00\x11\x08"),
    ],
    ids=["png", "cmyk", "gif", "pdf", "shifted", "line before", "twelve bits", "lossless", "arithmetic"],
)
def test_what_a_reader_could_not_show_is_refused_by_its_page(content: bytes) -> None:
    with pytest.raises(PageImageError) as caught:
        assembled(content)
    assert caught.value.page == 1
    assert str(caught.value) == "1"


@given(st.binary(max_size=200))
def test_any_bytes_have_a_header_or_are_refused(content: bytes) -> None:
    for start in (b"", b"\xff\xd8", b"\xff\xd8\xff\xc0\x00\x0b\x08"):
        try:
            header = read_header(start + content, 1)
        except PageImageError:
            continue
        assert header.width > 0 < header.height
        assert header.components in {1, 3}


def test_a_progressive_picture_goes_in_as_it_is() -> None:
    page = jpeg(sheet(), progressive=True)
    with opened(assembled(page)) as document:
        assert document.pages[0].obj.Resources.XObject.Photograph.read_raw_bytes() == page


def test_a_file_without_any_page_is_not_made() -> None:
    with pytest.raises(NoPagesError):
        assemble_signed_file([], print_pdf(), title="T", language="en", created=CREATED)


def test_ninety_nine_pages_cost_little_more_than_their_pictures() -> None:
    pages = [jpeg(sheet(size=(600, 850)), comment=f"{number}".encode()) for number in range(99)]
    start = time.perf_counter()
    pdf = assembled(*pages)
    assert time.perf_counter() - start < 5
    assert page_count(pdf) == 99
    assert len(pdf) - sum(map(len, pages)) - len(print_pdf()) < 1_000 * 99 + 10_000
    with opened(pdf) as document:
        assert [page.obj.Resources.XObject.Photograph.read_raw_bytes() for page in document.pages] == pages
