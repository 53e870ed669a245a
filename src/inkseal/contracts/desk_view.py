"""What the desk shows of one contract: facts, masked data, log, and the case an auditor decides on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from inkseal import vault
from inkseal.catalog.models import Book, Staff
from inkseal.contracts.access import is_submitter, roles_of
from inkseal.contracts.board import state_of
from inkseal.contracts.checks import Check, checks_of
from inkseal.contracts.drafts import find_draft, find_final
from inkseal.contracts.enums import Agreement, Progress, Validity
from inkseal.contracts.errors import NotYoursError, RoleRefusedError
from inkseal.contracts.models import (
    AuditEntry,
    AuditReason,
    Contract,
    ContractControl,
    ContractLog,
    Proposal,
    Signing,
    SigningStep,
)
from inkseal.contracts.pages import gather
from inkseal.contracts.personal import AuthorRows
from inkseal.contracts.queue import Queue, QueueRow, queue
from inkseal.contracts.rules import is_minor
from inkseal.contracts.sections import Section, section_of
from inkseal.contracts.states import Action, State, possible
from inkseal.contracts.tiles import (
    DocumentTile,
    OddPicture,
    PageTile,
    document_tiles,
    odd_pictures,
    page_tiles,
)
from inkseal.core.actor import Actor, Role

__all__ = [
    "AuditCase",
    "DeskContract",
    "Queue",
    "QueueRow",
    "Section",
    "audit_case",
    "desk_contract",
    "queue",
]

#: What each duty may do on the desk.
_ACTIONS_OF: Final = {
    Role.RESPONSIBLE_EDITOR: frozenset({Action.PROPOSE}),
    Role.CHIEF_EDITOR: frozenset({Action.SUBMIT}),
    Role.SIGNING_EDITOR: frozenset({Action.PASS_AUDIT, Action.SEND_BACK_INFORMATION, Action.SEND_BACK_PAGES}),
}


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """The live proposal."""

    editor_name: str
    agreement: Agreement
    terms: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the signing process."""

    at: datetime
    actor: str
    responsibility: str
    progress: Progress
    progress_name: str
    note: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One decision."""

    at: datetime
    auditor: str
    passed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class DeskContract:
    """One contract on the desk; `values` are masked."""

    book_id: int
    title: str
    pen_name: str
    author_id: int
    agreement: Agreement
    round: int
    revision: int
    state: State
    section: Section
    terms: Mapping[str, Any]
    proposal: ProposalFacts | None
    tracker_name: str
    launched_at: datetime | None
    contract_no: str
    values: Mapping[str, str] = field(repr=False)
    possible: tuple[Action, ...]
    log: tuple[LogRow, ...]
    audits: tuple[AuditRow, ...]


@dataclass(frozen=True, slots=True)
class AuditCase:
    """Everything an auditor needs side by side."""

    contract: DeskContract
    signed_file_sha256: str
    submitted_at: datetime
    page_count: int
    pages: tuple[PageTile, ...]
    odd_pictures: tuple[OddPicture, ...]
    documents: tuple[DocumentTile, ...]
    checks: tuple[Check, ...]
    #: The looking auditor submitted this contract himself: somebody else decides.
    four_eyes: bool
    reasons: tuple[AuditReason, ...]


def desk_contract(book_id: int, staff: Staff) -> DeskContract:
    """Return one contract, or one book that has none yet; staff without a duty learns nothing."""
    roles = roles_of(staff)
    book = Book.objects.select_related("author").filter(id=book_id).first()
    if book is None or not roles:
        raise NotYoursError
    contract = Contract.objects.filter(book_id=book_id).first()
    step = SigningStep.objects.filter(book_id=book_id).first()
    state = state_of(book, contract, step, Signing.objects.filter(book_id=book_id).first())
    control = ContractControl.objects.filter(book_id=book_id).first()
    rows = find_final(book_id) or find_draft(book_id)
    proposal = _proposal(book_id)
    return DeskContract(
        book_id=book_id,
        title=book.title,
        pen_name=book.pen_name,
        author_id=book.author_id,
        agreement=Agreement(contract.agreement) if contract else Agreement.NONE,
        round=control.round if control else 0,
        revision=control.revision if control else 0,
        state=state,
        section=section_of(state.progress, proposed=proposal is not None),
        terms=contract.terms if contract else {},
        proposal=proposal,
        tracker_name=_staff_name(contract),
        launched_at=contract.launched_at if contract else None,
        contract_no=(rows.main.contract_no or "") if rows else "",
        values=_masked(rows) if rows else {},
        possible=tuple(action for action in possible(state) if any(action in _ACTIONS_OF[role] for role in roles)),
        log=_log(book_id),
        audits=_audits(book_id),
    )


def audit_case(book_id: int, *, actor: Actor, now: datetime) -> AuditCase:
    """Return the case of a submitted contract; RoleRefusedError for anybody but a signing editor."""
    if actor.role is not Role.SIGNING_EDITOR:
        raise RoleRefusedError("role")
    staff = Staff.objects.select_related("user").get(id=actor.id)
    rows = find_final(book_id)
    if rows is None:
        raise NotYoursError
    minor = is_minor(rows.read(["birthday"])["birthday"], now.date())
    gathered = gather(rows, minor=minor)
    return AuditCase(
        contract=desk_contract(book_id, staff),
        signed_file_sha256=rows.main.signed_file_sha256,
        submitted_at=rows.main.updated_at,
        page_count=gathered.print.page_count if gathered else 0,
        pages=page_tiles(gathered),
        odd_pictures=odd_pictures(gathered),
        documents=document_tiles(gathered, str(rows.main.cardtype), minor=minor),
        checks=checks_of(rows, gathered, day=now.date()),
        four_eyes=is_submitter(ContractControl.objects.get(book_id=book_id), actor),
        reasons=tuple(AuditReason.objects.filter(business_type=1, status=Validity.VALID).order_by("id")),
    )


def _masked(rows: AuthorRows) -> dict[str, str]:
    return {name: mask(name, value) for name, value in rows.read().items()}


def mask(name: str, value: str) -> str:
    """Return a field's value as lists and pages show it."""
    kinds = {
        "cardid": "number",
        "keeper_cardid": "number",
        "bank_account": "account",
        "mobile": "phone",
        "phone": "phone",
        "contactmobile": "phone",
        "email": "email",
        "contact_email": "email",
        "guardian_email": "email",
    }
    return vault.mask(kinds[name], value) if name in kinds and value else value


def _proposal(book_id: int) -> ProposalFacts | None:
    row = Proposal.objects.filter(book_id=book_id, status=1).first()
    if row is None:
        return None
    return ProposalFacts(row.editor_name, Agreement(row.agreement), row.terms, row.created_at)


def _staff_name(contract: Contract | None) -> str:
    if contract is None or contract.tracker_id is None:
        return ""
    return Staff.objects.filter(id=contract.tracker_id).values_list("name", flat=True).first() or ""


def _log(book_id: int) -> tuple[LogRow, ...]:
    return tuple(
        LogRow(
            row.created_at,
            row.actor or "",
            row.responsibility,
            Progress(row.progress),
            row.progress_name or "",
            row.note,
        )
        for row in ContractLog.objects.filter(book_id=book_id).order_by("-id")
    )


def _audits(book_id: int) -> tuple[AuditRow, ...]:
    rows = AuditEntry.objects.filter(book_id=book_id).order_by("-audited_at", "-id")
    return tuple(AuditRow(row.audited_at, row.auditor, row.status == 1, row.reason) for row in rows)
