"""Writes a message: the staff's wording where there is one, the built-in otherwise, with the book's facts."""

from django.conf import settings

from inkseal.catalog.models import Book
from inkseal.contracts.enums import AuditResult, SendReason
from inkseal.contracts.models import AuditEntry, AuditReason
from inkseal.notices.models import NoticeTemplate
from inkseal.notices.texts import built_in
from inkseal.notices.wording import Letter, Wording, fill


def write_letter(reason: SendReason, book: Book, language: str) -> Letter:
    """Return the message of `reason` about `book`."""
    why, details = _refusal(book.id) if reason is SendReason.AUDIT_REFUSED else ("", "")
    facts = {
        "title": " ".join(book.title.split()),
        "reason": why,
        "details": details,
        "link": f"{settings.BASE_URL}/author/{book.id}",
    }
    return fill(present_wording(reason, language), facts)


def present_wording(reason: SendReason, language: str) -> Wording:
    """Return what the message of `reason` says now."""
    row = NoticeTemplate.objects.filter(reason=reason, language=language).first()
    return built_in(reason, language) if row is None else Wording(row.subject, row.text)


def _refusal(book_id: int) -> tuple[str, str]:
    """Return why the newest refusal was made, in words: the configured name with the auditor's, then his findings."""
    refusals = AuditEntry.objects.filter(book_id=book_id, status=AuditResult.REFUSED)
    entry = refusals.order_by("-audited_at", "-id").first()
    if entry is None:
        return "", ""
    name = AuditReason.objects.filter(id=entry.reason_id).values_list("name", flat=True).first()
    notes = [finding.note for finding in entry.findings.order_by("id") if finding.note]
    return "\n".join(part for part in (name, entry.reason) if part), "\n".join(notes)
