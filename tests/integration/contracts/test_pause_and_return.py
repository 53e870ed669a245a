"""T22 to T26 as stories: pauses, their end by an editor or by the author's own act, and a new round."""

from collections.abc import Callable

import pytest

from inkseal.contracts.author_view import author_contract
from inkseal.contracts.enums import Page, Progress, Review
from inkseal.contracts.errors import FieldFaultsError, MoveRefusedError
from inkseal.contracts.go_back import go_back
from inkseal.contracts.models import ContractControl, ContractLog, RenameLock, Signing, SigningDraft, SigningResult
from inkseal.contracts.preview import preview
from inkseal.contracts.resume import resume
from inkseal.contracts.save_draft import save_draft
from inkseal.contracts.states import Action
from inkseal.core.actor import Role
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.editor_moves import last_log, make, put
from tests.integration.contracts.journey import Journey
from tests.integration.contracts.rows import nothing_changes


def notes() -> list[tuple[int, str]]:
    return list(ContractLog.objects.order_by("id").values_list("progress", "note"))


def lock() -> int:
    return int(RenameLock.objects.get(author_id=1001).change_penname)


@pytest.mark.parametrize("pause", ["T22", "T24"])
def test_t25_leads_back_to_where_the_pause_began(journey: Journey, pause: str) -> None:
    journey.to_information()
    make(journey, pause)
    moved = make(journey, "T25")
    assert (moved.progress, moved.page) == (70, 80)
    assert [progress for progress, _note in notes()][-2:] == [{"T22": 1, "T24": 15}[pause], 70]


def test_t25_a_note_on_the_tracker_during_a_pause_is_no_live_value(journey: Journey) -> None:
    journey.to_information()
    make(journey, "T24")
    make(journey, "T3")
    make(journey, "T22")
    assert make(journey, "T25").progress is Progress.SIGNING_STARTED


def test_t25_without_a_log_the_page_tells(journey: Journey) -> None:
    put(journey, Progress.UNREACHABLE, Page.UPLOAD)
    ContractLog.objects.all().delete()
    assert make(journey, "T25").progress is Progress.INFORMATION_CONFIRMED


def test_t25_is_refused_when_there_is_nothing_to_go_back_to(journey: Journey) -> None:
    put(journey, Progress.SUSPENDED, None)
    ContractLog.objects.all().delete()
    with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
        make(journey, "T25")
    assert caught.value.refusal.transitions == ("T25",)
    assert Action.SUBMIT in caught.value.refusal.possible
    assert Action.RESUME_TALKS not in caught.value.refusal.possible


def test_t22_a_suspended_author_cannot_go_on_by_himself(journey: Journey) -> None:
    journey.to_information()
    make(journey, "T22")
    with nothing_changes(), pytest.raises(MoveRefusedError):
        save_draft(77, {"job": "Novelist"}, actor=journey.author, now=journey.tick())


@pytest.mark.parametrize("transition", ["T22", "T23", "T24", "T33"])
def test_a_stop_needs_its_reason(journey: Journey, transition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(journey, *({"T33": (Progress.INFORMATION_CONFIRMED, Page.UPLOAD)}.get(transition, (Progress.AGREED, None))))
    monkeypatch.setattr("tests.integration.contracts.editor_moves.NOTE", " ")
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        make(journey, transition)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("note", "required")]


def _acts(journey: Journey) -> dict[str, tuple[int, Page, Callable[[], object]]]:
    """The author's acts that run without a print: from where (C before the pause, S), and how."""
    who, now = journey.author, journey.now
    return {
        "T6": (70, Page.INFORMATION, journey.declare),
        "T7 draft": (70, Page.INFORMATION, lambda: save_draft(77, {"job": "Poet"}, actor=who, now=now)),
        "T7": (70, Page.INFORMATION, journey.fill_in),
        "T7b": (70, Page.PREVIEW, lambda: go_back(77, Page.BASIC, actor=who, request=None, now=now)),
        "T12": (110, Page.SENT_BACK, lambda: resume(77, actor=who, request=None, now=now)),
    }


@pytest.mark.parametrize("act", ["T6", "T7 draft", "T7", "T7b", "T12"])
def test_t25_an_unreachable_author_who_acts_has_returned(journey: Journey, act: str) -> None:
    journey.to_information()
    progress, page, run = _acts(journey)[act]
    put(journey, Progress(progress), page)
    ContractLog.objects.filter(progress=70).update(progress=progress)
    make(journey, "T24")
    run()
    assert journey.state.progress == progress
    assert notes()[-1] == (progress, "author returned")
    assert (last_log().actor, last_log().editor_type) == (journey.author.name, Role.AUTHOR)


def test_t9_and_t11_bring_an_unreachable_author_back(journey: Journey) -> None:
    journey.to_preview()
    make(journey, "T24")
    journey.confirm()
    assert [row for row in notes() if row[0] in {15, 70, 50}][-2:] == [(70, "author returned"), (50, "")]
    journey.lay_pages()
    make(journey, "T24")
    moved = journey.hand_in()
    assert (moved.progress, moved.page, moved.review) == (80, 50, 0)
    assert notes()[-2:] == [(50, "author returned"), (80, "")]


