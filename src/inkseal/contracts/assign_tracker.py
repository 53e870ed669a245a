"""T3, by hand: an editor says who follows a contract up from now on."""

from datetime import datetime

from inkseal.contracts.access import require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.states import Action
from inkseal.contracts.trackers import is_tracker
from inkseal.core.actor import Actor, Role


@run_again
def assign_tracker(book_id: int, staff_id: int, *, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Write the tracker; FieldFaultsError for anybody who is not set up as one in oversea_editor_info."""
    require_role(actor, Role.CHIEF_EDITOR, Role.SIGNING_EDITOR)
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        if board.answer is not None:
            return board.answer
        move = board.move(Action.ASSIGN_TRACKER)
        if not is_tracker(staff_id):
            raise FieldFaultsError((FieldFault("tracker", FaultCode.CHOICE),))
        board.live_contract.tracker_id = staff_id
        return board.finish(move, note=f"tracker -> {staff_id}", facts={"tracker_id": staff_id})
