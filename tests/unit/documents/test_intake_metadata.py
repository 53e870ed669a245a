"""A-28: whatever a file says beside its pixels is gone from what is kept, kind by kind, and the pixels are right."""

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat, PngImagePlugin

from inkseal.documents.intake import decode
from inkseal.documents.intake.decode import QUALITY
from tests.unit.documents.sheets import jpeg, payload, png, sheet

SECRET = b"14 Example Walk"
LIMITS = {"min_side_pixels": 100, "max_side_pixels": 12_000, "max_pixels": 60_000_000, "kept_side_pixels": 3_000}
CORNERS = ((200, 20, 20), (20, 160, 20), (20, 20, 200), (220, 200, 20))
UNDO = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
#: What a baseline JFIF file consists of (ISO/IEC 10918-1, B.1.1.3): nothing here can carry a word.
HARMLESS_SEGMENTS = {0xE0: "APP0", 0xDB: "DQT", 0xC0: "SOF0", 0xC4: "DHT", 0xDA: "SOS"}


def kept(data: bytes) -> bytes:
    decoder = "PNG" if data.startswith(b"\x89") else "JPEG"
    answer = decode.decode(data, {"decoder": decoder, **LIMITS})
    assert "refused" not in answer.facts
    return answer.content


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@cache
def four_corners() -> Image.Image:
    """Red, green, blue and yellow from the upper left on, clockwise; higher than wide."""
    image = Image.new("RGB", (240, 400), "white")
    draw = ImageDraw.Draw(image)
    for colour, (x, y) in zip(CORNERS, ((0, 0), (120, 0), (120, 200), (0, 200)), strict=True):
        draw.rectangle((x, y, x + 119, y + 199), fill=colour)
    return image


def corners_of(image: Image.Image) -> list[int]:
    """Return which colour of `CORNERS` each corner has."""
    right, low = image.width - 9, image.height - 9
    seen = [image.convert("RGB").getpixel(at) for at in ((9, 9), (right, 9), (right, low), (9, low))]
    return [nearest_corner(colour) for colour in seen]


def nearest_corner(colour: object) -> int:
    assert isinstance(colour, tuple)
    distances = [sum(abs(one - other) for one, other in zip(colour, corner, strict=True)) for corner in CORNERS]
    return distances.index(min(distances))


def segments(file: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk over a JPEG's segments up to its scan."""
    at = 2
    while file[at + 1] != 0xDA:
        length = int.from_bytes(file[at + 2 : at + 4])
        yield file[at + 1], file[at + 4 : at + 2 + length]
        at += 2 + length
    yield 0xDA, b""


def with_segment(marker: int, content: bytes) -> bytes:
    file = jpeg(four_corners())
    return file[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content + file[2:]


def with_chunk(kind: bytes, content: bytes) -> bytes:
    file = png(four_corners())
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return file[:33] + chunk + file[33:]


@cache
def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def camera_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0132] = SECRET.decode(), "Example Phones", "2026:11:21 09:00:00"
    inner, place = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    inner[0x927C], inner[0xA420], inner[0xA431] = SECRET, "0123456789abcdef", SECRET.decode()
    place[1], place[2], place[3], place[4] = "N", (1.0, 17.0, 24.0), "E", (103.0, 51.0, 0.0)
    place[29] = "2026:11:21"
    return exif


def exif_with_thumbnail() -> bytes:
    """A second directory with a small JPEG, as cameras write it: it may show what was cut off from the large one."""
    small = jpeg(Image.new("RGB", (64, 64), "red"), comment=SECRET)
    first = struct.pack("<H", 0) + struct.pack("<I", 14)
    second = struct.pack("<HHHII", 2, 0x0201, 4, 1, 44) + struct.pack("<HHII", 0x0202, 4, 1, len(small))
    return b"Exif\x00\x00II*\x00" + struct.pack("<I", 8) + first + second + struct.pack("<I", 0) + small


def png_text() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    text.add_text("Author", SECRET.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode(), "en", "")
    return png(four_corners(), pnginfo=text, dpi=(300, 300), exif=camera_exif())


TOLD: dict[str, Callable[[], bytes]] = {
    "camera and place": lambda: jpeg(four_corners(), exif=camera_exif()),
    "a thumbnail": lambda: with_segment(0xE1, exif_with_thumbnail()),
    "a thumbnail in the first segment": lambda: with_segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\5\1" + SECRET),
    "an extension with a picture": lambda: with_segment(0xE0, b"JFXX\0\x10" + jpeg(Image.new("L", (8, 8)))),
    "xmp": lambda: jpeg(four_corners(), xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"),
    "extended xmp": lambda: with_segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + bytes(8) + SECRET),
    "photoshop and iptc": lambda: with_segment(
        0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">IBBBH", 20, 28, 2, 90, 15) + SECRET
    ),
    "a comment": lambda: jpeg(four_corners(), comment=SECRET),
    "many comments": lambda: with_segment(0xFE, SECRET * 4_000),
    "a colour profile": lambda: jpeg(four_corners(), icc_profile=srgb()),
    "a list of pictures": lambda: with_segment(0xE2, b"MPF\0" + SECRET),
    "flashpix": lambda: with_segment(0xE2, b"FPXR\0" + SECRET),
    "a sign of where it came from": lambda: with_segment(0xEB, b"JP\0\1jumb c2pa " + SECRET),
    "a sender's own segment": lambda: with_segment(0xEF, SECRET),
    "behind the end": lambda: jpeg(four_corners()) + SECRET,
    "a phone's film behind the end": lambda: jpeg(four_corners()) + b"\0\0\0\x18ftypmp42" + SECRET,
    "png texts of three kinds": png_text,
    "a png's time": lambda: with_chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 21, 9, 0, 0)),
    "a png's own chunk": lambda: with_chunk(b"prVt", SECRET),
    "a png's profile": lambda: png(four_corners(), icc_profile=srgb()),
    "behind a png's end": lambda: png(four_corners()) + SECRET,
}


