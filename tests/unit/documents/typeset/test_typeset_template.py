"""A template folder: what belongs to it, what its version stands for, what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from inkseal.documents.typeset import (
    ClauseFault,
    ClauseFaultsError,
    ClauseReason,
    LayoutError,
    TemplateError,
    TemplateReason,
    load_template,
    typeset,
)
from inkseal.documents.typeset.fonts import font_stamps, index
from tests.unit.documents.typeset_kit import FONT_DIRS, SMALL_DATA, SMALL_MAIN, SMALL_META, STANDARD, page_texts

Maker = Callable[..., Path]


def refused(folder: Path) -> tuple[TemplateReason, str]:
    with pytest.raises(TemplateError) as caught:
        load_template(folder, FONT_DIRS)
    return caught.value.reason, caught.value.detail


def test_the_shipped_template_says_what_it_is_for() -> None:
    meta = load_template(STANDARD, FONT_DIRS).meta
    assert meta.languages == ("en", "zh")
    assert meta.sign_ways == ("paper", "online")
    assert meta.agreements == (1,)
    assert set(meta.names) == {"en", "zh"}


def test_only_regular_and_bold_files_of_the_wanted_families_come_first() -> None:
    template = load_template(STANDARD, FONT_DIRS)
    names = [Path(stamp[0]).name for _, stamp in template.font_files]
    assert template.families == template.meta.fonts
    assert names[0].startswith("NotoSerif_")
    assert all("400Regular" in name or "700Bold" in name for name in names)


def test_the_version_changes_with_every_file_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(STANDARD, folder)
    original = load_template(folder, FONT_DIRS).version
    assert original == load_template(STANDARD, FONT_DIRS).version
    seen = {original}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        before = file.read_bytes()
        file.write_bytes(before + b"\n")
        seen.add(load_template(folder, FONT_DIRS).version)
        file.write_bytes(before)
    assert len(seen) == 1 + sum(path.is_file() for path in folder.rglob("*"))


def test_the_version_changes_with_a_files_name(small: Maker) -> None:
    one = load_template(small(**{"a.txt": "x"}), FONT_DIRS).version
    assert load_template(small(**{"a.txt": None, "b.txt": "x"}), FONT_DIRS).version != one


def test_the_version_changes_with_the_fonts(small: Maker, tmp_path: Path) -> None:
    folder = small()
    extra = tmp_path / "fonts"
    extra.mkdir()
    shutil.copy(next(FONT_DIRS[0].rglob("NotoSansThai_400Regular.ttf")), extra)
    serif = FONT_DIRS[0] / "noto-serif"
    assert load_template(folder, (serif,)).version != load_template(folder, (serif, extra)).version


def test_families_of_further_folders_stand_behind_the_wanted_ones(small: Maker) -> None:
    template = load_template(small(), FONT_DIRS)
    assert template.families[0] == "Noto Serif"
    assert "Noto Sans Thai" in template.families[1:]


def test_an_unchanged_folder_is_not_read_again(small: Maker) -> None:
    folder = small()
    assert load_template(folder, FONT_DIRS) is load_template(folder, FONT_DIRS)


@pytest.mark.parametrize("name", ["meta.toml", "schema.json", "clauses.en.md", "main.typ"])
def test_a_file_that_is_not_there_is_named(small: Maker, name: str) -> None:
    assert refused(small(**{name: None})) == (TemplateReason.FILE_MISSING, name)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing") == (TemplateReason.FILE_MISSING, "nothing")


@pytest.mark.parametrize(
    ("name", "content"), [("meta.toml", "tid = ["), ("meta.toml", "tid = 1"), ("schema.json", "{"), ("meta.toml", "")]
)
def test_a_file_without_its_form_is_named(small: Maker, name: str, content: str) -> None:
    assert refused(small(**{name: content})) == (TemplateReason.FILE_MALFORMED, name)


def test_a_font_that_is_not_there_is_named(small: Maker) -> None:
    meta = SMALL_META.replace('"Noto Serif"', '"Noto Serif", "Comic Serif"')
    assert refused(small(**{"meta.toml": meta})) == (TemplateReason.FONT_MISSING, "Comic Serif")


def test_fonts_of_the_system_are_never_seen(small: Maker, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="font_missing"):
        load_template(small(), (tmp_path,))


@pytest.mark.parametrize("package", ["@preview/tablex:0.0.9", "@local/brand:1.0.0"])
def test_a_package_is_refused_before_anything_is_fetched(small: Maker, package: str) -> None:
    folder = small(**{"more.typ": f'#import "{package}": *'})
    assert refused(folder) == (TemplateReason.PACKAGE_WANTED, package)


def test_a_package_whose_name_is_put_together_is_not_found_either(small: Maker) -> None:
    """The check reads text; what escapes it finds an empty package folder, and no proxy in a pool's child."""
    main = '#let name = "@loc" + "al/brand:1.0.0"\n#import name: *\n' + SMALL_MAIN
    template = load_template(small(**{"main.typ": main}), FONT_DIRS)
    with pytest.raises(LayoutError):
        typeset(template, SMALL_DATA, codes=None)


