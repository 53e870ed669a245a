"""What the machine does to a command is one sentence; a mistake of ours stays a traceback."""

import errno
import sys

import pytest
from django.db import IntegrityError, OperationalError

from inkseal.core.errors import PermanentError, RetryableError
from inkseal.project import cli
from inkseal.project.cli.failures import CommandError


def run(monkeypatch: pytest.MonkeyPatch, err: BaseException) -> object:
    """Run the command line with a command that raises; return the exit code."""

    def command() -> None:
        raise err

    monkeypatch.setattr(cli, "build", lambda _: command)
    monkeypatch.setattr(sys, "argv", ["inkseal", "doctor"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return caught.value.code


class SealKeyAwayError(RetryableError):
    """As an HSM raises it."""


class BookUnknownError(PermanentError):
    """As a verb raises it."""


@pytest.mark.parametrize(
    ("err", "code", "sentence"),
    [
        (SealKeyAwayError("slot 3"), 75, "Seal key away: slot 3. Try again in a moment"),
        (BookUnknownError("77"), 1, "Book unknown: 77. Trying again changes nothing"),
        (CommandError("Port 1 is taken", "Choose another.", 1), 1, "Port 1 is taken. Choose another."),
        (OperationalError(2002, "away"), 75, "Database away: (2002, 'away'). Try again in a moment"),
        (PermissionError(errno.EACCES, "Permission denied", "/var/x"), 1, "Disk refuses: /var/x: Permission denied."),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "Disk refuses: No space left on device."),
        (OSError(errno.EROFS, "Read-only file system", "/var/x"), 1, "Disk refuses: /var/x: Read-only file system."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_expected_is_one_sentence_and_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], err: Exception, code: int, sentence: str
) -> None:
    assert run(monkeypatch, err) == code
    written = capsys.readouterr()
    assert written.err.startswith(f"inkseal: {sentence}")
    assert len(written.err.splitlines()) == 1
    assert not written.out


def test_rows_that_contradict_each_other_are_the_database_s_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, IntegrityError("UNIQUE constraint failed")) == 75


@pytest.mark.parametrize(
    "err", [ZeroDivisionError(), KeyError("x"), FileNotFoundError(2, "No such file"), ValueError()]
)
def test_a_mistake_of_ours_is_not_dressed_up(monkeypatch: pytest.MonkeyPatch, err: Exception) -> None:
    def command() -> None:
        raise err

    monkeypatch.setattr(cli, "build", lambda _: command)
    with pytest.raises(type(err)):
        cli.main()


def test_every_refusal_of_the_disk_names_an_errno() -> None:
    assert {errno.errorcode[number] for number in cli.DISK_REFUSALS} == {"EACCES", "EPERM", "ENOSPC", "EROFS", "EDQUOT"}
