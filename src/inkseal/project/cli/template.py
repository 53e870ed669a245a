"""`inkseal template check DIR`: says whether a contract template may be used."""

import json
from pathlib import Path
from typing import Annotated

import typer

from inkseal.documents.typeset.check import Check, check_template
from inkseal.project.cli.failures import CommandError


def register(app: typer.Typer) -> None:
    """Add the `template` commands."""
    group = typer.Typer(no_args_is_help=True, help="Contract templates.")
    group.command("check")(check)
    # Without a callback Typer would drop the word `check` from a group of one command.
    group.callback()(_group)
    app.add_typer(group, name="template")


def _group() -> None:
    """Contract templates."""


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The template's folder.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Check clauses, schema, glyphs, archival validity, same bytes and places to sign.

    Example: inkseal template check contract-templates/standard-share

    Exit codes: 0 the template may be used, 1 it has faults, 78 settings.
    """
    from django.conf import settings

    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder", "Give the folder of a template, with its meta.toml.")
    checks = check_template(folder, settings.FONT_DIRS)
    passed = all(found.passed for found in checks)
    typer.echo(as_document(checks, passed=passed) if as_json else "\n".join(map(as_line, checks)))
    raise typer.Exit(code=0 if passed else 1)


def as_line(found: Check) -> str:
    """Return one check as a line, followed by its faults."""
    head = f"{'ok   ' if found.passed else 'FAULT'} {found.name.value}"
    return "\n".join((head, *(f"        {fault}" for fault in found.faults)))


def as_document(checks: tuple[Check, ...], *, passed: bool) -> str:
    """Return all checks as one JSON text."""
    rows = [{"name": found.name.value, "passed": found.passed, "faults": found.faults} for found in checks]
    return json.dumps({"passed": passed, "checks": rows}, ensure_ascii=False, indent=2)
