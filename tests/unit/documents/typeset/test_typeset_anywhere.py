"""A contract's bytes and a template's version depend on their content alone: no process, clock, language or place."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkseal.core.errors import PermanentError
from inkseal.documents.typeset import Template, Typeset, load_template, typeset
from tests.unit.documents.typeset_kit import CODES, FONT_DIRS, ROOT, SMALL_DATA, STANDARD, sample

Maker = Callable[..., Path]
ELSEWHERE: dict[str, Mapping[str, str]] = {
    "on the Chatham Islands, in Turkish": {"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "without a language, hashed otherwise": {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "12345"},
    "with a build date of its own": {"SOURCE_DATE_EPOCH": "86400", "RAYON_NUM_THREADS": "3"},
}
PROGRAM = """
import hashlib
from inkseal.documents.typeset import load_template, typeset
from tests.unit.documents.typeset_kit import CODES, FONT_DIRS, STANDARD, sample
template = load_template(STANDARD, FONT_DIRS)
print(template.version)
for name in ("adult", "minor"):
    print(hashlib.sha256(typeset(template, sample(name), codes=CODES).pdf).hexdigest())
"""


@pytest.mark.parametrize("where", ELSEWHERE)
def test_another_process_elsewhere_makes_the_same_bytes(where: str, template: Template, printed: Typeset) -> None:
    minor = typeset(template, sample("minor"), codes=CODES)
    environment = {**ELSEWHERE[where], "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=environment, cwd="/"
    )
    digests = [hashlib.sha256(result.pdf).hexdigest() for result in (printed, minor)]
    assert done.stdout.split() == [template.version, *digests]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped template in another place."""
    return Path(shutil.copytree(STANDARD, tmp_path / "copy", symlinks=False))


def test_the_place_of_the_folder_changes_neither_version_nor_bytes(copy: Path, template: Template) -> None:
    moved = load_template(copy, FONT_DIRS)
    assert moved.version == template.version
    assert typeset(moved, sample("adult"), codes=CODES) == typeset(template, sample("adult"), codes=CODES)


def test_the_time_of_change_and_rights_of_files_do_not_matter(copy: Path) -> None:
    before = load_template(copy, FONT_DIRS).version
    for number, file in enumerate(sorted(copy.rglob("*"))):
        os.utime(file, (1_000_000 + number, 2_000_000 + number))
        file.chmod(0o700)
    assert load_template(copy, FONT_DIRS).version == before


def test_any_changed_byte_of_any_file_changes_the_version(copy: Path) -> None:
    """First, middle and last byte of each; a change that breaks the file is refused, which also keeps it apart."""
    original = load_template(copy, FONT_DIRS).version
    for file in sorted(path for path in copy.rglob("*") if path.is_file()):
        content = file.read_bytes()
        for at in (0, len(content) // 2, len(content) - 1):
            file.write_bytes(content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :])
            assert version_of(copy) != original, (file.name, at)
        file.write_bytes(content)
    assert load_template(copy, FONT_DIRS).version == original


def version_of(folder: Path) -> str | None:
    try:
        return load_template(folder, FONT_DIRS).version
    except PermanentError:
        return None


@pytest.mark.parametrize("name", ["new.txt", ".hidden", "samples/new.json", "deep/er/note.md", "main.typ.bak"])
def test_a_file_more_changes_the_version_and_its_removal_changes_it_back(copy: Path, name: str) -> None:
    before = load_template(copy, FONT_DIRS).version
    extra = copy / name
    extra.parent.mkdir(parents=True, exist_ok=True)
    extra.write_bytes(b"")
    assert load_template(copy, FONT_DIRS).version != before
    extra.unlink()
    assert load_template(copy, FONT_DIRS).version == before


def test_contents_exchanged_between_two_files_change_the_version(small: Maker) -> None:
    one = load_template(small(**{"a.txt": "x", "b.txt": "y"}), FONT_DIRS).version
    other = load_template(small(**{"a.txt": "y", "b.txt": "x"}), FONT_DIRS).version
    assert one != other


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.text(max_size=30))
def test_different_notes_are_different_versions(small: Maker, one: str, other: str) -> None:
    def with_note(note: str) -> str:
        folder = small()
        (folder / "note.txt").write_bytes(note.encode("utf-8", "surrogatepass"))
        return load_template(folder, FONT_DIRS).version

    assert (with_note(one) == with_note(other)) == (one == other)


def test_a_version_is_64_figures_and_stands_on_every_page(template: Template, printed: Typeset) -> None:
    assert len(template.version) == 64
    assert int(template.version, 16) >= 0
    assert printed.page_count > 1


def test_one_small_difference_of_data_is_another_file(small: Maker) -> None:
    template = load_template(small(), FONT_DIRS)
    files = {typeset(template, {**SMALL_DATA, "author": {"name": name}}, codes=None).pdf for name in ("Al", "AI", "A1")}
    assert len(files) == 3
