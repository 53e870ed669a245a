"""Effects written with the business rows and carried out after commit: at least once outside, once in effect."""

from inkseal.outbox.backlog import Backlog, backlog
from inkseal.outbox.effect import Effect, EffectState
from inkseal.outbox.queue import NotInTransactionError, enqueue, enqueue_new
from inkseal.outbox.registry import HandlerExistsError, NoHandlerError, handler
from inkseal.outbox.relay import run_due

__all__ = [
    "Backlog",
    "Effect",
    "EffectState",
    "HandlerExistsError",
    "NoHandlerError",
    "NotInTransactionError",
    "backlog",
    "enqueue",
    "enqueue_new",
    "handler",
    "run_due",
]
