"""`inkseal serve`: the product in one command; web server, worker and demo mail box are its children."""

import os
import socket
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from inkseal.project.cli import ensure_django
from inkseal.project.cli.failures import CommandError
from inkseal.project.cli.welcome import welcome

if TYPE_CHECKING:
    from inkseal.project.children import Child

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="With invented data and a mail box of its own.")] = False,
) -> None:
    """Serve the product until Ctrl-C or SIGTERM.

    On the embedded database the tables are brought up to date first and one worker runs beside the web
    server; with a database server, start workers apart: inkseal worker.

    Example: inkseal serve --demo --port 9000

    Exit codes: 0 ended as asked, 1 a port is taken or a part keeps dying, 75 the database is away,
    78 settings.
    """
    from inkseal.project.children import stop_on_signals, supervise

    if demo:
        os.environ["INKSEAL_DEMO"] = "yes"
        os.environ.setdefault("INKSEAL_LOG_LEVEL", "WARNING")
    os.environ.setdefault("INKSEAL_BASE_URL", f"http://{host}:{port}")
    ensure_free(host, port, "Stop the other program, or choose another port: inkseal serve --port 8001")
    ensure_django()
    children = parts(host, port)
    prepare()
    stop = stop_on_signals()  # until here Ctrl-C ends at once; nothing is running yet
    typer.echo(welcome())
    supervise(children, stop)


def ensure_free(host: str, port: int, advice: str) -> None:
    """Raise `CommandError` when nobody can listen there, before anything is started or written."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does: a connection that lingers from the last run is no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as err:
        raise CommandError(f"Port {port} on {host} cannot be used ({err.strerror})", advice) from err


def parts(host: str, port: int) -> list["Child"]:
    """Return the child processes that these settings ask for."""
    from django.conf import settings

    from inkseal.project.children import Child

    children = [Child("web", [sys.executable, "-m", "inkseal.project.web", host, str(port)])]
    if settings.EMBEDDED:
        children.append(Child("worker", [sys.executable, "-m", "inkseal.project.cli", "worker", "--supervised"]))
    if settings.DEMO and settings.EMAIL_HOST in LOOPBACK:
        ensure_free(
            "127.0.0.1",
            settings.EMAIL_PORT,
            "It is the demo mail box's; choose another: INKSEAL_SMTP_PORT=8026",
        )
        folder = str(settings.VAR_DIR / "mailbox")
        command = [sys.executable, "-m", "inkseal.project.mailbox", folder, str(settings.EMAIL_PORT)]
        children.append(Child("mail box", command))
    return children


def prepare() -> None:
    """Bring the embedded database up to date; in demo mode, fill an empty one with invented data."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if settings.EMBEDDED:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
    if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        call_command("collectstatic", interactive=False, verbosity=0)
    if settings.DEMO:
        _invent()
    connection.close()


def _invent() -> None:
    from inkseal.contracts.press import close_press
    from inkseal.project.demo import seed

    try:
        if seed.is_needed():
            typer.echo("Invented data is written at the first start; that takes about a minute.")
            seed.seed_demo()
    except seed.HalfSeededError as err:
        advice = f"Empty the database and remove {err.marker}, then start again."
        raise CommandError("The first start was interrupted while it wrote invented data", advice) from err
    finally:
        close_press()
