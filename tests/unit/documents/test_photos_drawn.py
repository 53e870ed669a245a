"""The demonstration's pictures: the same for a seed, ink where the boxes are, documents that check out."""

import io
from datetime import date

import pytest
from PIL import Image, ImageChops

from inkseal.documents.demo_photos import identity_document, photograph_pages, sign_page
from inkseal.documents.demo_photos.letters import letter, smooth, written
from inkseal.documents.demo_photos.mrz import Holder, check_digit, latin, lines
from inkseal.documents.demo_photos.perspective import Corners, coefficients
from inkseal.documents.typeset import Place
from tests.unit.documents.sheets import print_pdf

#: A4 at 200 dpi.
SIZE = (1654, 2339)
SIGNATURE = Place("author_signature", 2, 57, 520, 351, 605)
NAME = Place("author_name", 2, 57, 465, 351, 505)
DATE = Place("author_date", 2, 374, 465, 538, 505)
SEAL = Place("company_seal", 2, 57, 297, 351, 416)


def inked(*places: Place, seed: int = 1, **texts: str) -> tuple[int, int, int, int] | None:
    """Return the box around all ink, in points with the origin at the bottom left."""
    page = Image.new("RGB", SIZE, "white")
    sign_page(page, places, texts, seed=seed)
    box = ImageChops.invert(page.convert("L")).point(lambda value: 255 * (value > 60)).getbbox()
    if box is None:
        return None
    left, upper, right, lower = (round(pixel * 72 / 200) for pixel in box)
    return left, 842 - lower, right, 842 - upper


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("place", "text"), [(SIGNATURE, "Alice Tan"), (NAME, "Bob O'Neill-Straße"), (DATE, "2026-11-21"), (NAME, "谭莲")]
)
def test_writing_stays_in_its_box(place: Place, text: str, seed: int) -> None:
    box = inked(place, seed=seed, **{place.kind: text})
    assert box is not None
    assert box[0] >= place.left - 4
    assert box[1] >= place.bottom - 4
    assert box[2] <= place.right + 4
    assert box[3] <= place.top + 4
    assert box[2] - box[0] > 15


def test_the_company_s_place_stays_empty() -> None:
    assert inked(SEAL, author_signature="Alice Tan", author_name="Alice Tan") is None


def test_a_box_without_its_text_stays_empty() -> None:
    assert inked(DATE, author_name="Alice Tan", author_date="") is None


def test_the_ink_is_blue() -> None:
    page = Image.new("RGB", SIZE, "white")
    sign_page(page, [SIGNATURE], {"author_signature": "Alice Tan"}, seed=1)
    colours = page.getcolors(maxcolors=1 << 20) or []
    darkest = min((colour for _, colour in colours), key=lambda colour: sum(colour) if isinstance(colour, tuple) else 0)
    assert isinstance(darkest, tuple)
    assert darkest[2] > 1.5 * darkest[0]


def test_photographs_are_the_same_for_a_seed_and_others_for_another() -> None:
    first, again, other = (
        photograph_pages(print_pdf(1), [SIGNATURE], signer_name="Alice Tan", seed=seed) for seed in (3, 3, 4)
    )
    assert first == again
    assert first != other
    picture = Image.open(io.BytesIO(first[0]))
    assert picture.format == "JPEG"
    assert 2_000 <= max(picture.size) <= 2_600


def test_only_the_page_with_places_is_signed() -> None:
    unsigned = photograph_pages(print_pdf(2), [], signer_name="Alice Tan", seed=3)
    signed = photograph_pages(
        print_pdf(2), [SIGNATURE, DATE], signer_name="Alice Tan", seed=3, signed_on=date(2026, 11, 21)
    )
    assert signed[0] == unsigned[0]
    assert signed[1] != unsigned[1]


def test_a_guardian_signs_only_when_named() -> None:
    places = [Place("guardian_signature", 1, 57, 520, 351, 605)]
    alone = photograph_pages(print_pdf(1), places, signer_name="Alice Tan", seed=3)
    both = photograph_pages(print_pdf(1), places, signer_name="Alice Tan", seed=3, guardian_name="Charlie Tan")
    assert alone != both


def test_every_letter_of_a_passport_can_be_written() -> None:
    for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.,'":
        shape = letter(sign)
        points = [point for stroke in shape.strokes for point in stroke]
        assert points
        assert all(-3.5 <= y <= 8.6 and -0.1 <= x <= shape.width + 1.2 for x, y in points)


def test_accents_are_left_out_and_other_scripts_made_up_but_always_alike() -> None:
    assert letter("é") == letter("e")
    assert letter("谭") == letter("谭")
    assert letter("谭") != letter("莲")


def test_a_space_is_wide_and_empty() -> None:
    strokes, width = written("a a", slant=0, jitter=0, seed=1)
    assert len(strokes) == 2
    assert width == pytest.approx(2 * (4.6 + 0.7) + 3.2)


def test_a_curve_passes_its_points() -> None:
    points = ((0.0, 0.0), (2.0, 4.0), (5.0, 1.0))
    curve = smooth(points)
    assert (curve[0], curve[10], curve[20]) == points


def test_a_perspective_maps_each_corner_of_the_view_to_the_sheet_s() -> None:
    corners: Corners = ((120, 90), (1650, 60), (1700, 2210), (80, 2300))
    a, b, c, d, e, f, g, h = coefficients(corners, SIZE)
    sheet = [(0, 0), (SIZE[0], 0), SIZE, (0, SIZE[1])]
    for (x, y), wanted in zip(corners, sheet, strict=True):
        depth = g * x + h * y + 1
        assert ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth) == pytest.approx(wanted, abs=1e-6)


def test_the_machine_readable_lines_are_those_of_the_standard_s_example() -> None:
    holder = Holder("ERIKSSON", "ANNA MARIA", "L898902C3", date(1974, 8, 12), date(2012, 4, 15))
    names, numbers = lines(holder)
    assert names == "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert numbers[:28] == "L898902C36UTO7408122<1204159"
    assert len(names) == len(numbers) == 44


def test_check_digits_are_those_of_the_standard_s_examples() -> None:
    assert check_digit("D23145890") == "7"
    assert check_digit("ZE184226B<<<<<") == "1"
    assert check_digit("520727") == "3"


def test_names_become_latin_capitals() -> None:
    assert latin("  Zoë van  der Müller ") == "ZOE VAN DER MULLER"
    assert not latin("谭莲")


def test_an_identity_document_is_a_photograph_that_says_specimen() -> None:
    content = identity_document("Alice Tan", "E1204567K", birthday=date(1999, 9, 9), seed=5)
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("JPEG", (2000, 1500))
    assert content == identity_document("Alice Tan", "E1204567K", birthday=date(1999, 9, 9), seed=5)


def test_a_name_in_another_script_still_gives_a_document() -> None:
    assert identity_document("谭莲", "E1204567K", birthday=date(1999, 9, 9), seed=5).startswith(b"\xff\xd8\xff")
