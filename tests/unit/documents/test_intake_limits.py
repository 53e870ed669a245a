"""The limits of the intake at their exact boundaries, and a file for every reason to refuse one."""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from inkseal.documents.intake import MAX_BYTES, PictureFault, PictureRefusedError, decode, picture, read_picture
from inkseal.documents.intake.picture import MAX_PIXELS, MAX_SIDE_PIXELS, MIN_PAGE_SIDE_PIXELS
from inkseal.documents.intake.size import at_most
from inkseal.documents.sandbox import Answer, Limits, run_in_child
from tests.unit.documents.sheets import jpeg, png, print_pdf, sheet

REAL_LIMITS = {
    "min_side_pixels": MIN_PAGE_SIDE_PIXELS,
    "max_side_pixels": MAX_SIDE_PIXELS,
    "max_pixels": MAX_PIXELS,
    "kept_side_pixels": 3_000,
}


@pytest.fixture(autouse=True)
def _no_limits_but_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the child's `prepare` leaves Pillow."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)


def fault_of(data: bytes) -> PictureFault:
    with pytest.raises(PictureRefusedError) as caught:
        read_picture(data)
    return caught.value.fault


def header_fault(width: int, height: int) -> PictureFault:
    """Return why a PNG of which only the header is there is refused; `DAMAGED` if its size was accepted."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n"
    for kind, content in ((b"IHDR", body), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        file += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return PictureFault(str(decode.decode(file, {"decoder": "PNG", **REAL_LIMITS}).facts["refused"]))


@pytest.mark.parametrize(
    ("size", "fault"),
    [
        ((600, 600), None),
        ((599, 900), PictureFault.TOO_SMALL),
        ((900, 599), PictureFault.TOO_SMALL),
        ((12_000, 600), None),
        ((600, 12_000), None),
        ((12_001, 600), PictureFault.TOO_MANY_PIXELS),
        ((600, 12_001), PictureFault.TOO_MANY_PIXELS),
        ((12_000, 5_000), None),
        ((7_745, 7_746), None),
        ((7_746, 7_746), PictureFault.TOO_MANY_PIXELS),
        ((12_000, 5_001), PictureFault.TOO_MANY_PIXELS),
        ((2**31 - 1, 2**31 - 1), PictureFault.TOO_MANY_PIXELS),
    ],
)
def test_sizes_are_accepted_up_to_the_pixel(size: tuple[int, int], fault: PictureFault | None) -> None:
    """The pixels themselves are missing, so that an accepted size ends as damage and no limit costs memory."""
    assert header_fault(*size) is (fault or PictureFault.DAMAGED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(1, 20_000), height=st.integers(1, 20_000))
def test_the_header_alone_decides_about_any_size(width: int, height: int) -> None:
    fault = header_fault(width, height)
    if max(width, height) > 12_000 or width * height > 60_000_000:
        assert fault is PictureFault.TOO_MANY_PIXELS
    else:
        assert fault is (PictureFault.TOO_SMALL if min(width, height) < 600 else PictureFault.DAMAGED)


def test_ten_million_bytes_are_accepted_and_one_more_is_not() -> None:
    page = jpeg(sheet())
    whole = page + bytes(MAX_BYTES - len(page))
    assert read_picture(whole).width == 827
    assert fault_of(whole + b"\0") is PictureFault.TOO_MANY_BYTES


def test_a_smaller_picture_is_accepted_where_the_caller_says_so() -> None:
    small = jpeg(Image.new("RGB", (300, 400)))
    assert fault_of(small) is PictureFault.TOO_SMALL
    assert read_picture(small, min_side_pixels=300).height == 400


def moving() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (700, 700), colour) for colour in ("red", "blue")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    return file.getvalue()


#: A file for every fault, met on the whole way through a real child.
FILES: dict[PictureFault, Callable[[], bytes]] = {
    PictureFault.EMPTY: lambda: b"",
    PictureFault.TOO_MANY_BYTES: lambda: b"\xff\xd8\xff" + bytes(MAX_BYTES),
    PictureFault.IS_PDF: print_pdf,
    PictureFault.IS_HEIC: lambda: b"\0\0\0\x18ftypheic" + bytes(600),
    PictureFault.OTHER_PICTURE_FORMAT: lambda: b"GIF89a" + bytes(600),
    PictureFault.IS_ARCHIVE: lambda: b"PK\x03\x04" + bytes(600),
    PictureFault.NOT_A_PICTURE: lambda: b"MZ" + bytes(600),
    PictureFault.TOO_MANY_PIXELS: lambda: png(Image.new("1", (12_001, 600))),
    PictureFault.TOO_SMALL: lambda: jpeg(Image.new("RGB", (599, 900))),
    PictureFault.ANIMATED: moving,
    PictureFault.DAMAGED: lambda: jpeg(sheet())[:9_000],
    PictureFault.TOOK_TOO_LONG: lambda: jpeg(sheet()),
    PictureFault.NOT_DECODABLE_SAFELY: lambda: png(Image.new("RGB", (3_000, 3_000))),
}
#: What the machine has to be like for it.
POOR: dict[PictureFault, Limits] = {
    PictureFault.TOOK_TOO_LONG: Limits(wall_seconds=0.01),
    PictureFault.NOT_DECODABLE_SAFELY: Limits(address_space_bytes=60_000_000),
}


@pytest.mark.parametrize("fault", PictureFault)
def test_every_fault_is_met_by_its_file(fault: PictureFault, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault in POOR:
        monkeypatch.setattr(picture, "run_in_child", partial(run_in_child, limits=POOR[fault]))
    assert fault_of(FILES[fault]()) is fault


@pytest.mark.parametrize("step", ["open", "load"])
def test_too_little_memory_is_not_called_damage(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sender would look for a fault in a file that has none; the child fails instead, and its parent knows why."""

    def exhausted(*_: object, **__: object) -> Image.Image:
        raise MemoryError

    target: object = Image if step == "open" else ImageFile.ImageFile
    monkeypatch.setattr(target, step, exhausted)
    with pytest.raises(MemoryError):
        decode.decode(jpeg(sheet()), {"decoder": "JPEG", **REAL_LIMITS})


