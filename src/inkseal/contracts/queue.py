"""Selects the rows of the desk's queue, a page at a time, oldest waiting first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from inkseal.catalog.models import Book, BookKind, Staff
from inkseal.contracts.access import roles_of
from inkseal.contracts.enums import SIGNED_ONLINE, Agreement, Progress, Review
from inkseal.contracts.models import Contract, Proposal, Signing, SigningDraft
from inkseal.contracts.sections import PROGRESS_OF, Section, mine, section_of

PAGE_SIZE: Final = 50
_RESTING: Final = [Progress.NOT_STARTED, *PROGRESS_OF[Section.RESTING]]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One contract, or one book that waits to be proposed or submitted."""

    book_id: int
    title: str
    pen_name: str
    agreement: Agreement
    progress: Progress | None
    review: Review | None
    section: Section
    tracker_name: str
    since: datetime
    contract_no: str


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of a section, the counts of all sections, and where the next page begins."""

    rows: tuple[QueueRow, ...]
    counts: Mapping[Section, int]
    next: str | None


def queue(staff: Staff, *, section: Section, query: str = "", after: str | None = None) -> Queue:
    """Return what stands in `section`; `after` is the `next` of the page before."""
    roles = roles_of(staff)
    counts = _counts()
    waiting = mine(roles)
    counts[Section.EVERYTHING] = sum(counts[part] for part in waiting)
    parts = waiting if section is Section.EVERYTHING else (section,)
    books = _books(parts, query)
    start = int(after) if after and after.isascii() and after.isdigit() else 0
    found = list(books[start : start + PAGE_SIZE + 1])
    more = str(start + PAGE_SIZE) if len(found) > PAGE_SIZE else None
    return Queue(_rows(found[:PAGE_SIZE]), counts, more)


def _books(parts: tuple[Section, ...], query: str) -> QuerySet[Book]:
    wanted = Q(pk__in=[])
    for part in parts:
        wanted |= _in_section(part)
    books = Book.objects.filter(wanted)
    if text := query.strip():
        numbered = SigningDraft.objects.filter(contract_no__startswith=text).values("book_id")
        books = books.filter(Q(title__icontains=text) | Q(pen_name__icontains=text) | Q(pk__in=numbered))
    contract = Contract.objects.filter(book_id=OuterRef("pk")).values("updated_at")
    proposal = Proposal.objects.filter(book_id=OuterRef("pk"), status=1).values("updated_at")
    since = Coalesce(Subquery(contract[:1]), Subquery(proposal[:1]), F("updated_at"))
    return books.annotate(waiting_since=since).order_by("waiting_since", "id")


def _in_section(section: Section) -> Q:
    if section is Section.TO_SUBMIT:
        return Q(pk__in=_to_submit().values("book_id"))
    if section is Section.TO_PROPOSE:
        return Q(pk__in=_to_propose().values("id"))
    return Q(pk__in=Contract.objects.filter(progress__in=PROGRESS_OF[section]).values("book_id"))


def _to_submit() -> QuerySet[Proposal]:
    """Live proposals without a contract, or newer than what made it rest."""
    contract = Contract.objects.filter(book_id=OuterRef("book_id"))
    running = contract.exclude(progress__in=_RESTING)
    newer = contract.filter(updated_at__gt=OuterRef("created_at"))
    return Proposal.objects.filter(status=1).exclude(Exists(running)).exclude(Exists(newer))


def _to_propose() -> QuerySet[Book]:
    """Books that are signed here, unsigned, and neither proposed nor in a contract."""
    return (
        Book.objects.filter(kind__in=[BookKind.ORIGINAL, BookKind.FANFIC])
        .exclude(sign_type=SIGNED_ONLINE)
        .exclude(Exists(Contract.objects.filter(book_id=OuterRef("pk"))))
        .exclude(Exists(Proposal.objects.filter(book_id=OuterRef("pk"), status=1)))
    )


def _counts() -> Counter[Section]:
    counts: Counter[Section] = Counter()
    for progress, number in Contract.objects.values_list("progress").annotate(number=Count("id")):
        if progress != Progress.NOT_STARTED:
            counts[section_of(Progress(progress), proposed=True)] += number
    counts[Section.TO_SUBMIT] = _to_submit().count()
    counts[Section.TO_PROPOSE] = _to_propose().count()
    return counts


def _rows(books: list[Book]) -> tuple[QueueRow, ...]:
    keys = [book.id for book in books]
    contracts = {row.book_id: row for row in Contract.objects.filter(book_id__in=keys)}
    proposals = {row.book_id: row for row in Proposal.objects.filter(book_id__in=keys, status=1)}
    reviews = dict(Signing.objects.filter(book_id__in=keys).values_list("book_id", "review"))
    numbers = dict(SigningDraft.objects.filter(book_id__in=keys).values_list("book_id", F("contract_no")))
    trackers = [row.tracker_id for row in contracts.values() if row.tracker_id is not None]
    names = dict(Staff.objects.filter(id__in=trackers).values_list("id", "name"))
    rows = []
    for book in books:
        contract, proposal = contracts.get(book.id), proposals.get(book.id)
        known = contract or proposal
        rows.append(
            QueueRow(
                book_id=book.id,
                title=book.title,
                pen_name=book.pen_name,
                agreement=Agreement(known.agreement) if known else Agreement.NONE,
                progress=Progress(contract.progress) if contract else None,
                review=Review(reviews[book.id]) if book.id in reviews else None,
                section=section_of(Progress(contract.progress) if contract else None, proposed=proposal is not None),
                tracker_name=names.get(contract.tracker_id, "") if contract and contract.tracker_id else "",
                since=known.updated_at if known else book.updated_at,
                contract_no=numbers.get(book.id) or "",
            )
        )
    return tuple(rows)
