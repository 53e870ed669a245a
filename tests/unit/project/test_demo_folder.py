"""`inkseal demo --out`: it empties what an earlier demo left, and nothing that is anybody's."""

from pathlib import Path

import pytest

from inkseal.project.cli.demo import MADE, MARK, _prepare
from inkseal.project.cli.failures import CommandError


def earlier_demo(folder: Path) -> None:
    """Leave what a demo leaves."""
    _prepare(folder)
    for name in MADE - {MARK, "data", "photos"}:
        (folder / name).write_text("old", encoding="utf-8")
    (folder / "photos").mkdir()
    (folder / "photos" / "page-01.jpg").write_text("old", encoding="utf-8")


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("there", [True, False])
def test_an_empty_or_a_new_folder_is_used(tmp_path: Path, there: bool) -> None:  # noqa: FBT001  # a case
    folder = tmp_path / "out" / "below"
    if there:
        folder.mkdir(parents=True)
    assert _prepare(folder) == folder
    assert everything(folder) == {MARK, "data"}


def test_what_an_earlier_demo_left_is_emptied(tmp_path: Path) -> None:
    earlier_demo(tmp_path / "out")
    _prepare(tmp_path / "out")
    assert everything(tmp_path / "out") == {MARK, "data"}


def test_a_demo_that_was_cut_off_is_emptied_too(tmp_path: Path) -> None:
    _prepare(tmp_path / "out")
    (tmp_path / "out" / "data" / "inkseal.db").write_text("half", encoding="utf-8")
    _prepare(tmp_path / "out")
    assert everything(tmp_path / "out") == {MARK, "data"}


@pytest.mark.parametrize("name", ["novel.txt", ".hidden", "print.pdf", "data"])
def test_a_folder_without_the_mark_is_refused_and_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("chapter one", encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        _prepare(tmp_path)
    assert caught.value.fact == f"{tmp_path} is not empty"
    assert (tmp_path / name).read_text(encoding="utf-8") == "chapter one"


def test_a_file_that_somebody_put_beside_an_earlier_demo_protects_all_of_it(tmp_path: Path) -> None:
    earlier_demo(tmp_path / "out")
    (tmp_path / "out" / "my-notes.txt").write_text("keep me", encoding="utf-8")
    before = everything(tmp_path / "out")
    with pytest.raises(CommandError):
        _prepare(tmp_path / "out")
    assert everything(tmp_path / "out") == before


def test_a_file_in_place_of_the_folder_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("chapter one", encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        _prepare(tmp_path / "out")
    assert caught.value.fact == f"{tmp_path / 'out'} cannot be used (Not a directory)"
    assert (tmp_path / "out").read_text(encoding="utf-8") == "chapter one"


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError) as caught:
        _prepare(tmp_path / "file" / "out")
    assert "cannot be used" in caught.value.fact
    assert "--out" in caught.value.advice


def test_a_link_is_followed_and_what_it_leads_to_is_protected_alike(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "novel.txt").touch()
    (tmp_path / "out").symlink_to(tmp_path / "home")
    with pytest.raises(CommandError):
        _prepare(tmp_path / "out")
    assert (tmp_path / "home" / "novel.txt").exists()
