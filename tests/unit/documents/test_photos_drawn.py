"""The demonstration's pictures: the same for a seed, ink where the boxes are, documents that check out."""

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from inkseal.documents.demo_photos import identity_document, photograph_pages, sign_page
from inkseal.documents.demo_photos.letters import letter, smooth, written
from inkseal.documents.demo_photos.mrz import Holder, check_digit, latin, lines
from inkseal.documents.demo_photos.perspective import Corners, coefficients
from inkseal.documents.typeset import Place
from tests.unit.documents.photo_kit import DATE, NAME, SEAL, SIGNATURE, SIZE, ink_box, photographs
from tests.unit.documents.sheets import print_pdf

SIGNED_FIRST = replace(SIGNATURE, page=1)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("place", "text"), [(SIGNATURE, "Alice Tan"), (NAME, "Bob O'Neill-Straße"), (DATE, "2026-11-21"), (NAME, "谭莲")]
)
def test_writing_stays_in_its_box(place: Place, text: str, seed: int) -> None:
    box = ink_box(place, seed=seed, **{place.kind: text})
    assert box is not None
    assert box[0] >= place.left - 4
    assert box[1] >= place.bottom - 4
    assert box[2] <= place.right + 4
    assert box[3] <= place.top + 4
    assert box[2] - box[0] > 15


def test_the_company_s_place_stays_empty() -> None:
    assert ink_box(SEAL, author_signature="Alice Tan", author_name="Alice Tan") is None


def test_a_box_without_its_text_stays_empty() -> None:
    assert ink_box(DATE, author_name="Alice Tan", author_date="") is None


def test_the_ink_is_blue() -> None:
    page = Image.new("RGB", SIZE, "white")
    sign_page(page, [SIGNATURE], {"author_signature": "Alice Tan"}, seed=1)
    colours = page.getcolors(maxcolors=1 << 20) or []
    darkest = min((colour for _, colour in colours), key=lambda colour: sum(colour) if isinstance(colour, tuple) else 0)
    assert isinstance(darkest, tuple)
    assert darkest[2] > 1.5 * darkest[0]


def test_photographs_are_the_same_for_a_seed_and_others_for_another() -> None:
    first = photographs(SIGNED_FIRST)
    again = photograph_pages(print_pdf(1), [SIGNED_FIRST], signer_name="Alice Tan", seed=3)
    assert list(first) == again
    assert first != photographs(SIGNED_FIRST, seed=4)
    picture = Image.open(io.BytesIO(first[0]))
    assert picture.format == "JPEG"
    assert 2_000 <= max(picture.size) <= 2_600


def test_only_the_page_with_places_is_signed() -> None:
    unsigned = photographs(pages=2)
    signed = photographs(SIGNATURE, DATE, pages=2, signed_on=date(2026, 11, 21))
    assert signed[0] == unsigned[0]
    assert signed[1] != unsigned[1]


def test_a_guardian_signs_only_when_named() -> None:
    place = replace(SIGNED_FIRST, kind="guardian_signature")
    blank = photographs()
    assert photographs(place) == blank != photographs(place, guardian_name="Charlie Tan")


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
