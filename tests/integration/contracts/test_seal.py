"""T17 to T20 with the demo key: exactly the approved file is sealed, once, step by step."""

import json
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from django.conf import settings

from inkseal import vault
from inkseal.catalog.models import Author, Book
from inkseal.contracts.drafts import find_final
from inkseal.contracts.enums import SIGNED_ONLINE, Page, Progress, Review
from inkseal.contracts.errors import MoveRefusedError, NotYoursError, SealRefusedError
from inkseal.contracts.files import read_sealed, read_signed
from inkseal.contracts.models import (
    Contract,
    ContractControl,
    ContractLog,
    RenameLock,
    SealUse,
    Signing,
    SigningResult,
    SigningResultExtra,
    SigningStep,
)
from inkseal.contracts.seal import seal_contract
from inkseal.contracts.states import State
from inkseal.documents.seal import SealedFile
from inkseal.documents.validate import Verdict, verify
from inkseal.evidence.models import EvidenceEvent
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.journey import Journey, Sealing
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot


def kinds() -> list[str]:
    return list(EvidenceEvent.objects.order_by("sequence").values_list("kind", flat=True))


def messages(reason: int) -> int:
    payloads = [json.loads(effect.payload) for effect in OutboxEffect.objects.filter(kind="notice.send")]
    return sum(payload["reason"] == reason for payload in payloads)


def test_an_approved_contract_is_sealed_and_complete(journey: Journey) -> None:
    journey.to_approved().seal()
    assert journey.state == State(Progress.COMPLETE, Page.COMPLETE, Review.SYNCED, SIGNED_ONLINE)
    assert SigningResult.objects.get().review == 3
    log = list(ContractLog.objects.order_by("id").values_list("progress", "responsibility", "note"))
    assert log[-2:] == [(90, "system", "sealed"), (40, "system", "")]
    assert messages(3) == 1


def test_the_steps_come_in_the_order_of_the_specification(journey: Journey) -> None:
    """C3.7: announced before the key is used, then T17, T18, T19, T20."""
    journey.to_approved().seal()
    assert kinds()[-5:] == [
        "seal.announced",
        "contract.register_seal",
        "contract.mark_signed",
        "contract.mark_synced",
        "contract.complete",
    ]


def test_the_sealed_file_is_the_approved_one_and_valid(journey: Journey) -> None:
    journey.to_approved().seal()
    signed, sealed = read_signed(77, actor=journey.dora), read_sealed(77, actor=journey.author)
    assert sealed.startswith(signed)
    report = verify(sealed, roots=settings.TRUST_ROOTS.read_bytes(), now=journey.now)
    assert report.verdict is Verdict.VALID
    with pikepdf.open(BytesIO(sealed)) as pdf:
        assert len(pdf.pages) == journey.present_print().page_count


def test_r19_r53_one_pdf_stands_in_the_final_copy_and_its_result(journey: Journey) -> None:
    journey.to_approved().seal()
    use = SealUse.objects.get()
    final = find_final(77)
    assert final is not None
    listed = json.loads(final.read_text("sealed_contract_en"))
    assert listed == [{"sort": 1, "url": f"vault:{use.file_id}"}]
    result = SigningResultExtra.objects.get(id=SigningResult.objects.get().id)
    token = result.sealed_contract_en or ""
    opened = vault.open_sealed("author:1001", "signonline_result_exp", "sealed_contract_en", token)
    assert json.loads(opened) == listed
    assert vault.stored_file(use.file_id or 0).media_type == "application/pdf"
    assert vault.stored_file(use.file_id or 0).sha256 == use.sealed_sha256


def test_the_use_of_the_key_is_recorded_before_it_happens(journey: Journey) -> None:
    journey.to_approved()
    seen: list[tuple[int, int | None]] = []

    def look(pdf: bytes, number: str) -> SealedFile:
        seen.append((SealUse.objects.count(), SealUse.objects.get().file_id))
        return Sealing(journey.now)(pdf, number)

    seal_contract(77, sealer=look, key_fingerprint="f" * 64, now=journey.tick())
    assert seen == [(1, None)]
    use = SealUse.objects.get()
    assert use.approved_sha256 == Signing.objects.get().signed_file_sha256
    assert (use.key_fingerprint, use.level) == ("f" * 64, "B-B")


def test_t18_the_book_is_signed_and_its_author_contracted(journey: Journey) -> None:
    """R74, AMB-26"""
    journey.to_approved().seal()
    book, author = Book.objects.get(id=77), Author.objects.get(id=1001)
    assert (book.sign_type, book.split_type, book.signed_at, book.updated_at) == (249, 1, journey.now, journey.now)
    assert author.contracted
    assert RenameLock.objects.get(author_id=1001).change_penname == -1
    events = [json.loads(effect.payload) for effect in OutboxEffect.objects.filter(kind="event.author")]
    assert [event for event in events if event.get("contracted")] == [
        {"cauthorid": 1001, "contracted": True, "downstream": False}
    ]


