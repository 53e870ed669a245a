"""Both standard contracts, for adults and minors: pages, places, codes, and nothing outside its column."""

import pytest
import zxingcpp
from PIL import Image

from inkseal.documents.codes import PrintFacts, is_genuine, read_payload
from inkseal.documents.typeset import Typeset, typeset
from inkseal.documents.typeset.check import check_template
from inkseal.documents.typeset.layout import forget_layouts
from tests.unit.documents.typeset.buyout_kit import (
    BUYOUT,
    SHARE,
    TEMPLATES,
    VARIANTS,
    Data,
    codes_of,
    pages_of,
    printed_sample,
    sample_of,
    shipped,
)
from tests.unit.documents.typeset_kit import FONT_DIRS, page_images

AUTHORS = ["author_signature", "author_name", "author_date"]
GUARDIANS = ["guardian_signature", "guardian_name"]
DPI = 60
#: Millimetres of the sheet: its margins, the gap between the languages, the foot of the header.
WIDTH, LEFT, RIGHT, FOOT, HEADER = 210, 20, 190, 280, 42
GAP = (101.5, 108.5)


def strip(page: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """Cut out a part of a page, measured in millimetres."""
    left, top, right, bottom = (round(edge * DPI / 25.4) for edge in (left, top, right, bottom))
    return page.convert("L").crop((left, top, right, bottom))


def darkest(image: Image.Image) -> int:
    return next(tone for tone, count in enumerate(image.histogram()) if count)


def assert_nothing_outside(result: Typeset) -> None:
    """Margins are empty on every page, and so is the gap between the languages of the clauses."""
    pages = page_images(result.pdf, dpi=DPI)
    for number, page in enumerate(pages, start=1):
        assert darkest(strip(page, 0, 0, LEFT - 1, 297)) == 255, number
        assert darkest(strip(page, RIGHT + 1, 0, WIDTH, 297)) == 255, number
        assert darkest(strip(page, 0, FOOT + 1, WIDTH, 297)) == 255, number
        if 1 < number < len(pages):
            assert darkest(strip(page, GAP[0], HEADER, GAP[1], FOOT)) == 255, number


def with_long_values(data: Data) -> None:
    data["book"]["title"] = "The Lantern Ferry and Its Nine Hundred Returns " * 4
    data["author"]["name"] = "Alice Wilhelmina " * 6
    data["publisher"]["address"] = "8 Harbour Row, Example City 10115, " * 8
    data["terms"] |= {"buyout_price": "999999999999.99", "min_words": 999_999_998, "max_words": 999_999_999}


@pytest.mark.parametrize(("name", "who"), VARIANTS)
def test_a_contract_has_its_length_and_is_signed_on_its_last_page(name: str, who: str) -> None:
    result = printed_sample(name, who)
    kinds = [*AUTHORS, *(GUARDIANS if who == "minor" else []), "company_seal"]
    assert [place.kind for place in result.places] == kinds
    assert {place.page for place in result.places} == {result.page_count}
    assert result.page_count == {(BUYOUT, "adult"): 10}.get((name, who), 11)


@pytest.mark.parametrize(("name", "who"), VARIANTS)
def test_every_page_has_its_own_genuine_code(name: str, who: str) -> None:
    result, codes = printed_sample(name, who), codes_of(sample_of(name, who))
    facts = PrintFacts(codes.serial, "A", result.page_count, shipped(name).version, codes.content_hash)
    for number, image in enumerate(page_images(result.pdf, dpi=150), start=1):
        (found,) = zxingcpp.read_barcodes(image)
        code = read_payload(found.text)
        assert code is not None
        assert code.page == number
        assert is_genuine(code, facts, key=codes.key)


@pytest.mark.parametrize(("name", "who"), VARIANTS)
def test_nothing_is_printed_outside_its_column(name: str, who: str) -> None:
    assert_nothing_outside(printed_sample(name, who))


@pytest.mark.parametrize("who", ["adult", "minor"])
def test_the_longest_values_stay_in_their_column(who: str) -> None:
    data = sample_of(BUYOUT, who)
    with_long_values(data)
    result = typeset(shipped(BUYOUT), data, codes=codes_of(data))
    assert_nothing_outside(result)
    assert len(result.places) == len(printed_sample(BUYOUT, who).places)


@pytest.mark.parametrize(("name", "who"), VARIANTS)
def test_boxes_lie_on_the_page_and_apart(name: str, who: str) -> None:
    places = printed_sample(name, who).places
    for one in places:
        assert 56 < one.left < one.right < 540
        assert 48 < one.bottom < one.top < 842 - 119
        others = (other for other in places if other is not one and other.left < one.right and one.left < other.right)
        assert all(one.top < other.bottom or other.top < one.bottom for other in others), one.kind


def test_both_contracts_have_the_same_boxes_for_adults() -> None:
    """A scan is checked by these places, whichever contract it is of."""

    def sizes(name: str) -> list[tuple[str, float, float]]:
        places = printed_sample(name, "adult").places
        return [(p.kind, round(p.right - p.left, 1), round(p.top - p.bottom, 1)) for p in places]

    assert sizes(BUYOUT) == sizes(SHARE)


def test_the_buyout_passes_every_check_of_the_command() -> None:
    checks = check_template(TEMPLATES / BUYOUT, FONT_DIRS)
    assert [(check.name.value, check.faults) for check in checks if not check.passed] == []
    assert len(checks) == 6


def test_the_templates_are_for_different_agreements_and_have_numbers_of_their_own() -> None:
    share, buyout = shipped(SHARE).meta, shipped(BUYOUT).meta
    assert (share.tid, share.agreements) == (1, (1,))
    assert (buyout.tid, buyout.agreements) == (2, (2,))
    assert set(buyout.names) == {"en", "zh"}


def test_setting_one_contract_after_the_other_does_not_mix_them() -> None:
    data = sample_of(BUYOUT, "minor")
    typeset(shipped(SHARE), sample_of(SHARE, "adult"), codes=None)
    warm = typeset(shipped(BUYOUT), data, codes=codes_of(data))
    forget_layouts()
    assert typeset(shipped(BUYOUT), data, codes=codes_of(data)) == warm


def test_no_page_of_the_buyout_is_nearly_empty() -> None:
    for who in ("adult", "minor"):
        for text in pages_of(BUYOUT, who):
            assert len(text) > 400
