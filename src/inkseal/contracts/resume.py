"""T12: the author leaves the page that says what was sent back, and corrects it."""

from datetime import datetime

from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.drafts import open_draft
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor


@run_again
def resume(book_id: int, *, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Lead to page 80 (information) or page 100 (pages), with the working copy refilled when it is gone."""
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.RESUME)
        open_draft(board).save()
        return board.finish(move)
