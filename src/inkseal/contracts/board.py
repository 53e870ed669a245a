"""One transition's transaction: rows locked, revision checked, move taken, log, evidence and outbox rows written.

Lock order is the same for every verb: the author's row, then the contract's control row (contracts-2, C3.9).
On SQLite the IMMEDIATE transaction is the lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from inkseal import evidence, ids, outbox
from inkseal.catalog.models import Author, Book
from inkseal.contracts.enums import PROGRESS_NAME, Agreement, Page, Progress, Review
from inkseal.contracts.errors import MoveRefusedError, NotYoursError, StaleRevisionError
from inkseal.contracts.models import (
    Contract,
    ContractControl,
    ContractLog,
    Signing,
    SigningResult,
    SigningStep,
)
from inkseal.contracts.pauses import RETURNING
from inkseal.contracts.rename_lock import recompute_lock
from inkseal.contracts.requests import Moved, Request, earlier_answer, remember_answer
from inkseal.contracts.states import Action, Move, Refusal, State, after, decide
from inkseal.contracts.way_back import as_returned, way_back
from inkseal.core.actor import Actor, Role

Facts = dict[str, str | int | bool | None]


@dataclass
class Board:
    """The locked rows of one contract and who acts on them, inside the transaction."""

    book: Book
    author: Author
    control: ContractControl
    contract: Contract | None
    step: SigningStep | None
    signing: Signing | None
    actor: Actor
    now: datetime
    request: Request | None = None
    #: Set when this very request was answered before: the verb returns it and does nothing.
    answer: Moved | None = None

    @property
    def state(self) -> State:
        """Return where the contract stands."""
        return state_of(self.book, self.contract, self.step, self.signing)

    @property
    def live_contract(self) -> Contract:
        """Return the contract row; every action but propose and submit has one."""
        if self.contract is None:
            raise NotYoursError
        return self.contract

    def move(self, action: Action) -> Move:
        """Return the table's row for `action`, or raise `MoveRefusedError`; nothing is written yet.

        An author who counts as unreachable is asked as if he had returned; `take` writes that he has.
        """
        returns = action in RETURNING and self.actor.role is Role.AUTHOR
        found = decide(as_returned(self.state, self.book.id) if returns else self.state, action)
        if isinstance(found, Refusal):
            raise MoveRefusedError(replace(found, state=self.state))
        return found

    def take(self, move: Move, *, note: str = "", facts: Facts | None = None) -> State:
        """Write what `move` changes, in this order.

        0 T25, when an author comes back with this act; 1 progress, page and review rows; 2 scontractlog;
        3 revision; 4 rename lock; 5 evidence; 6 message.
        """
        if self.state.progress is Progress.UNREACHABLE and move.action in RETURNING:
            self.take(self.move_back(), note="author returned")
        before = self.state
        target = after(before, move)
        told = move.logged or target.progress != before.progress
        if told and self.contract is not None:
            self.contract.progress = target.progress or Progress.NOT_STARTED
            self.contract.updated_at = self.now
            self.contract.save()
        if move.to_page is not None and target.page is not None:
            self._write_page(target.page)
        if target.review is not None and self.signing is not None and target.review != before.review:
            self._write_review(target.review)
        if told and self.contract is not None:
            self.log(note)
        self.touch()
        recompute_lock(self.author, now=self.now)
        self._record(move, before, target, facts or {})
        if move.message is not None:
            outbox.enqueue(
                "notice.send",
                f"notice:{self.book.id}:{move.transition}:{self.control.revision}",
                {"cbid": self.book.id, "reason": int(move.message), "sender": self.actor.name},
                now=self.now,
            )
        return target

    def finish(self, move: Move, *, note: str = "", facts: Facts | None = None) -> Moved:
        """Take `move` and remember the answer under the request's id."""
        moved = Moved.from_state(self.take(move, note=note, facts=facts), self.control.revision)
        remember_answer(self.request, self.actor, moved, book_id=self.book.id, now=self.now)
        return moved

    def touch(self) -> None:
        """Count one change, so that pages shown before it are stale."""
        self.control.revision += 1
        self.control.updated_at = self.now
        self.control.save()

    def log(self, note: str) -> None:
        """Append one scontractlog row with the present progress."""
        contract = self.live_contract
        progress = Progress(contract.progress)
        ContractLog.objects.create(
            book_id=self.book.id,
            actor=self.actor.name[:20],
            responsibility=self.actor.responsibility,
            editor_type=self.actor.role,
            progress=progress,
            progress_name=PROGRESS_NAME[progress],
            created_at=self.now,
            note=note[:512],
            agreement=contract.agreement,
        )

    def open_step(self) -> SigningStep:
        """Return the page row; a new one is made, not saved, at the author's first act."""
        if self.step is None:
            self.step = SigningStep(
                id=ids.next_id("row"),
                author_id=self.author.id,
                book_id=self.book.id,
                page=Page.INTENTION,
                created_at=self.now,
                updated_at=self.now,
            )
        return self.step

    def move_back(self) -> Move:
        """Return T25 with the progress before the pause, or raise `MoveRefusedError`; nothing is written yet."""
        found = way_back(self.state, self.book.id)
        if isinstance(found, Refusal):
            raise MoveRefusedError(found)
        return found

    def _write_page(self, page: Page) -> None:
        step = self.open_step()
        step.page = page
        step.updated_at = self.now
        step.save()

    def _write_review(self, review: Review) -> None:
        """Set signonline.status and its result row together (R42, R43), with the book event (R11)."""
        signing = self.signing
        if signing is None:
            return
        signing.review = review
        signing.updated_at = self.now
        signing.save(update_fields=["review", "updated_at"])
        SigningResult.objects.filter(book_id=self.book.id, agreement=signing.agreement).update(
            review=review, updated_at=self.now
        )
        self.send_book_event(review)

    def send_book_event(self, review: Review) -> None:
        """Queue the book event of a change of signonline; downstream is not told (R11)."""
        outbox.enqueue(
            "event.book",
            f"event.book:{self.book.id}:{self.control.revision + 1}",
            {"cbid": self.book.id, "downstream": False, "signonlineStatus": int(review)},
            now=self.now,
        )

    def _record(self, move: Move, before: State, target: State, facts: Facts) -> None:
        evidence.append(
            chain_of(self.book.id),
            f"contract.{move.action}",
            self.actor,
            {
                "transition": move.transition,
                "contract_from": before.progress,
                "contract": target.progress,
                "step": target.page,
                "review_status": target.review,
                "revision": self.control.revision,
                **facts,
            },
            now=self.now,
        )


