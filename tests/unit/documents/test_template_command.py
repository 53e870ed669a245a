"""`inkseal template check`: a template is used only if everything a machine can say about it is well."""

import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from inkseal.documents.typeset.check import CheckName, check_template
from inkseal.project.cli.template import register
from tests.unit.documents.typeset_kit import FONT_DIRS, STANDARD

ALL = ["clauses", "schema", "glyphs", "archival", "same_bytes", "places"]


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, ["template", "check", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped template, with one sample, to be broken."""
    copied = tmp_path / "template"
    shutil.copytree(STANDARD, copied)
    (copied / "samples" / "minor.json").unlink()
    return copied


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def faults(folder: Path) -> dict[CheckName, tuple[str, ...]]:
    return {check.name: check.faults for check in check_template(folder, FONT_DIRS) if not check.passed}


def test_the_shipped_template_passes() -> None:
    code, output = run(str(STANDARD))
    assert code == 0
    assert [line.split()[1] for line in output.splitlines()] == ALL


def test_machines_get_the_same_as_json(folder: Path) -> None:
    code, output = run(str(folder), "--json")
    assert code == 0
    document = json.loads(output)
    assert document["passed"] is True
    assert [check["name"] for check in document["checks"]] == ALL


def test_a_broken_template_exits_one_and_says_why(folder: Path) -> None:
    edit(folder, "clauses.zh.md", "{{terms.term_years}}", "{{terms.years}}")
    code, output = run(str(folder))
    assert code == 1
    assert "zh 17.1 unknown_placeholder terms.years" in output
    code, output = run(str(folder), "--json")
    assert code == 1
    assert json.loads(output)["passed"] is False


def test_a_folder_that_is_no_template_is_said_to_be_none(tmp_path: Path) -> None:
    assert faults(tmp_path) == {CheckName.CLAUSES: ("file_missing: meta.toml",)}


def test_a_clause_with_a_character_that_cannot_be_printed_is_named(folder: Path) -> None:
    edit(folder, "clauses.en.md", "A telephone call is not writing.", "A \U0001f4de is not writing.")
    assert faults(folder) == {CheckName.GLYPHS: ("clauses en 1.6: U+1F4DE",)}


def test_a_sample_with_a_character_that_cannot_be_printed_is_named(folder: Path) -> None:
    edit(folder, "samples/adult.json", "The Lantern Ferry", "The \U00020bb7 Ferry")
    assert faults(folder) == {CheckName.GLYPHS: ("samples/adult.json book.title: U+20BB7",)}


def test_a_sample_that_does_not_fit_the_schema_is_named(folder: Path) -> None:
    edit(folder, "samples/adult.json", '"currency": "USD"', '"currency": "dollars"')
    assert faults(folder) == {CheckName.SCHEMA: ("samples/adult.json: terms.currency: pattern",)}


def test_a_sample_that_is_not_json_is_named(folder: Path) -> None:
    (folder / "samples" / "adult.json").write_text("{", encoding="utf-8")
    assert faults(folder) == {CheckName.SCHEMA: ("samples/adult.json: not JSON",)}


def test_a_template_without_samples_cannot_be_judged(folder: Path) -> None:
    (folder / "samples" / "adult.json").unlink()
    assert CheckName.SCHEMA in faults(folder)


def test_a_schema_that_is_none_is_named(folder: Path) -> None:
    edit(folder, "schema.json", '"type": "integer"', '"type": "whole"')
    (fault,) = faults(folder)[CheckName.SCHEMA]
    assert fault.startswith("schema.json")


def test_a_picture_without_a_description_breaks_the_archival_rules(folder: Path) -> None:
    """PDF/UA-1 wants a text for every picture (ISO 14289-1, 7.3)."""
    picture = "#figure(image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"), format: \"svg\"))"
    edit(folder, "main.typ", "#signing(print, values)", f"{picture}\n#signing(print, values)")
    assert set(faults(folder)) == {CheckName.ARCHIVAL}


def test_a_box_that_is_gone_is_named(folder: Path) -> None:
    edit(folder, "signing.typ", "dated: true", "dated: false")
    assert faults(folder) == {CheckName.PLACES: ("samples/adult.json: author_date",)}


def test_a_minors_sample_needs_the_guardians_boxes(folder: Path) -> None:
    shutil.copy(STANDARD / "samples" / "minor.json", folder / "samples")
    edit(folder, "signing.typ", 'signer(print, values, "guardian")', "none")
    assert faults(folder) == {
        CheckName.PLACES: ("samples/minor.json: guardian_name", "samples/minor.json: guardian_signature")
    }
