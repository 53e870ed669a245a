"""A verb that lost a deadlock is run again; anything else is not."""

import pytest
from django.db import OperationalError, transaction

from inkseal.contracts.again import ATTEMPTS, run_again


class Verb:
    """Fails with the given errors, one per call, then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self, word: str) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return word


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", [1213, 1205])
def test_a_lost_deadlock_is_run_again(code: int) -> None:
    verb = Verb(OperationalError(code, "lost"), OperationalError(code, "lost"))
    assert run_again(verb)("done") == "done"
    assert verb.calls == 3


@pytest.mark.django_db(transaction=True)
def test_it_gives_up_after_three_attempts() -> None:
    verb = Verb(*(OperationalError(1213, "lost") for _ in range(ATTEMPTS + 1)))
    with pytest.raises(OperationalError):
        run_again(verb)("never")
    assert verb.calls == ATTEMPTS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError(2006, "gone away"), OperationalError(), ValueError("no")])
def test_any_other_error_passes_at_once(error: Exception) -> None:
    verb = Verb(error)
    with pytest.raises(type(error)):
        run_again(verb)("never")
    assert verb.calls == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_caller_s_transaction_nothing_is_run_twice() -> None:
    """The rollback took the caller's own rows along: only he can begin again."""
    verb = Verb(OperationalError(1213, "lost"))
    with pytest.raises(OperationalError), transaction.atomic():
        run_again(verb)("never")
    assert verb.calls == 1
