"""Page 90: the contract as it will be printed; confirming it names exactly what was seen."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from inkseal.contracts.confirm import confirm as confirm_contract
from inkseal.contracts.enums import Page
from inkseal.documents.render import PageNotThereError, render_page
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.files import file_answer, picture_answer
from inkseal.portal.previews import new_preview, seen_preview
from inkseal.portal.session import author_only
from inkseal.portal.shown import access_page, attempt, seen_revision, show

#: Sharp on a phone of three device pixels to one at the width of a column.
SCREEN_DPI = 130


@require_GET
@author_only
def preview(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Show every page of the contract, freshly set."""
    contract = access_page(request, book_id, Page.PREVIEW)
    made = new_preview(book_id, actor=request.actor, now=request.now)
    return show(
        request,
        "portal/preview.html",
        contract,
        page=Page.PREVIEW,
        preview=made,
        numbers=range(1, made.page_count + 1),
    )


@require_GET
@author_only
def preview_page(request: AuthorRequest, book_id: int, content_hash: str, number: int) -> HttpResponse:
    """Return one page of the preview as a picture."""
    made = seen_preview(book_id, content_hash, actor=request.actor, now=request.now)
    try:
        return picture_answer(render_page(made.pdf, number, dpi=SCREEN_DPI), "image/png")
    except PageNotThereError as err:
        raise Http404 from err


@require_GET
@author_only
def preview_file(request: AuthorRequest, book_id: int, content_hash: str) -> HttpResponse:
    """Return the preview as a PDF, for reading only."""
    made = seen_preview(book_id, content_hash, actor=request.actor, now=request.now)
    return file_answer(made.pdf, f"preview-{book_id}.pdf", inline=True)


@require_POST
@author_only
def confirm(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Confirm the contract by the hash and the revision that were shown."""
    content_hash = request.POST.get("content_hash", "")
    revision = seen_revision(request)
    confirm_contract(
        book_id,
        revision=revision,
        content_hash=content_hash,
        actor=request.actor,
        request=attempt(request, "confirm", book=book_id, revision=revision, content_hash=content_hash),
        now=request.now,
    )
    return redirect("portal:contract", book_id)
