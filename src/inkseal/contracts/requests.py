"""Idempotency: the same request id gives the same answer; another body under it is refused (C3.9, guarantee 2)."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from inkseal.contracts.enums import Page, Progress, Review
from inkseal.contracts.errors import RequestReusedError
from inkseal.contracts.models import ContractRequest
from inkseal.contracts.states import State
from inkseal.core.actor import Actor
from inkseal.core.canonical import digest


@dataclass(frozen=True, slots=True)
class Request:
    """One attempt of one person: an id made when the form was shown, and everything that was sent."""

    id: str
    #: May hold personal data, so only its digest is kept and it never shows in a repr.
    body: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a contract stands after a verb."""

    progress: Progress | None
    page: Page | None
    review: Review | None
    revision: int

    @classmethod
    def from_state(cls, state: State, revision: int) -> "Moved":
        """Make the answer of a verb that led to `state`."""
        return cls(state.progress, state.page, state.review, revision)

    @classmethod
    def from_answer(cls, answer: dict[str, int | None]) -> "Moved":
        """Read a stored answer."""
        progress, page, review = answer["progress"], answer["page"], answer["review"]
        return cls(
            None if progress is None else Progress(progress),
            None if page is None else Page(page),
            None if review is None else Review(review),
            answer["revision"] or 0,
        )


def earlier_answer(request: Request | None, actor: Actor, *, book_id: int) -> Moved | None:
    """Return the stored answer of `request`, None if it is new; call it under the contract's lock."""
    if request is None:
        return None
    row = ContractRequest.objects.filter(id=request.id).first()
    if row is None:
        return None
    if row.actor != name_of(actor) or row.body_digest != _digest(request, book_id):
        raise RequestReusedError
    return Moved.from_answer(row.answer)


def remember_answer(request: Request | None, actor: Actor, moved: Moved, *, book_id: int, now: datetime) -> None:
    """Store the answer in the same transaction as what it answers."""
    if request is not None:
        ContractRequest.objects.create(
            id=request.id,
            actor=name_of(actor),
            body_digest=_digest(request, book_id),
            answer=asdict(moved),
            created_at=now,
        )


def _digest(request: Request, book_id: int) -> str:
    """Bind the body to its book: two forms without any field would otherwise be one request."""
    return digest([book_id, request.body])


def name_of(actor: Actor) -> str:
    """Return who asked, without a name in it."""
    return f"{actor.role.name.lower()}:{actor.id}"
