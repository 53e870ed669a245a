"""`inkseal keys erase`: makes everything sealed for one person unreadable, and records on which legal basis."""

import json
import re
import sys
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from inkseal.project.cli import ensure_django
from inkseal.project.cli.failures import CommandError

if TYPE_CHECKING:
    from inkseal.project.erasure import Erasure, Retention, Scope

SUBJECT: Final = re.compile(r"(?:author|contract):[0-9]{1,18}")


def erase(
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="author:NUMBER, or contract:NUMBER.")],
    *,
    basis: Annotated[str, typer.Option(help="The legal basis; goes into the record, so name nobody in it.")],
    retained: Annotated[str, typer.Option(help="BASIS@YYYY-MM-DD: why and until when sealed contracts stay.")] = "",
    erase_salts: Annotated[bool, typer.Option("--erase-salts", help="Also erase the salts of his evidence.")] = False,
    execute: Annotated[bool, typer.Option("--execute", help="Do it; it cannot be undone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Drop a person's data key: his values, pictures and files are unreadable for good. Shows what, unless --execute.

    Sealed contracts are files of the contract and stay; say on which basis and until when with --retained.

    Example: inkseal keys erase author:1001 --basis "GDPR art. 17(1)(b)" --retained "tax law@2036-12-31"

    Exit codes: 0 done or shown, 1 refused, 75 the database is away, 78 settings.
    """
    if not SUBJECT.fullmatch(subject):
        raise CommandError(f"{subject!r} names nobody", "Write author:NUMBER or contract:NUMBER.")
    ensure_django()
    from inkseal.project.erasure import RetentionUnstatedError, select_scope
    from inkseal.vault import UnknownSubjectError

    try:
        if execute:
            _show_erasure(_erase(subject, basis=basis, retained=retained, erase_salts=erase_salts), as_json=as_json)
        else:
            _show_scope(select_scope(subject), as_json=as_json)
    except UnknownSubjectError as err:
        raise CommandError(f"Nothing was ever sealed for {err.subject}", "Check the number.") from err
    except RetentionUnstatedError as err:
        raise CommandError(
            f"Sealed contracts stay ({', '.join(err.subjects)})", "Say why and until when: --retained BASIS@DATE."
        ) from err


def _erase(subject: str, *, basis: str, retained: str, erase_salts: bool) -> "Erasure":
    from inkseal.core.actor import SYSTEM
    from inkseal.project.clock import database_now
    from inkseal.project.erasure import erase_person

    retention = _retention(retained)
    return erase_person(
        subject, actor=SYSTEM, basis=basis, retention=retention, erase_salts=erase_salts, now=database_now()
    )


def _retention(text: str) -> "Retention | None":
    if not text:
        return None
    from inkseal.project.erasure import Retention

    basis, _at, until = text.rpartition("@")
    try:
        day = datetime.strptime(until, "%Y-%m-%d").date()  # noqa: DTZ007 - a day of the law's calendar has no zone
    except ValueError as err:
        raise CommandError(f"{until!r} is no day", "Write --retained BASIS@YYYY-MM-DD.") from err
    if not basis.strip():
        raise CommandError("The basis is missing", "Write --retained BASIS@YYYY-MM-DD.")
    return Retention(basis.strip(), day)


def _show_scope(scope: "Scope", *, as_json: bool) -> None:
    if as_json:
        _write({"executed": False, **asdict(scope), "salts": None})
        return
    _describe(scope)
    typer.echo("Nothing was changed. Add --execute to erase; it cannot be undone.")


def _show_erasure(done: "Erasure", *, as_json: bool) -> None:
    if as_json:
        _write({"executed": True, **asdict(done.scope), "salts": done.salts})
        return
    _describe(done.scope)
    typer.echo(f"Erased; {done.salts} salts of the evidence too. The worker deletes the files.")


def _write(facts: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(facts, indent=2, default=str) + "\n")


def _describe(scope: "Scope") -> None:
    held = scope.holdings
    typer.echo(f"{held.subject}: {held.files} files of {held.size_bytes} bytes, {held.index_entries} index entries.")
    if held.erased_at is not None:
        typer.echo(f"It was erased at {held.erased_at.isoformat()}.")
    if scope.retained:
        typer.echo(f"These stay: {', '.join(scope.retained)}.")
