"""T11: the signed pages go to the auditor; the working copy becomes the final copy (C3.6, C3.10)."""

import json
from io import BytesIO

import pikepdf
import pytest

from inkseal import vault
from inkseal.catalog.models import Author, Book
from inkseal.contracts.drafts import find_draft, find_final
from inkseal.contracts.enums import Page, Progress, Review, SendBackTo
from inkseal.contracts.errors import ContentChangedError, MoveRefusedError, NotCompleteError, StaleRevisionError
from inkseal.contracts.files import read_print, read_signed
from inkseal.contracts.hand_in import hand_in
from inkseal.contracts.models import (
    ContractLog,
    Signing,
    SigningDraft,
    SigningDraftExtra,
    SigningExtra,
    SigningResult,
    SigningResultExtra,
    SigningStep,
    UploadedPicture,
)
from inkseal.contracts.remove_picture import remove_picture
from inkseal.contracts.save_draft import save_draft
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.journey import INFORMATION, Journey, a_request
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot


def ready(journey: Journey) -> Journey:
    journey.to_upload().lay_pages()
    return journey


def test_c8_3_nothing_of_t6_to_t10_touches_the_final_tables(journey: Journey) -> None:
    ready(journey)
    for model in (Signing, SigningExtra, SigningResult, SigningResultExtra):
        assert not model.objects.exists()


def test_c8_4_r51_r52_the_first_submission_writes_four_rows(journey: Journey) -> None:
    ready(journey)
    before = snapshot()
    moved = journey.hand_in()
    assert (moved.progress, moved.page, moved.review) == (Progress.UPLOADED, Page.WAITING, Review.WAITING)
    assert changed_tables(before) == {
        "signonline": 1,
        "signonline_exp": 1,
        "signonline_result": 1,
        "signonline_result_exp": 1,
        "signonlinepre": 1,
        "signonlinestep": 1,
        "novelscontract": 1,
        "scontractlog": 1,
        "contract_control": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
        "outbox_effect": 1,
    }


def test_r15_r51_the_keys_are_equal_where_the_specification_wants_them_equal(journey: Journey) -> None:
    journey.to_audit()
    key = SigningDraft.objects.get().id
    assert {key} == {model.objects.get().id for model in (SigningDraftExtra, Signing, SigningExtra)}
    assert SigningResult.objects.get().id == SigningResultExtra.objects.get().id != key


def test_r9_rows_written_here_say_so(journey: Journey) -> None:
    journey.to_audit()
    assert {model.objects.get().source for model in (SigningDraft, Signing, SigningResult)} == {2}


def test_the_copies_say_the_same(journey: Journey) -> None:
    journey.to_audit()
    draft, final = find_draft(77), find_final(77)
    assert draft is not None
    assert final is not None
    expected = draft.read(INFORMATION)
    assert expected == INFORMATION
    assert final.read(INFORMATION) == expected
    for column in ("signed_contract_en", "card_images_en"):
        assert json.loads(final.read_text(column)) == json.loads(draft.read_text(column))
    same = (
        "contract_no",
        "content_hash",
        "print_file",
        "signed_file",
        "signed_file_sha256",
        "template_hash",
        "agreement",
    )
    result = SigningResult.objects.get()
    for name in same:
        assert getattr(draft.main, name) == getattr(final.main, name) == getattr(result, name), name


def test_a_token_of_one_copy_does_not_open_in_another(journey: Journey) -> None:
    journey.to_audit()
    token = SigningDraft.objects.get().realname_en or ""
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed("author:1001", "signonline", "realname_en", token)


def test_c8_4_r54_a_second_round_updates_the_rows_and_makes_none(journey: Journey) -> None:
    journey.to_audit()
    keys = {model: model.objects.get().pk for model in (Signing, SigningExtra, SigningResult, SigningResultExtra)}
    first_file = Signing.objects.get().signed_file
    journey.send_back()
    moved = journey.correct_and_hand_in(realname="Alice Mei Tan")
    assert moved.review is Review.WAITING
    assert {model: model.objects.get().pk for model in keys} == keys
    assert (Signing.objects.get().review, SigningResult.objects.get().review) == (0, 0)
    final = find_final(77)
    assert final is not None
    assert final.read(["realname"]) == {"realname": "Alice Mei Tan"}
    assert final.main.signed_file != first_file
    assert Signing.objects.get().updated_at == SigningResult.objects.get().updated_at == journey.now


def test_the_signed_file_is_the_accepted_pages_with_the_print_attached(journey: Journey) -> None:
    """C3.10"""
    journey.to_audit()
    signed = read_signed(77, actor=journey.dora)
    with pikepdf.open(BytesIO(signed)) as pdf:
        assert len(pdf.pages) == journey.present_print().page_count
        attached = [item.get_file().read_bytes() for item in pdf.attachments.values()]
    assert attached == [read_print(77, actor=journey.author)]
    stored = vault.stored_file(int(Signing.objects.get().signed_file))
    assert stored.sha256 == Signing.objects.get().signed_file_sha256