def test_r11_each_change_of_signonline_sends_one_book_event(journey: Journey) -> None:
    journey.to_approved()
    before = OutboxEffect.objects.filter(kind="event.book").count()
    journey.seal()
    events = OutboxEffect.objects.filter(kind="event.book").order_by("id")
    payloads = [json.loads(effect.payload) for effect in events][before:]
    assert [payload["signonlineStatus"] for payload in payloads] == [1, 3]
    assert not any(payload["downstream"] for payload in payloads)


def test_sealing_a_complete_contract_again_does_nothing(journey: Journey) -> None:
    journey.to_approved().seal()
    with nothing_changes():
        assert journey.seal().uses == 0


def test_a_file_that_is_not_the_approved_one_is_not_sealed(journey: Journey) -> None:
    journey.to_approved()
    other = vault.put_file("author:1001", b"%PDF-1.7 other", media_type="application/pdf", now=journey.now)
    Signing.objects.update(signed_file=str(other.file_id))
    sealing = Sealing(journey.now)
    with pytest.raises(SealRefusedError):
        seal_contract(77, sealer=sealing, key_fingerprint="f" * 64, now=journey.tick())
    assert sealing.uses == 0
    assert journey.state.progress is Progress.AUDITED
    assert SealUse.objects.get().file_id is None


def test_without_an_approval_nothing_is_sealed(journey: Journey) -> None:
    journey.to_approved()
    ContractControl.objects.update(approved_sha256="")
    with pytest.raises(SealRefusedError):
        journey.seal()
    assert journey.state.progress is Progress.AUDITED


@pytest.mark.parametrize("withdraw", ["approval", "state"])
def test_an_approval_withdrawn_while_the_key_works_registers_nothing(journey: Journey, withdraw: str) -> None:
    journey.to_approved()

    def interrupt(pdf: bytes, number: str) -> SealedFile:
        if withdraw == "approval":
            ContractControl.objects.update(approved_sha256="0" * 64)
        else:
            Contract.objects.update(progress=Progress.SENT_BACK_PAGES)
        return Sealing(journey.now)(pdf, number)

    with pytest.raises((SealRefusedError, MoveRefusedError)):
        seal_contract(77, sealer=interrupt, key_fingerprint="f" * 64, now=journey.tick())
    assert SealUse.objects.get().file_id is None
    with pytest.raises(NotYoursError):
        read_sealed(77, actor=journey.author)


def test_of_two_seals_at_once_the_first_one_registered_stays(journey: Journey) -> None:
    journey.to_approved()
    inner = Sealing(journey.now)

    def overtaken(pdf: bytes, number: str) -> SealedFile:
        seal_contract(77, sealer=inner, key_fingerprint="f" * 64, now=journey.now)
        return Sealing(journey.now)(pdf, number)

    seal_contract(77, sealer=overtaken, key_fingerprint="f" * 64, now=journey.tick())
    assert SealUse.objects.earliest("id").file_id is None
    assert SealUse.objects.exclude(file_id=None).count() == 1
    assert journey.state.progress is Progress.COMPLETE
    assert messages(3) == 1
    assert ContractLog.objects.filter(progress=40).count() == 1


def _after_register(journey: Journey) -> None:
    Book.objects.update(sign_type=0)
    Signing.objects.update(review=1)
    SigningResult.objects.update(review=1)


def _after_sign(journey: Journey) -> None:
    Signing.objects.update(review=1)
    SigningResult.objects.update(review=1)


def _after_sync(journey: Journey) -> None:
    """T19 is done, T20 is not."""


@pytest.mark.parametrize("undo", [_after_register, _after_sign, _after_sync])
def test_a_later_run_goes_on_with_the_step_that_is_next(journey: Journey, undo: Callable[[Journey], None]) -> None:
    journey.to_approved().seal()
    Contract.objects.update(progress=Progress.AUDITED)
    SigningStep.objects.update(page=Page.WAITING)
    undo(journey)
    assert journey.seal().uses == 0
    assert journey.state == State(Progress.COMPLETE, Page.COMPLETE, Review.SYNCED, SIGNED_ONLINE)
    assert SealUse.objects.count() == 1


@pytest.mark.parametrize("start", ["to_submitted", "to_upload", "to_audit"])
def test_c8_13_what_was_not_approved_is_refused(journey: Journey, start: str) -> None:
    getattr(journey, start)()
    with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
        journey.seal()
    assert caught.value.refusal.transitions == ("T17",)


def test_the_last_step_writes_exactly_what_the_table_says(journey: Journey) -> None:
    journey.to_approved().seal()
    Contract.objects.update(progress=Progress.AUDITED)
    OutboxEffect.objects.filter(key__startswith="notice:77:T20").delete()
    before = snapshot()
    journey.seal()
    assert changed_tables(before) == {
        "novelscontract": 1,
        "signonlinestep": 1,
        "scontractlog": 1,
        "contract_control": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
        "outbox_effect": 1,
    }
