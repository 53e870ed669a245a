"""The command line `inkseal`: one module per command, each offering `register(app)`.

Modules import their heavy parts inside the command, so that `inkseal --help` and `inkseal verify` start fast;
Django is set up only by commands that ask for it (`ensure_django`).
"""

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Final

import typer

from inkseal.core.errors import InksealError, RetryableError
from inkseal.project.cli import failures

SETTINGS: Final = "inkseal.project.settings"
COMMANDS: Final = ("serve", "worker", "doctor", "upkeep", "verify", "keys", "template", "demo")


class DatabaseAwayError(RetryableError):
    """The database did not answer, or its tables are not there yet."""


def build() -> typer.Typer:
    """Return the application with all commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    app = typer.Typer(
        name="inkseal",
        help="Contracts between a publisher and its authors, from the proposal to the sealed, provable file.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for name in COMMANDS:
        module = f"{__name__}.{name}"
        if find_spec(module) is not None:
            import_module(module).register(app)
    return app


def main() -> None:
    """Run the command; errors that are expected become one sentence and an exit code, never a traceback."""
    try:
        build()()
    except InksealError as err:
        sys.exit(failures.report(err))
    except Exception as err:
        if not _is_database_error(err):
            raise
        sys.exit(failures.report(DatabaseAwayError(str(err))))


def ensure_django() -> None:
    """Load settings and models; cheap when it was done before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _is_database_error(err: Exception) -> bool:
    module = sys.modules.get("django.db.utils")  # not imported: then it cannot be one
    return module is not None and isinstance(err, module.OperationalError | module.ProgrammingError)