def chain_of(book_id: int) -> str:
    """Return the name of a contract's evidence chain."""
    return f"contract:{book_id}"


def state_of(book: Book, contract: Contract | None, step: SigningStep | None, signing: Signing | None) -> State:
    """Return the composite state of loaded rows."""
    return State(
        None if contract is None else Progress(contract.progress),
        None if step is None else Page(step.page),
        None if signing is None else Review(signing.review),
        book.sign_type,
        offline=contract is not None and contract.agreement == Agreement.OFFLINE,
    )


@contextmanager
def contract_board(
    book_id: int,
    *,
    actor: Actor,
    now: datetime,
    revision: int | None = None,
    request: Request | None = None,
) -> Iterator[Board]:
    """Open one transition on a book's contract: lock, load, look for an earlier answer, check the revision.

    Raises NotYoursError when there is no such book or it is another author's, before anything else is said about
    it, and StaleRevisionError when something moved since.
    """
    with transaction.atomic():
        author_id = Book.objects.filter(id=book_id).values_list("author_id", flat=True).first()
        if author_id is None or (actor.role is Role.AUTHOR and actor.id != author_id):
            raise NotYoursError
        author = Author.objects.select_for_update().get(id=author_id)
        control = _locked_control(book_id, now)
        board = Board(
            book=Book.objects.select_related("author").get(id=book_id),
            author=author,
            control=control,
            contract=Contract.objects.filter(book_id=book_id).first(),
            step=SigningStep.objects.filter(book_id=book_id).first(),
            signing=Signing.objects.filter(book_id=book_id).first(),
            actor=actor,
            now=now,
            request=request,
            answer=earlier_answer(request, actor, book_id=book_id),
        )
        if board.answer is None and revision is not None and control.revision != revision:
            raise StaleRevisionError(revision, control.revision, board.state)
        yield board


def _locked_control(book_id: int, now: datetime) -> ContractControl:
    """Return the control row under lock; the author's lock keeps two first callers apart."""
    control = ContractControl.objects.select_for_update().filter(book_id=book_id).first()
    return control or ContractControl.objects.create(book_id=book_id, updated_at=now)
