"""T24: an editor notes that the author does not answer; the author's next act ends it."""

from datetime import datetime

from inkseal.contracts.access import STAFF_ROLES, require_follower, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.remarks import checked_remark
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor, Role


@run_again
def mark_unreachable(
    book_id: int, *, revision: int, note: str, actor: Actor, request: Request | None, now: datetime
) -> Moved:
    """Mark the author as not to be reached; reminders rest meanwhile (R112)."""
    require_role(actor, *STAFF_ROLES)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_follower(board, Role.SIGNING_EDITOR, Role.CHIEF_EDITOR)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.MARK_UNREACHABLE)
        return board.finish(move, note=checked_remark(note))
