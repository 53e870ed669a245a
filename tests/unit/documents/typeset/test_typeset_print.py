"""The finished print: archival, reproducible, literal, coded on every page, with its places to sign."""

import io
import unicodedata
from typing import Any

import pikepdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from inkseal.documents.codes import PrintFacts, is_genuine, read_payload
from inkseal.documents.typeset import (
    DataFault,
    DataFaultsError,
    PageCodes,
    Place,
    Template,
    Typeset,
    typeset,
)
from inkseal.documents.typeset.layout import forget_layouts
from tests.unit.documents.typeset_kit import CODES, page_images, page_texts, sample

POINTS_PER_MM = 72 / 25.4
ATTACKS = ['#eval("1")', "*x*", "$", "{{7*7}}", "_u_", "`r`", "<b>", "@ref", "\\", "= H", "[x](y)", "//x", "{% load %}"]


def darkest(image: Image.Image) -> int:
    return next(tone for tone, count in enumerate(image.histogram()) if count)


def xmp(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return bytes(document.Root.Metadata.read_bytes()).decode()


def facts(template: Template, printed: Typeset, codes: PageCodes = CODES) -> PrintFacts:
    return PrintFacts(codes.serial, codes.revision, printed.page_count, template.version, codes.content_hash)


def place(printed: Typeset, kind: str) -> Place:
    (found,) = (place for place in printed.places if place.kind == kind)
    return found


def test_the_file_declares_pdf_a_2a_and_pdf_ua_1(printed: Typeset) -> None:
    metadata = xmp(printed.pdf)
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_the_file_opens_whole_with_every_font_embedded_and_tagged(printed: Typeset) -> None:
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        assert len(document.pages) == printed.page_count
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en"
        descriptors = [
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        ]
        assert descriptors
        assert all("/FontFile2" in item or "/FontFile3" in item for item in descriptors)
    assert printed.pdf.endswith(b"%%EOF\n")


def test_every_page_is_a4(printed: Typeset) -> None:
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        sizes = {tuple(round(float(edge)) for edge in page.mediabox) for page in document.pages}
    assert sizes == {(0, 0, 595, 842)}


def test_the_date_in_the_file_is_the_contracts(printed: Typeset) -> None:
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        assert str(document.docinfo.CreationDate).startswith("D:20261121000000")


def test_the_files_metadata_names_no_person(printed: Typeset) -> None:
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        described = f"{xmp(printed.pdf)} {document.docinfo}"
    assert "100000001101100" in described
    assert "Alice" not in described


def test_the_contract_is_bilingual_and_of_the_promised_length(printed: Typeset) -> None:
    text = "\n".join(page_texts(printed.pdf))
    assert 8 <= printed.page_count <= 12
    for expected in ("Rights granted", "第三条", "30,000 words", "21 November 2026", "USD", "50%", "Northlight Press"):
        assert expected in text


def test_every_page_shows_number_version_and_page(template: Template, printed: Typeset) -> None:
    for number, text in enumerate(page_texts(printed.pdf), start=1):
        assert "100000001101100" in text
        assert template.version[:12] in text
        assert f"Page {number} of {printed.page_count}" in text


def test_the_same_data_gives_the_same_bytes_after_a_fresh_start(template: Template, printed: Typeset) -> None:
    forget_layouts()
    assert typeset(template, sample("adult"), codes=CODES) == printed


@settings(max_examples=4, deadline=None)
@given(
    name=st.text("ABCabc éñşøЖя谭岚", min_size=1, max_size=40).filter(str.strip),
    title=st.text("ABCabc 01!?—谭船渡", min_size=1, max_size=120).filter(str.strip),
    words=st.integers(1, 10_000_000),
    guarded=st.booleans(),
)
def test_random_data_gives_the_same_bytes_whatever_was_set_before(
    template: Template, name: str, title: str, words: int, *, guarded: bool
) -> None:
    data = sample("minor" if guarded else "adult")
    data["author"]["name"], data["book"]["title"], data["terms"]["words_per_month"] = name, title, words
    warm = typeset(template, data, codes=CODES)
    forget_layouts()
    assert typeset(template, data, codes=CODES) == warm


def test_another_date_gives_another_file(template: Template, printed: Typeset, data: dict[str, Any]) -> None:
    data["contract"]["date"] = "2026-11-22"
    assert typeset(template, data, codes=CODES).pdf != printed.pdf


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_in_data_is_printed_as_it_was_typed(template: Template, data: dict[str, Any], attack: str) -> None:
    data["author"]["name"] = f"Bob {attack} Bob"
    data["book"]["title"] = attack
    first, second, *_ = page_texts(typeset(template, data, codes=None).pdf)
    assert f"Bob {attack} Bob" in first
    assert attack in second


@pytest.mark.parametrize(
    "name", ["ليلى", "สมชาย ใจดี", "प्रिया", "Nguyễn Thị Ánh Tuyết", "Анна Ёлкина", "谭岚月", "陳曉燕", "Ελένη", "さくら"]
)
def test_a_name_in_any_of_these_scripts_can_be_copied_out_of_the_file(
    template: Template, data: dict[str, Any], name: str
) -> None:
    data["author"]["name"] = name
    first = next(page_texts(typeset(template, data, codes=None).pdf))
    assert name in unicodedata.normalize("NFC", first)


def test_a_word_longer_than_its_column_stays_on_the_page(template: Template, data: dict[str, Any]) -> None:
    data["book"]["title"] = "W" * 200
    data["author"]["email"] = "a" * 240 + "@example.org"
    for image in page_images(typeset(template, data, codes=None).pdf, dpi=50)[:2]:
        margin = image.convert("L").crop((image.width - 35, 0, image.width, image.height))
        assert darkest(margin) > 200


@pytest.mark.parametrize("dpi", [150, 200])
def test_every_pages_code_is_read_from_its_picture_and_genuine(template: Template, printed: Typeset, dpi: int) -> None:
    for number, image in enumerate(page_images(printed.pdf, dpi=dpi), start=1):
        (found,) = zxingcpp.read_barcodes(image)
        code = read_payload(found.text)
        assert code is not None
        assert code.page == number
        assert is_genuine(code, facts(template, printed), key=CODES.key)


def test_the_code_is_22_mm_wide(printed: Typeset) -> None:
    (found,) = zxingcpp.read_barcodes(page_images(printed.pdf, dpi=254)[0])
    assert found.position.top_right.x - found.position.top_left.x == pytest.approx(220, abs=4)


def test_codes_of_a_confirmed_text_do_not_fit_a_changed_one(template: Template, printed: Typeset) -> None:
    (found,) = zxingcpp.read_barcodes(page_images(printed.pdf, dpi=150)[0])
    code = read_payload(found.text)
    assert code is not None
    changed = PageCodes(CODES.serial, CODES.revision, "ce" * 32, CODES.key)
    assert not is_genuine(code, facts(template, printed, changed), key=CODES.key)
    assert not is_genuine(code, facts(template, printed), key=bytes(32))


def test_a_contract_of_another_length_gets_codes_for_its_own_length(template: Template, data: dict[str, Any]) -> None:
    """The first layout guesses the page count; the codes must be those of the count that came out."""
    forget_layouts()
    data["book"]["title"] = "W" * 200
    longer = typeset(template, data, codes=CODES)
    shorter = typeset(template, sample("adult"), codes=CODES)
    for result in (longer, shorter):
        (found,) = zxingcpp.read_barcodes(page_images(result.pdf, dpi=150)[-1])
        code = read_payload(found.text)
        assert code is not None
        assert code.page == result.page_count
        assert is_genuine(code, facts(template, result), key=CODES.key)


def test_an_adult_has_four_places_and_no_guardians_box(printed: Typeset) -> None:
    kinds = [place.kind for place in printed.places]
    assert kinds == ["author_signature", "author_name", "author_date", "company_seal"]
    assert {place.page for place in printed.places} == {printed.page_count}


def test_a_guardian_gets_boxes_of_his_own(template: Template) -> None:
    result = typeset(template, sample("minor"), codes=CODES)
    assert {place.kind for place in result.places} >= {"guardian_signature", "guardian_name"}
    assert len(result.places) == 6
    assert "Nguyễn Văn Cường" in list(page_texts(result.pdf))[-1]


def test_places_are_where_the_boxes_are_drawn_and_empty_inside(printed: Typeset) -> None:
    image = page_images(printed.pdf, dpi=288)[-1].convert("L")
    for found in printed.places:
        left, right = found.left * 4, found.right * 4
        top, bottom = image.height - found.top * 4, image.height - found.bottom * 4
        on_the_left = image.crop(
            (round(left) - 2, round((top + bottom) / 2), round(left) + 3, round((top + bottom) / 2) + 1)
        )
        on_the_top = image.crop(
            (round((left + right) / 2), round(top) - 2, round((left + right) / 2) + 1, round(top) + 3)
        )
        assert darkest(on_the_left) < 100, found.kind
        assert darkest(on_the_top) < 100, found.kind
        inside = image.crop((round(left) + 5, round(top) + 5, round(right) - 5, round(bottom) - 5))
        assert darkest(inside) == 255, found.kind


def test_places_are_large_enough_to_write_in_and_do_not_overlap(template: Template) -> None:
    result = typeset(template, sample("minor"), codes=CODES)
    signature = place(result, "author_signature")
    assert signature.right - signature.left == pytest.approx(104 * POINTS_PER_MM, abs=0.1)
    assert signature.top - signature.bottom == pytest.approx(30 * POINTS_PER_MM, abs=0.1)
    for one in result.places:
        assert 0 < one.left < one.right < 595.3
        assert 0 < one.bottom < one.top < 841.9
        for other in result.places:
            apart = (
                one.right <= other.left or other.right <= one.left or one.top <= other.bottom or other.top <= one.bottom
            )
            assert apart or one is other


def test_a_preview_is_marked_and_has_neither_number_nor_code(template: Template) -> None:
    result = typeset(template, sample("adult"), codes=None)
    for text in page_texts(result.pdf):
        assert "Preview, not for signing" in text
        assert "预览" in text
        assert "100000001101100" not in text
    assert all(not zxingcpp.read_barcodes(image) for image in page_images(result.pdf, dpi=150))
    assert len(result.places) == 4


def test_a_preview_needs_no_number(template: Template, data: dict[str, Any]) -> None:
    data["contract"]["number"] = ""
    assert typeset(template, data, codes=None).page_count > 1


def test_codes_of_another_number_are_refused(template: Template, data: dict[str, Any]) -> None:
    data["contract"]["number"] = "100000002201100"
    with pytest.raises(DataFaultsError) as caught:
        typeset(template, data, codes=CODES)
    assert caught.value.faults == (DataFault("contract.number", "serial"),)
