"""Fonts: exactly the given files, recognised when they change, with the glyphs that they say they have."""

import os
import shutil
from pathlib import Path

import pytest

from inkseal.documents.typeset.fonts import coverage, digest, family_coverages, font_stamps, index, load, stamps
from tests.unit.documents.typeset_kit import FONT_DIRS

SERIF = next(FONT_DIRS[0].rglob("NotoSerif_400Regular.ttf"))
THAI = next(FONT_DIRS[0].rglob("NotoSansThai_400Regular.ttf"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One font among files that are none."""
    shutil.copy(SERIF, tmp_path)
    (tmp_path / "README.md").write_text("not a font", encoding="utf-8")
    return tmp_path


def test_only_font_files_are_found_at_any_depth(folder: Path) -> None:
    (folder / "deep" / "deeper").mkdir(parents=True)
    shutil.copy(THAI, folder / "deep" / "deeper" / "THAI.TTF")
    assert [Path(stamp[0]).name for stamp in font_stamps([folder])] == ["NotoSerif_400Regular.ttf", "THAI.TTF"]


def test_a_changed_file_has_another_stamp(folder: Path) -> None:
    file = folder / SERIF.name
    (before,) = stamps([file])
    os.utime(file, ns=(0, 0))
    assert stamps([file]) != (before,)


def test_typst_sees_exactly_the_files_it_is_given() -> None:
    assert [(font.family, font.weight) for font in load([str(SERIF)]).fonts()] == [("Noto Serif", 400)]
    assert load([]).fonts() == []


def test_files_keep_their_own_paths() -> None:
    (font,) = load([str(SERIF)]).fonts()
    assert Path(font.path).resolve() == SERIF.resolve()


def test_the_index_knows_families_by_typsts_names(folder: Path) -> None:
    (font,) = index(font_stamps([folder]))
    assert font.family == "Noto Serif"
    assert font.path.name == SERIF.name


def test_a_digest_is_that_of_the_content(folder: Path) -> None:
    (copied,), (original,) = stamps([folder / SERIF.name]), stamps([SERIF])
    assert digest(copied) == digest(original)
    assert digest(copied) != digest(stamps([THAI])[0])


def test_coverage_is_what_the_character_map_says() -> None:
    (stamp,) = stamps([THAI])
    assert ord("ก") in coverage(stamp)
    assert ord("谭") not in coverage(stamp)


def test_a_family_covers_what_all_of_its_files_have() -> None:
    (serif,), (thai,) = stamps([SERIF]), stamps([THAI])
    (both,) = family_coverages((("One", serif), ("One", thai)))
    assert both == coverage(serif) & coverage(thai)
    assert family_coverages((("A", serif), ("B", thai))) == (coverage(serif), coverage(thai))
