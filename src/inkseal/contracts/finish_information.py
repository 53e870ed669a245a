"""T7, whole: everything on page 80 is stored and right; the author goes on to the preview."""

from datetime import datetime

from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.drafts import open_draft
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import FieldFaultsError
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import faults_of
from inkseal.contracts.states import Action
from inkseal.contracts.templates import unprintable
from inkseal.core.actor import Actor


@run_again
def finish_information(book_id: int, *, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Check the stored form and lead on to page 90; raises FieldFaultsError with every fault."""
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.SAVE_INFORMATION)
        rows = open_draft(board)
        values = rows.read()
        faults = (
            *faults_of(Page.INFORMATION, values, day=now.date(), draft=False),
            *unprintable(board.live_contract, values),
        )
        if faults:
            raise FieldFaultsError(faults)
        rows.save()
        return board.finish(move)
