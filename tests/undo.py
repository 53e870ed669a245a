"""A transaction that is rolled back on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import transaction


class UndoError(Exception):
    """Ends the block below."""


@contextmanager
def undone() -> Iterator[None]:
    """A transaction, or a savepoint in one, that is rolled back at its end."""
    with suppress(UndoError), transaction.atomic():
        yield
        raise UndoError
