"""The demonstration's pictures over many seeds: reproducible, within their bounds, ink where it belongs."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from inkseal.documents.demo_photos import identity_document, sign_page
from inkseal.documents.demo_photos.camera import Shot, shot_of, take
from inkseal.documents.demo_photos.mrz import Holder, check_digit, lines
from inkseal.documents.typeset import Place
from tests.unit.documents.photo_kit import DATE, NAME, SIGNATURE, SIZE, ink_box

SEEDS = st.integers(0, 10_000)
SHEETS = st.sampled_from([(1654, 2339), (2339, 1654), (1500, 1056)])
SMALL = Image.new("RGB", (165, 234), "white")


@given(sheet=SHEETS, seed=SEEDS, long_side=st.integers(400, 2_600))
def test_a_seed_takes_the_same_photograph_each_time(sheet: tuple[int, int], seed: int, long_side: int) -> None:
    first = shot_of(sheet, long_side=long_side, seed=seed)
    assert first == shot_of(sheet, long_side=long_side, seed=seed)
    assert first != shot_of(sheet, long_side=long_side, seed=seed + 1)


@given(sheet=SHEETS, seed=SEEDS)
def test_the_whole_sheet_lies_in_the_picture(sheet: tuple[int, int], seed: int) -> None:
    shot = shot_of(sheet, long_side=2_450, seed=seed)
    assert max(shot.size) == 2_450
    assert (shot.size[0] > shot.size[1]) == (sheet[0] > sheet[1])
    assert all(0 < x < shot.size[0] and 0 < y < shot.size[1] for x, y in shot.corners)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = shot.corners
    assert ax < bx
    assert dx < cx
    assert ay < dy
    assert by < cy


@given(sheet=SHEETS, seed=SEEDS)
def test_a_page_has_pixels_enough_for_its_code(sheet: tuple[int, int], seed: int) -> None:
    """150 dpi and more of A4 along its long side, which is what the page codes are promised for."""
    shot = shot_of(sheet, long_side=2_300, seed=seed)
    (ax, ay), _, _, (dx, dy) = shot.corners
    (bx, by) = shot.corners[1]
    longest = max(((ax - dx) ** 2 + (ay - dy) ** 2) ** 0.5, ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)
    assert longest / (297 / 25.4) > 150


@given(seed=SEEDS)
def test_light_and_noise_keep_to_those_of_a_careful_person(seed: int) -> None:
    shot = shot_of(SIZE, long_side=2_300, seed=seed)
    assert 0.66 <= shot.dimmest <= 0.85
    assert 0.3 <= shot.blur_pixels <= 0.8
    assert 1.8 <= shot.noise <= 3.6
    assert 78 <= shot.quality <= 88


def small_shot(seed: int) -> Shot:
    return shot_of(SMALL.size, long_side=240, seed=seed)


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_taking_the_same_shot_twice_gives_the_same_bytes(seed: int) -> None:
    assert take(SMALL, small_shot(seed)) == take(SMALL, small_shot(seed))
    assert take(SMALL, small_shot(seed)) != take(SMALL, small_shot(seed + 1))


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_paper_is_lighter_than_the_table_around_it(seed: int) -> None:
    picture = Image.open(io.BytesIO(take(SMALL, small_shot(seed)))).convert("L")
    middle = picture.crop((60, 80, 120, 160))
    rim = picture.crop((0, 0, picture.width, 3))
    assert ImageStat.Stat(middle).mean[0] > ImageStat.Stat(rim).mean[0] + 25
    assert ImageStat.Stat(middle).mean[0] > 130


def test_what_is_transparent_shows_the_table() -> None:
    hole = SMALL.convert("RGBA")
    hole.paste((255, 255, 255, 0), (40, 60, 120, 160))
    covered, open_ = (Image.open(io.BytesIO(take(sheet, small_shot(4)))).convert("L") for sheet in (SMALL, hole))
    inside = (70, 90, 110, 140)
    assert ImageStat.Stat(open_.crop(inside)).mean[0] < ImageStat.Stat(covered.crop(inside)).mean[0] - 40


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, name=st.sampled_from(["Alice Tan", "Bob O'Neill", "谭岚月", "Nguyễn Thị Bình", "A", "ليلى الحداد"]))
def test_a_signature_lies_in_its_box_for_any_hand(seed: int, name: str) -> None:
    box = ink_box(SIGNATURE, seed=seed, author_signature=name)
    assert box is not None
    left, bottom, right, top = box
    assert left >= SIGNATURE.left - 6
    assert right <= SIGNATURE.right + 6
    assert bottom >= SIGNATURE.bottom - 12
    assert top <= SIGNATURE.top + 12
    middle = ((left + right) / 2, (bottom + top) / 2)
    assert SIGNATURE.left < middle[0] < SIGNATURE.right
    assert SIGNATURE.bottom < middle[1] < SIGNATURE.top


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, left=st.integers(20, 300), bottom=st.integers(60, 700))
def test_ink_follows_the_box_wherever_it_is(seed: int, left: int, bottom: int) -> None:
    place = Place("author_name", 1, left, bottom, left + 240, bottom + 40)
    here = ink_box(place, seed=seed, author_name="Charlie Tan")
    assert here is not None
    assert left - 4 <= here[0] < here[2] <= left + 244
    assert bottom - 4 <= here[1] < here[3] <= bottom + 44


def test_each_box_gets_its_own_text_and_no_other() -> None:
    texts = {"author_signature": "Alice Tan", "author_name": "Alice Tan", "author_date": "2026-11-21"}
    page = Image.new("RGB", SIZE, "white")
    sign_page(page, [SIGNATURE, NAME, DATE], texts, seed=7)
    for place in (SIGNATURE, NAME, DATE):
        alone = Image.new("RGB", SIZE, "white")
        sign_page(alone, [place], texts, seed=7)
        box = ImageChops.invert(alone.convert("L")).getbbox()
        assert box is not None
        inside = tuple(round(v) for v in (box[0] + 20, box[1] + 20, box[2] - 20, box[3] - 20))
        difference = ImageChops.difference(page.crop(inside), alone.crop(inside)).convert("L")  # type: ignore[arg-type]  # four numbers
        assert ImageStat.Stat(difference).mean[0] < 2


def test_a_longer_name_is_written_smaller_not_wider() -> None:
    short, long = (ink_box(NAME, author_name=name) for name in ("Al", "Alice Bartholomea Charlotte van der Tan"))
    assert short is not None
    assert long is not None
    assert long[2] <= NAME.right + 4
    assert long[3] - long[1] < short[3] - short[1]


def test_the_print_under_the_ink_stays() -> None:
    page = Image.new("RGB", SIZE, "white")
    page.paste((0, 0, 0), (0, 0, 40, 40))
    sign_page(page, [SIGNATURE], {"author_signature": "Alice Tan"}, seed=1)
    assert page.getpixel((10, 10)) == (0, 0, 0)
    assert page.getpixel((1_600, 2_300)) == (255, 255, 255)


def test_nothing_is_written_for_nobody() -> None:
    assert ink_box(SIGNATURE, author_signature="") is None
    assert ink_box(SIGNATURE, author_name="Alice Tan") is None


NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=30)
DAYS = st.dates(date(1920, 1, 1), date(2040, 12, 31))


@given(NAMES, NAMES, st.text("ABCDEFGHIJ0123456789", min_size=1, max_size=12), DAYS, DAYS)
def test_any_machine_readable_lines_check_out(
    surname: str, given_names: str, number: str, birthday: date, expires: date
) -> None:
    """ICAO Doc 9303, part 4, 4.2.2: every check digit of the second line, and the one over them all."""
    first, second = lines(Holder(surname, given_names, number, birthday, expires))
    assert len(first) == len(second) == 44
    assert set(first + second) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
    for start, end in ((0, 9), (13, 19), (21, 27)):
        assert check_digit(second[start:end]) == second[end]
    assert check_digit(second[0:10] + second[13:20] + second[21:43]) == second[43]


@given(st.text("ABCDEFGHIJ0123456789", min_size=2, max_size=20), st.data())
def test_a_check_digit_finds_most_single_errors(text: str, data: st.DataObject) -> None:
    """Weights 7, 3 and 1 have no factor with ten: a figure changed to another figure is always found."""
    place = data.draw(st.integers(0, len(text) - 1))
    if text[place].isdigit():
        other = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != text[place]]))
        assert check_digit(text[:place] + other + text[place + 1 :]) != check_digit(text)


def test_an_identity_document_s_long_side_is_bounded_and_its_look_its_seed_s() -> None:
    first, other = (
        identity_document("Alice Tan", "E1204567K", birthday=date(1999, 9, 9), seed=seed) for seed in (1, 6)
    )
    assert max(Image.open(io.BytesIO(first)).size) == 2_000
    assert first != other
