"""The last refusal as both sides see it: who, when, why, and what has been changed since."""

import json
from dataclasses import dataclass
from datetime import datetime

from inkseal.contracts.drafts import find_final
from inkseal.contracts.enums import AuditResult, Progress, SendBackTo
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.models import AuditEntry, AuditReason, ContractLog, Signing, UploadedPicture
from inkseal.contracts.pages import gather
from inkseal.contracts.personal import AuthorRows


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint of a configured reason: type 1 text, 2 right picture, 3 wrong picture (E19)."""

    type: int
    content: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change, beside the thing; `sent` is what the author had sent, for fields only."""

    target: str
    note: str
    reason_name: str
    hints: tuple[Hint, ...]
    sent: str
    changed: bool


@dataclass(frozen=True, slots=True)
class SendBack:
    """One refusal."""

    auditor: str
    at: datetime
    reason: str
    to: SendBackTo
    findings: tuple[Finding, ...]


def last_send_back(signing: Signing | None, rows: AuthorRows | None) -> SendBack | None:
    """Return the newest refusal of a submitted contract, None if there is none."""
    if signing is None:
        return None
    entries = AuditEntry.objects.filter(signing_id=signing.id, status=AuditResult.REFUSED)
    entry = entries.order_by("-audited_at", "-id").first()
    if entry is None:
        return None
    reasons = {reason.id: reason for reason in AuditReason.objects.all()}
    overall = reasons.get(entry.reason_id)
    return SendBack(
        auditor=entry.auditor,
        at=entry.audited_at,
        reason=entry.reason or (overall.name if overall else ""),
        to=_sent_to(entry),
        findings=tuple(
            Finding(
                target=finding.target,
                note=finding.note,
                reason_name=reasons[finding.reason_id].name if finding.reason_id in reasons else "",
                hints=hints_of(reasons.get(finding.reason_id)),
                sent=_sent(finding.target, entry),
                changed=_changed(finding.target, entry, rows),
            )
            for finding in entry.findings.order_by("id")
        ),
    )


def hints_of(reason: AuditReason | None) -> tuple[Hint, ...]:
    """Return the hints of a configured reason in their order."""
    if reason is None:
        return ()
    parts = sorted(json.loads(reason.details or "[]"), key=lambda part: part["sort"])
    return tuple(Hint(part["type"], part["content"]) for part in parts)


def _sent_to(entry: AuditEntry) -> SendBackTo:
    log = ContractLog.objects.filter(
        book_id=entry.book_id,
        progress__in=[Progress.SENT_BACK_PAGES, Progress.SENT_BACK_INFORMATION],
        created_at__gte=entry.audited_at,
    )
    first = log.order_by("id").first()
    pages = first is not None and first.progress == Progress.SENT_BACK_PAGES
    return SendBackTo.PAGES if pages else SendBackTo.INFORMATION


def _sent(target: str, entry: AuditEntry) -> str:
    """Return what the author had sent in a field; '' for pages and documents."""
    final = find_final(entry.book_id) if target in BY_NAME else None
    return final.read([target])[target] if final else ""


def _changed(target: str, entry: AuditEntry, rows: AuthorRows | None) -> bool:
    """Return whether a field differs from what was sent, or this page or document was photographed since."""
    if target in BY_NAME:
        return rows is not None and rows.read([target])[target] != _sent(target, entry)
    kind, _, number = target.partition(":")
    newer = UploadedPicture.objects.filter(book_id=entry.book_id, removed_at=None, uploaded_at__gt=entry.audited_at)
    if kind != "page":
        return newer.filter(kind=kind).exists()
    gathered = None if rows is None else gather(rows, minor=False)
    file_id = gathered.pages.pages.get(int(number)) if gathered and number.isdigit() else None
    return file_id is not None and newer.filter(file_id=file_id).exists()
