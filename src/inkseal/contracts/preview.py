"""T8: the contract as it would be printed, made in real time from the working copy (R66)."""

from dataclasses import dataclass
from datetime import datetime

from inkseal.contracts.board import state_of
from inkseal.contracts.errors import MoveRefusedError
from inkseal.contracts.press import manuscript, set_type
from inkseal.contracts.states import Action, Refusal, decide
from inkseal.contracts.way_back import as_returned
from inkseal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Preview:
    """The preview and what a confirmation must name: its content hash and the revision it was made from."""

    pdf: bytes
    page_count: int
    content_hash: str
    revision: int


def preview(book_id: int, *, actor: Actor, now: datetime) -> Preview:
    """Set the preview; writes nothing, not even that an unreachable author returned: his next act does."""
    script = manuscript(book_id, actor=actor, now=now)
    state = state_of(script.book, script.contract, script.rows.step, None)
    found = decide(as_returned(state, book_id), Action.PREVIEW)
    if isinstance(found, Refusal):
        raise MoveRefusedError(found)
    made = set_type(script.chosen, script.data, None)
    return Preview(made.pdf, made.page_count, script.content_hash, script.control.revision)