def test_an_author_who_only_looks_has_not_returned(journey: Journey) -> None:
    journey.to_preview()
    make(journey, "T24")
    with nothing_changes():
        shown = preview(77, actor=journey.author, now=journey.tick())
        seen = author_contract(77, actor=journey.author, now=journey.now)
    assert shown.revision == journey.revision
    assert (seen.page, seen.state.progress) == (Page.PREVIEW, Progress.UNREACHABLE)
    assert {Action.CONFIRM, Action.PREVIEW} <= set(seen.possible)


def test_a_return_that_allows_no_such_act_leaves_no_trace(journey: Journey) -> None:
    journey.to_information()
    make(journey, "T24")
    with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
        resume(77, actor=journey.author, request=None, now=journey.tick())
    assert caught.value.refusal.state.progress is Progress.UNREACHABLE
    assert Action.SAVE_DRAFT in caught.value.refusal.possible


def test_an_act_that_is_refused_for_its_values_does_not_bring_the_author_back(journey: Journey) -> None:
    journey.to_information()
    make(journey, "T24")
    with nothing_changes(), pytest.raises(FieldFaultsError):
        journey.declare(nationality="Nowhere")


def test_t24_and_the_return_leave_the_lock_as_it_was(journey: Journey) -> None:
    journey.to_information()
    make(journey, "T24")
    journey.declare()
    assert lock() == 1
    assert OutboxEffect.objects.filter(kind="event.author").count() == 1


def a_submission(journey: Journey, *, review: Review = Review.WAITING) -> None:
    """Put a contract where an audit waits, with final and result rows."""
    journey.to_information()
    put(journey, Progress.UPLOADED, Page.WAITING)
    ContractLog.objects.filter(progress=Progress.SIGNING_STARTED).update(progress=Progress.UPLOADED)
    key = SigningDraft.objects.get().id
    for model, row in ((Signing, key), (SigningResult, key + 1)):
        model.objects.create(
            id=row,
            book_id=77,
            author_id=1001,
            agreement=1,
            review=review,
            created_at=journey.now,
            updated_at=journey.now,
        )


def test_t23_a_waiting_review_is_refused_in_both_copies(journey: Journey) -> None:
    a_submission(journey)
    moved = make(journey, "T23")
    assert (moved.progress, moved.page, moved.review) == (4, 0, 2)
    assert (Signing.objects.get().review, SigningResult.objects.get().review) == (2, 2)
    assert OutboxEffect.objects.filter(kind="event.book").count() == 1


def test_t22_a_waiting_review_stays_and_goes_on_after_the_pause(journey: Journey) -> None:
    a_submission(journey)
    make(journey, "T22")
    assert journey.state.review is Review.WAITING
    moved = make(journey, "T25")
    assert (moved.progress, moved.page, moved.review) == (80, 50, 0)


@pytest.mark.parametrize("transition", ["T22", "T23"])
def test_what_passed_the_audit_is_not_stopped_by_hand(journey: Journey, transition: str) -> None:
    a_submission(journey, review=Review.PASSED)
    put(journey, Progress.AUDITED, Page.WAITING)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        make(journey, transition)


def test_amb_8_abandoning_a_confirmed_contract_lets_the_author_rename(journey: Journey) -> None:
    journey.to_information()
    put(journey, Progress.INFORMATION_CONFIRMED, Page.UPLOAD)
    make(journey, "T3")
    assert lock() == -1
    make(journey, "T23")
    assert lock() == 1


def test_t23_makes_no_page_row_where_the_author_never_began(journey: Journey) -> None:
    put(journey, Progress.NEGOTIATING, None)
    moved = make(journey, "T23")
    assert (moved.progress, moved.page) == (4, None)


def test_t26_an_abandoned_contract_begins_a_new_round_with_t1_and_t2(journey: Journey) -> None:
    journey.to_information()
    make(journey, "T23")
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.declare()
    journey.propose()
    moved = journey.submit()
    assert (moved.progress, moved.page) == (5, 0)
    assert ContractControl.objects.get().round == 2
    assert journey.declare().progress is Progress.SIGNING_STARTED


def test_t26_suspending_an_abandoned_contract_opens_no_side_door(journey: Journey) -> None:
    journey.to_information()
    make(journey, "T23")
    make(journey, "T22")
    with nothing_changes(), pytest.raises(MoveRefusedError):
        make(journey, "T25")


def test_t33_reopens_to_the_form_and_unlocks(journey: Journey) -> None:
    journey.to_information()
    put(journey, Progress.INFORMATION_CONFIRMED, Page.UPLOAD)
    make(journey, "T3")
    assert lock() == -1
    make(journey, "T33")
    assert lock() == 1
    assert journey.fill_in().page is Page.PREVIEW
