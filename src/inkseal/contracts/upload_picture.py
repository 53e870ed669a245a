"""T10: one picture of a signed page or of a document; read in a child process, stored sealed (R56, R92)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inkseal import vault
from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import Board, contract_board
from inkseal.contracts.drafts import open_draft
from inkseal.contracts.enums import PictureKind
from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.models import UploadedPicture
from inkseal.contracts.pages import gather, write_picture_lists
from inkseal.contracts.personal import AuthorRows
from inkseal.contracts.rules import FaultCode, is_minor
from inkseal.contracts.states import Action
from inkseal.core.actor import Actor
from inkseal.documents.intake import Picture, read_picture

#: Pictures of one contract that may be live at a time: 99 pages twice, and documents.
MOST_PICTURES: Final = 210
#: Sides of a document: front, back, other (AMB-25).
SIDES: Final = frozenset({1, 2, 3})


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The stored picture and the revision after it."""

    file_id: int
    revision: int


@run_again
def upload_picture(
    book_id: int, kind: PictureKind, data: bytes, *, sort: int = 0, actor: Actor, now: datetime
) -> Uploaded:
    """Store one picture; PictureRefusedError says what is wrong with it, and nothing is stored then.

    The move is asked for before the picture is opened, so a stranger's bytes are not even decoded.
    """
    if kind is not PictureKind.SIGNED and sort not in SIDES:
        raise FieldFaultsError((FieldFault(kind, FaultCode.CHOICE),))
    with contract_board(book_id, actor=actor, now=now) as board:
        require_author(board)
        board.move(Action.UPLOAD_PICTURE)
    picture = read_picture(data)
    subject = vault.author_subject(actor.id)
    stored = vault.put_file(subject, picture.content, media_type="image/jpeg", now=now)
    with contract_board(book_id, actor=actor, now=now) as board:
        require_author(board)
        move = board.move(Action.UPLOAD_PICTURE)
        _register(board, kind, sort, picture, stored.file_id)
        board.take(move, facts={"kind": kind, "file_id": stored.file_id, "sha256": stored.sha256})
        return Uploaded(stored.file_id, board.control.revision)


def refresh_lists(board: Board) -> AuthorRows:
    """Sort the live pictures anew and write the picture lists of the working copy."""
    rows = open_draft(board)
    minor = is_minor(rows.read(["birthday"])["birthday"], board.now.date())
    gathered = gather(rows, minor=minor)
    if gathered is not None:
        write_picture_lists(rows, gathered)
    rows.save()
    return rows


def _register(board: Board, kind: PictureKind, sort: int, picture: Picture, file_id: int) -> None:
    live = UploadedPicture.objects.filter(book_id=board.book.id, removed_at=None)
    if live.count() >= MOST_PICTURES:
        raise FieldFaultsError((FieldFault(kind, FaultCode.TOO_LONG, str(MOST_PICTURES)),))
    if kind is not PictureKind.SIGNED:
        live.filter(kind=kind, sort=sort).update(removed_at=board.now)
    UploadedPicture.objects.create(
        file_id=file_id,
        book_id=board.book.id,
        kind=kind,
        sort=0 if kind is PictureKind.SIGNED else sort,
        codes=list(picture.codes),
        width=picture.width,
        height=picture.height,
        original_sha256=picture.original_sha256,
        uploaded_at=board.now,
    )
    refresh_lists(board)
