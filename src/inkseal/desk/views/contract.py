"""One contract as the desk knows it: facts, masked data, what happened, what was decided, what was sent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inkseal.contracts.access import acting_as
from inkseal.contracts.desk_view import DeskContract, Section, audit_case, desk_contract
from inkseal.contracts.enums import Progress
from inkseal.contracts.labels import AGREEMENT_LABEL, PROGRESS_LABEL
from inkseal.core.actor import Role
from inkseal.desk.access import staff_only
from inkseal.desk.check_words import CheckLine, check_line
from inkseal.desk.data import data_rows
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.sections import NAMES, address_of, work_on
from inkseal.desk.sent_messages import sent_messages
from inkseal.desk.terms_form import terms_lines


@require_safe
@staff_only
def contract_page(request: DeskRequest, book_id: int) -> HttpResponse:
    """Show everything about one contract."""
    contract = desk_contract(book_id, request.staff)
    context = peek_context(contract, request) | {
        "data": data_rows(contract.values, pen_name=contract.pen_name, today=request.now.date()),
        "messages_sent": sent_messages(book_id),
        "may_see_files": Role.SIGNING_EDITOR in request.roles,
    }
    return render(request, "desk/contract.html", context)


@require_safe
@staff_only
def peek(request: DeskRequest, book_id: int) -> HttpResponse:
    """Show the short form beside the queue."""
    return render(request, "desk/parts/peek.html", peek_context(desk_contract(book_id, request.staff), request))


def peek_context(contract: DeskContract, request: DeskRequest) -> dict[str, Any]:
    """Return what the short form shows."""
    progress = contract.state.progress
    return {
        "contract": contract,
        "section_words": NAMES[contract.section],
        "agreement_words": AGREEMENT_LABEL[contract.agreement],
        "progress_words": PROGRESS_LABEL[Progress.NOT_STARTED if progress is None else progress],
        "terms": terms_lines(contract.terms),
        "proposal_terms": terms_lines(contract.proposal.terms) if contract.proposal else (),
        "proposal_agreement": AGREEMENT_LABEL[contract.proposal.agreement] if contract.proposal else "",
        "work": work_on(contract.section, request.roles),
        "work_address": address_of(contract.book_id, contract.section, request.roles),
        "checks": _checks(contract, request),
    }


def _checks(contract: DeskContract, request: DeskRequest) -> list[CheckLine]:
    """Return what the machine found, for those who audit; nobody else needs it."""
    if contract.section is not Section.TO_AUDIT or Role.SIGNING_EDITOR not in request.roles:
        return []
    case = audit_case(contract.book_id, actor=acting_as(request.staff, Role.SIGNING_EDITOR), now=request.now)
    return [check_line(check) for check in case.checks]
