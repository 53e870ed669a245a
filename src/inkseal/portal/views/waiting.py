"""Pages on which the author has nothing to do: the editor looks, the contract is complete, or it rests."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.files import read_sealed, read_signed
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.files import file_answer
from inkseal.portal.sentences import situation
from inkseal.portal.session import author_only
from inkseal.portal.shown import access_page, show


@require_GET
@author_only
def waiting(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Say that the editor has it, or that the seal is being set."""
    contract = access_page(request, book_id, Page.WAITING)
    approved = contract.state.progress is Progress.AUDITED
    return show(request, "portal/waiting.html", contract, page=Page.WAITING, approved=approved)


@require_GET
@author_only
def complete(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Give the sealed contract."""
    contract = access_page(request, book_id, Page.COMPLETE)
    return show(request, "portal/complete.html", contract, page=Page.COMPLETE)


@require_GET
@author_only
def resting(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Say that nothing is to be done: not begun, paused or ended."""
    contract = access_page(request, book_id, Page.INTENTION)
    shown = situation(contract)
    return show(request, "portal/resting.html", contract, page=Page.INTENTION, situation=shown)


@require_GET
@author_only
def signed_file(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Return the pages as they were handed in."""
    content = read_signed(book_id, actor=request.actor)
    return file_answer(content, f"signed-{book_id}.pdf")


@require_GET
@author_only
def sealed_file(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Return the sealed contract."""
    content = read_sealed(book_id, actor=request.actor)
    return file_answer(content, f"contract-{book_id}-sealed.pdf")
