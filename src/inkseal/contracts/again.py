"""A verb that lost a deadlock is run again: the database rolled it back whole, so nothing of it stands."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.db import OperationalError, connection

#: MariaDB and MySQL: deadlock found (1213), lock wait timed out (1205).
_LOST: Final = frozenset({1213, 1205})
ATTEMPTS: Final = 3

P = ParamSpec("P")
R = TypeVar("R")


def run_again(verb: Callable[P, R]) -> Callable[P, R]:
    """Return `verb` with up to three attempts; inside a caller's own transaction there is only one."""

    @wraps(verb)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(ATTEMPTS - 1):
            try:
                return verb(*args, **kwargs)
            except OperationalError as err:
                if connection.in_atomic_block or not err.args or err.args[0] not in _LOST:
                    raise
        return verb(*args, **kwargs)

    return attempt
