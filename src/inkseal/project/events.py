"""Publishes book and author events as CloudEvents, and keeps the author's main cache (R11, R30, R63)."""

from datetime import datetime
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.cache import cache

from inkseal.outbox import Effect

_log: Final = structlog.get_logger("inkseal.events")


def publish_book(effect: Effect, now: datetime) -> None:
    """Publish the book event; downstream is told only where the payload says so."""
    _publish("inkseal.book.changed", f"book/{effect.payload['cbid']}", effect, now)


def publish_author(effect: Effect, now: datetime) -> None:
    """Publish the author event and take its facts into the author's main cache."""
    author_id = effect.payload["cauthorid"]
    for name in ("changePenname", "contracted"):
        if name in effect.payload:
            cache.set(f"author:{author_id}:{name}", effect.payload[name], timeout=None)
    _publish("inkseal.author.changed", f"author/{author_id}", effect, now)


def cloud_event(kind: str, subject: str, effect: Effect, now: datetime) -> dict[str, Any]:
    """Return the event in the JSON form of CloudEvents 1.0; the effect's key makes it recognisable when repeated."""
    return {
        "specversion": "1.0",
        "id": effect.key,
        "source": f"/inkseal/region/{settings.REGION}",
        "type": kind,
        "subject": subject,
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "data": dict(effect.payload),
    }


def _publish(kind: str, subject: str, effect: Effect, now: datetime) -> None:
    _log.info("event", cloudevent=cloud_event(kind, subject, effect, now))
