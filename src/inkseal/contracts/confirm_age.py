"""T31: an editor notes that he has seen to the author's age (AMB-28)."""

from datetime import datetime

from inkseal.contracts.access import STAFF_ROLES, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor


@run_again
def confirm_age(book_id: int, *, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Set the mark on the page row, with who set it and when; the workflow does not move."""
    require_role(actor, *STAFF_ROLES)
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        if board.answer is not None:
            return board.answer
        move = board.move(Action.CONFIRM_AGE)
        step = board.open_step()
        step.is_editor_confirm = 1
        step.editor_id = actor.id
        step.editor_name = actor.name
        step.edited_at = now
        step.save()
        return board.finish(move)
