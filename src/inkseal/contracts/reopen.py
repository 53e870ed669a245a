"""T33: the tracker opens a confirmed contract again, for an author who saw a mistake before uploading."""

from datetime import datetime

from inkseal.contracts.access import STAFF_ROLES, require_follower, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.remarks import checked_remark
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor


@run_again
def reopen(book_id: int, *, revision: int, note: str, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Lead the author back to page 80; what he confirmed is confirmed again before it is printed (unlocks)."""
    require_role(actor, *STAFF_ROLES)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_follower(board)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.REOPEN)
        return board.finish(move, note=checked_remark(note))
