"""The documents say what the code does: names, commands, packages and links that are not there are found here."""

import json
import re
from pathlib import Path

import pytest

from inkseal.project.cli import COMMANDS, build
from tools import reference, setup

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
REQUIREMENTS = sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def command_names() -> set[str]:
    from typer.main import get_command

    commands: dict[str, object] = getattr(get_command(build()), "commands", {})
    return set(commands)


def packages() -> set[str]:
    return {path.parent.name for path in (ROOT / "src" / "inkseal").glob("*/__init__.py")}


def requirements(name: str) -> set[str]:
    lines = text_of(f"requirements/{name}.in").splitlines()
    named = [re.match(r"[A-Za-z0-9_-]+", line) for line in lines if not line.startswith("-")]
    return {found[0].lower() for found in named if found is not None}


def test_the_tree_in_the_architecture_is_the_tree() -> None:
    section = text_of("ARCHITECTURE.md").split("src/inkseal/\n", 1)[1].split("contract-templates/", 1)[0]
    assert set(re.findall(r"^  (\w+)/ ", section, flags=re.MULTILINE)) == packages()


def test_the_architecture_gives_every_package_a_reason() -> None:
    section = text_of("ARCHITECTURE.md").split("## Why each package is one", 1)[1].split("\n## ", 1)[0]
    reasons = {
        name for line in section.splitlines() if line.startswith("* ") for name in re.findall(r"\*\*(\w+)\*\*", line)
    }
    assert reasons == packages()


def test_the_direction_in_the_architecture_is_the_one_that_is_checked() -> None:
    layers = re.findall(r'^  "([a-z |]+)",$', text_of("pyproject.toml"), flags=re.MULTILINE)
    section = text_of("ARCHITECTURE.md").split("## Direction", 1)[1]
    said = re.sub(r"\s+", " ", section.split("`")[1])
    assert said.split(" -> ") == layers


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#:]+)\)", page.read_text(encoding="utf-8").replace("][", "] ["))
    plain = [target for target in targets if not target.startswith("http")]
    assert [target for target in plain if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_name_only_make_targets_that_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_name_only_commands_that_exist(page: Path) -> None:
    pattern = r"(?:`|^|\.venv/bin/)inkseal ([a-z-]+)"
    named = set(re.findall(pattern, page.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert named <= command_names()


def test_every_command_of_the_tree_is_registered() -> None:
    folder = ROOT / "src" / "inkseal" / "project" / "cli"
    offering = {path.stem for path in folder.glob("*.py") if "def register(" in path.read_text(encoding="utf-8")}
    assert offering == set(COMMANDS.values())


def test_every_command_is_found_by_the_name_it_is_called_with() -> None:
    assert set(COMMANDS) == command_names()


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_has_its_line_in_the_dependencies(name: str) -> None:
    section = text_of("docs/dependencies.md").split(f"(`requirements/{name}.in`)", 1)[1].split("\n## ", 1)[0]
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", section, flags=re.MULTILINE)) - {"requirement"} == requirements(name)


def test_every_font_package_has_its_line_in_the_dependencies() -> None:
    listed = set(re.findall(r"^\| (@[^ ]+) \|", text_of("docs/dependencies.md"), flags=re.MULTILINE))
    assert listed == set(json.loads(text_of("package.json"))["dependencies"])


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_locks_name_no_host_and_pin_every_requirement_with_a_hash(name: str) -> None:
    lock = text_of(f"requirements/{name}.txt")
    pinned = re.findall(r"^([A-Za-z0-9_.-]+)==\S+.*\\\n    --hash=sha256:", lock, flags=re.MULTILINE)
    assert "://" not in lock
    assert requirements(name) <= {found.lower() for found in pinned}
    assert len(pinned) == len(re.findall(r"^[A-Za-z0-9]", lock, flags=re.MULTILINE))


def test_what_is_tested_is_what_runs() -> None:
    pin = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", flags=re.MULTILINE)
    tested = dict(pin.findall(text_of("requirements/dev.txt")))
    assert {name: tested.get(name) for name, _ in pin.findall(text_of("requirements/base.txt"))} == dict(
        pin.findall(text_of("requirements/base.txt"))
    )


def test_the_lock_of_the_fonts_names_no_host_and_has_a_digest_for_each() -> None:
    lock = text_of("package-lock.json")
    parts = json.loads(lock)["packages"]
    assert "://" not in lock
    assert all(part["integrity"].startswith("sha512-") for name, part in parts.items() if name)


@pytest.mark.parametrize("path", [reference.SETTINGS_PAGE, reference.COMMANDS_PAGE, reference.GLOSSARY_PAGE], ids=str)
def test_generated_pages_are_up_to_date(path: Path) -> None:
    assert text_of(str(path)) == reference.pages(ROOT)[path], "run: python -m tools.reference"


def test_the_glossary_is_in_alphabetical_order() -> None:
    words, _, _ = text_of("docs/glossary.md").partition(reference.TABLES_HEADING)
    listed = [row.split("|")[1].strip() for row in words.splitlines() if row.startswith("| ")][1:]
    assert listed == sorted(listed, key=str.casefold)


def test_decisions_are_numbered_once_and_have_their_three_parts() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == sorted({int(page.name[:4]) for page in pages})
    for page in pages:
        content = page.read_text(encoding="utf-8")
        assert all(part in content for part in ("## Context", "## Decision", "## Consequences")), page.name


def test_continuous_integration_calls_make_test_and_nothing_hidden() -> None:
    lines = [line for line in text_of(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_every_purpose_of_the_set_up_is_used_by_the_makefile() -> None:
    assert set(re.findall(r"\$\(SETUP\) (\w+)", text_of("Makefile"))) == set(setup.PURPOSES)
