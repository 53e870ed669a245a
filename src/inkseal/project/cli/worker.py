"""`inkseal worker`: runs the effects of the outbox, one at a time, until told to stop."""

import os
import socket
from typing import Annotated

import typer

from inkseal.project.cli import ensure_django


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)


def worker(
    *,
    once: Annotated[bool, typer.Option("--once", help="Run what is due now, then end.")] = False,
    owner: Annotated[str, typer.Option(help="The name under which effects are leased.")] = "",
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,
) -> None:
    """Run the effects of the outbox: typesetting, messages, seals.

    SIGTERM ends it after the effect at hand. Any number of workers may run; leases keep them apart.

    Example: inkseal worker --owner seals-1

    Exit codes: 0 ended as asked, 75 the database is away (--once), 78 settings.
    """
    from inkseal.project.children import die_with_parent, stop_on_signals

    stop = stop_on_signals()
    if supervised:
        die_with_parent()
    ensure_django()
    from inkseal.project import worker as duty

    name = owner or f"{socket.gethostname()}:{os.getpid()}"
    if once:
        typer.echo(f"{duty.work_off(name, stop)} effects were run.")
    else:
        duty.work(name, stop)
