"""T7b: the author goes back to an earlier page; nothing is lost."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor

_ACTIONS: Final = MappingProxyType({Page.BASIC: Action.BACK_TO_BASIC, Page.INFORMATION: Action.BACK_TO_INFORMATION})


@run_again
def go_back(book_id: int, to: Page, *, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Show page 70 or 80 again."""
    if to not in _ACTIONS:
        raise NotYoursError
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        require_author(board)
        return board.answer or board.finish(board.move(_ACTIONS[to]))
