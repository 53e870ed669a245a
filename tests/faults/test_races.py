"""Two people at the same moment, on two connections: exactly one effect, and the other one is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from inkseal.catalog.models import Book
from inkseal.contracts.board import chain_of
from inkseal.contracts.confirm import confirm
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Agreement, Progress, SendBackTo
from inkseal.contracts.errors import MoveRefusedError, StaleRevisionError
from inkseal.contracts.hand_in import hand_in
from inkseal.contracts.models import (
    AuditEntry,
    Contract,
    ContractControl,
    ContractLog,
    ContractPrint,
    Proposal,
    SealUse,
    Signing,
    SigningExtra,
    SigningResult,
    SigningResultExtra,
    SigningStep,
)
from inkseal.contracts.pass_audit import pass_audit
from inkseal.contracts.preview import preview
from inkseal.contracts.propose import propose
from inkseal.contracts.requests import Moved
from inkseal.contracts.save_draft import save_draft
from inkseal.contracts.seal import seal_contract
from inkseal.contracts.send_back import send_back
from inkseal.contracts.submit import submit
from inkseal.evidence import verify_chain
from inkseal.outbox.models import OutboxEffect
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import TERMS, Journey, Sealing, a_request

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

Act = Callable[[], object]


@pytest.fixture
def journey(transactional_db: None) -> Journey:
    """Book 77, whose acts lie in the past."""
    now = database_now() - timedelta(days=1)
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    return Journey(now)


def rounds() -> range:
    """SQLite lets one writer in at a time whatever we do; MariaDB has rows and gaps to get wrong."""
    return range(20 if connection.vendor == "mysql" else 5)


def at_once(*acts: Act) -> list[object]:
    """Run each act in a thread and connection of its own, begun together; return results and errors."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> object:
        barrier.wait(30)
        try:
            return act()
        except (StaleRevisionError, MoveRefusedError) as err:
            return err
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def require_one_winner(results: list[object]) -> None:
    assert sum(isinstance(result, Moved) for result in results) == 1, results
    assert sum(isinstance(result, StaleRevisionError | MoveRefusedError) for result in results) == len(results) - 1


def test_two_editors_decide_at_once_and_one_decision_stands(journey: Journey) -> None:
    journey.to_audit()
    dora, now = journey.dora, journey.now
    sha256 = Signing.objects.get().signed_file_sha256
    for number in rounds():
        Contract.objects.update(progress=Progress.UPLOADED)
        Signing.objects.update(review=0)
        SigningResult.objects.update(review=0)
        seen = journey.revision
        results = at_once(
            partial(pass_audit, 77, revision=seen, signed_file_sha256=sha256, actor=dora, request=a_request(), now=now),
            partial(
                send_back,
                77,
                SendBackTo.INFORMATION,
                revision=seen,
                reason_id=0,
                reason="Both names.",
                actor=dora,
                request=a_request(),
                now=now,
            ),
        )
        require_one_winner(results)
        assert AuditEntry.objects.count() == number + 1
        state = journey.state
        assert (state.progress, state.review) in {(90, 1), (110, 2)}
        assert SigningResult.objects.get().review == state.review
        assert journey.revision == seen + 1
    assert verify_chain(chain_of(77)).intact


def test_two_chiefs_submit_at_once_and_one_round_begins(journey: Journey) -> None:
    journey.to_submitted()
    bob, now = journey.bob, journey.now
    for number in rounds():
        Contract.objects.update(progress=Progress.ABANDONED)
        seen = journey.revision
        act = partial(submit, 77, revision=seen, note="", actor=bob, now=now)
        require_one_winner(at_once(partial(act, request=a_request()), partial(act, request=a_request())))
        assert ContractControl.objects.get().round == number + 2
        assert ContractLog.objects.count() == number + 2
        assert OutboxEffect.objects.filter(kind="notice.send").count() == number + 2


def test_the_first_submissions_ever_make_one_contract(journey: Journey) -> None:
    """There is no row to lock yet; the author's row is."""
    for number in rounds():
        book_id = 200 + number
        write_book(book_id, 1001, f"Book {number}", now=journey.now)
        other = Journey(journey.now, book_id=book_id)
        other.propose()
        act = partial(submit, book_id, revision=1, note="", actor=journey.bob, now=journey.now)
        require_one_winner(at_once(partial(act, request=a_request()), partial(act, request=a_request())))
        assert Contract.objects.filter(book_id=book_id).count() == 1


def test_one_request_sent_twice_at_once_gets_one_answer(journey: Journey) -> None:
    journey.to_submitted()
    for number in rounds():
        Contract.objects.update(progress=Progress.ABANDONED)
        act = partial(submit, 77, revision=journey.revision, note="", actor=journey.bob, now=journey.now)
        request = a_request("submit")
        first, second = at_once(partial(act, request=request), partial(act, request=request))
        assert isinstance(first, Moved)
        assert first == second
        assert ContractControl.objects.get().round == number + 2


def test_two_devices_hand_in_at_once_and_one_file_is_submitted(journey: Journey) -> None:
    journey.to_upload().lay_pages()
    author, now = journey.author, journey.now
    for number in rounds():
        Contract.objects.update(progress=Progress.INFORMATION_CONFIRMED)
        SigningStep.objects.update(page=100)
        act = partial(hand_in, 77, revision=journey.revision, actor=author, now=now)
        require_one_winner(at_once(partial(act, request=a_request()), partial(act, request=a_request())))
        for model in (Signing, SigningExtra, SigningResult, SigningResultExtra):
            assert model.objects.count() == 1
        assert ContractLog.objects.filter(progress=80).count() == number + 1
        assert SigningResult.objects.get().signed_file == Signing.objects.get().signed_file


