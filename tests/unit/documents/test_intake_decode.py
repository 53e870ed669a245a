"""What the child makes of honest pictures, called in this process: orientation, colours, transparency, size."""

import io

import pytest
from PIL import Image, ImageChops, ImageCms

from inkseal.documents.intake import PictureFault, decode
from inkseal.documents.intake.codes import read_codes, turn_of
from inkseal.documents.intake.colour import eight_bits
from inkseal.documents.intake.size import at_most
from tests.unit.documents.sheets import code_image, jpeg, payload, png, sheet

RED = (200, 20, 20)


def decoded(data: bytes, **limits: int) -> tuple[Image.Image, tuple[str, ...]]:
    answer = decode.decode(data, arguments_for(data, **limits))
    assert "refused" not in answer.facts
    picture = Image.open(io.BytesIO(answer.content))
    assert (answer.facts["width"], answer.facts["height"]) == picture.size
    codes = answer.facts["codes"]
    assert isinstance(codes, list)
    return picture, tuple(codes)


def refused(data: bytes, **limits: int) -> PictureFault:
    return PictureFault(str(decode.decode(data, arguments_for(data, **limits)).facts["refused"]))


def arguments_for(data: bytes, **limits: int) -> dict[str, object]:
    defaults = {"min_side_pixels": 600, "max_side_pixels": 12_000, "max_pixels": 60_000_000, "kept_side_pixels": 3_000}
    return {"decoder": "PNG" if data.startswith(b"\x89") else "JPEG", **defaults, **limits}


