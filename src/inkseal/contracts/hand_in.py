"""T11: the author submits the signed pages for audit; the working copy becomes the final copy (C3.6, C3.10)."""

from dataclasses import dataclass
from datetime import datetime

from inkseal import ids, vault
from inkseal.catalog.models import Book
from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import Board, contract_board
from inkseal.contracts.content import content_hash, contract_data
from inkseal.contracts.drafts import find_draft, find_final, open_draft
from inkseal.contracts.enums import Review, Source
from inkseal.contracts.errors import ContentChangedError, NotCompleteError
from inkseal.contracts.models import Signing, SigningExtra, SigningResult, SigningResultExtra
from inkseal.contracts.pages import Gathered, gather
from inkseal.contracts.personal import AuthorRows
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.rules import is_minor
from inkseal.contracts.states import Action
from inkseal.contracts.templates import chosen_template, signing_company
from inkseal.core.actor import Actor
from inkseal.documents.assemble import assemble_signed_file


@dataclass(frozen=True, slots=True)
class SignedFile:
    """The assembled file that audit, approval and seal are about."""

    file_id: int
    sha256: str
    page_count: int


@run_again
def hand_in(book_id: int, *, revision: int, actor: Actor, request: Request | None, now: datetime) -> Moved:
    """Assemble the signed file and write the final rows.

    Raises NotCompleteError naming missing pages and documents. When the contract's text is no longer what was
    confirmed, the author is put back to the preview and ContentChangedError is raised (C3.5, "Hole").
    """
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        board.move(Action.HAND_IN)
    gathered = _complete_pages(book_id, now)
    signed = _assemble(book_id, gathered, actor, now)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.HAND_IN)
        rows = open_draft(board)
        if _is_confirmed_text(board, rows):
            _write_final(board, rows, signed)
            return board.finish(move, facts={"signed_file_sha256": signed.sha256, "pages": signed.page_count})
        board.take(board.move(Action.RECONFIRM), note="contract text changed, to be confirmed again")
    raise ContentChangedError


def _complete_pages(book_id: int, now: datetime) -> Gathered:
    rows = find_draft(book_id)
    minor = rows is not None and is_minor(rows.read(["birthday"])["birthday"], now.date())
    gathered = None if rows is None else gather(rows, minor=minor)
    if gathered is None:
        raise NotCompleteError(("print",))
    if gathered.missing:
        raise NotCompleteError(gathered.missing)
    return gathered


def _assemble(book_id: int, gathered: Gathered, actor: Actor, now: datetime) -> SignedFile:
    """Bind the accepted page pictures in page order, with the print attached, and store the file."""
    subject = vault.author_subject(actor.id)
    pages = [vault.read_file(subject, file_id) for _, file_id in sorted(gathered.pages.pages.items())]
    pdf = assemble_signed_file(
        pages,
        vault.read_file(subject, gathered.print.file_id),
        title=f"{Book.objects.get(id=book_id).title} {gathered.print.contract_no}",
        language="en",
        created=now,
    )
    stored = vault.put_file(subject, pdf, media_type="application/pdf", now=now)
    return SignedFile(stored.file_id, stored.sha256, len(pages))


def _is_confirmed_text(board: Board, rows: AuthorRows) -> bool:
    data = contract_data(
        board.book,
        board.live_contract,
        signing_company(),
        rows.read(),
        round_=board.control.round,
        day=board.now.date(),
    )
    version = chosen_template(board.live_contract.agreement).template.version
    return content_hash(data, version) == rows.main.content_hash


def _write_final(board: Board, rows: AuthorRows, signed: SignedFile) -> None:
    """Write signonline(+exp) under the working copy's key, and the result of this agreement type (R51-R55)."""
    rows.main.signed_file = str(signed.file_id)
    rows.main.signed_file_sha256 = signed.sha256
    rows.save()
    final = find_final(board.book.id) or _new_final(board, rows)
    for target in (final, _result(board, rows)):
        target.copy_from(rows)
        target.main.updated_at = board.now
        target.main.review = Review.WAITING
        target.save()
    board.signing = Signing.objects.get(id=final.main.id)
    board.send_book_event(Review.WAITING)


def _new_final(board: Board, rows: AuthorRows) -> AuthorRows:
    key = rows.main.id
    main = Signing(id=key, book_id=board.book.id, author_id=board.author.id, source=Source.OVERSEAS)
    main.created_at = board.now
    return AuthorRows(main, SigningExtra(id=key), None)


def _result(board: Board, rows: AuthorRows) -> AuthorRows:
    """Return the result row of this agreement type, new in the first round of that type."""
    main = SigningResult.objects.filter(book_id=board.book.id, agreement=rows.main.agreement).first()
    if main is not None:
        return AuthorRows(main, SigningResultExtra.objects.get(id=main.id), None)
    key = ids.next_id("row")
    new = SigningResult(id=key, book_id=board.book.id, author_id=board.author.id, source=Source.OVERSEAS)
    new.created_at = board.now
    return AuthorRows(new, SigningResultExtra(id=key), None)