def test_two_devices_confirm_at_once_and_one_print_is_registered(journey: Journey) -> None:
    journey.to_preview()
    author = journey.author
    for number in rounds():
        Contract.objects.update(progress=Progress.SIGNING_STARTED)
        SigningStep.objects.update(page=90)
        shown = preview(77, actor=author, now=journey.now)
        act = partial(
            confirm, 77, revision=shown.revision, content_hash=shown.content_hash, actor=author, now=journey.now
        )
        require_one_winner(at_once(partial(act, request=a_request()), partial(act, request=a_request())))
        assert ContractPrint.objects.count() == number + 1
        rows = find_draft(77)
        assert rows is not None
        assert rows.main.print_file == str(ContractPrint.objects.latest("id").file_id)


def test_two_devices_write_two_fields_at_once_and_both_are_kept(journey: Journey) -> None:
    journey.to_information()
    author, now = journey.author, journey.now
    for number in rounds():
        seen = journey.revision
        at_once(
            partial(save_draft, 77, {"realname": f"Alice {number}"}, actor=author, now=now),
            partial(save_draft, 77, {"bank": f"Bank {number}"}, actor=author, now=now),
        )
        rows = find_draft(77)
        assert rows is not None
        assert rows.read(["realname", "bank"]) == {"realname": f"Alice {number}", "bank": f"Bank {number}"}
        assert journey.revision == seen + 2


def test_two_workers_seal_at_once_and_one_file_is_registered(journey: Journey) -> None:
    journey.to_approved()
    now = journey.now
    for _ in rounds():
        _unseal()
        first, second = Sealing(now), Sealing(now)
        at_once(
            partial(seal_contract, 77, sealer=first, key_fingerprint="a" * 64, now=now),
            partial(seal_contract, 77, sealer=second, key_fingerprint="b" * 64, now=now),
        )
        assert SealUse.objects.count() >= max(1, first.uses, second.uses)
        assert SealUse.objects.exclude(file_id=None).count() == 1
        assert journey.state.progress is Progress.COMPLETE
        assert ContractLog.objects.filter(progress=40).count() == 1
        assert ContractLog.objects.filter(note="sealed").count() == 1
        assert OutboxEffect.objects.filter(key__contains=":T20:").count() == 1
    assert verify_chain(chain_of(77)).intact


def test_two_books_of_one_author_confirm_at_once_and_lock_him_once(journey: Journey) -> None:
    """C3.9: two books of one author both write his lock."""
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    journey.to_preview()
    other = Journey(journey.now, book_id=78).to_preview()
    author = journey.author
    for number in rounds():
        Contract.objects.update(progress=Progress.SIGNING_STARTED)
        SigningStep.objects.update(page=90)
        journey.declare()
        journey.fill_in()
        events = OutboxEffect.objects.filter(kind="event.author").count()
        acts = []
        for book in (77, other.book_id):
            shown = preview(book, actor=author, now=journey.now)
            acts.append(
                partial(
                    confirm,
                    book,
                    revision=shown.revision,
                    content_hash=shown.content_hash,
                    actor=author,
                    request=None,
                    now=journey.now,
                )
            )
        assert all(isinstance(result, Moved) for result in at_once(*acts))
        assert OutboxEffect.objects.filter(kind="event.author").count() == events + 1, number


def test_a_correction_and_a_decision_do_not_both_count(journey: Journey) -> None:
    """The editor decides on what he saw while a second editor sends the same submission back."""
    journey.to_audit()
    dora, now = journey.dora, journey.now
    for _ in rounds():
        Contract.objects.update(progress=Progress.UPLOADED)
        Signing.objects.update(review=0)
        SigningResult.objects.update(review=0)
        seen, decisions = journey.revision, AuditEntry.objects.count()
        acts = [
            partial(
                send_back, 77, to, revision=seen, reason_id=0, reason="No.", actor=dora, request=a_request(), now=now
            )
            for to in (SendBackTo.INFORMATION, SendBackTo.PAGES, SendBackTo.INFORMATION)
        ]
        require_one_winner(at_once(*acts))
        assert AuditEntry.objects.count() == decisions + 1


def test_two_proposals_at_once_leave_one_live(journey: Journey) -> None:
    charlie = journey.charlie
    for _ in rounds():
        act = partial(propose, 77, Agreement.STANDARD_SHARE, TERMS, actor=charlie, now=journey.now)
        at_once(partial(act, request=a_request()), partial(act, request=a_request()))
        assert Proposal.objects.filter(status=1).count() == 1


def _unseal() -> None:
    """Take a contract back to approved, as no product code can."""
    SealUse.objects.all().delete()
    Contract.objects.update(progress=Progress.AUDITED)
    SigningStep.objects.update(page=50)
    Book.objects.update(sign_type=0)
    ContractLog.objects.filter(progress=40).delete()
    ContractLog.objects.filter(note="sealed").delete()
    OutboxEffect.objects.filter(key__contains=":T20:").delete()
    for model in (Signing, SigningResult):
        model.objects.update(review=1)
    for extra in (SigningExtra, SigningResultExtra):
        extra.objects.update(sealed_contract_en=None)
