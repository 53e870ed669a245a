"""Names and exit codes of the commands are a contract: outside scripts call them (spec, README)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from inkseal.project.cli import build
from inkseal.project.environment import ROOT

TEMPLATE = str(ROOT / "contract-templates" / "standard-share")


@pytest.fixture
def empty(tmp_path: Path) -> Mapping[str, str]:
    """The environment of an installation that has nothing yet."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    return plain | {"INKSEAL_VAR_DIR": str(tmp_path / "var"), "INKSEAL_LOG_LEVEL": "ERROR"}


def run(env: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inkseal.project.cli", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    subcommands: dict[str, Any] = getattr(command, "commands", {})
    if not subcommands:
        yield path, command
    for name, subcommand in subcommands.items():
        yield from leaves(subcommand, (*path, name))


COMMANDS = dict(leaves(get_command(build())))
ALL = pytest.mark.parametrize("path", COMMANDS, ids=" ".join)


@pytest.mark.parametrize(
    "path", ["serve", "worker", "demo", "doctor", "verify", "migrate", "static", "keys init-demo", "template check"]
)
def test_the_commands_of_the_contract_are_there(path: str) -> None:
    assert tuple(path.split()) in COMMANDS


@ALL
def test_an_unknown_option_is_named_and_ends_with_2(path: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(build(), [*path, "--no-such-option"])
    assert answer.exit_code == 2
    assert "--no-such-option" in answer.stderr
    assert not answer.stdout


@ALL
def test_too_many_words_end_with_2(path: tuple[str, ...]) -> None:
    words = ["one", "two", "three", "four"]
    answer = CliRunner().invoke(build(), [*path, *words])
    assert answer.exit_code == 2
    assert "Usage: " in answer.stderr


@ALL
def test_every_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    for parameter in COMMANDS[path].params:
        hidden = getattr(parameter, "hidden", False)
        assert hidden or getattr(parameter, "help", None), f"{parameter.name} of {' '.join(path)}"


@ALL
def test_the_first_line_of_a_help_is_a_sentence(path: tuple[str, ...]) -> None:
    first = str(COMMANDS[path].help).strip().splitlines()[0]
    assert first[0].isupper()
    assert first.endswith(".")
    assert len(first) <= 120


def json_of(answer: subprocess.CompletedProcess[str]) -> Any:
    """Return standard output as JSON: all of it, so that a script may read it whole."""
    return json.loads(answer.stdout)


def test_doctor_on_nothing_says_what_to_do_as_json(empty: Mapping[str, str]) -> None:
    answer = run(empty, "doctor", "--json")
    findings = {finding["check"]: finding for finding in json_of(answer)}
    assert answer.returncode == 1
    assert findings["migrations"]["state"] == "fail"
    assert findings["migrations"]["advice"] == "Run: inkseal migrate"
    assert {finding["state"] for finding in findings.values()} <= {"ok", "warn", "fail"}


def test_doctor_says_the_same_in_words(empty: Mapping[str, str]) -> None:
    answer = run(empty, "doctor")
    assert answer.returncode == 1
    assert "fail  migrations" in answer.stdout
    assert "Run: inkseal migrate" in answer.stdout
    assert "\x1b" not in answer.stdout, "no colours where nobody looks"


def test_a_template_that_may_be_used_is_said_to_be(empty: Mapping[str, str]) -> None:
    answer = run(empty, "template", "check", TEMPLATE, "--json")
    assert answer.returncode == 0, answer.stderr
    said = json_of(answer)
    assert said["passed"] is True
    assert {check["passed"] for check in said["checks"]} == {True}


def test_a_template_with_a_fault_is_refused_in_json_and_in_words(empty: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "template").mkdir()
    answer = run(empty, "template", "check", str(tmp_path / "template"), "--json")
    assert answer.returncode == 1
    assert json_of(answer)["passed"] is False
    assert run(empty, "template", "check", str(tmp_path / "template")).stdout.startswith("FAULT ")


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_a_template_that_is_no_folder_is_said_in_one_sentence(
    empty: Mapping[str, str], tmp_path: Path, kind: str
) -> None:
    if kind == "file":
        (tmp_path / kind).touch()
    answer = run(empty, "template", "check", str(tmp_path / kind))
    assert answer.returncode == 1
    assert answer.stderr == f"inkseal: {tmp_path / kind} is not a folder. {answer.stderr.split('. ', 1)[1]}"
    assert len(answer.stderr.splitlines()) == 1


def test_keys_are_made_once_and_shown_as_json(empty: Mapping[str, str], tmp_path: Path) -> None:
    made = run(empty, "keys", "init-demo")
    assert made.returncode == 0
    shown = json_of(run(empty, "keys", "show", "--json"))
    assert shown["days_left"] > 365
    assert len(shown["fingerprint_sha256"]) == 64
    content = (tmp_path / "var" / "keys" / "seal.p12").read_bytes()
    again = run(empty, "keys", "init-demo")
    assert again.returncode == 1
    assert "never replaced" in again.stderr
    assert (tmp_path / "var" / "keys" / "seal.p12").read_bytes() == content


def test_keys_that_are_not_there_are_said_in_one_sentence(empty: Mapping[str, str]) -> None:
    answer = run(empty, "keys", "show", "--json")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert len(answer.stderr.splitlines()) == 1
    assert "inkseal keys init-demo" in answer.stderr


@pytest.mark.parametrize("where", ["file", "file/below", "/proc/no-such"])
def test_a_demo_into_what_is_no_folder_is_said_in_one_sentence(
    empty: Mapping[str, str], tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").write_text("chapter one", encoding="utf-8")
    answer = run(empty, "demo", "--out", str(tmp_path / where))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert len(answer.stderr.splitlines()) == 1
    assert "cannot be used" in answer.stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "chapter one"


@pytest.mark.parametrize("arguments", [("migrate",), ("static",), ("doctor",), ("keys", "show"), ("worker", "--once")])
def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(
    empty: Mapping[str, str], arguments: tuple[str, ...]
) -> None:
    answer = run({**empty, "INKSEAL_VAR_DIR": "/proc/no-such"}, *arguments)
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert "/proc/no-such/keys cannot be written" in answer.stderr
    assert "INKSEAL_VAR_DIR" in answer.stderr


@pytest.mark.parametrize("content", ["", "{", '{"secret_key": "only this"}'])
def test_damaged_local_secrets_stop_every_command_and_are_kept(
    empty: Mapping[str, str], tmp_path: Path, content: str
) -> None:
    path = tmp_path / "var" / "keys" / "local-secrets.json"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    answer = run(empty, "migrate")
    assert answer.returncode == 1
    assert "put back the copy of your backup" in answer.stderr
    assert path.read_text(encoding="utf-8") == content


def test_migrating_twice_is_nothing_new(empty: Mapping[str, str]) -> None:
    first, second = run(empty, "migrate"), run(empty, "migrate")
    assert (first.returncode, first.stderr) == (0, "")
    assert (second.returncode, second.stdout) == (0, "The tables are up to date.\n")


def test_the_command_is_there_after_the_set_up() -> None:
    program = Path(sys.executable).with_name("inkseal")
    if not program.exists():
        pytest.skip("not installed into this environment")
    answer = subprocess.run([program, "--help"], capture_output=True, text=True, check=False)
    assert answer.returncode == 0
    assert "Usage: inkseal" in answer.stdout