@pytest.mark.parametrize("fault", PictureFault)
def test_a_child_s_own_refusal_reaches_the_sender_unchanged(
    fault: PictureFault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "run_in_child", lambda *_: Answer({"refused": fault.value}))
    assert fault_of(jpeg(sheet())) is fault


def test_digests_are_those_of_what_was_sent_and_what_is_kept() -> None:
    data = jpeg(sheet())
    kept = read_picture(data)
    assert kept.original_sha256 == hashlib.sha256(data).hexdigest()
    assert kept.sha256 == hashlib.sha256(kept.content).hexdigest() != kept.original_sha256


def test_the_child_makes_the_same_bytes_as_this_process() -> None:
    data = png(sheet("PARCEL 4711"))
    kept = read_picture(data)
    here = decode.decode(data, {"decoder": "PNG", **REAL_LIMITS})
    assert (kept.content, list(kept.codes)) == (here.content, here.facts["codes"])


def test_what_is_kept_can_be_sent_again() -> None:
    kept = read_picture(jpeg(sheet("PARCEL 4711")))
    again = read_picture(kept.content)
    assert (again.width, again.height, again.codes) == (kept.width, kept.height, kept.codes)
    assert again.original_sha256 == kept.sha256


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), start=st.sampled_from([b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_behind_a_start_are_refused_by_name(data: bytes, start: bytes) -> None:
    decoder = "JPEG" if start[0] == 0xFF else "PNG"
    answer = decode.decode(start + data, {"decoder": decoder, **REAL_LIMITS})
    assert PictureFault(str(answer.facts["refused"])) in {PictureFault.DAMAGED, PictureFault.TOO_SMALL}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(20, 60_000))
def test_a_page_cut_off_anywhere_is_damaged(cut: int) -> None:
    page = png(sheet())
    answer = decode.decode(page[: min(cut, len(page) - 30)], {"decoder": "PNG", **REAL_LIMITS})
    assert answer.facts == {"refused": "damaged"}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(1, 1_500), height=st.integers(1, 1_500), side=st.integers(40, 700))
def test_any_shape_is_made_to_fit_with_its_aspect(width: int, height: int, side: int) -> None:
    small = at_most(Image.new("L", (width, height)), side)
    assert max(small.size) <= side
    assert max(small.size) == min(side, max(width, height)) or max(width, height) < 2 * side
    longer, shorter = max(width, height), min(width, height)
    assert abs(min(small.size) - shorter * max(small.size) / longer) <= 2
