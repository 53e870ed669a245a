"""A-24, A-25, A-28: hostile and broken pictures are refused for their reason or cleaned, and nothing else suffers."""

import io
import random
import resource
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from inkseal.documents.intake import Picture, PictureFault, PictureRefusedError, picture, read_picture
from inkseal.documents.sandbox import Answer, ChildFailedError, ChildFault, Limits, run_in_child
from tests.unit.documents.sheets import jpeg, payload, png, print_pdf, sheet

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8"
WALL_SECONDS = 5.0
NOISE = random.Random(3).randbytes(100_000)  # noqa: S311 - noise, not a secret


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return PNG_SIGNATURE + chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IEND", b"")


def zeros(size_bytes: int) -> bytes:
    """`size_bytes` of zeros, packed about 1,000 to 1."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size_bytes >> 20)) + packer.flush()


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def after_start(file: bytes, inserted: bytes) -> bytes:
    return JPEG_START + inserted + file[2:]


def cut(file: bytes, share: float) -> bytes:
    return file[: int(len(file) * share)]


def exif_loop() -> bytes:
    """An EXIF block whose directory names itself as the next one, and a sub-directory that is its parent."""
    tiff = b"II*\x00" + struct.pack("<I", 8)
    entries = struct.pack("<H", 2) + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    return segment(0xE1, b"Exif\x00\x00" + tiff + entries + struct.pack("<I", 8))


def scan_bomb() -> bytes:
    """A progressive JPEG with thousands of empty scans, each of which makes a decoder go over all its blocks."""
    file = jpeg(Image.new("L", (6_000, 6_000)), progressive=True, quality=30)
    start = file.rfind(b"\xff\xda")
    return file[:start] + file[start:-2] * 6_000 + b"\xff\xd9"


def animated_png() -> bytes:
    file = io.BytesIO()
    pages = [Image.new("RGB", (700, 700), colour) for colour in ("red", "blue")]
    pages[0].save(file, "PNG", save_all=True, append_images=pages[1:])
    return file.getvalue()


def flipped_in_the_middle(file: bytes) -> bytes:
    middle = len(file) // 2
    return file[:middle] + bytes(byte ^ 0xFF for byte in file[middle : middle + 64]) + file[middle + 64 :]


#: Each file is made when its test runs; its fault is the one reason that helps its sender, or one of several.
REFUSED: dict[str, tuple[Callable[[], bytes], set[PictureFault]]] = {
    "a png that says 60,000 by 60,000": (
        lambda: png_of(60_000, 60_000, chunk(b"IDAT", zeros(1 << 20))),
        {PictureFault.TOO_MANY_PIXELS},
    ),
    "a png one pixel too wide": (
        lambda: png_of(12_001, 700, chunk(b"IDAT", zeros(1 << 20))),
        {PictureFault.TOO_MANY_PIXELS},
    ),
    "a png with too many pixels in all": (
        lambda: png_of(9_000, 9_000, chunk(b"IDAT", zeros(1 << 20))),
        {PictureFault.TOO_MANY_PIXELS},
    ),
    "a jpeg that says 65,500 by 65,500": (
        lambda: jpeg(sheet()).replace(struct.pack(">HH", 1_169, 827), struct.pack(">HH", 65_500, 65_500)),
        {PictureFault.TOO_MANY_PIXELS},
    ),
    "a png of no width": (
        lambda: png_of(0, 700, chunk(b"IDAT", zeros(1 << 20))),
        {PictureFault.DAMAGED, PictureFault.TOO_SMALL},
    ),
    "a png without pixels": (lambda: png_of(700, 700), {PictureFault.DAMAGED}),
    "a png with too few pixels": (
        lambda: png_of(700, 700, chunk(b"IDAT", zlib.compress(bytes(1_000)))),
        {PictureFault.DAMAGED},
    ),
    "a png with a text that unpacks to 256 MB": (
        lambda: png_of(700, 700, chunk(b"zTXt", b"Comment\x00\x00" + zeros(256 << 20)), chunk(b"IDAT", zeros(2 << 20))),
        {PictureFault.DAMAGED, PictureFault.NOT_DECODABLE_SAFELY},
    ),
    "a png with a profile that unpacks to 256 MB": (
        lambda: png_of(700, 700, chunk(b"iCCP", b"x\x00\x00" + zeros(256 << 20)), chunk(b"IDAT", b"")),
        {PictureFault.DAMAGED, PictureFault.NOT_DECODABLE_SAFELY},
    ),
    "a png with a chunk longer than itself": (
        lambda: PNG_SIGNATURE + b"\x7f\xff\xff\xffIHDR" + bytes(64),
        {PictureFault.DAMAGED},
    ),
    "a png of one signature": (lambda: PNG_SIGNATURE, {PictureFault.DAMAGED}),
    "a png with a wrong checksum": (
        lambda: png(sheet())[:29] + bytes(4) + png(sheet())[33:],
        {PictureFault.DAMAGED},
    ),
    "a moving png": (animated_png, {PictureFault.ANIMATED}),
    "a jpeg cut off in its header": (lambda: jpeg(sheet())[:40], {PictureFault.DAMAGED}),
    "a jpeg cut off in the middle": (lambda: cut(jpeg(sheet()), 0.5), {PictureFault.DAMAGED}),
    "a jpeg that lacks its last tenth": (lambda: cut(jpeg(sheet(payload(1))), 0.9), {PictureFault.DAMAGED}),
    "a png that lacks its last tenth": (lambda: cut(png(sheet(payload(1))), 0.9), {PictureFault.DAMAGED}),
    "a png damaged in the middle": (lambda: flipped_in_the_middle(png(sheet(payload(1)))), {PictureFault.DAMAGED}),
    "a jpeg of four bytes": (lambda: b"\xff\xd8\xff\xd9", {PictureFault.DAMAGED}),
    "a jpeg of nothing but markers": (lambda: JPEG_START + b"\xff" * 200_000, {PictureFault.DAMAGED}),
    "a jpeg with endless scans": (
        scan_bomb,
        {PictureFault.TOOK_TOO_LONG},
    ),
    "a picture too small for a page": (lambda: jpeg(Image.new("RGB", (599, 900))), {PictureFault.TOO_SMALL}),
    "a single pixel": (lambda: png(Image.new("RGB", (1, 1))), {PictureFault.TOO_SMALL}),
    "nothing": (lambda: b"", {PictureFault.EMPTY}),
    "a pdf that is called a jpeg": (print_pdf, {PictureFault.IS_PDF}),
    "an svg with a script": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        {PictureFault.OTHER_PICTURE_FORMAT},
    ),
    "an html page with a jpeg behind it": (
        lambda: b"<html><script>alert(1)</script></html>" + jpeg(sheet()),
        {PictureFault.NOT_A_PICTURE},
    ),
    "a gif": (lambda: b"GIF89a" + bytes(100), {PictureFault.OTHER_PICTURE_FORMAT}),
    "a packed folder": (lambda: b"PK\x03\x04" + bytes(100), {PictureFault.IS_ARCHIVE}),
    "packed zeros": (lambda: b"\x1f\x8b\x08" + zeros(64 << 20), {PictureFault.IS_ARCHIVE}),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", {PictureFault.NOT_A_PICTURE}),
    "the test virus": (
        lambda: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        {PictureFault.NOT_A_PICTURE},
    ),
    "random bytes behind a jpeg's start": (
        lambda: b"\xff\xd8\xff\xe0" + NOISE,
        {PictureFault.DAMAGED, PictureFault.TOO_SMALL, PictureFault.TOO_MANY_PIXELS},
    ),
    "random bytes behind a png's start": (lambda: PNG_SIGNATURE + NOISE, {PictureFault.DAMAGED}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_24_a_hostile_picture_is_refused_for_its_reason(name: str) -> None:
    made, faults = REFUSED[name]
    data = made()
    start = time.monotonic()
    with pytest.raises(PictureRefusedError) as caught:
        read_picture(data)
    assert caught.value.fault in faults
    assert time.monotonic() - start < WALL_SECONDS + 1


#: Odd but honest or harmless once cleaned.
CLEANED: dict[str, Callable[[], bytes]] = {
    "a page behind a jpeg's end": lambda: jpeg(sheet()) + b"<html><script>alert(1)</script></html>",
    "a page in a jpeg's comment": lambda: after_start(jpeg(sheet()), segment(0xFE, b"<script>alert(1)</script>")),
    "a program behind a png's end": lambda: png(sheet()) + b"<script>alert(1)</script>\x7fELF" * 1_000,
    "a script in a png's text": lambda: png(sheet())[:33] + chunk(b"tEXt", b"Comment\x00<script>") + png(sheet())[33:],
    "an exif block that loops": lambda: after_start(jpeg(sheet()), exif_loop()),
    "a broken exif block": lambda: after_start(jpeg(sheet()), segment(0xE1, b"Exif\x00\x00II*\x00\xff\xff\xff\xff")),
    "a broken profile": lambda: jpeg(sheet(), icc_profile=b"\xff" * 3_000),
    "twenty-four megapixels": lambda: jpeg(Image.new("RGB", (6_000, 4_000), "white"), quality=20),
    "twenty-four transparent megapixels": lambda: png(
        Image.new("RGBA", (6_000, 4_000), (0, 0, 0, 9)), compress_level=1
    ),
    "a progressive jpeg": lambda: jpeg(sheet(), progressive=True),
    "four colours": lambda: jpeg(sheet().convert("CMYK")),
    "sixteen bits": lambda: png(Image.new("I;16", (700, 700), 40_000)),
    "a palette": lambda: png(sheet().quantize(16)),
    "grey with alpha": lambda: png(sheet().convert("LA")),
    "colour with alpha": lambda: png(sheet().convert("RGBA")),
    "one bit": lambda: png(sheet().convert("1")),
    "an interlaced png": lambda: png_of(640, 640, chunk(b"IDAT", zlib.compress(bytes(2 << 20))), interlace=1),
}


@pytest.mark.parametrize("name", CLEANED)
def test_a_25_an_odd_picture_is_cleaned(name: str) -> None:
    kept = read_picture(CLEANED[name]())
    assert max(kept.width, kept.height) <= 3_000
    assert kept.content.startswith(b"\xff\xd8\xff\xe0")
    assert kept.content.endswith(b"\xff\xd9")
    for trace in (b"<script", b"<html", b"Exif", b"ELF", b"ICC_PROFILE"):
        assert trace not in kept.content
    with Image.open(io.BytesIO(kept.content)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (kept.width, kept.height))


def test_a_28_no_place_and_no_maker_is_left_in_a_stored_picture() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Example Phones"
    exif[0x9003] = "2026:11:21 09:00:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (1.0, 17.0, 24.0)
    place[3], place[4] = "E", (103.0, 51.0, 0.0)
    taken = jpeg(
        sheet(payload(1)), exif=exif, comment=b"14 Example Walk", xmp=b"<x:xmpmeta>14 Example Walk</x:xmpmeta>"
    )
    assert all(trace in taken for trace in (b"Exif", b"Example Phones", b"14 Example Walk"))
    kept = read_picture(taken)
    assert not any(trace in kept.content for trace in (b"Exif", b"Example", b"xmpmeta", b"2026"))
    with Image.open(io.BytesIO(kept.content)) as image:
        assert not image.getexif()
        assert not image.getexif().get_ifd(0x8825)
    assert kept.codes == (payload(1),)


def test_the_stored_and_the_sent_bytes_have_their_own_digests() -> None:
    first, again = read_picture(jpeg(sheet(payload(1)))), read_picture(jpeg(sheet(payload(1)), comment=b"other"))
    assert isinstance(first, Picture)
    assert first.sha256 == again.sha256
    assert first.original_sha256 != again.original_sha256


def test_a_picture_that_brings_the_decoder_down_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def crashing(function: str, content: bytes, arguments: object) -> Answer:
        assert function == "inkseal.documents.intake.decode:decode"
        return run_in_child("builtins:exec", b"import os; os.abort()")

    monkeypatch.setattr(picture, "run_in_child", crashing)
    with pytest.raises(PictureRefusedError) as caught:
        read_picture(jpeg(sheet()))
    assert caught.value.fault is PictureFault.NOT_DECODABLE_SAFELY
    assert isinstance(caught.value.__cause__, ChildFailedError)
    assert caught.value.__cause__.fault is ChildFault.KILLED


def test_a_picture_that_is_decoded_for_ever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(function: str, content: bytes, arguments: object) -> Answer:
        assert arguments
        return run_in_child("builtins:exec", b"while True: pass", limits=Limits(wall_seconds=1))

    monkeypatch.setattr(picture, "run_in_child", endless)
    with pytest.raises(PictureRefusedError) as caught:
        read_picture(jpeg(sheet()))
    assert caught.value.fault is PictureFault.TOOK_TOO_LONG


@pytest.mark.parametrize(
    "answer",
    [
        Answer({}),
        Answer({"refused": "made up"}),
        Answer({"width": 700, "height": 700, "codes": []}, b"<html>"),
        Answer({"width": "700", "height": 700, "codes": []}, b"\xff\xd8\xff\xe0\xff\xd9"),
        Answer({"width": 700, "height": 700, "codes": []}, b"\xff\xd8\xff\xe0" + bytes(10_000_000) + b"\xff\xd9"),
    ],
)
def test_a_child_that_was_taken_over_cannot_hand_out_what_it_likes(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "run_in_child", lambda *_: answer)
    with pytest.raises(PictureRefusedError) as caught:
        read_picture(jpeg(sheet()))
    assert caught.value.fault is PictureFault.NOT_DECODABLE_SAFELY


def test_codes_from_a_child_are_short_plain_texts_and_few(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = ["A" * 65, "", "a\nb", "谭", 7, None, *(f"CODE {number}" for number in range(40))]
    answer = Answer({"width": 700, "height": 700, "codes": codes}, b"\xff\xd8\xff\xe0\xff\xd9")
    monkeypatch.setattr(picture, "run_in_child", lambda *_: answer)
    kept = read_picture(jpeg(sheet()))
    assert kept.codes == tuple(f"CODE {number}" for number in range(10))


def test_a_picture_that_uses_up_its_processor_time_took_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(function: str, content: bytes, arguments: object) -> Answer:
        raise ChildFailedError(ChildFault.KILLED, "SIGXCPU")

    monkeypatch.setattr(picture, "run_in_child", busy)
    with pytest.raises(PictureRefusedError) as caught:
        read_picture(jpeg(sheet()))
    assert caught.value.fault is PictureFault.TOOK_TOO_LONG


def test_the_parent_keeps_its_memory_and_its_descriptors() -> None:
    bomb = REFUSED["a png with a text that unpacks to 256 MB"][0]()
    descriptors = Path("/proc/self/fd")
    before, open_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(list(descriptors.iterdir()))
    for _ in range(3):
        with pytest.raises(PictureRefusedError):
            read_picture(bomb)
    grown_kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kilobytes < 64_000
    assert len(list(descriptors.iterdir())) == open_before
