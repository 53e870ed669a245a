"""T13-T15: the auditor sees data, print and photographs side by side, and decides."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inkseal.contracts.access import acting_as
from inkseal.contracts.desk_view import Section, audit_case
from inkseal.contracts.errors import (
    FieldFault,
    FieldFaultsError,
    MoveRefusedError,
    SealRefusedError,
    StaleRevisionError,
)
from inkseal.contracts.pass_audit import pass_audit
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.send_back import send_back
from inkseal.core.actor import Actor, Role
from inkseal.desk import words
from inkseal.desk.access import staff_only
from inkseal.desk.case import case_context
from inkseal.desk.decision import SEND_BACK_TO, Choice, Decision, read_decision
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.forms import attempt, seen_revision
from inkseal.desk.situation import situation


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def audit_page(request: DeskRequest, book_id: int) -> HttpResponse:
    """Show the case, or decide it."""
    actor = acting_as(request.staff, Role.SIGNING_EDITOR)
    if request.method == "POST":
        return _decide(request, book_id, actor)
    case = audit_case(book_id, actor=actor, now=request.now)
    return render(request, "desk/audit.html", case_context(case, request))


def _decide(request: DeskRequest, book_id: int, actor: Actor) -> HttpResponse:
    decision = read_decision(request.POST)
    try:
        _commit(request, book_id, actor, decision)
    except FieldFaultsError as err:
        return _show_faults(request, book_id, actor, decision, err)
    except (StaleRevisionError, MoveRefusedError, SealRefusedError):
        page = _overtaken(request, book_id, actor, decision)
        if page is None:
            raise
        return page
    passed = decision.choice is Choice.PASS
    messages.success(request, _("Passed to the seal.") if passed else _("Sent back. The author is told why."))
    return redirect(f"{reverse('desk:queue')}?section={Section.TO_AUDIT}")


def _commit(request: DeskRequest, book_id: int, actor: Actor, decision: Decision) -> None:
    revision, sent = seen_revision(request), attempt(request)
    if decision.choice is None:
        raise FieldFaultsError((FieldFault("decision", FaultCode.REQUIRED),))
    if decision.choice is Choice.PASS:
        digest = request.POST.get("signed_file_sha256", "")
        pass_audit(book_id, revision=revision, signed_file_sha256=digest, actor=actor, request=sent, now=request.now)
        return
    send_back(
        book_id,
        SEND_BACK_TO[decision.choice],
        revision=revision,
        reason_id=decision.reason_id,
        reason=decision.reason,
        findings=decision.fitting_findings,
        actor=actor,
        request=sent,
        now=request.now,
    )


def _show_faults(
    request: DeskRequest, book_id: int, actor: Actor, decision: Decision, err: FieldFaultsError
) -> HttpResponse:
    case = audit_case(book_id, actor=actor, now=request.now)
    context = case_context(case, request, decision=decision)
    context["faults"] = {fault.field: words.decision_fault(fault) for fault in err.faults}
    return render(request, "desk/audit.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _overtaken(request: DeskRequest, book_id: int, actor: Actor, decision: Decision) -> HttpResponse | None:
    """Return the present case with what was typed; None when it can no longer be decided."""
    case = audit_case(book_id, actor=actor, now=request.now)
    context = case_context(case, request, decision=decision)
    if not context["open"]:
        return None
    context["overtaken"] = situation(book_id, request.staff, request.POST.get("seen", ""))
    return render(request, "desk/audit.html", context, status=HTTPStatus.CONFLICT)
