"""The audit page as a whole: one case beside what the auditor has chosen so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from inkseal.contracts.desk_view import AuditCase, Section, queue
from inkseal.contracts.fields import Field
from inkseal.contracts.labels import AGREEMENT_LABEL, PROGRESS_LABEL, Words
from inkseal.contracts.models import AuditReason
from inkseal.contracts.rules import is_minor
from inkseal.contracts.send_back_view import hints_of
from inkseal.contracts.states import Action
from inkseal.contracts.tiles import DocumentTile
from inkseal.desk import words
from inkseal.desk.check_words import check_line
from inkseal.desk.data import ORDER, data_rows
from inkseal.desk.decision import Decision
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.forms import envelope

_AUDIT_ACTIONS: Final = frozenset({Action.PASS_AUDIT, Action.SEND_BACK_INFORMATION, Action.SEND_BACK_PAGES})
#: Reasons have the keys 1 to 9; further ones are chosen by mouse.
_KEYS: Final = 9
_ODD: Final = MappingProxyType(
    {
        "unreadable": _("no code to read"),
        "other_contract": _("page of another contract"),
        "old_print": _("page of an earlier print"),
        "mac_does_not_fit": _("its code was not made here"),
        "malformed_code": _("its code is damaged"),
        "several_pages": _("more than one page in the picture"),
    }
)


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One configured reason; `says` is its text for the author, in plain words."""

    id: int
    name: str
    says: str
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One thing that can be sent back."""

    target: str
    label: Words
    chosen: bool
    note: str
    reason_id: int


def case_context(
    case: AuditCase, request: DeskRequest, *, decision: Decision | None = None, opened: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return everything that the audit page shows; `opened` holds the values without hidden digits."""
    contract, chosen = case.contract, decision or Decision()
    progress = contract.state.progress
    lines = [check_line(check) for check in case.checks]
    page = chosen_page(case, request.POST.get("page") or request.GET.get("page", ""))
    return {
        "case": case,
        "contract": contract,
        "envelope": envelope(request, contract.revision),
        "decision": chosen,
        "agreement_words": AGREEMENT_LABEL[contract.agreement],
        "progress_words": "" if progress is None else PROGRESS_LABEL[progress],
        "data": data_rows(
            contract.values if opened is None else opened, pen_name=contract.pen_name, today=request.now.date()
        ),
        "opened": opened is not None,
        "page": page,
        "tile": case.pages[page - 1] if case.pages else None,
        "checks": lines,
        "passed": sum(line.passed for line in lines),
        "to_look": sum(not line.passed for line in lines),
        "reasons": [reason_line(reason, number, chosen) for number, reason in enumerate(case.reasons, start=1)],
        "field_targets": [_line(field.name, chosen) for field in _fields_of(contract.values, request.now.date())],
        "page_targets": [_line(f"page:{tile.number}", chosen) for tile in case.pages]
        + [_line(document_target(tile), chosen) for tile in case.documents],
        "odd": [(picture.file_id, _ODD.get(picture.reason, picture.reason)) for picture in case.odd_pictures],
        "open": not (case.four_eyes or _AUDIT_ACTIONS.isdisjoint(contract.possible)),
        "sha_short": f"{case.signed_file_sha256[:8]}…{case.signed_file_sha256[-8:]}",
        **neighbours(case, request),
    }


def chosen_page(case: AuditCase, text: str) -> int:
    """Return the page that is asked for, else the first that a person must look at, else the first."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(case.pages):
        return int(text)
    return next((tile.number for tile in case.pages if tile.file_id is None), 1)


def document_target(tile: DocumentTile) -> str:
    """Return the name under which a document is sent back; the first side stands for the document."""
    return f"{tile.kind}:{tile.sort}" if tile.sort > 1 else str(tile.kind)


def reason_line(reason: AuditReason, number: int, decision: Decision) -> ReasonLine:
    """Return a reason with its key and the words that the author will read."""
    texts = [hint.content for hint in hints_of(reason) if hint.type == 1]
    key = str(number) if number <= _KEYS else ""
    return ReasonLine(reason.id, reason.name, " ".join(texts) or reason.name, key, reason.id == decision.reason_id)


def neighbours(case: AuditCase, request: DeskRequest) -> dict[str, Any]:
    """Return where this case stands among those to audit, and the ones before and after it."""
    ids = [row.book_id for row in queue(request.staff, section=Section.TO_AUDIT).rows]
    if case.contract.book_id not in ids:
        return {"position": None, "total": len(ids), "before": None, "after": None}
    index = ids.index(case.contract.book_id)
    return {
        "position": index + 1,
        "total": len(ids),
        "before": ids[index - 1] if index else None,
        "after": ids[index + 1] if index + 1 < len(ids) else None,
    }


def _fields_of(values: Mapping[str, str], today: date) -> list[Field]:
    """Return the fields that can be sent back: those that the author has filled in."""
    minor = is_minor(values.get("birthday", ""), today)
    return [field for field in ORDER if values.get(field.name) and (minor or not field.minors_only)]


def _line(target: str, decision: Decision) -> TargetLine:
    said = decision.finding(target)
    return TargetLine(
        target,
        words.target_words(target),
        said is not None,
        "" if said is None else said.note,
        0 if said is None else said.reason_id,
    )
