"""T23: an editor ends the signing without a contract; the author may rename again (AMB-8)."""

from datetime import datetime

from inkseal.contracts.access import STAFF_ROLES, require_follower, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.remarks import checked_remark
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor, Role


@run_again
def abandon(book_id: int, *, revision: int, note: str, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """End the signing: page back to 0, a waiting review refused. A new round begins with T1 and T2 (T26)."""
    require_role(actor, *STAFF_ROLES)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_follower(board, Role.SIGNING_EDITOR, Role.CHIEF_EDITOR)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.ABANDON)
        return board.finish(move, note=checked_remark(note))