def test_a_layout_cannot_read_outside_its_folder(small: Maker, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    template = load_template(small(**{"main.typ": '#read("../secret.txt")\n' + SMALL_MAIN}), FONT_DIRS)
    with pytest.raises(LayoutError):
        typeset(template, SMALL_DATA, codes=None)


def test_unknown_placeholders_are_named_with_their_clause(small: Maker) -> None:
    text = "# T\n\n## A\n\n1. {{author.name}}\n2. {{author.nme}} {{bank.iban}}\n"
    with pytest.raises(ClauseFaultsError) as caught:
        load_template(small(**{"clauses.en.md": text}), FONT_DIRS)
    assert caught.value.faults == (
        ClauseFault("en", "1.2", ClauseReason.UNKNOWN_PLACEHOLDER, "author.nme"),
        ClauseFault("en", "1.2", ClauseReason.UNKNOWN_PLACEHOLDER, "bank.iban"),
    )


@pytest.mark.parametrize("author", [{}, {"name": ""}, {"name": " \n "}, {"name": None}])
def test_missing_data_is_named_with_the_clause_that_needs_it(small: Maker, author: dict[str, str | None]) -> None:
    schema = json.dumps({"properties": {"author": {"properties": {"name": {"type": ["string", "null"]}}}}})
    template = load_template(small(**{"schema.json": schema}), FONT_DIRS)
    with pytest.raises(ClauseFaultsError) as caught:
        typeset(template, {**SMALL_DATA, "author": author}, codes=None)
    assert caught.value.faults == (ClauseFault("en", "1.1", ClauseReason.MISSING_DATA, "author.name"),)


def test_a_template_in_one_language_is_set(small: Maker) -> None:
    result = typeset(load_template(small(), FONT_DIRS), SMALL_DATA, codes=None)
    assert result.page_count == 1
    assert list(page_texts(result.pdf)) == ["Alice Tan"]


def test_the_shipped_layout_sets_one_language_alone(tmp_path: Path, data: dict[str, object]) -> None:
    folder = tmp_path / "single"
    shutil.copytree(STANDARD, folder)
    meta = (folder / "meta.toml").read_text("utf-8").replace('["en", "zh"]', '["en"]')
    (folder / "meta.toml").write_text(meta, encoding="utf-8")
    single = typeset(load_template(folder, FONT_DIRS), data, codes=None)
    text = "\n".join(page_texts(single.pdf))
    assert "Rights granted" in text
    assert "授权内容" not in text
    assert len(single.places) == 4


def test_what_typst_refuses_is_reported_without_quoting_data(small: Maker) -> None:
    main = SMALL_MAIN + '#panic("Alice Tan")'
    template = load_template(small(**{"main.typ": main}), FONT_DIRS)
    with pytest.raises(LayoutError) as caught:
        typeset(template, SMALL_DATA, codes=None)
    assert "panicked" in caught.value.hint
    assert "Alice" not in str(caught.value)


def test_more_pages_than_a_code_can_number_are_refused(small: Maker) -> None:
    template = load_template(small(**{"main.typ": SMALL_MAIN + "#pagebreak()" * 99}), FONT_DIRS)
    with pytest.raises(LayoutError, match="100 pages"):
        typeset(template, SMALL_DATA, codes=None)


def test_only_the_weights_of_contracts_are_indexed() -> None:
    found = index(font_stamps(FONT_DIRS))
    assert {font.family for font in found} >= {"Noto Serif", "Noto Serif SC"}
    assert not [font.path.name for font in found if "Thin" in font.path.name]
