"""Which function carries out which kind of effect."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from inkseal.core.errors import PermanentError, RetryableError
from inkseal.outbox.effect import Effect

Handler = Callable[[Effect, datetime], None]

_handlers: Final[dict[str, Handler]] = {}


class HandlerExistsError(PermanentError):
    """Two functions want the same kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NoHandlerError(RetryableError):
    """This worker knows no function for the kind; one of a newer version may."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function below for `kind`; it must be idempotent by `effect.key` and opens its own transactions."""

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(kind, function) is not function:
            raise HandlerExistsError(kind)
        return function

    return register


def handler_of(kind: str) -> Handler:
    """Return the function of `kind`, or raise `NoHandlerError`."""
    try:
        return _handlers[kind]
    except KeyError:
        raise NoHandlerError(kind) from None