# Pillow warns of a list of pictures that names none; in the child nobody listens.
@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
@pytest.mark.parametrize("name", TOLD)
def test_nothing_is_kept_but_pixels(name: str) -> None:
    content = kept(TOLD[name]())
    found = list(segments(content))
    assert {marker for marker, _ in found} == set(HARMLESS_SEGMENTS)
    assert [text for marker, text in found if marker == 0xE0] == [b"JFIF\0\1\1\0\0\1\0\1\0\0"]
    assert SECRET not in content
    assert content.find(b"\xff\xd9") == len(content) - 2
    assert corners_of(shown(content)) == [0, 1, 2, 3]


def test_the_secrets_were_there_before() -> None:
    """Where the words are not packed, so that the test above can fail."""
    carriers = [name for name, make in TOLD.items() if SECRET in make()]
    assert len(carriers) >= len(TOLD) - 6


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("save", [jpeg, png])
def test_each_corner_ends_where_it_was_seen(orientation: int, save: Callable[..., bytes]) -> None:
    undo = UNDO[orientation]
    stored = four_corners() if undo is None else four_corners().transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = shown(kept(save(stored, exif=exif)))
    assert picture.size == four_corners().size
    assert corners_of(picture) == [0, 1, 2, 3]


@pytest.mark.parametrize("orientation", [0, 9, 255, 65_535])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert corners_of(shown(kept(jpeg(four_corners(), exif=exif)))) == [0, 1, 2, 3]


def test_the_page_code_outranks_a_camera_that_lay_flat() -> None:
    """A phone held over a table often guesses its orientation wrong; the code on the paper cannot."""
    exif = Image.Exif()
    exif[0x0112] = 6
    answer = decode.decode(jpeg(sheet(payload(1)), exif=exif), {"decoder": "JPEG", **LIMITS})
    assert answer.facts["codes"] == [payload(1)]
    assert shown(answer.content).size == (827, 1169)
    assert shown(answer.content).getpixel((400, 8))[0] > 150  # type: ignore[index]  # an RGB pixel is a tuple


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_grey_of_any_depth_has_its_full_range(depth: int) -> None:
    """ISO/IEC 15948, 13.12: the highest sample value of any depth is white."""
    line = "0" * (128 * depth) + "1" * (128 * depth)
    packed = int(line, 2).to_bytes(len(line) // 8)
    head = struct.pack(">IIBBBBB", 256, 256, depth, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + packed) * 256)
    file = png(Image.new("L", (1, 1)))[:8]
    for kind, body in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")):
        file += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    picture = shown(kept(file))
    assert picture.getpixel((20, 100)) == (0, 0, 0)
    assert picture.getpixel((230, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"subsampling": 0}, {"subsampling": 2}, {"optimize": True}, {"quality": 100}]
)
def test_every_honest_way_to_write_a_jpeg_gives_the_same_picture(options: dict[str, object]) -> None:
    difference = ImageChops.difference(shown(kept(jpeg(four_corners(), **options))), four_corners())
    assert max(ImageStat.Stat(difference).mean) < 3


def test_what_is_kept_is_a_baseline_file_of_the_named_quality() -> None:
    reference = io.BytesIO()
    Image.new("RGB", (8, 8)).save(reference, "JPEG", quality=QUALITY)
    picture = shown(kept(jpeg(four_corners(), quality=40, progressive=True)))
    assert picture.quantization == shown(reference.getvalue()).quantization  # type: ignore[attr-defined]  # of a JPEG
    assert "progressive" not in picture.info


def test_letters_survive_being_kept() -> None:
    """A page's own text differs little from what was sent: the comparison of pages relies on it."""
    page = sheet(payload(1))
    difference = ImageChops.difference(shown(kept(png(page))), page).convert("L")
    assert ImageStat.Stat(difference).rms[0] < 6


def test_the_same_file_gives_the_same_bytes() -> None:
    data = jpeg(sheet(payload(1)))
    assert kept(data) == kept(data)


def test_two_files_with_the_same_pixels_give_the_same_bytes() -> None:
    told, silent = png(four_corners(), exif=camera_exif(), icc_profile=None), png(four_corners())
    assert told != silent
    assert kept(told) == kept(silent)


def test_noise_of_the_largest_kept_size_still_fits() -> None:
    """A picture that no encoder can make small is kept all the same: 9 megapixels of it stay below 10 MB."""
    noise = Image.frombytes("RGB", (1_000, 1_000), random.Random(5).randbytes(3_000_000))  # noqa: S311 - noise
    assert 500_000 < len(kept(jpeg(noise, quality=95))) < 10_000_000 / 9
