"""One attempt by one route: one row of oversea_signonline_msg, and one delivery in the end (R8, R47, R110)."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from inkseal import ids
from inkseal.notices.errors import RouteError
from inkseal.notices.models import Delivery, Message, Route, SendStatus
from inkseal.notices.notice import Notice


def is_delivered(key: str) -> bool:
    """Return whether an earlier run of the effect has sent its message."""
    return Delivery.objects.filter(effect_key=key).exists()


def new_message(notice: Notice, route: Route, *, now: datetime, address: str | None = None) -> Message:
    """Return the row of an attempt, not yet written; `address` is sealed, and empty when the route is not e-mail."""
    return Message(
        id=ids.next_id("row"),
        book_id=notice.book.id,
        author_id=notice.book.author_id,
        send_reason=notice.reason,
        text=notice.letter.text,
        sent_at=now,
        route=route,
        email_en=address,
        status=SendStatus.SENT,
        sender_name=notice.sender[:255],
    )


def attempt(message: Message, key: str, hand_over: Callable[[], None]) -> None:
    """Hand the message over and write how it went; a `RouteError` is written down and passes on."""
    try:
        hand_over()
    except RouteError as err:
        message.status = SendStatus.FAILED
        message.error = err.kind
        message.save(force_insert=True)
        raise
    with transaction.atomic():
        message.save(force_insert=True)
        Delivery.objects.create(effect_key=key, message=message)
