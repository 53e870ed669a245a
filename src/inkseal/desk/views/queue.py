"""The queue: what waits for me, for others, and what is done; search by title, pen name or serial number."""

from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from inkseal.contracts.desk_view import Queue, QueueRow, Section, desk_contract, queue
from inkseal.contracts.labels import AGREEMENT_LABEL, Words
from inkseal.desk.access import staff_only
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.sections import GROUPS, MY_WORK, NAMES, address_of
from inkseal.desk.spans import span_words
from inkseal.desk.views.contract import peek_context
from inkseal.vault import ErasedSubjectError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    facts: QueueRow
    address: str
    step: Words
    agreement: Words
    waiting: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One section in the navigation."""

    section: Section
    name: Words
    count: int
    current: bool

    @property
    def address(self) -> str:
        """Return the section's page."""
        return f"{reverse('desk:queue')}?section={self.section.value}"


@require_safe
@staff_only
def queue_page(request: DeskRequest) -> HttpResponse:
    """Show one section, the chosen contract beside it."""
    section = chosen_section(request.GET.get("section", ""))
    query = request.GET.get("find", "").strip()[:100]
    found = queue(request.staff, section=section, query=query, after=request.GET.get("after") or None)
    chosen = _chosen(found, request.GET.get("row", ""))
    context = {
        "section": section,
        "section_name": MY_WORK if section is Section.EVERYTHING else NAMES[section],
        "groups": [(name, [_tab(each, section, found) for each in tabs]) for name, tabs in GROUPS],
        "query": query,
        "rows": [_row(row, request, chosen) for row in found.rows],
        "next": found.next,
        "total": found.counts.get(section, len(found.rows)),
        "now": request.now,
    }
    if chosen is not None:
        with suppress(ErasedSubjectError):  # the list goes on; the contract's own page says why
            context |= peek_context(desk_contract(chosen.book_id, request.staff), request)
    return render(request, "desk/queue.html", context)


def chosen_section(name: str) -> Section:
    """Return the section of that name, else everything that waits for me."""
    return Section(name) if name in {section.value for section in Section} else Section.EVERYTHING


def _chosen(found: Queue, row: str) -> QueueRow | None:
    wanted = [each for each in found.rows if str(each.book_id) == row]
    return next(iter(wanted or found.rows), None)


def _tab(section: Section, current: Section, found: Queue) -> Tab:
    return Tab(section, NAMES[section], found.counts.get(section, 0), section is current)


def _row(facts: QueueRow, request: DeskRequest, chosen: QueueRow | None) -> Row:
    return Row(
        facts=facts,
        address=address_of(facts.book_id, facts.section, request.roles),
        step=NAMES[facts.section],
        agreement=AGREEMENT_LABEL[facts.agreement],
        waiting=span_words(facts.since, request.now),
        chosen=chosen is not None and facts.book_id == chosen.book_id,
    )
