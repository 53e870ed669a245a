"""T9: the author confirms the preview; the lock point. The print file gets its serial number and page codes."""

from dataclasses import asdict
from datetime import datetime
from typing import Final

from inkseal import ids, vault
from inkseal.contracts.access import require_author
from inkseal.contracts.again import run_again
from inkseal.contracts.board import Board, contract_board
from inkseal.contracts.content import content_hash as hash_of
from inkseal.contracts.content import contract_data
from inkseal.contracts.drafts import open_draft
from inkseal.contracts.enums import PictureKind
from inkseal.contracts.errors import ContentChangedError
from inkseal.contracts.models import ContractPrint, UploadedPicture
from inkseal.contracts.press import Manuscript, manuscript, page_code_key, set_type
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.contracts.templates import signing_company
from inkseal.core import serial
from inkseal.core.actor import Actor
from inkseal.documents.typeset import PageCodes

#: Print revisions within one serial number, one character of the page code each.
REVISIONS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@run_again
def confirm(
    book_id: int,
    *,
    revision: int,
    content_hash: str,
    actor: Actor,
    request: Request | None,
    now: datetime,
) -> Moved:
    """Store the print and move to the upload page.

    The print is set and stored before the transaction (it takes a tenth of a second); the revision and the hash
    are checked again under the locks, so a print of anything older than what the author saw is thrown away.
    """
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        board.move(Action.CONFIRM)
    script = manuscript(book_id, actor=actor, now=now)
    if script.content_hash != content_hash:
        raise ContentChangedError
    made = _print(script, now)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        require_author(board)
        if board.answer is not None:
            return board.answer
        move = board.move(Action.CONFIRM)
        _register(board, made, content_hash)
        return board.finish(move, facts={"contract_no": made.contract_no, "content_hash": content_hash})


def _print(script: Manuscript, now: datetime) -> ContractPrint:
    """Set the numbered print and store its file; the row is returned unsaved."""
    number, revision = _number(script)
    data = {
        **script.data,
        "contract": {**script.data["contract"], "number": number, "date": now.date().isoformat()},
    }
    codes = PageCodes(serial=number, revision=revision, content_hash=script.content_hash, key=page_code_key())
    made = set_type(script.chosen, data, codes)
    stored = vault.put_file(script.rows.subject, made.pdf, media_type="application/pdf", now=now)
    return ContractPrint(
        id=ids.next_id("row"),
        book_id=script.book.id,
        contract_no=number,
        revision=revision,
        page_count=made.page_count,
        content_hash=script.content_hash,
        template_hash=script.chosen.template.version,
        template_id=script.chosen.template_id,
        places=[asdict(place) for place in made.places],
        file_id=stored.file_id,
        created_at=now,
    )


def _number(script: Manuscript) -> tuple[str, str]:
    """Return serial number and print revision: one number a round, another when its revisions are used up."""
    place = script.control.print_count % len(REVISIONS)
    if script.rows.main.contract_no and place:
        return script.rows.main.contract_no, REVISIONS[place]
    fresh = serial.compose(ids.next_id("serial"), script.contract.agreement, signing_company().id)
    return str(fresh), REVISIONS[place]


def _register(board: Board, made: ContractPrint, content_hash: str) -> None:
    """Write the print into the working copy; pages of an earlier print no longer count."""
    rows = open_draft(board)
    data = contract_data(
        board.book,
        board.live_contract,
        signing_company(),
        rows.read(),
        round_=board.control.round,
        day=board.now.date(),
    )
    if hash_of(data, made.template_hash) != content_hash:
        raise ContentChangedError
    made.save(force_insert=True)
    rows.main.contract_no = made.contract_no
    rows.main.template_id = made.template_id
    rows.main.template_hash = made.template_hash
    rows.main.content_hash = content_hash
    rows.main.print_file = str(made.file_id)
    rows.write_text("signed_contract_en", "")
    rows.save()
    UploadedPicture.objects.filter(book_id=board.book.id, kind=PictureKind.SIGNED, removed_at=None).update(
        removed_at=board.now
    )
    board.control.print_count += 1
