"""What the author's pages show: read only, one shape for every page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from inkseal.catalog.models import Book
from inkseal.contracts.board import state_of
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Agreement, Page, Progress, Review
from inkseal.contracts.errors import ConfigurationError, FieldFault, NotYoursError
from inkseal.contracts.models import Contract, ContractControl, Signing, SigningStep
from inkseal.contracts.pages import gather
from inkseal.contracts.rules import faults_of, is_minor
from inkseal.contracts.send_back_view import SendBack, last_send_back
from inkseal.contracts.states import Action, State, possible
from inkseal.contracts.templates import chosen_template, unprintable
from inkseal.contracts.tiles import (
    DocumentTile,
    OddPicture,
    PageTile,
    document_tiles,
    odd_pictures,
    page_tiles,
)
from inkseal.contracts.way_back import as_returned
from inkseal.core.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class AuthorSummary:
    """One line of the author's list."""

    book_id: int
    title: str
    progress: Progress | None
    page: Page | None
    review: Review | None
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuthorContract:
    """Everything that an author's pages show of one contract."""

    book_id: int
    title: str
    pen_name: str
    agreement: Agreement
    round: int
    revision: int
    state: State
    page: Page
    values: Mapping[str, str] = field(repr=False)
    faults: tuple[FieldFault, ...]
    minor: bool
    saved_at: datetime | None
    counsel_note: str
    terms: Mapping[str, Any]
    contract_no: str
    page_count: int
    pages: tuple[PageTile, ...]
    odd_pictures: tuple[OddPicture, ...]
    documents: tuple[DocumentTile, ...]
    missing: tuple[str, ...]
    send_back: SendBack | None
    sealed: bool
    possible: tuple[Action, ...]


#: Where the pages of the present state differ from what signonlinestep says, the state decides.
_PAGE_OF: Final = {
    Progress.COMPLETE: Page.COMPLETE,
    Progress.UPLOADED: Page.WAITING,
    Progress.AUDITED: Page.WAITING,
}
_BEGUN: Final = frozenset(
    {Progress.CHIEF_SUBMITTED, Progress.CONTACT_STARTED, Progress.NEGOTIATING, Progress.AGREED, Progress.UNREACHABLE,
     Progress.SIGNING_STARTED}
)  # fmt: skip


def author_contracts(author_id: int) -> tuple[AuthorSummary, ...]:
    """Return the author's books that have a contract, newest first."""
    books = {book.id: book for book in Book.objects.filter(author_id=author_id)}
    pages = dict(SigningStep.objects.filter(book_id__in=books).values_list("book_id", "page"))
    reviews = dict(Signing.objects.filter(book_id__in=books).values_list("book_id", "review"))
    return tuple(
        AuthorSummary(
            contract.book_id,
            books[contract.book_id].title,
            Progress(contract.progress),
            Page(pages[contract.book_id]) if contract.book_id in pages else None,
            Review(reviews[contract.book_id]) if contract.book_id in reviews else None,
            contract.updated_at,
        )
        for contract in Contract.objects.filter(book_id__in=books).order_by("-updated_at", "-id")
    )


def author_contract(book_id: int, *, actor: Actor, now: datetime) -> AuthorContract:
    """Return one contract of the acting author; NotYoursError for anybody else."""
    owned = Book.objects.select_related("author").filter(id=book_id, author_id=actor.id)
    book = owned.first() if actor.role is Role.AUTHOR else None
    contract = Contract.objects.filter(book_id=book_id).first()
    if book is None or contract is None:
        raise NotYoursError
    rows = find_draft(book_id)
    control = ContractControl.objects.get(book_id=book_id)
    step = SigningStep.objects.filter(book_id=book_id).first()
    signing = Signing.objects.filter(book_id=book_id).first()
    state = state_of(book, contract, step, signing)
    values = rows.read() if rows else {}
    minor = is_minor(values.get("birthday", ""), now.date())
    gathered = gather(rows, minor=minor) if rows else None
    return AuthorContract(
        book_id=book_id,
        title=book.title,
        pen_name=book.author.pen_name,
        agreement=Agreement(contract.agreement),
        round=control.round,
        revision=control.revision,
        state=state,
        page=page_to_show(state),
        values=values,
        faults=_faults(contract, values, now) if rows and not state.offline else (),
        minor=minor,
        saved_at=rows.main.updated_at if rows else None,
        counsel_note=_counsel_note(contract, book),
        terms=contract.terms,
        contract_no=(rows.main.contract_no or "") if rows else "",
        page_count=gathered.print.page_count if gathered else 0,
        pages=page_tiles(gathered),
        odd_pictures=odd_pictures(gathered),
        documents=document_tiles(gathered, values.get("cardtype", ""), minor=minor),
        missing=gathered.missing if gathered else (),
        send_back=last_send_back(signing, rows) if state.review is Review.REFUSED else None,
        sealed=state.progress is Progress.COMPLETE and not state.offline,
        possible=possible(as_returned(state, book_id)),
    )


def page_to_show(state: State) -> Page:
    """Return the page an author sees; INTENTION stands for "nothing to do here"."""
    if state.progress in _PAGE_OF:
        return _PAGE_OF[state.progress]
    if state.page in {None, Page.INTENTION}:
        return Page.BASIC if state.progress in _BEGUN else Page.INTENTION
    return state.page or Page.INTENTION


def _faults(contract: Contract, values: Mapping[str, str], now: datetime) -> tuple[FieldFault, ...]:
    return (
        *faults_of(Page.INFORMATION, values, day=now.date(), draft=False),
        *unprintable(contract, values),
    )


def _counsel_note(contract: Contract, book: Book) -> str:
    """Return the consulting text of the template choice with its tags replaced (C1.10)."""
    try:
        note = chosen_template(contract.agreement).counsel_note
    except ConfigurationError:
        return ""
    return note.replace("{title}", book.title).replace("{penname}", book.author.pen_name)
