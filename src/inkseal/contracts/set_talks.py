"""T4: the tracker or the chief notes how far the talks are, by hand."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from inkseal.contracts.access import STAFF_ROLES, require_follower, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.enums import Progress
from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.remarks import checked_remark
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor, Role

#: All that a hand may set; the other values belong to the acts that earn them (below the table of C3.3).
TALKS: Final = MappingProxyType(
    {
        Progress.CONTACT_STARTED: Action.TALK_CONTACT,
        Progress.NEGOTIATING: Action.TALK_NEGOTIATE,
        Progress.AGREED: Action.TALK_AGREE,
        Progress.SITE_TRANSFER: Action.TALK_TRANSFER,
    }
)


@run_again
def set_talks(  # noqa: PLR0913  # what the single page's form says, all but two by keyword
    book_id: int,
    to: Progress,
    *,
    revision: int,
    note: str,
    actor: Actor,
    request: Request | None,
    now: datetime,
) -> Moved:
    """Set the progress to a talk state, with the remark in the log (R41); FieldFaultsError for any other value."""
    require_role(actor, *STAFF_ROLES)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_follower(board, Role.SIGNING_EDITOR, Role.CHIEF_EDITOR)
        if board.answer is not None:
            return board.answer
        if to not in TALKS:
            raise FieldFaultsError((FieldFault("to", FaultCode.CHOICE),))
        move = board.move(TALKS[to])
        return board.finish(move, note=checked_remark(note, required=False))
