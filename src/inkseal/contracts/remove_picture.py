"""T10, the other way: the author takes a picture out again; its row stays."""

from datetime import datetime

from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import contract_board
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.models import UploadedPicture
from inkseal.contracts.states import Action
from inkseal.contracts.upload_picture import refresh_lists
from inkseal.core.actor import Actor


@run_again
def remove_picture(book_id: int, file_id: int, *, actor: Actor, now: datetime) -> int:
    """Mark one picture of this contract as removed and return the revision after it."""
    with contract_board(book_id, actor=actor, now=now) as board:
        require_author(board)
        move = board.move(Action.UPLOAD_PICTURE)
        live = UploadedPicture.objects.filter(book_id=book_id, file_id=file_id, removed_at=None)
        if not live.update(removed_at=now):
            raise NotYoursError
        refresh_lists(board)
        board.take(move, facts={"removed_file_id": file_id})
        return board.control.revision
