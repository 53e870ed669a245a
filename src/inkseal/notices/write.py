"""Gathers the facts that stand in a message and writes it."""

from django.conf import settings

from inkseal.catalog.models import Book
from inkseal.contracts.enums import AuditResult, SendReason
from inkseal.contracts.models import AuditEntry, AuditReason
from inkseal.notices.texts import Letter, letter


def write_letter(reason: SendReason, book: Book, language: str) -> Letter:
    """Return the message of `reason` about `book`."""
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
