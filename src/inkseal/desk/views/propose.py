"""T1: the responsible editor proposes a book with agreement type and terms."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inkseal.contracts.access import acting_as
from inkseal.contracts.desk_view import desk_contract
from inkseal.contracts.enums import Agreement
from inkseal.contracts.errors import FieldFaultsError
from inkseal.contracts.propose import propose
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor, Role
from inkseal.desk.access import staff_only
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.forms import attempt, envelope
from inkseal.desk.terms_form import TermsForm, read_terms, terms_form


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def propose_page(request: DeskRequest, book_id: int) -> HttpResponse:
    """Show the form with the earlier proposal in it, or propose."""
    actor = acting_as(request.staff, Role.RESPONSIBLE_EDITOR)
    if request.method == "POST":
        return _propose(request, book_id, actor)
    contract = desk_contract(book_id, request.staff)
    if Action.PROPOSE not in contract.possible:
        return redirect("desk:contract", book_id)
    earlier = contract.proposal
    form = terms_form(Agreement.STANDARD_SHARE, {}) if earlier is None else terms_form(earlier.agreement, earlier.terms)
    return _show(request, book_id, form, status=HTTPStatus.OK)


def _propose(request: DeskRequest, book_id: int, actor: Actor) -> HttpResponse:
    agreement, terms = read_terms(request.POST)
    try:
        propose(book_id, agreement, terms, actor=actor, request=attempt(request), now=request.now)
    except FieldFaultsError as err:
        form = terms_form(agreement, terms, err.faults)
        return _show(request, book_id, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Proposed. It waits for the chief editor now."))
    return redirect("desk:contract", book_id)


def _show(request: DeskRequest, book_id: int, form: TermsForm, *, status: HTTPStatus) -> HttpResponse:
    contract = desk_contract(book_id, request.staff)
    context = {"contract": contract, "form": form, "envelope": envelope(request, contract.revision)}
    return render(request, "desk/propose.html", context, status=status)
