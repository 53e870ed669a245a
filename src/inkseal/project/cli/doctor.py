"""`inkseal doctor`: is this installation fit to work, and what is to be done where it is not?"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer

from inkseal.project.cli import ensure_django

if TYPE_CHECKING:
    from inkseal.project.checks import Finding

COLOURS: Final = {"ok": typer.colors.GREEN, "warn": typer.colors.YELLOW, "fail": typer.colors.RED}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON list for machines.")] = False,
) -> None:
    """Check settings, database, fonts, seal key, roots, mail server, storage and outbox.

    Example: inkseal doctor --json

    Exit codes: 0 nothing failed, 1 something failed, 78 settings.
    """
    ensure_django()
    from inkseal.project.checks import State, all_findings

    findings = list(all_findings())
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        _show(findings)
    raise typer.Exit(any(finding.state is State.FAIL for finding in findings))


def _show(findings: Sequence["Finding"]) -> None:
    for finding in findings:
        state = typer.style(f"{finding.state.value:4}", fg=COLOURS[finding.state.value])
        advice = f". {finding.advice}" if finding.advice else ""
        typer.echo(f"{state}  {finding.check:10}  {finding.fact}{advice}")
