"""What templates have in common lies once beside them, counts in the version of each, and is all they can link to."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from inkseal.documents.typeset import TemplateError, TemplateReason, load_template, typeset
from tests.unit.documents.typeset_kit import FONT_DIRS, ROOT, SMALL_DATA, SMALL_MAIN, page_texts

Maker = Callable[..., Path]
TEMPLATES = ROOT / "contract-templates"
SHIPPED = ("standard-share", "standard-buyout")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of all shipped templates, links and all."""
    folder = tmp_path / "contract-templates"
    shutil.copytree(TEMPLATES, folder, symlinks=True)
    return folder


@pytest.fixture
def linked(small: Maker) -> Path:
    """A small template that takes a file from the shared folder."""
    folder = small(**{"main.typ": '#import "look.typ": mark\n' + SMALL_MAIN + "#mark\n"})
    shared = folder.parent / "_shared"
    shared.mkdir()
    (shared / "look.typ").write_text("#let mark = [Shared]\n", encoding="utf-8")
    (folder / "look.typ").symlink_to("../_shared/look.typ")
    return folder


def refused_link(folder: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        load_template(folder, FONT_DIRS)
    assert caught.value.reason is TemplateReason.LINK_ELSEWHERE
    return caught.value.detail


def version(folder: Path) -> str:
    return load_template(folder, FONT_DIRS).version


def test_a_shared_file_is_set_as_the_templates_own(linked: Path) -> None:
    (text,) = page_texts(typeset(load_template(linked, FONT_DIRS), SMALL_DATA, codes=None).pdf)
    assert text.endswith("Shared")


def test_a_changed_shared_file_changes_what_is_set(linked: Path) -> None:
    typeset(load_template(linked, FONT_DIRS), SMALL_DATA, codes=None)
    (linked.parent / "_shared" / "look.typ").write_text("#let mark = [Changed]\n", encoding="utf-8")
    (text,) = page_texts(typeset(load_template(linked, FONT_DIRS), SMALL_DATA, codes=None).pdf)
    assert text.endswith("Changed")


def test_the_version_of_both_templates_changes_with_every_shared_file(copied: Path) -> None:
    before = {name: version(copied / name) for name in SHIPPED}
    for file in sorted((copied / "_shared").iterdir()):
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        changed = {name: version(copied / name) for name in SHIPPED}
        assert [name for name in SHIPPED if changed[name] == before[name]] == [], file.name
        file.write_bytes(content)


def test_a_templates_own_change_leaves_the_other_one_as_it_was(copied: Path) -> None:
    before = {name: version(copied / name) for name in SHIPPED}
    clauses = copied / "standard-buyout" / "clauses.en.md"
    clauses.write_bytes(clauses.read_bytes() + b"\n")
    assert version(copied / "standard-buyout") != before["standard-buyout"]
    assert version(copied / "standard-share") == before["standard-share"]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_copy_with_files_for_links_is_the_same_template(tmp_path: Path, name: str) -> None:
    whole = tmp_path / name
    shutil.copytree(TEMPLATES / name, whole)
    assert not any(path.is_symlink() for path in whole.rglob("*"))
    assert version(whole) == version(TEMPLATES / name)


@pytest.mark.parametrize(
    "target", ["../_shared/none.typ", "../outside.typ", "../other/look.typ", "/etc/hostname", ".."]
)
def test_a_link_to_anything_but_a_shared_file_is_refused(linked: Path, target: str) -> None:
    (linked.parent / "outside.typ").write_text("x", encoding="utf-8")
    (linked.parent / "other").mkdir()
    (linked.parent / "other" / "look.typ").write_text("x", encoding="utf-8")
    (linked / "more.typ").symlink_to(target)
    assert refused_link(linked) == "more.typ"


def test_a_link_to_the_shared_folder_itself_is_refused(linked: Path) -> None:
    """Files behind a linked folder would be readable to typst without being in the version."""
    (linked / "parts").symlink_to("../_shared")
    assert refused_link(linked) == "parts"


def test_a_shared_file_that_leads_on_to_elsewhere_is_refused(linked: Path) -> None:
    outside = linked.parent / "outside.typ"
    outside.write_text("#let mark = [Outside]", encoding="utf-8")
    shared = linked.parent / "_shared" / "look.typ"
    shared.unlink()
    shared.symlink_to(outside)
    assert refused_link(linked) == "look.typ"
