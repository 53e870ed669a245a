"""Shows an auditor the hidden digits; the verb writes down first that he looked, so this is never a GET."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from inkseal.contracts.access import acting_as
from inkseal.contracts.desk_view import audit_case
from inkseal.contracts.reveal import reveal
from inkseal.core.actor import Role
from inkseal.desk.access import staff_only
from inkseal.desk.case import case_context
from inkseal.desk.desk_request import DeskRequest


@require_POST
@staff_only
@sensitive_variables("opened")
def reveal_digits(request: DeskRequest, book_id: int) -> HttpResponse:
    """Answer with the audit page, digits shown; the next page hides them again."""
    actor = acting_as(request.staff, Role.SIGNING_EDITOR)
    case = audit_case(book_id, actor=actor, now=request.now)
    opened = reveal(book_id, actor=actor, now=request.now)
    return render(request, "desk/audit.html", case_context(case, request, opened=opened))
