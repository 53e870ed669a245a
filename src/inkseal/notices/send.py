"""Sends one message to an author by e-mail and writes its row; run by the outbox, at least once (R47, R110)."""

import hashlib
import smtplib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from inkseal import ids, vault
from inkseal.catalog.models import AuthorAccount, Book
from inkseal.contracts.enums import AuditResult, SendReason
from inkseal.contracts.models import AuditEntry, AuditReason
from inkseal.core.errors import RetryableError
from inkseal.notices.models import Delivery, Message, Route, SendStatus
from inkseal.notices.texts import Letter, letter
from inkseal.outbox import Effect


class MailServerError(RetryableError):
    """The mail server is away, slow or refuses; `kind` is the class of what it answered."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def send_notice(effect: Effect, now: datetime) -> None:
    """Send the message that a transition queued, unless an earlier run sent it.

    The Message-ID is made from the effect's key, so a copy that a crash makes is recognised as one.
    """
    if Delivery.objects.filter(effect_key=effect.key).exists():
        return
    payload: Mapping[str, Any] = effect.payload
    book = Book.objects.select_related("author").get(id=payload["cbid"])
    account = AuthorAccount.objects.get(author_id=book.author_id)
    subject = vault.author_subject(book.author_id)
    address = vault.open_sealed(subject, "author_account", "email_en", account.email_sealed)
    written = _write(SendReason(payload["reason"]), book, account.language)
    message = Message(
        id=ids.next_id("row"),
        book_id=book.id,
        author_id=book.author_id,
        send_reason=payload["reason"],
        text=written.text,
        sent_at=now,
        route=Route.EMAIL,
        email_en=vault.seal(subject, "oversea_signonline_msg", "email_en", address),
        status=SendStatus.SENT,
        sender_name=str(payload["sender"])[:255],
    )
    try:
        deliver(written, address, effect.key)
    except (OSError, smtplib.SMTPException) as err:
        message.status = SendStatus.FAILED
        message.error = type(err).__name__
        message.save(force_insert=True)
        raise MailServerError(type(err).__name__) from err
    with transaction.atomic():
        message.save(force_insert=True)
        Delivery.objects.create(effect_key=effect.key, message=message)


def deliver(written: Letter, address: str, key: str) -> None:
    """Hand one letter to the mail server; SMTP errors pass through."""
    message_id = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@inkseal>"
    EmailMessage(
        written.subject,
        written.text,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        headers={"Message-ID": message_id},
    ).send()


def _write(reason: SendReason, book: Book, language: str) -> Letter:
    link = f"{settings.BASE_URL}/author/{book.id}"
    details = _why(book.id) if reason is SendReason.AUDIT_REFUSED else ""
    return letter(reason, language, title=book.title, link=link, details=details)


def _why(book_id: int) -> str:
    """Return the reason of the newest refusal in words: the configured name, then what the auditor wrote."""
    refusals = AuditEntry.objects.filter(book_id=book_id, status=AuditResult.REFUSED)
    entry = refusals.order_by("-audited_at", "-id").first()
    if entry is None:
        return ""
    name = AuditReason.objects.filter(id=entry.reason_id).values_list("name", flat=True).first()
    notes = [finding.note for finding in entry.findings.order_by("id") if finding.note]
    return "\n".join(part for part in (name, entry.reason, *notes) if part)
