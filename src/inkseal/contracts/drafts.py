"""The working copy of a contract's data: found, made at the first save, or refilled from the final copy (C3.6)."""

from inkseal import ids
from inkseal.contracts.board import Board
from inkseal.contracts.enums import Source
from inkseal.contracts.models import Signing, SigningDraft, SigningDraftExtra, SigningExtra, SigningStep
from inkseal.contracts.personal import AuthorRows


def find_draft(book_id: int) -> AuthorRows | None:
    """Return the working copy of a book, or None before the first save."""
    main = SigningDraft.objects.filter(book_id=book_id).first()
    if main is None:
        return None
    extra = SigningDraftExtra.objects.get(id=main.id)
    return AuthorRows(main, extra, SigningStep.objects.filter(book_id=book_id).first())


def find_final(book_id: int) -> AuthorRows | None:
    """Return the final copy of a book, or None before the first submission."""
    main = Signing.objects.filter(book_id=book_id).first()
    if main is None:
        return None
    extra = SigningExtra.objects.get(id=main.id)
    return AuthorRows(main, extra, SigningStep.objects.filter(book_id=book_id).first())


def open_draft(board: Board) -> AuthorRows:
    """Return the working copy under the board's locks, making it (and the step row) when it is not there."""
    step = board.open_step()
    found = find_draft(board.book.id)
    rows = found or _new_draft(board)
    rows.step = step
    rows.main.authorname = board.author.pen_name
    rows.main.agreement = board.live_contract.agreement
    rows.main.updated_at = board.now
    return rows


def _new_draft(board: Board) -> AuthorRows:
    """Make the pair of rows under one key; a final copy of an earlier round fills them (T12)."""
    final = find_final(board.book.id)
    key = ids.next_id("row") if final is None else final.main.id
    main = SigningDraft(
        id=key,
        book_id=board.book.id,
        author_id=board.author.id,
        source=Source.OVERSEAS,
        updated_at=board.now,
        created_at=board.now,
    )
    rows = AuthorRows(main, SigningDraftExtra(id=key, guid=board.author.guid), board.step)
    if final is not None:
        rows.copy_from(final)
    return rows
