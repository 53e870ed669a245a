"""The whole way of a page: printed with its code, photographed, taken in, sorted."""

import random
from functools import cache

import pytest
from PIL import Image

from inkseal.documents.demo_photos import photograph
from inkseal.documents.intake import Picture, read_picture
from inkseal.documents.scan import Reading, sort_pages
from tests.unit.documents.sheets import EXPECTED, code_image, jpeg, payload, sheet

#: A4 at 200 dpi, with a code of 22 mm.
PRINT_SIZE = (1654, 2339)
CODE_PIXELS = 173


@cache
def printed(page: int) -> Image.Image:
    paper = sheet(size=PRINT_SIZE)
    code = code_image(payload(page)).resize((CODE_PIXELS * 33 // 25,) * 2)
    paper.paste(code, (PRINT_SIZE[0] - code.width - 80, 80))
    return paper


@pytest.mark.parametrize("seed", [*range(9), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(9, 36))])
def test_the_code_of_a_photographed_page_is_read(seed: int) -> None:
    page = seed % 3 + 1
    assert read_picture(photograph(printed(page), seed=seed)).codes == (payload(page),)


def test_photographed_pages_in_any_order_and_turned_are_sorted() -> None:
    turned = {5: (3, 90), 9: (1, 180), 4: (2, 270), 7: (3, 0)}
    readings = []
    for file_id, (page, angle) in turned.items():
        picture = taken(printed(page).rotate(angle, expand=True), seed=file_id)
        assert picture.height > picture.width
        readings.append(Reading(file_id, picture.codes))
    result = sort_pages(readings, EXPECTED)
    assert dict(result.pages) == {1: 9, 2: 4, 3: 7}
    assert result.replaced == (5,)
    assert result.complete


def test_a_photograph_without_a_page_is_unreadable() -> None:
    desk = Image.effect_noise(PRINT_SIZE, 40).convert("RGB")
    result = sort_pages([Reading(1, read_picture(jpeg(desk)).codes)], EXPECTED)
    assert result.unreadable == (1,)


def test_a_photograph_of_random_dirt_never_makes_up_a_page() -> None:
    dirt = random.Random(2).randbytes(60 * 80)  # noqa: S311 - dirt, not a secret
    picture = Image.frombytes("L", (60, 80), dirt).resize((1_500, 2_000), Image.Resampling.NEAREST)
    assert not sort_pages([Reading(1, read_picture(jpeg(picture)).codes)], EXPECTED).pages


def taken(paper: Image.Image, *, seed: int) -> Picture:
    return read_picture(photograph(paper, seed=seed))
