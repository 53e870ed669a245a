"""`inkseal demo`: the whole path unattended, on an empty embedded database of its own."""

import json
import os
import shutil
import socket
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import typer

from inkseal.project.cli import ensure_django
from inkseal.project.cli.failures import CommandError
from inkseal.project.environment import ROOT

#: Marks a folder that this command made and may empty again.
MARK: Final = ".inkseal-demo"
#: All that it leaves there; where something else stands beside it, somebody has begun to use the folder.
MADE: Final = frozenset({MARK, "data", "photos", "print.pdf", "signed.pdf", "sealed.pdf", "timeline.json"})
#: Settings of the surroundings that the demonstration leaves as they are.
KEPT: Final = ("INKSEAL_FONT_DIRS", "INKSEAL_TEMPLATE_DIR", "INKSEAL_LOG_LEVEL", "INKSEAL_FAILPOINT")
#: Tables whose new rows the printed timeline counts; timeline.json counts all.
COUNTED: Final = ("scontractlog", "signonlineauditlog", "oversea_signonline_msg")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    *,
    out: Annotated[Path, typer.Option(help="Where the files are left.")] = Path("var/demo"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the timeline as JSON.")] = False,
    serve: Annotated[bool, typer.Option("--serve", help="Serve the result afterwards.")] = False,
) -> None:
    """Sign one author's contract from proposal to seal, with one send-back, and verify the result.

    Leaves print.pdf, photos/, signed.pdf, sealed.pdf and timeline.json in the folder; the database stands in
    its data/ folder. A folder of an earlier demo is emptied first; any other folder must be empty.

    Example: inkseal demo --out /tmp/contract --json

    Exit codes: 0 every step held, 1 a step did not hold or the folder cannot be used, 78 settings.
    """
    folder = _prepare(out)
    port = _free_port()
    _take_environment(folder, port)
    ensure_django()
    rows = _walk(folder, port, quiet=as_json)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _print(rows, folder)
    if serve:
        from inkseal.project.cli.serve import serve as start

        start(host="127.0.0.1", port=8000, demo=True)


def _walk(folder: Path, port: int, *, quiet: bool) -> list[dict[str, object]]:
    from django.core.management import call_command

    from inkseal.contracts.press import close_press
    from inkseal.project import mailbox
    from inkseal.project.demo.walk import walk

    call_command("migrate", verbosity=0)
    post = mailbox.start(mailbox.mail_folder(), port)
    try:
        return walk(folder, lambda text: typer.echo(text, err=True) if not quiet else None)
    finally:
        close_press()
        post.stop()


def _take_environment(folder: Path, port: int) -> None:
    """Set this process up for an installation of its own: no setting of a real one may reach it.

    The keys are those of the clone, so that `inkseal verify` trusts what the demonstration sealed.
    """
    var = os.environ.get("INKSEAL_VAR_DIR") or str(ROOT / "var")
    keys = os.environ.get("INKSEAL_KEYS_DIR") or str(Path(var) / "keys")
    for name in [name for name in os.environ if name.startswith("INKSEAL_") and not name.startswith(KEPT)]:
        del os.environ[name]
    os.environ |= {
        "INKSEAL_VAR_DIR": str(folder / "data"),
        "INKSEAL_KEYS_DIR": keys,
        "INKSEAL_DEMO": "yes",
        "INKSEAL_SMTP_PORT": str(port),
    }
    os.environ.setdefault("INKSEAL_LOG_LEVEL", "WARNING")


def _prepare(out: Path) -> Path:
    """Return the folder, empty; one that holds anything but an earlier demo is refused and kept as it is."""
    folder = out.resolve()
    try:
        names = {path.name for path in folder.iterdir()} if folder.exists() else set()
        if names and not {MARK} <= names <= MADE:
            raise CommandError(f"{folder} is not empty", "Choose an empty folder: inkseal demo --out FOLDER")
        if names:
            shutil.rmtree(folder)
        (folder / "data").mkdir(parents=True)
        (folder / MARK).touch()
    except OSError as err:
        advice = "Choose another folder: inkseal demo --out FOLDER"
        raise CommandError(f"{folder} cannot be used ({err.strerror})", advice) from err
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _print(rows: list[dict[str, object]], folder: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("at", "transition", "actor", "contract", "step", "review", "logs", "audits", "messages")
    for name, run in groupby(rows, key=lambda row: row["transition"]):
        same = list(run)
        row = same[-1]
        wrote = row["wrote"]
        counts = wrote if isinstance(wrote, dict) else {}
        values = (row["actor"], row["contract"], row["step"], row["review_status"])
        table.add_row(
            str(row["at"])[11:19],
            f"{name} x{len(same)}" if len(same) > 1 else str(name),
            *("" if value is None else str(value) for value in values),
            *(str(counts.get(table_name, "")) for table_name in COUNTED),
        )
    Console().print(table)
    typer.echo(f"Every step held. The files are in {folder}")
