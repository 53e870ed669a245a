"""What a person at a terminal reads when a command fails, and the code that a script sees."""

import pytest

from inkseal.core.errors import InksealError, PermanentError, RetryableError
from inkseal.project.cli.failures import CommandError, Exit, exit_code, report, sentence
from inkseal.project.environment import EnvironmentFaultsError


class SealedValueError(PermanentError):
    """As the vault raises it."""


class TimeStampAwayError(RetryableError):
    """As a seal raises it."""


class PKCSError(PermanentError):
    """A name with capitals in a row."""


ERRORS: list[tuple[InksealError, int]] = [
    (SealedValueError("author:1001"), Exit.REFUSED),
    (TimeStampAwayError("no answer"), Exit.TRY_AGAIN),
    (EnvironmentFaultsError(["INKSEAL_X: no such setting"]), Exit.SETTINGS),
    (CommandError("Port 8000 is taken", "Choose another."), Exit.REFUSED),
    (CommandError("No such file", "Give a path.", Exit.USAGE), Exit.USAGE),
]


@pytest.mark.parametrize(("err", "code"), ERRORS, ids=lambda value: type(value).__name__)
def test_the_exit_code_tells_whether_to_try_again(err: InksealError, code: int) -> None:
    assert exit_code(err) == code


def test_a_permanent_error_says_its_fact_and_that_trying_again_changes_nothing() -> None:
    text = sentence(SealedValueError("author:1001"))
    assert text.startswith("Sealed value: author:1001. Trying again changes nothing")


def test_a_retryable_error_says_to_try_again() -> None:
    assert sentence(TimeStampAwayError("no answer")).startswith("Time stamp away: no answer. Try again")


def test_an_error_without_facts_is_named_by_its_words_alone() -> None:
    assert sentence(TimeStampAwayError()).startswith("Time stamp away. Try again")
    assert sentence(PKCSError("x")).startswith("Pkcs: x")


def test_wrong_settings_are_listed_one_per_line() -> None:
    text = sentence(EnvironmentFaultsError(["INKSEAL_A: no such setting", "INKSEAL_B: write yes or no"]))
    assert text.splitlines()[1:] == ["  INKSEAL_A: no such setting", "  INKSEAL_B: write yes or no"]


def test_a_command_gives_its_own_sentence_and_advice() -> None:
    assert sentence(CommandError("Port 8000 is taken", "Choose another.")) == "Port 8000 is taken. Choose another."


def test_failures_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(CommandError("Port 8000 is taken", "Choose another.")) == Exit.REFUSED
    written = capsys.readouterr()
    assert written.err == "inkseal: Port 8000 is taken. Choose another.\n"
    assert not written.out
