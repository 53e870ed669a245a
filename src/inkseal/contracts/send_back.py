"""T14, T15: the auditor sends the contract back, with a reason for each thing to change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from inkseal import ids
from inkseal.contracts.access import require_four_eyes, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.enums import AuditResult, SendBackTo, Validity
from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.models import AuditFinding, AuditReason
from inkseal.contracts.pass_audit import record_audit
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor, Role

_ACTIONS: Final = MappingProxyType(
    {SendBackTo.INFORMATION: Action.SEND_BACK_INFORMATION, SendBackTo.PAGES: Action.SEND_BACK_PAGES}
)
REASON_LIMIT: Final = 2048
NOTE_LIMIT: Final = 500


@dataclass(frozen=True, slots=True)
class NewFinding:
    """One thing to change: a field name, `page:3` or a document kind, a configured reason, and words."""

    target: str
    reason_id: int = 0
    note: str = ""


@run_again
def send_back(  # noqa: PLR0913  # what the auditor's form says, all but two by keyword
    book_id: int,
    to: SendBackTo,
    *,
    revision: int,
    reason_id: int,
    reason: str,
    findings: Sequence[NewFinding] = (),
    actor: Actor,
    request: Request | None,
    now: datetime,
) -> Moved:
    """Write the decision with its findings; the author gets message 2. FieldFaultsError without any reason."""
    require_role(actor, Role.SIGNING_EDITOR)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        if board.answer is not None:
            return board.answer
        require_four_eyes(board)
        move = board.move(_ACTIONS[to])
        _require_reason(reason_id, reason, findings)
        entry = record_audit(board, AuditResult.REFUSED, reason=reason, reason_id=reason_id)
        AuditFinding.objects.bulk_create(
            AuditFinding(
                id=ids.next_id("row"),
                entry=entry,
                target=finding.target,
                reason_id=finding.reason_id,
                note=finding.note,
            )
            for finding in findings
        )
        return board.finish(move, note=reason, facts={"reason_id": reason_id, "findings": len(findings)})


def _require_reason(reason_id: int, reason: str, findings: Sequence[NewFinding]) -> None:
    faults: list[FieldFault] = []
    if not reason.strip() and not reason_id and not findings:
        faults.append(FieldFault("reason", FaultCode.REQUIRED))
    if not all(_is_target(finding.target) for finding in findings):
        faults.append(FieldFault("findings", FaultCode.CHOICE))
    if len(reason) > REASON_LIMIT or any(len(finding.note) > NOTE_LIMIT for finding in findings):
        faults.append(FieldFault("reason", FaultCode.TOO_LONG, str(REASON_LIMIT)))
    wanted = {finding.reason_id for finding in findings} | {reason_id}
    wanted.discard(0)
    if AuditReason.objects.filter(id__in=wanted, status=Validity.VALID).count() != len(wanted):
        faults.append(FieldFault("reason_id", FaultCode.CHOICE))
    if faults:
        raise FieldFaultsError(tuple(faults))


def _is_target(target: str) -> bool:
    """Tell whether the author can be shown what is meant: a field, a page, a document or one side of it."""
    return target in BY_NAME or re.fullmatch(r"page:[1-9][0-9]?|(card|guarder_card)(:[123])?", target) is not None
