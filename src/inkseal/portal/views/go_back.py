"""Going back a page; nothing is lost by it."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from inkseal.contracts.enums import Page
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.go_back import go_back
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.session import author_only
from inkseal.portal.shown import attempt

_PAGES: Final = {"basic": Page.BASIC, "information": Page.INFORMATION}


@require_POST
@author_only
def back(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Show page 70 or 80 again."""
    page = _PAGES.get(request.POST.get("to", ""))
    if page is None:
        raise NotYoursError
    verb = attempt(request, "go_back", book=book_id, to=int(page))
    go_back(book_id, page, actor=request.actor, request=verb, now=request.now)
    return redirect("portal:contract", book_id)
