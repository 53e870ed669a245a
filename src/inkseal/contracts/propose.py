"""T1: a responsible editor proposes a book for signing, with agreement type and terms."""

from collections.abc import Mapping
from datetime import datetime

from inkseal import ids
from inkseal.catalog.models import BookKind
from inkseal.contracts.access import require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import Board, contract_board
from inkseal.contracts.enums import Agreement
from inkseal.contracts.errors import FieldFault, FieldFaultsError, RoleRefusedError
from inkseal.contracts.models import Proposal
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.states import Action
from inkseal.contracts.terms import TERMS, faults_of_terms, tidy_terms
from inkseal.core.actor import Actor, Role


@run_again
def propose(
    book_id: int,
    agreement: Agreement,
    terms: Mapping[str, str],
    *,
    actor: Actor,
    request: Request | None,
    now: datetime,
) -> Moved:
    """Write the live proposal of the book; an earlier one is voided, not deleted."""
    require_role(actor, Role.RESPONSIBLE_EDITOR)
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        if board.answer is not None:
            return board.answer
        move = board.move(Action.PROPOSE)
        require_signable(board)
        require_terms(agreement, terms)
        Proposal.objects.filter(book_id=book_id, status=1).update(status=-1, updated_at=now)
        Proposal.objects.create(
            id=ids.next_id("row"),
            book_id=book_id,
            editor_id=actor.id,
            editor_name=actor.name,
            agreement=agreement,
            terms=tidy_terms(agreement, terms),
            created_at=now,
            updated_at=now,
        )
        return board.finish(move, facts={"agreement": int(agreement)})


def require_signable(board: Board) -> None:
    """Raise unless the book is an original novel or fanfic: only those are signed here."""
    if board.book.kind not in {BookKind.ORIGINAL, BookKind.FANFIC}:
        raise RoleRefusedError("book_kind")


def require_terms(agreement: Agreement, terms: Mapping[str, str]) -> None:
    """Raise with every fault of the agreement type and its terms."""
    if agreement not in TERMS:
        raise FieldFaultsError((FieldFault("agreement", FaultCode.CHOICE),))
    if faults := faults_of_terms(agreement, terms):
        raise FieldFaultsError(faults)
