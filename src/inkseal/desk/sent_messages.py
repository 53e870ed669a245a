"""The messages that went to an author about one contract, as the desk lists them."""

from dataclasses import dataclass
from datetime import datetime

from inkseal.contracts.enums import SendReason
from inkseal.contracts.labels import Words
from inkseal.desk import words
from inkseal.notices.models import Message, SendStatus


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One message by one route."""

    at: datetime
    reason: Words
    failed: bool
    #: Written by an editor; the fixed texts are not repeated here.
    text: str


def sent_messages(book_id: int) -> tuple[SentMessage, ...]:
    """Return the messages about a contract, newest first."""
    return tuple(
        SentMessage(
            row.sent_at,
            words.SEND_REASONS[SendReason(row.send_reason)],
            row.status == SendStatus.FAILED,
            row.text,
        )
        for row in Message.objects.filter(book_id=book_id).order_by("-sent_at", "-id")
    )
