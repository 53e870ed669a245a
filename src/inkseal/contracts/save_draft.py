"""T7, partial: keeps what the author typed on page 80, whole form or one field, faulty or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.drafts import open_draft
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.rules import FaultCode, fault_of, tidy
from inkseal.contracts.states import Action
from inkseal.contracts.templates import unprintable
from inkseal.core.actor import Actor

#: Values that do not fit their column; everything else is kept as typed and said at the field.
NOT_KEPT: Final = frozenset({FaultCode.TOO_LONG, FaultCode.CHOICE, FaultCode.CONTROL_CHARACTER})


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save of a draft answers; `faults` are to be changed before the preview, not now."""

    revision: int
    saved_at: datetime
    faults: tuple[FieldFault, ...]


@run_again
def save_draft(book_id: int, values: Mapping[str, str], *, actor: Actor, now: datetime) -> Saved:
    """Store the given fields of page 80; fields that are not given stay as they are."""
    with contract_board(book_id, actor=actor, now=now) as board:
        require_author(board)
        move = board.move(Action.SAVE_DRAFT)
        tidied = {
            name: tidy(BY_NAME[name], value)
            for name, value in values.items()
            if name in BY_NAME and BY_NAME[name].page is Page.INFORMATION
        }
        found = [fault_of(BY_NAME[name], value, day=now.date()) for name, value in tidied.items() if value]
        faults = [fault for fault in found if fault is not None]
        dropped = {fault.field for fault in faults if fault.code in NOT_KEPT}
        kept = {name: value for name, value in tidied.items() if name not in dropped}
        rows = open_draft(board)
        rows.write(kept)
        rows.save()
        board.take(move, facts={"fields": ",".join(sorted(kept))[:500]})
        faults.extend(unprintable(board.live_contract, kept))
        return Saved(board.control.revision, now, tuple(faults))
