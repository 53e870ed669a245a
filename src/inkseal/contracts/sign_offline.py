"""T29: a contract of agreement type 7 is signed on paper, outside of this system; only its progress is kept here."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from inkseal.contracts.access import require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.enums import Progress
from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.remarks import checked_remark
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor, Role

_ACTIONS: Final = MappingProxyType({Progress.AGREED: Action.AGREE_OFFLINE, Progress.COMPLETE: Action.COMPLETE_OFFLINE})


@run_again
def sign_offline(  # noqa: PLR0913  # what the editor's form says, all but two by keyword
    book_id: int,
    to: Progress,
    *,
    revision: int,
    note: str,
    actor: Actor,
    request: Request | None,
    now: datetime,
) -> Moved:
    """Note that the terms are agreed (30), then that the paper contract is complete (40); the sign type is imported."""
    require_role(actor, Role.SIGNING_EDITOR)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        if board.answer is not None:
            return board.answer
        if to not in _ACTIONS:
            raise FieldFaultsError((FieldFault("to", FaultCode.CHOICE),))
        move = board.move(_ACTIONS[to])
        return board.finish(move, note=checked_remark(note, required=False))
