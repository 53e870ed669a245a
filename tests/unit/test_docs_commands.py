"""Every command explains itself: what it does, an example, its exit codes."""

from collections.abc import Iterator

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from inkseal.project.cli import build


def leaves(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    subcommands: dict[str, object] = getattr(command, "commands", {})
    if not subcommands:
        yield path
    for name, subcommand in subcommands.items():
        yield from leaves(subcommand, (*path, name))


PATHS = list(leaves(get_command(build())))


def help_of(*path: str) -> str:
    answer = CliRunner().invoke(build(), [*path, "--help"])
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_the_help_of_a_command_shows_an_example(path: tuple[str, ...]) -> None:
    assert f"inkseal {' '.join(path)}" in help_of(*path).partition("Example")[2]


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_the_help_of_a_command_lists_its_exit_codes(path: tuple[str, ...]) -> None:
    assert "0" in help_of(*path).partition("Exit codes:")[2].partition("Options:")[0]


def test_the_help_of_inkseal_lists_every_command() -> None:
    shown = help_of()
    assert all(path[0] in shown for path in PATHS)


def test_inkseal_alone_shows_its_help_and_ends_with_the_code_for_usage() -> None:
    answer = CliRunner().invoke(build(), [])
    assert answer.exit_code == 2
    assert "Usage: inkseal" in answer.output


def test_an_unknown_command_is_named() -> None:
    answer = CliRunner().invoke(build(), ["sign-everything"])
    assert answer.exit_code == 2
    assert "sign-everything" in answer.stderr
