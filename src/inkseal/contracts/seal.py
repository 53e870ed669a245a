"""T17 to T20: the company's seal on the approved file, step by step, each restartable (contracts-2, C3.7).

A process may die between any two lines here and run again: exactly one sealed file is registered.
"""

import json
from collections.abc import Callable
from datetime import datetime

from inkseal import evidence, ids, outbox, vault
from inkseal.contracts.again import run_again
from inkseal.contracts.board import Board, Facts, chain_of, contract_board
from inkseal.contracts.drafts import find_final
from inkseal.contracts.enums import SIGNED_ONLINE, Progress, Review
from inkseal.contracts.errors import SealRefusedError
from inkseal.contracts.models import SealUse, SigningResult, SigningResultExtra
from inkseal.contracts.pages import address
from inkseal.contracts.personal import AuthorRows
from inkseal.contracts.states import Action
from inkseal.core.actor import SYSTEM
from inkseal.core.failpoint import failpoint
from inkseal.documents.seal import SealedFile

#: (approved file, contract number) -> sealed file: the seal key stays outside this package.
Sealer = Callable[[bytes, str], SealedFile]


@run_again
def seal_contract(book_id: int, *, sealer: Sealer, key_fingerprint: str, now: datetime) -> None:
    """Go on with whatever step is next, until the contract is complete."""
    with contract_board(book_id, actor=SYSTEM, now=now) as board:
        if board.state.progress is Progress.COMPLETE:
            return
        sealed_already = bool(_sealed_address(board.book.id))
        if not sealed_already:
            board.move(Action.REGISTER_SEAL)
    if not sealed_already:
        use = _announce(book_id, key_fingerprint, now)
        failpoint("seal.announced")
        _seal_and_register(use, sealer, now)
    failpoint("seal.registered")
    _mark_signed(book_id, now)
    failpoint("seal.signed")
    _take(book_id, Action.MARK_SYNCED, now)
    failpoint("seal.synced")
    _take(book_id, Action.COMPLETE, now)
    failpoint("seal.complete")


def _announce(book_id: int, key_fingerprint: str, now: datetime) -> SealUse:
    """Record the use of the key before it happens, in a transaction of its own."""
    with contract_board(book_id, actor=SYSTEM, now=now) as board:
        board.move(Action.REGISTER_SEAL)
        use = SealUse.objects.create(
            id=ids.next_id("row"),
            book_id=book_id,
            approved_sha256=board.control.approved_sha256,
            key_fingerprint=key_fingerprint,
            announced_at=now,
        )
        facts: Facts = {"seal_use": use.id, "approved_sha256": use.approved_sha256, "key": key_fingerprint}
        evidence.append(chain_of(book_id), "seal.announced", SYSTEM, facts, now=now)
        return use


def _seal_and_register(use: SealUse, sealer: Sealer, now: datetime) -> None:
    """T17: seal exactly the approved bytes, store the file, and register it unless another one is registered."""
    final = find_final(use.book_id)
    if final is None:
        raise SealRefusedError("nothing was submitted")
    approved = vault.stored_file(int(final.main.signed_file))
    if not use.approved_sha256 or approved.sha256 != use.approved_sha256:
        raise SealRefusedError("the submitted file is not the approved one")
    sealed = sealer(vault.read_file(final.subject, approved.file_id), final.main.contract_no or "")
    failpoint("seal.sealed")
    subject = vault.contract_subject(use.book_id)
    stored = vault.put_file(subject, sealed.pdf, media_type="application/pdf", now=now)
    failpoint("seal.stored")
    with contract_board(use.book_id, actor=SYSTEM, now=now) as board:
        if _sealed_address(use.book_id):
            return
        move = board.move(Action.REGISTER_SEAL)
        if board.control.approved_sha256 != use.approved_sha256:
            raise SealRefusedError("the approval was withdrawn")
        _write_sealed(board, stored.file_id)
        use.file_id, use.sealed_sha256, use.level = stored.file_id, sealed.sha256, sealed.level
        use.save()
        facts: Facts = {"seal_use": use.id, "sealed_sha256": sealed.sha256, "level": sealed.level}
        board.take(move, note="sealed", facts=facts)
        failpoint("seal.registering")


def _write_sealed(board: Board, file_id: int) -> None:
    """Write sealed_contract_en of the final copy and of its result: one PDF, one file (R19, R53)."""
    text = json.dumps([{"sort": 1, "url": address(file_id)}])
    final = find_final(board.book.id)
    if final is None:
        raise SealRefusedError("nothing was submitted")
    result = SigningResult.objects.get(book_id=board.book.id, agreement=final.main.agreement)
    for rows in (final, AuthorRows(result, SigningResultExtra.objects.get(id=result.id), None)):
        rows.write_text("sealed_contract_en", text)
        rows.extra.save()
    board.send_book_event(Review(final.main.review))


def _mark_signed(book_id: int, now: datetime) -> None:
    """T18: the book is signed; its author is a contracted author from now on (R74, AMB-26)."""
    with contract_board(book_id, actor=SYSTEM, now=now) as board:
        if board.state.signed:
            return
        move = board.move(Action.MARK_SIGNED)
        board.book.sign_type = SIGNED_ONLINE
        board.book.split_type = board.live_contract.agreement
        board.book.signed_at = board.book.updated_at = now
        board.book.save()
        if not board.author.contracted:
            board.author.contracted = True
            board.author.save()
            outbox.enqueue(
                "event.author",
                f"event.author:{board.author.id}:contracted",
                {"cauthorid": board.author.id, "contracted": True, "downstream": False},
                now=now,
            )
        board.take(move, facts={"signtype": SIGNED_ONLINE})


def _take(book_id: int, action: Action, now: datetime) -> None:
    """T19, T20: take the step unless an earlier run took it."""
    with contract_board(book_id, actor=SYSTEM, now=now) as board:
        synced = board.state.review is Review.SYNCED
        done = synced if action is Action.MARK_SYNCED else board.state.progress is Progress.COMPLETE
        if not done:
            board.take(board.move(action))


def _sealed_address(book_id: int) -> str:
    final = find_final(book_id)
    return "" if final is None else final.read_text("sealed_contract_en")
