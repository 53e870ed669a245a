"""The command line `inkseal`: one module per command, each offering `register(app)`.

A command starts fast: only its own module is imported, and Django is set up only by those that ask for it
(`ensure_django`).
"""

import errno
import os
import sys
from importlib import import_module
from typing import Final

import typer

from inkseal.core.errors import InksealError, PermanentError, RetryableError
from inkseal.project.cli import failures

SETTINGS: Final = "inkseal.project.settings"
#: Which module offers which command. Only the one that is called is imported.
COMMANDS: Final = {
    "serve": "serve",
    "worker": "worker",
    "doctor": "doctor",
    "migrate": "upkeep",
    "static": "upkeep",
    "verify": "verify",
    "keys": "keys",
    "template": "template",
    "demo": "demo",
}


class DatabaseAwayError(RetryableError):
    """The database did not answer, or its tables are not there yet."""


class DiskRefusesError(PermanentError):
    """A file cannot be written or read: rights, a full disk, a disk that is read only."""


#: What a person has to mend outside of Inkseal.
DISK_REFUSALS: Final = frozenset({errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS, errno.EDQUOT})


def build(command: str | None = None) -> typer.Typer:
    """Return the application with all commands, or with the one that is going to be called."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    app = typer.Typer(
        name="inkseal",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(inkseal)
    modules = [COMMANDS[command]] if command in COMMANDS else dict.fromkeys(COMMANDS.values())
    for name in modules:
        import_module(f"{__name__}.{name}").register(app)
    return app


def inkseal() -> None:
    """Contracts between a publisher and its authors, from the proposal to the sealed, provable file."""


def main() -> None:
    """Run the command; errors that are expected become one sentence and an exit code, never a traceback."""
    try:
        build(next(iter(sys.argv[1:]), None))()
    except InksealError as err:
        sys.exit(failures.report(err))
    except Exception as err:
        expected = _expected(err)
        if expected is None:
            raise
        sys.exit(failures.report(expected))


def ensure_django() -> None:
    """Load settings and models; cheap when it was done before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _expected(err: Exception) -> InksealError | None:
    """Return our own error for what the machine may do to any command; None for what only a mistake of ours does."""
    if type(err).__module__ == "django.db.utils":
        return DatabaseAwayError(str(err))
    if isinstance(err, OSError) and err.errno in DISK_REFUSALS:
        return DiskRefusesError(f"{err.filename}: {err.strerror}" if err.filename else str(err.strerror))
    return None
