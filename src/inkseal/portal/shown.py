"""What every page of one contract shows around its own content, and the id that makes a double submit harmless."""

import re
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from inkseal.contracts.author_view import AuthorContract, author_contract
from inkseal.contracts.enums import Page
from inkseal.contracts.labels import AGREEMENT_LABEL
from inkseal.contracts.requests import Request
from inkseal.portal.answers import WrongPageError
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.places import present_page, steps_at

_REQUEST_ID: Final = re.compile(r"[0-9a-f]{32}")
_REVISION: Final = re.compile(r"[0-9]{1,18}")


def access_page(request: AuthorRequest, book_id: int, page: Page) -> AuthorContract:
    """Return the author's contract when `page` is the one to show now, or raise `WrongPageError`."""
    contract = author_contract(book_id, actor=request.actor, now=request.now)
    if present_page(contract) is not page:
        raise WrongPageError
    return contract


def show(
    request: AuthorRequest,
    template: str,
    contract: AuthorContract,
    *,
    page: Page,
    status: int = HTTPStatus.OK,
    **context: object,
) -> HttpResponse:
    """Render one page of a contract, with a new request id for its form."""
    shown = {
        "contract": contract,
        "steps": steps_at(page),
        "agreement_label": AGREEMENT_LABEL[contract.agreement],
        "request_id": uuid4().hex,
        "revision": contract.revision,
        **context,
    }
    return render(request, template, shown, status=status)


def attempt(request: AuthorRequest, verb: str, **facts: object) -> Request:
    """Return the attempt that a submitted form names; one without a proper id counts as a new one."""
    given = request.POST.get("request_id", "")
    name = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
    return Request(name, {"verb": verb, **facts})


def seen_revision(request: AuthorRequest) -> int:
    """Return the revision that the submitted form was based on; -1, which no contract has, when it names none."""
    given = request.POST.get("revision", "")
    return int(given) if _REVISION.fullmatch(given) else -1
