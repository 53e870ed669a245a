"""`inkseal keys rotate`: brings all data keys under the active master key, and says which key can go."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer

from inkseal.project.cli import ensure_django
from inkseal.project.cli.failures import CommandError

if TYPE_CHECKING:
    from inkseal.vault import KeyUsage, Rotated

ROWS: Final = {"master key": "data keys", "blind index key": "index entries"}
ADVICE: Final = {
    "active": "active",
    "needed": "still needed",
    "idle": "needed by nothing in this database; backups may still need it",
    "missing": "NEEDED AND NOT CONFIGURED",
}
ROTATE_AGAIN: Final = "Keep these keys in the settings, restart what still runs with former settings, and rotate again."
PUT_BACK: Final = "Put the keys that are not configured back into the settings: what hangs on them cannot be read."


def rotate(
    *,
    check: Annotated[bool, typer.Option("--check", help="Only show how many rows hang on which key.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Re-wrap every data key under the active master key, and re-digest the blind index under its active key.

    The service goes on meanwhile; a killed run is continued by the next. First bring the new key to every process
    (docs/operations/keys.md).

    Example: inkseal keys rotate --check

    Exit codes: 0 nothing hangs on a former key, 1 something still does, 75 the database is away, 78 settings.
    """
    ensure_django()
    from inkseal import vault

    rotated = None
    if not check:
        with _progress(_waiting(vault.key_usage())) as report:
            rotated = vault.rotate(report=report)
    usage = vault.key_usage()
    if as_json:
        sys.stdout.write(json.dumps(_facts(rotated, usage), indent=2) + "\n")
    else:
        _show(rotated, usage)
    _refuse_what_is_left(usage)


def _facts(rotated: "Rotated | None", usage: "Sequence[KeyUsage]") -> dict[str, object]:
    keys = [{**asdict(key), "kind": key.kind.value, "state": key.state.value} for key in usage]
    return {"rotated": None if rotated is None else asdict(rotated), "keys": keys}


def _show(rotated: "Rotated | None", usage: "Sequence[KeyUsage]") -> None:
    if rotated is not None:
        typer.echo(f"Re-wrapped {rotated.data_keys} data keys, re-digested {rotated.index_entries} index entries.")
    for key in usage:
        rows = f"{key.rows} {ROWS[key.kind.value]}"
        typer.echo(f"{key.kind.value:<16} {key.key_id:<16} {rows:>20}  {ADVICE[key.state.value]}")


def _refuse_what_is_left(usage: "Sequence[KeyUsage]") -> None:
    left = [f"{key.rows} {ROWS[key.kind.value]} hang on {key.kind.value} {key.key_id}" for key in _former(usage)]
    if left:
        is_missing = any(key.state.value == "missing" for key in _former(usage))
        raise CommandError("; ".join(left), PUT_BACK if is_missing else ROTATE_AGAIN)


def _former(usage: "Sequence[KeyUsage]") -> "list[KeyUsage]":
    return [key for key in usage if key.rows and key.state.value != "active"]


def _waiting(usage: "Sequence[KeyUsage]") -> int:
    return sum(key.rows for key in _former(usage))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Rotating", total=total)
        yield lambda rows: progress.advance(task, rows)
