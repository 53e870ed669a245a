"""One uploaded picture: look at it, photograph it again, or take it out."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from inkseal.contracts.author_view import AuthorContract
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.files import read_picture
from inkseal.contracts.remove_picture import remove_picture
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.files import picture_answer
from inkseal.portal.session import author_only
from inkseal.portal.shown import access_page, show
from inkseal.portal.signed_pages import signed_pages


@require_GET
@author_only
def look(request: AuthorRequest, book_id: int, file_id: int) -> HttpResponse:
    """Show one picture large, with what it is."""
    contract = access_page(request, book_id, Page.UPLOAD)
    return show(
        request,
        "portal/picture.html",
        contract,
        page=Page.UPLOAD,
        file_id=file_id,
        what=_what(contract, file_id),
    )


@require_GET
@author_only
def picture(request: AuthorRequest, book_id: int, file_id: int) -> HttpResponse:
    """Return the picture itself, as it was encoded here."""
    return picture_answer(read_picture(book_id, file_id, actor=request.actor), "image/jpeg")


@require_POST
@author_only
def remove(request: AuthorRequest, book_id: int, file_id: int) -> HttpResponse:
    """Take one picture out."""
    remove_picture(book_id, file_id, actor=request.actor, now=request.now)
    return redirect("portal:pages", book_id)


def _what(contract: AuthorContract, file_id: int) -> dict[str, object]:
    """Return which page, document or odd picture it is; one that is none of them is unknown."""
    shown = signed_pages(contract)
    for page in shown.fine:
        if page.file_id == file_id:
            return {"number": page.number}
    for document in shown.documents:
        if document.file_id == file_id:
            return {"document": document}
    for odd in shown.odd:
        if odd.file_id == file_id:
            return {"odd": odd.sentence}
    raise NotYoursError
