"""T25: an editor lets a paused contract go on where it stood."""

from datetime import datetime

from inkseal.contracts.access import STAFF_ROLES, require_follower, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.remarks import checked_remark
from inkseal.contracts.requests import Moved, Request
from inkseal.core.actor import Actor, Role


@run_again
def resume_talks(book_id: int, *, note: str = "", actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Go back to the last live progress before the pause, as the log or else the author's page tells it."""
    require_role(actor, *STAFF_ROLES)
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        require_follower(board, Role.SIGNING_EDITOR, Role.CHIEF_EDITOR)
        if board.answer is not None:
            return board.answer
        return board.finish(board.move_back(), note=checked_remark(note, required=False))
