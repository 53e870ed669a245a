"""Whatever is typed, nothing leaves the page: letters within the margins, boxes apart and empty, pages counted."""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from inkseal.documents.typeset import Place, Template, Typeset, load_template, typeset
from tests.unit.documents.typeset_kit import CODES, FONT_DIRS, STANDARD, Data, opened, page_texts, sample

POINTS_PER_MM = 72 / 25.4
PAGE = (210.0, 297.0)
#: Left, bottom, right, top of where letters may stand, in mm; letters may reach a little over their line's edge.
AREA = (20.0, 17.0, 190.0, 286.0)
OVERHANG_MM = 1.2

#: What fills every field to its schema's limit: words, endless words, and scripts without spaces or with joins.
FILLINGS = {
    "ordinary words": "Alice ",
    "widest letters without an end": "W",
    "narrow and wide": "iW-",
    "capitals with accents": "Ế",
    "Chinese without a space": "谭",
    "Thai without a space": "ก",
    "a Thai name again and again": "สมชาย",
    "joined Arabic without a space": "ليلى",
    "Arabic words": "ليلى ",
    "Devanagari without a space": "प्रिया",
    "Cyrillic without a space": "Ж",
    "both directions": "Alice ليلى ",
    "only marks of markup": "#*_$`<@[]\\",
}


def leaves(schema: Any, here: Any) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the path and longest length of every field that people type."""
    for choice in (here, *here.get("anyOf", ())):
        for name, sub in choice.get("properties", {}).items():
            if "$ref" not in sub:
                yield from (((name, *path), length) for path, length in leaves(schema, sub))
            if "string" in str(sub.get("type")) and "maxLength" in sub and sub["maxLength"] >= 60:
                yield (name,), sub["maxLength"]


@cache
def filled(filling: str) -> Typeset:
    template = load_template(STANDARD, FONT_DIRS)
    data: Data = sample("minor")
    for (*groups, name), length in leaves(template.schema, template.schema):
        target = data
        for group in groups:
            target = target[group]
        target[name] = (filling * length)[:length].strip()
    return typeset(template, data, codes=CODES)


@cache
def letters(filling: str) -> tuple[tuple[int, tuple[float, float, float, float]], ...]:
    return tuple(visible_letters(filled(filling).pdf))


def visible_letters(pdf: bytes) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Yield page (from 1) and box in mm of every visible letter."""
    with opened(pdf) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                box = [edge / POINTS_PER_MM for edge in text.get_charbox(index)]
                if box[2] > box[0]:
                    yield number, (box[0], box[1], box[2], box[3])


def boxes_mm(place: Place) -> tuple[float, float, float, float]:
    left, bottom, right, top = (edge / POINTS_PER_MM for edge in (place.left, place.bottom, place.right, place.top))
    return left, bottom, right, top


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("name", FILLINGS)
def test_no_letter_stands_beyond_the_margins(name: str) -> None:
    seen = 0
    for page, box in letters(FILLINGS[name]):
        seen += 1
        assert box[0] >= AREA[0] - OVERHANG_MM, (page, box)
        assert box[1] >= AREA[1] - OVERHANG_MM, (page, box)
        assert box[2] <= AREA[2] + OVERHANG_MM, (page, box)
        assert box[3] <= AREA[3] + OVERHANG_MM, (page, box)
    assert seen > 5_000


@pytest.mark.parametrize("name", FILLINGS)
def test_every_box_lies_on_its_page_apart_from_all_others(name: str) -> None:
    result = filled(FILLINGS[name])
    assert len(result.places) == 6
    for at, place in enumerate(result.places):
        left, bottom, right, top = boxes_mm(place)
        assert 1 <= place.page <= result.page_count
        assert AREA[0] <= left + 0.1 < right <= AREA[2]
        assert AREA[1] <= bottom + 0.1 < top <= PAGE[1]
        for other in result.places[at + 1 :]:
            assert place.page != other.page or not meet(boxes_mm(place), boxes_mm(other)), (place.kind, other.kind)


@pytest.mark.parametrize("name", FILLINGS)
def test_no_letter_stands_in_a_box(name: str) -> None:
    """Printed text in a box would be taken for ink."""
    result = filled(FILLINGS[name])
    places = [(place.page, boxes_mm(place)) for place in result.places]
    for page, box in letters(FILLINGS[name]):
        for number, place in places:
            assert page != number or not meet(box, place), (page, box)


@pytest.mark.parametrize("name", FILLINGS)
def test_every_page_says_its_number_and_that_of_all(name: str) -> None:
    result = filled(FILLINGS[name])
    pages = list(page_texts(result.pdf))
    assert len(pages) == result.page_count
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {result.page_count}" in text
        assert f"第 {number} 页，共 {result.page_count} 页" in text
        assert CODES.serial in text


@pytest.mark.parametrize("who", ["adult", "minor"])
def test_boxes_are_as_large_for_everyone(template: Template, who: str) -> None:
    sizes = {
        place.kind: (
            round((place.right - place.left) / POINTS_PER_MM),
            round((place.top - place.bottom) / POINTS_PER_MM),
        )
        for place in typeset(template, sample(who), codes=CODES).places
    }
    wanted = {
        "author_signature": (104, 30),
        "author_name": (104, 14),
        "author_date": (58, 14),
        "company_seal": (104, 42),
    }
    if who == "minor":
        wanted |= {"guardian_signature": (104, 30), "guardian_name": (104, 14)}
    assert sizes == wanted


def test_a_guardian_s_contract_names_the_guardian_and_the_minor(template: Template) -> None:
    pages = list(page_texts(typeset(template, sample("minor"), codes=CODES).pdf))
    assert "Nguyễn Văn Cường" in pages[-1]
    assert "E7700112M" in pages[-1]
    assert "Nguyễn Thị Bình" in pages[-1]
    adult = "\n".join(page_texts(typeset(template, sample("adult"), codes=CODES).pdf))
    assert "Guardian\n" not in adult
    assert "E7700112M" not in adult


def test_a_guardian_signs_between_author_and_company(template: Template) -> None:
    places = {place.kind: place for place in typeset(template, sample("minor"), codes=CODES).places}
    order = [places[kind] for kind in ("author_signature", "author_name", "guardian_signature", "company_seal")]
    positions = [(place.page, -place.top) for place in order]
    assert positions == sorted(positions)


def test_preview_and_print_have_their_boxes_at_the_same_places(template: Template) -> None:
    """Who looks at the preview sees the contract that will be signed."""
    preview, final = (typeset(template, sample("minor"), codes=codes) for codes in (None, CODES))
    assert preview.page_count == final.page_count
    for one, other in zip(preview.places, final.places, strict=True):
        assert (one.kind, one.page) == (other.kind, other.page)
        assert math.dist((one.left, one.top), (other.left, other.top)) < 0.1
