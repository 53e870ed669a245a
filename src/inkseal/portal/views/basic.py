"""Page 70: a few questions that decide what else is needed."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from inkseal.contracts.author_view import author_contract
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import FieldFaultsError
from inkseal.contracts.fields import fields_of
from inkseal.contracts.labels import TERM_LABEL
from inkseal.contracts.rules import is_minor
from inkseal.contracts.save_basic import save_basic
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.forms import Filled, shown_groups
from inkseal.portal.session import author_only
from inkseal.portal.shown import access_page, attempt, show


@require_http_methods(["GET", "POST"])
@author_only
def basic(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Show the questions, or take the answers and go on to page 80."""
    if request.method == "GET":
        contract = access_page(request, book_id, Page.BASIC)
        return _page(request, book_id, Filled(contract.values), HTTPStatus.OK)
    values = {f.name: request.POST.get(f.name, "") for f in fields_of(Page.BASIC, minor=True)}
    try:
        save_basic(
            book_id,
            values,
            actor=request.actor,
            request=attempt(request, "save_basic", book=book_id, values=values),
            now=request.now,
        )
    except FieldFaultsError as error:
        return _page(request, book_id, Filled(values, error.faults), HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("portal:contract", book_id)


def _page(request: AuthorRequest, book_id: int, filled: Filled, status: int) -> HttpResponse:
    contract = author_contract(book_id, actor=request.actor, now=request.now)
    return show(
        request,
        "portal/basic.html",
        contract,
        page=Page.BASIC,
        status=status,
        groups=shown_groups(Page.BASIC, filled, minor=is_minor(filled.values.get("birthday", ""), request.now.date())),
        minor=is_minor(filled.values.get("birthday", ""), request.now.date()),
        terms=[(label, contract.terms[name]) for name, label in TERM_LABEL.items() if name in contract.terms],
        faults=filled.faults,
    )
