"""T30: the author does not want to sign; he sees the end page, and what he wrote is kept."""

from datetime import datetime
from typing import Final

from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.enums import REFUSE_CAUSE_NAME, RefuseCause
from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor

#: signonlinestep.refuse_cause_detail holds this many characters.
DETAIL_LIMIT: Final = 255
#: signonlinestep.status: the author's intention to sign.
_DOES_NOT_SIGN: Final = 0


@run_again
def refuse(
    book_id: int, cause: RefuseCause, *, detail: str = "", actor: Actor, request: Request | None, now: datetime
) -> Moved:
    """End the signing for the author's cause; he stays locked until an editor abandons it too (T23, AMB-8)."""
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.REFUSE)
        words = detail.strip()
        if len(words) > DETAIL_LIMIT:
            raise FieldFaultsError((FieldFault("detail", FaultCode.TOO_LONG, str(DETAIL_LIMIT)),))
        step = board.open_step()
        step.status = _DOES_NOT_SIGN
        step.refuse_cause = cause
        step.refuse_cause_detail = words or None
        note = ": ".join(filter(None, (REFUSE_CAUSE_NAME[cause], words)))
        return board.finish(move, note=note, facts={"cause": int(cause)})
