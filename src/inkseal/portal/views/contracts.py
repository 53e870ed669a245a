"""The author's contracts, and the door to each: it leads to the page of its present state."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from inkseal.contracts.author_view import author_contract, author_contracts
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.places import address_of, summary_page
from inkseal.portal.sentences import Situation, situation_of
from inkseal.portal.session import author_only


@dataclass(frozen=True, slots=True)
class Line:
    """One contract in the list."""

    book_id: int
    title: str
    situation: Situation
    updated_at: datetime | None


@require_GET
@author_only
def contracts(request: AuthorRequest) -> HttpResponse:
    """List the author's contracts, those where it is his turn first."""
    lines = [
        Line(
            summary.book_id,
            summary.title,
            situation_of(summary.progress, summary_page(summary)),
            summary.updated_at,
        )
        for summary in author_contracts(request.author.id)
    ]
    lines.sort(key=lambda line: line.situation.tone not in {"fix", "live"})
    waiting = sum(line.situation.tone in {"fix", "live"} for line in lines)
    return render(request, "portal/contracts.html", {"lines": lines, "waiting": waiting})


@require_GET
@author_only
def contract(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Lead to the page of the contract's present state."""
    return redirect(address_of(author_contract(book_id, actor=request.actor, now=request.now)))
