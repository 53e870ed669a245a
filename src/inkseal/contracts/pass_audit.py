"""T13: the auditor approves exactly the file he was shown; sealing follows from the outbox."""

from datetime import datetime

from inkseal import ids, outbox
from inkseal.catalog.models import SealWay
from inkseal.contracts.access import require_four_eyes, require_role
from inkseal.contracts.again import run_again
from inkseal.contracts.board import Board, contract_board
from inkseal.contracts.enums import AuditResult
from inkseal.contracts.errors import NotYoursError, SealRefusedError
from inkseal.contracts.models import AuditEntry
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.states import Action
from inkseal.contracts.templates import signing_company
from inkseal.core.actor import Actor, Role


@run_again
def pass_audit(
    book_id: int,
    *,
    revision: int,
    signed_file_sha256: str,
    actor: Actor,
    request: Request | None,
    now: datetime,
) -> Moved:
    """Write the decision and, for a company that seals here, queue the seal.

    Raises SealRefusedError when the named file is not the submitted one.
    """
    require_role(actor, Role.SIGNING_EDITOR)
    with contract_board(book_id, actor=actor, now=now, revision=revision, request=request) as board:
        if board.answer is not None:
            return board.answer
        require_four_eyes(board)
        move = board.move(Action.PASS_AUDIT)
        if board.signing is None or board.signing.signed_file_sha256 != signed_file_sha256:
            raise SealRefusedError("signed_file_sha256")
        record_audit(board, AuditResult.PASSED)
        board.control.approved_sha256 = signed_file_sha256
        moved = board.finish(move, facts={"signed_file_sha256": signed_file_sha256})
        if signing_company().seal_way == SealWay.LOCAL:
            outbox.enqueue("contract.seal", f"seal:{book_id}:{moved.revision}", {"cbid": book_id}, now=now)
        return moved


def record_audit(board: Board, result: AuditResult, *, reason: str = "", reason_id: int = 0) -> AuditEntry:
    """Append one row of signonlineauditlog."""
    if board.signing is None:
        raise NotYoursError
    return AuditEntry.objects.create(
        id=ids.next_id("row"),
        signing_id=board.signing.id,
        author_id=board.author.id,
        book_id=board.book.id,
        status=result,
        audited_at=board.now,
        auditor=board.actor.name[:50],
        reason=reason[:2048],
        reason_id=reason_id,
    )