def near(seen: object, wanted: tuple[int, int, int], tolerance: int = 12) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(a - b) <= tolerance for a, b in zip(seen, wanted, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_its_exif_says(orientation: int) -> None:
    upright = sheet()
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture, _ = decoded(jpeg(stored, exif=exif))
    assert picture.size == upright.size
    assert near(picture.getpixel((400, 8)), RED, 40)


@pytest.mark.parametrize("turns", range(4))
def test_a_page_is_stood_upright_by_its_code(turns: int) -> None:
    turned = sheet(payload(2)).rotate(90 * turns, expand=True)
    picture, codes = decoded(jpeg(turned))
    assert codes == (payload(2),)
    assert picture.size == (827, 1169)
    assert near(picture.getpixel((400, 8)), RED, 40)


def test_a_parcel_s_code_does_not_turn_a_picture() -> None:
    parcel = sheet("PARCEL 4711").rotate(90, expand=True)
    picture, codes = decoded(jpeg(parcel))
    assert codes == ("PARCEL 4711",)
    assert picture.size == (1169, 827)


def test_all_codes_of_a_picture_are_read() -> None:
    _, codes = decoded(jpeg(sheet(payload(1), payload(2), "PARCEL 4711")))
    assert set(codes) == {payload(1), payload(2), "PARCEL 4711"}


def test_codes_at_odds_turn_nothing() -> None:
    page = sheet(payload(1))
    page.paste(code_image(payload(2)).rotate(90), (80, 900))
    assert turn_of(read_codes(page)) is None


def test_a_code_in_a_dark_blurred_picture_is_read() -> None:
    page = sheet(payload(3)).point(lambda value: 30 + value // 6)
    assert [code.text for code in read_codes(page)] == [payload(3)]


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    picture, _ = decoded(jpeg(sheet().resize((3_000, 4_000))))
    assert picture.size == (2_250, 3_000)


def test_what_is_kept_is_a_jpeg_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Alice at home"
    exif.get_ifd(0x8825)[1] = "N"
    file = jpeg(sheet(), exif=exif, comment=b"Alice at home")
    assert b"Alice at home" in file
    picture, _ = decoded(file)
    assert picture.format == "JPEG"
    assert not picture.getexif()
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_colour_profile_is_applied_and_dropped() -> None:
    profile = swapped_profile()
    picture, _ = decoded(jpeg(Image.new("RGB", (700, 700), (10, 120, 200)), icc_profile=profile))
    assert "icc_profile" not in picture.info
    assert near(picture.getpixel((300, 300)), (200, 120, 10), 20)


def swapped_profile() -> bytes:
    """sRGB with the colorants of red and blue exchanged (ICC.1:2010, 9.2.44 and 9.2.4)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    assert swapped != profile
    return swapped


def test_a_broken_colour_profile_is_ignored() -> None:
    picture, _ = decoded(jpeg(Image.new("RGB", (700, 700), (10, 120, 200)), icc_profile=b"no profile" * 20))
    assert near(picture.getpixel((300, 300)), (10, 120, 200))


@pytest.mark.parametrize(
    ("image", "wanted"),
    [
        (Image.new("1", (700, 700), 1), (255, 255, 255)),
        (Image.new("L", (700, 700), 90), (90, 90, 90)),
        (Image.new("LA", (700, 700), (0, 0)), (255, 255, 255)),
        (Image.new("RGBA", (700, 700), (255, 0, 0, 128)), (255, 127, 127)),
        (Image.new("RGB", (700, 700), (1, 2, 3)), (1, 2, 3)),
        (Image.new("I;16", (700, 700), 128 * 256), (128, 128, 128)),
        (Image.new("RGB", (700, 700), (200, 30, 40)).quantize(4), (200, 30, 40)),
    ],
    ids=["bits", "grey", "grey with alpha", "colour with alpha", "colour", "sixteen bits", "palette"],
)
def test_every_kind_of_png_becomes_rgb_on_white(image: Image.Image, wanted: tuple[int, int, int]) -> None:
    picture, _ = decoded(png(image))
    assert picture.mode == "RGB"
    assert near(picture.getpixel((300, 300)), wanted)


@pytest.mark.parametrize("size", [(700, 700), (6_400, 700)])
@pytest.mark.parametrize(("mode", "colour", "transparent"), [("L", 7, 7), ("RGB", (7, 8, 9), (7, 8, 9)), ("P", 1, 1)])
def test_a_transparent_colour_lies_on_white_at_any_size(
    mode: str, colour: int | tuple[int, int, int], transparent: object, size: tuple[int, int]
) -> None:
    image = Image.new(mode, size, colour)
    if mode == "P":
        image.putpalette([0, 0, 0, 9, 9, 9])
    picture, _ = decoded(png(image, transparency=transparent))
    assert near(picture.getpixel((300, 200)), (255, 255, 255))


def test_a_large_palette_picture_gets_no_third_colours() -> None:
    image = Image.new("P", (3_400, 700), 1)
    image.putpalette([0, 0, 0, 250, 10, 10, 10, 250, 10])
    picture, _ = decoded(png(image))
    assert near(picture.getpixel((300, 300)), (250, 10, 10))


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_every_kind_of_jpeg_becomes_rgb(mode: str) -> None:
    picture, _ = decoded(jpeg(Image.new("RGB", (700, 700), (90, 90, 90)).convert(mode)))
    assert picture.mode == "RGB"
    assert near(picture.getpixel((300, 300)), (90, 90, 90))


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    assert eight_bits(Image.new("I;16", (4, 4), 20 * 256)).getpixel((1, 1)) == 20


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("size", [(1_201, 2_999), (300, 100), (601, 1_200), (100, 100)])
def test_a_picture_of_any_kind_is_made_smaller_with_its_aspect(mode: str, size: tuple[int, int]) -> None:
    small = at_most(Image.new(mode, size), 300)
    assert max(small.size) == min(300, max(size))
    assert small.width / small.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_strips_leave_no_seams() -> None:
    grey = Image.linear_gradient("L").resize((1_200, 2_400), Image.Resampling.BICUBIC)
    whole = grey.resize((150, 300), Image.Resampling.BOX)
    difference = ImageChops.difference(at_most(grey, 300), whole)
    assert not any(difference.histogram()[3:])


def test_a_phone_s_jpeg_with_a_second_picture_is_read_as_its_first() -> None:
    file = io.BytesIO()
    sheet(payload(1)).save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (320, 240))])
    picture, codes = decoded(file.getvalue())
    assert (picture.size, codes) == ((827, 1169), (payload(1),))


def test_the_limits_are_those_of_the_header() -> None:
    page = jpeg(sheet())
    assert refused(page, min_side_pixels=828) is PictureFault.TOO_SMALL
    assert refused(page, max_side_pixels=1_168) is PictureFault.TOO_MANY_PIXELS
    assert refused(page, max_pixels=827 * 1169 - 1) is PictureFault.TOO_MANY_PIXELS
    decoded(page, min_side_pixels=827, max_side_pixels=1_169, max_pixels=827 * 1169)
