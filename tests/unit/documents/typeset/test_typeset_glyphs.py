"""Characters without a glyph are named before typesetting; what is not named can really be set."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from inkseal.documents.typeset import MissingGlyph, MissingGlyphsError, Template, missing_glyphs, typeset
from inkseal.documents.typeset.fonts import family_coverages
from inkseal.documents.typeset.glyphs import missing_clause_glyphs, unprintable
from tests.unit.documents.typeset_kit import CODES

FAMILIES = (frozenset(map(ord, "abc é")), frozenset(map(ord, "กั")))
SCRIPTS = {
    "Arabic": "ليلى الحداد",
    "Persian with a non-joiner": "علی‌رضا",
    "Thai": "สมชาย ใจดี",
    "Devanagari": "प्रिया शर्मा",
    "Devanagari with a joiner": "क्‍ष",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "Vietnamese, decomposed": unicodedata.normalize("NFD", "Nguyễn Thị Ánh Tuyết"),
    "Cyrillic": "Анна Ёлкина",
    "Greek": "Ελένη",
    "simplified Chinese": "谭岚月",
    "traditional Chinese": "陳曉燕",
    "Japanese": "さくら",
}


@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_names_in_many_scripts_can_be_printed(template: Template, data: dict[str, Any], name: str) -> None:
    data["author"]["name"] = name
    assert missing_glyphs(template, data) == ()


def test_a_rare_character_is_named_with_its_field(template: Template, data: dict[str, Any]) -> None:
    data["author"]["name"] = "\U00020bb7田"
    data["bank"]["holder"] = "\U00020bb7 \U00020bb7"
    assert missing_glyphs(template, data) == (
        MissingGlyph("author.name", "\U00020bb7"),
        MissingGlyph("bank.holder", "\U00020bb7"),
    )


def test_all_characters_of_a_field_are_named_once(template: Template, data: dict[str, Any]) -> None:
    data["book"]["title"] = "김민김 🙂"
    assert [glyph.character for glyph in missing_glyphs(template, data)] == ["김", "민", "🙂"]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\ufeff", "\u00ad", "\x07", "\ue000", "\u2028"])
def test_signs_that_hide_or_reverse_text_are_refused(template: Template, data: dict[str, Any], sign: str) -> None:
    data["author"]["name"] = f"Alice{sign}Tan"
    found = missing_glyphs(template, data)
    # A line separator is white space to Python and becomes an ordinary space.
    assert found == (() if sign.isspace() else (MissingGlyph("author.name", sign),))


def test_typesetting_refuses_what_cannot_be_printed_without_quoting_it(
    template: Template, data: dict[str, Any]
) -> None:
    data["author"]["name"] = "Alice \U00020bb7"
    with pytest.raises(MissingGlyphsError) as caught:
        typeset(template, data, codes=CODES)
    assert caught.value.missing == (MissingGlyph("author.name", "\U00020bb7"),)
    assert str(caught.value) == "author.name"


def test_a_form_is_checked_while_it_is_being_filled(template: Template) -> None:
    half = {"author": {"name": "🙂", "birthday": "19"}}
    assert missing_glyphs(template, half) == (MissingGlyph("author.name", "🙂"),)


def test_every_character_of_the_clauses_has_a_glyph(template: Template) -> None:
    assert missing_clause_glyphs(template) == ()


def test_a_letter_and_its_mark_must_come_from_one_family() -> None:
    assert unprintable("กั a", FAMILIES) == ()
    assert unprintable("a\u0e31", FAMILIES) == ("a", "\u0e31")


def test_a_composed_letter_serves_a_decomposed_one() -> None:
    assert unprintable("e\u0301", FAMILIES) == ()
    assert unprintable("c\u0301", FAMILIES) == ("\u0301",)


def test_coverage_counts_only_what_regular_and_bold_both_have(template: Template) -> None:
    families = family_coverages(template.font_files)
    assert len(families) == len(template.meta.fonts)
    assert ord("谭") in families[1]
    assert ord("谭") not in families[0]
    assert all(Path(stamp[0]).is_file() for _, stamp in template.font_files)
