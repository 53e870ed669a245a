"""T2: the chief editor submits a proposal, as it is or with another type or other terms; the author is told."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inkseal.contracts.access import acting_as
from inkseal.contracts.desk_view import DeskContract, desk_contract
from inkseal.contracts.errors import FieldFaultsError
from inkseal.contracts.labels import AGREEMENT_LABEL
from inkseal.contracts.states import Action
from inkseal.contracts.submit import submit
from inkseal.core.actor import Actor, Role
from inkseal.desk.access import staff_only
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.forms import attempt, envelope, seen_revision
from inkseal.desk.terms_form import TermsForm, read_terms, terms_form, terms_lines

#: The log keeps 512 characters; the remark on tracker and types needs its share of them.
NOTE_LIMIT = 300


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def submit_page(request: DeskRequest, book_id: int) -> HttpResponse:
    """Show the proposal in a form that may be changed, or submit it."""
    actor = acting_as(request.staff, Role.CHIEF_EDITOR)
    if request.method == "POST":
        return _submit(request, book_id, actor)
    contract = desk_contract(book_id, request.staff)
    if Action.SUBMIT not in contract.possible or contract.proposal is None:
        return redirect("desk:contract", book_id)
    form = terms_form(contract.proposal.agreement, contract.proposal.terms)
    return _show(request, contract, form, status=HTTPStatus.OK)


def _submit(request: DeskRequest, book_id: int, actor: Actor) -> HttpResponse:
    agreement, terms = read_terms(request.POST)
    try:
        submit(
            book_id,
            revision=seen_revision(request),
            note=request.POST.get("note", "").strip()[:NOTE_LIMIT],
            agreement=agreement,
            terms=terms,
            actor=actor,
            request=attempt(request),
            now=request.now,
        )
    except FieldFaultsError as err:
        form = terms_form(agreement, terms, err.faults)
        contract = desk_contract(book_id, request.staff)
        return _show(request, contract, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Submitted. The author is asked to fill in the contract."))
    return redirect("desk:contract", book_id)


def _show(request: DeskRequest, contract: DeskContract, form: TermsForm, *, status: HTTPStatus) -> HttpResponse:
    proposal = contract.proposal
    context = {
        "contract": contract,
        "form": form,
        "proposal": proposal,
        "proposal_agreement": AGREEMENT_LABEL[proposal.agreement] if proposal else "",
        "proposal_terms": terms_lines(proposal.terms) if proposal else (),
        "note": request.POST.get("note", ""),
        "note_limit": NOTE_LIMIT,
        "envelope": envelope(request, contract.revision),
    }
    return render(request, "desk/submit.html", context, status=status)
