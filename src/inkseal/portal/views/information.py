"""Page 80: who signs and where we pay. What is typed is kept at once, right or not; going on asks for all of it."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from inkseal.contracts.author_view import AuthorContract, author_contract
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.finish_information import finish_information
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.save_draft import NOT_KEPT, Saved, save_draft
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.forms import Filled, leading_field, shown_field, shown_groups, to_change
from inkseal.portal.session import author_only
from inkseal.portal.shown import access_page, attempt, show


@require_http_methods(["GET", "POST"])
@author_only
def information(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Show the form; or keep what was typed and, if everything is right, go on to the preview."""
    if request.method == "GET":
        contract = access_page(request, book_id, Page.INFORMATION)
        typed = tuple(fault for fault in contract.faults if fault.code != FaultCode.REQUIRED)
        return _page(request, contract, contract.values, typed)
    values = _typed(request)
    saved = save_draft(book_id, values, actor=request.actor, now=request.now)
    if taken := _proposal(request, saved):
        save_draft(book_id, taken, actor=request.actor, now=request.now)
        return redirect("portal:information", book_id)
    if "later" in request.POST:
        return redirect("portal:contracts")
    return _go_on(request, book_id, values, saved)


@require_POST
@author_only
def field(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Keep one field while the author goes on typing; answer with what to say beside it."""
    values = _typed(request)
    if not values:
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    saved = save_draft(book_id, values, actor=request.actor, now=request.now)
    contract = author_contract(book_id, actor=request.actor, now=request.now)
    lead = leading_field(next(iter(values)))
    shown = shown_field(lead, Filled({**contract.values, **values}, saved.faults))
    context = {"field": shown, "saved_at": saved.saved_at, "to_change": to_change(contract.faults)}
    return JsonResponse(
        {
            "message": render_to_string("parts/message.html", context, request),
            "saved": render_to_string("parts/saved.html", context, request),
            "need": render_to_string("portal/need.html", context, request),
        }
    )


def _go_on(request: AuthorRequest, book_id: int, values: dict[str, str], saved: Saved) -> HttpResponse:
    # A value that was not kept leaves the older one in place, which the verb would find right.
    if unkept := tuple(fault for fault in saved.faults if fault.code in NOT_KEPT):
        return _refused(request, book_id, values, unkept)
    try:
        finish_information(
            book_id,
            actor=request.actor,
            request=attempt(request, "finish_information", book=book_id, values=values),
            now=request.now,
        )
    except FieldFaultsError as error:
        return _refused(request, book_id, values, error.faults)
    return redirect("portal:contract", book_id)


def _refused(
    request: AuthorRequest, book_id: int, values: dict[str, str], faults: tuple[FieldFault, ...]
) -> HttpResponse:
    contract = author_contract(book_id, actor=request.actor, now=request.now)
    shown = {**contract.values, **values}
    return _page(request, contract, shown, faults, HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: AuthorRequest,
    contract: AuthorContract,
    values: Mapping[str, str],
    faults: tuple[FieldFault, ...],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    findings = contract.send_back.findings if contract.send_back else ()
    filled = Filled(values, faults, findings)
    return show(
        request,
        "portal/information.html",
        contract,
        page=Page.INFORMATION,
        status=status,
        groups=shown_groups(Page.INFORMATION, filled, minor=contract.minor),
        saved_at=contract.saved_at,
        to_change=to_change(faults if status != HTTPStatus.OK else contract.faults),
        refused=status != HTTPStatus.OK,
    )


def _typed(request: AuthorRequest) -> dict[str, str]:
    names = [name for name, f in BY_NAME.items() if f.page is Page.INFORMATION and name in request.POST]
    return {name: request.POST[name] for name in names}


def _proposal(request: AuthorRequest, saved: Saved) -> dict[str, str]:
    """Return the proposal that the author took over by its button."""
    name = request.POST.get("take", "")
    return {
        fault.field: fault.hint
        for fault in saved.faults
        if fault.field == name and fault.code == FaultCode.LETTER_FOR_DIGIT
    }
