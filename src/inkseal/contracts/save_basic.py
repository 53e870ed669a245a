"""T6: the author's declarations of page 70; the first save starts the signing (contract becomes 70, I-3)."""

from collections.abc import Mapping
from datetime import datetime

from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.drafts import open_draft
from inkseal.contracts.enums import Page
from inkseal.contracts.errors import FieldFaultsError
from inkseal.contracts.fields import fields_of
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import faults_of, is_minor, tidy
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor


@run_again
def save_basic(
    book_id: int, values: Mapping[str, str], *, actor: Actor, request: Request | None, now: datetime
) -> Moved:
    """Check and store page 70, and lead on to page 80; raises FieldFaultsError with every fault."""
    with contract_board(book_id, actor=actor, now=now, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.SAVE_BASIC)
        minor = is_minor(values.get("birthday", "").strip(), now.date())
        tidied = {field.name: tidy(field, values.get(field.name, "")) for field in fields_of(Page.BASIC, minor=minor)}
        if faults := faults_of(Page.BASIC, tidied, day=now.date(), draft=False):
            raise FieldFaultsError(faults)
        rows = open_draft(board)
        rows.write(tidied)
        if rows.step is not None:
            rows.step.status = 1  # the author accepts to sign
        rows.save()
        return board.finish(move, facts={"minor": minor})
