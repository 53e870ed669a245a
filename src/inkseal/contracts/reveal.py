"""Shows hidden digits to an auditor; that he looked is written down first."""

from collections.abc import Mapping
from datetime import datetime

from inkseal import evidence
from inkseal.contracts.access import require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import chain_of, contract_board
from inkseal.contracts.drafts import find_draft, find_final
from inkseal.contracts.errors import NotYoursError
from inkseal.core.actor import Actor, Role


@run_again
def reveal(book_id: int, *, actor: Actor, now: datetime) -> Mapping[str, str]:
    """Return the opened values of a contract and append one evidence row naming who looked."""
    require_role(actor, Role.SIGNING_EDITOR)
    with contract_board(book_id, actor=actor, now=now) as board:
        rows = find_final(board.book.id) or find_draft(board.book.id)
        if rows is None:
            raise NotYoursError
        evidence.append(chain_of(book_id), "personal.revealed", actor, {}, now=now)
        return rows.read()
