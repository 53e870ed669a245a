"""Turns an error into what a person at a terminal reads, and an exit code; decided once for all commands."""

import re
import sys
from enum import IntEnum, unique

from inkseal.core.errors import InksealError, PermanentError, RetryableError
from inkseal.project.environment import EnvironmentFaultsError


@unique
class Exit(IntEnum):
    """Exit codes that every command shares; codes of the first line may mean more, see the command's help."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    #: sysexits.h EX_TEMPFAIL: the same command may succeed later.
    TRY_AGAIN = 75
    #: sysexits.h EX_CONFIG: the settings cannot be used.
    SETTINGS = 78


class CommandError(PermanentError):
    """A command cannot do what was asked; carries the sentence and what to do about it."""

    def __init__(self, fact: str, advice: str, exit_code: int = Exit.REFUSED) -> None:
        super().__init__(fact)
        self.fact = fact
        self.advice = advice
        self.exit_code = exit_code


def sentence(err: InksealError) -> str:
    """Return what happened and what to do about it."""
    if isinstance(err, EnvironmentFaultsError):
        faults = "".join(f"\n  {fault}" for fault in err.faults)
        return f"The settings cannot be used; correct them all (docs/reference/settings.md):{faults}"
    if isinstance(err, CommandError):
        return f"{err.fact}. {err.advice}"
    what = f"{_words(err)}: {err}".rstrip(": ")
    if isinstance(err, RetryableError):
        return f"{what}. Try again in a moment; `inkseal doctor` shows what is away."
    return f"{what}. Trying again changes nothing; `inkseal doctor` shows what is wrong with this installation."


def exit_code(err: InksealError) -> int:
    """Return the exit code that tells a script whether to try again."""
    if isinstance(err, CommandError):
        return err.exit_code
    if isinstance(err, EnvironmentFaultsError):
        return Exit.SETTINGS
    return Exit.TRY_AGAIN if isinstance(err, RetryableError) else Exit.REFUSED


def report(err: InksealError) -> int:
    """Write the sentence to standard error and return the exit code."""
    print(f"inkseal: {sentence(err)}", file=sys.stderr)  # noqa: T201 - the terminal is the face here
    return exit_code(err)


def _words(err: InksealError) -> str:
    name = type(err).__name__.removesuffix("Error")
    return " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*", name)).capitalize()
