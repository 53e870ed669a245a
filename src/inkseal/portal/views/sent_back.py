"""Page 110: what an editor asks to change, each reason beside its thing; leaving it leads to the correction."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from inkseal.contracts.author_view import AuthorContract
from inkseal.contracts.enums import Page
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.resume import resume
from inkseal.contracts.save_draft import save_draft
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.findings import shown_findings
from inkseal.portal.session import author_only
from inkseal.portal.shown import access_page, attempt, show


@require_http_methods(["GET", "POST"])
@author_only
def sent_back(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Show the reasons; or open the contract again and keep what was corrected right here.

    1 the contract leaves page 110; 2 what was typed beside the reasons is kept as a draft, right or not.
    Both may run twice, and the next page says what is still to change.
    """
    if request.method == "GET":
        return _page(request, access_page(request, book_id, Page.SENT_BACK))
    values = _typed(request)
    verb = attempt(request, "resume", book=book_id)
    moved = resume(book_id, actor=request.actor, request=verb, now=request.now)
    if values and moved.page is Page.INFORMATION:
        save_draft(book_id, values, actor=request.actor, now=request.now)
    return redirect("portal:contract", book_id)


def _page(request: AuthorRequest, contract: AuthorContract) -> HttpResponse:
    return show(
        request,
        "portal/sent_back.html",
        contract,
        page=Page.SENT_BACK,
        status=HTTPStatus.OK,
        findings=shown_findings(contract),
    )


def _typed(request: AuthorRequest) -> dict[str, str]:
    """Return the corrections of page-80 fields; those of page 70 are made on their own page."""
    names = [name for name, f in BY_NAME.items() if f.page is Page.INFORMATION and name in request.POST]
    return {name: request.POST[name] for name in names}
