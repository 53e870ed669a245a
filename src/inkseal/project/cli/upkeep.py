"""`inkseal migrate` and `inkseal static`: what an installation does once after each update."""

from typing import Annotated

import typer

from inkseal.project.cli import ensure_django


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(migrate)
    app.command()(static)


def migrate(
    *,
    check: Annotated[bool, typer.Option("--check", help="Only tell whether the tables are up to date.")] = False,
) -> None:
    """Bring the database's tables up to date.

    Example: inkseal migrate

    Exit codes: 0 done, 1 not up to date (--check), 75 the database is away, 78 settings.
    """
    ensure_django()
    from django.core.management import call_command

    if check:
        from inkseal.project.checks import missing_migrations

        missing = missing_migrations()
        typer.echo(f"{len(missing)} migrations to apply" if missing else "up to date")
        raise typer.Exit(1 if missing else 0)
    call_command("migrate", verbosity=0)
    typer.echo("The tables are up to date.")


def static() -> None:
    """Collect the static files of all packages where the web server serves them from.

    Example: inkseal static

    Exit codes: 0 done, 78 settings.
    """
    ensure_django()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
