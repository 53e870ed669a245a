"""A verb's refusal becomes a page: unknown (404), moved meanwhile (409), not set up yet (409).

Faults in what was typed or photographed are answered by the view that showed the form, at their place.
"""

from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render

from inkseal.contracts.author_view import AuthorContract, author_contract
from inkseal.contracts.errors import (
    ConfigurationError,
    ContentChangedError,
    MoveRefusedError,
    NotYoursError,
    RequestReusedError,
    StaleRevisionError,
)
from inkseal.contracts.labels import AGREEMENT_LABEL
from inkseal.core.errors import InksealError, PermanentError
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.places import address_of
from inkseal.portal.sentences import overtaken, situation


class WrongPageError(PermanentError):
    """A page was opened that does not fit the contract's present state."""


OVERTAKEN: Final = (
    WrongPageError,
    MoveRefusedError,
    StaleRevisionError,
    ContentChangedError,
    RequestReusedError,
)
ANSWERED: Final = (NotYoursError, ConfigurationError, *OVERTAKEN)


def answer_error(request: AuthorRequest, error: InksealError) -> HttpResponse:
    """Return the page for a refusal; another author's contract is answered like one that does not exist."""
    if isinstance(error, NotYoursError):
        raise Http404
    if isinstance(error, ConfigurationError):
        # Even the contract's present state may need what is not set up, so it is not asked for.
        return render(request, "portal/unready.html", status=HTTPStatus.CONFLICT)
    return _overtaken_page(request, _present(request), overtaken(error))


def _present(request: AuthorRequest) -> AuthorContract:
    match = request.resolver_match
    if match is None or "book_id" not in match.kwargs:
        raise Http404
    try:
        return author_contract(match.kwargs["book_id"], actor=request.actor, now=request.now)
    except NotYoursError as err:
        raise Http404 from err


def _overtaken_page(request: AuthorRequest, contract: AuthorContract, reason: str) -> HttpResponse:
    shown = {
        "contract": contract,
        "agreement_label": AGREEMENT_LABEL[contract.agreement],
        "situation": situation(contract),
        "address": address_of(contract),
        "reason": reason,
    }
    response = render(request, "portal/overtaken.html", shown, status=HTTPStatus.CONFLICT)
    if request.headers.get("HX-Request"):
        # The page that asked is out of date as a whole, not only the fragment it wanted to swap.
        response.headers["HX-Redirect"] = address_of(contract)
    return response
