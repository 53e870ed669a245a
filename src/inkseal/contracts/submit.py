"""T2: the chief editor submits a proposal; a new round begins and the author is told (message 1)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inkseal import ids
from inkseal.contracts.access import require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import Board, contract_board
from inkseal.contracts.enums import Agreement, Progress
from inkseal.contracts.errors import NotCompleteError
from inkseal.contracts.models import Contract, Proposal, SigningDraft
from inkseal.contracts.propose import require_signable, require_terms
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.contracts.terms import tidy_terms
from inkseal.contracts.trackers import choose_tracker
from inkseal.core.actor import Actor, Role


@run_again
def submit(  # noqa: PLR0913  # what the chief's form says, all but one by keyword
    book_id: int,
    *,
    revision: int,
    note: str,
    agreement: Agreement | None = None,
    terms: Mapping[str, str] | None = None,
    actor: Actor,
    request: Request | None,
    now: datetime,
) -> Moved:
    """Take the live proposal over into novelscontract; the chief may override type and terms (AMB-27).

    Raises NotCompleteError("proposal") when nobody proposed the book.
    """
    require_role(actor, Role.CHIEF_EDITOR)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        if board.answer is not None:
            return board.answer
        move = board.move(Action.SUBMIT)
        require_signable(board)
        proposal = Proposal.objects.filter(book_id=book_id, status=1).exclude(agreement=Agreement.NONE).first()
        if proposal is None:
            raise NotCompleteError(("proposal",))
        chosen = Agreement(proposal.agreement) if agreement is None else agreement
        written = {name: str(value) for name, value in proposal.terms.items()} if terms is None else terms
        require_terms(chosen, written)
        tracker = _write_contract(board, chosen, tidy_terms(chosen, written))
        _begin_round(board)
        remark = f"proposed {proposal.agreement}, submitted {int(chosen)}; {tracker}"
        return board.finish(move, note=f"{note} ({remark})".strip(), facts={"agreement": int(chosen), "why": tracker})


def _write_contract(board: Board, agreement: Agreement, terms: dict[str, Any]) -> str:
    """Create or reuse the contract row and assign a tracker; returns the recorded "why this one"."""
    contract = board.contract or Contract(id=ids.next_id("row"), book_id=board.book.id, progress=Progress.NOT_STARTED)
    choice = choose_tracker(board.book)
    contract.agreement = agreement
    contract.terms = terms
    contract.launched_at = board.now
    contract.tracker_id = choice.staff_id if choice else None
    board.contract = contract
    if choice is None:
        return "no tracker setting matches"
    return f"tracker -> {choice.staff_id} by setting {choice.setting_id}: {choice.matched}"


def _begin_round(board: Board) -> None:
    """Start the next round: new serial number, new prints, no approval yet."""
    board.control.round += 1
    board.control.print_count = 0
    board.control.submitted_by = board.actor.id
    board.control.approved_sha256 = ""
    SigningDraft.objects.filter(book_id=board.book.id).update(contract_no=None, content_hash="", print_file="")
