"""Page 100: print, sign, photograph; which pages are fine, which are needed; hand in."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from inkseal.contracts.author_view import author_contract
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import NotCompleteError
from inkseal.contracts.files import read_print
from inkseal.contracts.hand_in import hand_in as hand_in_contract
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.files import file_answer
from inkseal.portal.refused_pictures import Refused
from inkseal.portal.session import author_only
from inkseal.portal.shown import access_page, attempt, seen_revision, show
from inkseal.portal.signed_pages import missing_words, signed_pages


@require_GET
@author_only
def pages(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Show the pages that are there and those that are needed."""
    access_page(request, book_id, Page.UPLOAD)
    return pages_answer(request, book_id)


@require_GET
@author_only
def print_file(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Return the numbered contract to print."""
    contract = author_contract(book_id, actor=request.actor, now=request.now)
    content = read_print(book_id, actor=request.actor)
    return file_answer(content, f"contract-{contract.contract_no or book_id}.pdf")


@require_POST
@author_only
def hand_in(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Hand the signed pages to the editor."""
    revision = seen_revision(request)
    try:
        hand_in_contract(
            book_id,
            revision=revision,
            actor=request.actor,
            request=attempt(request, "hand_in", book=book_id, revision=revision),
            now=request.now,
        )
    except NotCompleteError:
        # What is missing stands on the page at its place; the button was pressed on an older one.
        return pages_answer(request, book_id, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("portal:contract", book_id)


def pages_answer(
    request: AuthorRequest, book_id: int, refused: tuple[Refused, ...] = (), status: int = HTTPStatus.OK
) -> HttpResponse:
    """Render page 100 as it is now, with the pictures that were just refused."""
    contract = author_contract(book_id, actor=request.actor, now=request.now)
    return show(
        request,
        "portal/pages.html",
        contract,
        page=Page.UPLOAD,
        status=status,
        signed=signed_pages(contract),
        still_needed=missing_words(contract.missing),
        refused=refused,
    )