def test_one_log_row_and_one_book_event(journey: Journey) -> None:
    """R11: downstream is not notified."""
    ready(journey)
    logs = ContractLog.objects.count()
    moved = journey.hand_in()
    assert ContractLog.objects.count() == logs + 1
    last = ContractLog.objects.latest("id")
    assert (last.progress, last.progress_name, last.responsibility) == (80, "Contract uploaded", "author")
    event = OutboxEffect.objects.get(kind="event.book")
    assert json.loads(event.payload) == {"cbid": 77, "downstream": False, "signonlineStatus": 0}
    assert event.key == f"event.book:77:{moved.revision}"


def test_missing_pages_and_documents_are_named(journey: Journey) -> None:
    journey.to_upload().lay_pages(without=frozenset({3, 7}))
    UploadedPicture.objects.filter(kind="card").delete()
    with nothing_changes(), pytest.raises(NotCompleteError) as caught:
        journey.hand_in()
    assert caught.value.missing == ("page:3", "page:7", "card:1")


def test_without_any_picture_nothing_is_submitted(journey: Journey) -> None:
    journey.to_upload()
    with nothing_changes(), pytest.raises(NotCompleteError) as caught:
        journey.hand_in()
    assert len(caught.value.missing) == journey.present_print().page_count + 1


@pytest.mark.parametrize("what", ["title", "pen name"])
def test_c8_11_a_rename_after_the_confirmation_asks_for_a_new_one(journey: Journey, what: str) -> None:
    ready(journey)
    _rename(what)
    with pytest.raises(ContentChangedError):
        journey.hand_in()
    state = journey.state
    assert (state.progress, state.page, state.review) == (Progress.SENT_BACK_INFORMATION, Page.PREVIEW, None)
    assert not Signing.objects.exists()
    last = ContractLog.objects.latest("id")
    assert (last.progress, last.note) == (110, "contract text changed, to be confirmed again")
    assert journey.confirm().progress is Progress.INFORMATION_CONFIRMED


@pytest.mark.parametrize("what", ["title", "pen name"])
def test_c8_11_a_rename_while_pages_were_sent_back_is_noticed(journey: Journey, what: str) -> None:
    """AMB-11: at 100 the author may rename although the text was confirmed."""
    journey.to_audit()
    journey.send_back(SendBackTo.PAGES)
    journey.resume()
    _rename(what)
    with pytest.raises(ContentChangedError):
        journey.hand_in()
    assert (journey.state.progress, journey.state.page, journey.state.review) == (110, 90, 2)
    assert Signing.objects.get().review == Review.REFUSED


def test_sent_back_pages_are_submitted_again_under_the_same_print(journey: Journey) -> None:
    journey.to_audit()
    printed = journey.present_print().file_id
    journey.send_back(SendBackTo.PAGES)
    journey.resume()
    moved = journey.hand_in()
    assert (moved.progress, moved.review) == (Progress.UPLOADED, Review.WAITING)
    assert journey.present_print().file_id == printed


def test_a_stale_page_does_not_submit_what_it_did_not_show(journey: Journey) -> None:
    ready(journey)
    seen = journey.revision
    picture = UploadedPicture.objects.filter(kind="card").get()
    remove_picture(77, picture.file_id, actor=journey.author, now=journey.tick())
    with nothing_changes(), pytest.raises(StaleRevisionError):
        hand_in(77, revision=seen, actor=journey.author, request=None, now=journey.tick())


def test_a_double_click_submits_once(journey: Journey) -> None:
    ready(journey)
    request, seen = a_request(), journey.revision
    first = hand_in(77, revision=seen, actor=journey.author, request=request, now=journey.tick())
    with nothing_changes():
        again = hand_in(77, revision=seen, actor=journey.author, request=request, now=journey.tick())
    assert again == first
    assert SigningResult.objects.count() == 1


@pytest.mark.parametrize("page", sorted(set(Page) - {Page.UPLOAD}))
def test_only_the_upload_page_submits(journey: Journey, page: Page) -> None:
    journey.to_upload()
    SigningStep.objects.update(page=page)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.hand_in()


def test_after_the_submission_nothing_can_be_changed(journey: Journey) -> None:
    journey.to_audit()
    with nothing_changes(), pytest.raises(MoveRefusedError):
        save_draft(77, {"realname": "Mallory"}, actor=journey.author, now=journey.tick())
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.declare()
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.hand_in()


def _rename(what: str) -> None:
    if what == "title":
        Book.objects.update(title="The Lantern Ferries")
    else:
        Author.objects.filter(id=1001).update(pen_name="Tan Lan Yue")
