"""The worker's duty: run due effects one by one, wait when idle, wait longer while the database is away."""

import threading
from importlib import import_module
from typing import Final

import structlog
from django.db import OperationalError, close_old_connections

from inkseal import outbox
from inkseal.notices.remind import remind
from inkseal.project.clock import database_now

#: How long an idle worker waits before it looks again.
IDLE_SECONDS: Final = 1.0
AWAY_SECONDS: Final = 5.0

log = structlog.get_logger(__name__)


def work_off(owner: str, stop: threading.Event) -> int:
    """Run effects until none is due or `stop` is set; return how many ran.

    One is claimed at a time, so that a worker that is asked to end leaves no claimed effect behind.
    """
    import_module("inkseal.project.handlers")  # registers what runs each kind of effect
    done = 0
    while not stop.is_set() and (ran := outbox.run_due(database_now, owner=owner, limit=1)):
        done += ran
    return done


def work(owner: str, stop: threading.Event) -> None:
    """Run effects until `stop` is set."""
    log.info("worker_started", owner=owner)
    while not stop.is_set():
        stop.wait(IDLE_SECONDS if _round(owner, stop) else AWAY_SECONDS)
    log.info("worker_ended", owner=owner)


def _round(owner: str, stop: threading.Event) -> bool:
    try:
        _remind(owner)
        work_off(owner, stop)
    except OperationalError as err:
        log.warning("database_away", error=type(err).__name__)
        return False
    finally:
        close_old_connections()
    return True


def _remind(owner: str) -> None:
    try:
        prompted = remind(database_now, owner=owner)
    except OperationalError:
        raise
    except Exception as err:  # noqa: BLE001  # a fault in reminders must not stop seals and messages
        log.warning("reminders_failed", error=type(err).__name__)
    else:
        if prompted:
            log.info("reminders_queued", number=prompted)
