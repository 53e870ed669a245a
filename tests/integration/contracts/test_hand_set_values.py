"""T3, T4, T29, T30, T31 in detail: what a hand may set, whom it may name, and what an author's refusal leaves."""

import pytest
from django.contrib.auth import get_user_model

from inkseal.contracts.assign_tracker import assign_tracker
from inkseal.contracts.author_view import author_contract
from inkseal.contracts.enums import Agreement, Page, Progress, RefuseCause
from inkseal.contracts.errors import FieldFaultsError, MoveRefusedError, NotYoursError, RequestReusedError
from inkseal.contracts.models import Contract, RenameLock, SigningDraft, SigningStep
from inkseal.contracts.refuse import refuse
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.set_talks import TALKS, set_talks
from inkseal.contracts.sign_offline import sign_offline
from inkseal.core.actor import Role
from tests.integration.contracts.editor_moves import last_log, make, put, ready, set_up_as_tracker
from tests.integration.contracts.journey import Journey, a_request, staff
from tests.integration.contracts.rows import nothing_changes


def talk(journey: Journey, to: int, note: str = "Agreed by phone") -> Moved:
    return set_talks(
        77,
        to,  # type: ignore[arg-type]  # any number may be sent
        revision=journey.revision,
        note=note,
        actor=journey.bob,
        request=None,
        now=journey.tick(),
    )


def offline(journey: Journey, to: Progress) -> Moved:
    return sign_offline(
        77, to, revision=journey.revision, note="", actor=journey.dora, request=None, now=journey.tick()
    )


def decline(
    journey: Journey, cause: RefuseCause = RefuseCause.OTHER, detail: str = "", request: Request | None = None
) -> Moved:
    return refuse(77, cause, detail=detail, actor=journey.author, request=request, now=journey.tick())


def assign(journey: Journey, staff_id: int) -> Moved:
    return assign_tracker(77, staff_id, actor=journey.bob, request=None, now=journey.tick())


@pytest.mark.parametrize("start", [5, 10, 20, 30, 60])
@pytest.mark.parametrize("to", sorted(TALKS))
def test_t4_r41_a_talk_state_is_set_with_its_remark(journey: Journey, start: int, to: Progress) -> None:
    put(journey, Progress(start), None)
    moved = talk(journey, to)
    assert (moved.progress, moved.page) == (to, None)
    assert (last_log().progress, last_log().note) == (to, "Agreed by phone")


@pytest.mark.parametrize("to", [-1, 1, 4, 5, 15, 40, 50, 70, 80, 90, 100, 110, 77])
def test_t4_the_manual_page_sets_nothing_else(journey: Journey, to: int) -> None:
    journey.to_submitted()
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        talk(journey, to)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("to", "choice")]


@pytest.mark.parametrize("start", [-1, 1, 4, 15, 40, 50, 70, 80, 90, 100, 110])
def test_t4_what_is_past_the_talks_does_not_return_to_them(journey: Journey, start: int) -> None:
    put(journey, Progress(start), Page.WAITING)
    with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
        talk(journey, Progress.NEGOTIATING)
    assert caught.value.refusal.transitions == ("T4",)


def test_t4_an_empty_remark_is_allowed_and_a_long_one_is_not_cut(journey: Journey) -> None:
    journey.to_submitted()
    talk(journey, Progress.NEGOTIATING, note="")
    with nothing_changes(), pytest.raises(FieldFaultsError):
        talk(journey, Progress.AGREED, note="x" * 513)


def test_t3_the_tracker_is_somebody_who_is_set_up_as_one(journey: Journey) -> None:
    journey.to_submitted()
    charlie = set_up_as_tracker("charlie")
    assign(journey, charlie)
    assert Contract.objects.get().tracker_id == charlie
    assert last_log().note == f"tracker -> {charlie}"


def test_t3_nobody_else_becomes_the_tracker(journey: Journey) -> None:
    journey.to_submitted()
    voided = set_up_as_tracker("charlie", status=-1)
    for staff_id in (voided, journey.bob.id, 0, 987654):
        with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
            assign(journey, staff_id)
        assert [(fault.field, fault.code) for fault in caught.value.faults] == [("tracker", "choice")]


def test_t3_who_has_left_does_not_become_the_tracker(journey: Journey) -> None:
    journey.to_submitted()
    get_user_model().objects.filter(username="dora").update(is_active=False)
    with nothing_changes(), pytest.raises(FieldFaultsError):
        assign(journey, staff("dora", Role.SIGNING_EDITOR).id)


@pytest.mark.parametrize("progress", [-1, 1, 4, 40, 60])
def test_t3_a_resting_or_complete_contract_gets_no_tracker(journey: Journey, progress: int) -> None:
    put(journey, Progress(progress), None)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        make(journey, "T3")


def test_t29_an_offline_contract_goes_to_30_and_to_40_and_locks(journey: Journey) -> None:
    ready(journey, "T29")
    put(journey, Progress.CHIEF_SUBMITTED, None)
    assert (offline(journey, Progress.AGREED).progress, journey.state.page) == (30, None)
    assert RenameLock.objects.get(author_id=1001).change_penname == 1
    moved = offline(journey, Progress.COMPLETE)
    assert (moved.progress, moved.page, moved.review) == (40, 60, None)
    assert (last_log().progress, last_log().agreement) == (40, 7)
    assert RenameLock.objects.get(author_id=1001).change_penname == -1


def test_t29_is_for_agreement_type_7_only(journey: Journey) -> None:
    put(journey, Progress.AGREED, None)
    for to in (Progress.AGREED, Progress.COMPLETE):
        with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
            offline(journey, to)
        assert caught.value.refusal.transitions == ("T29",)


def test_t29_40_is_not_reached_before_30(journey: Journey) -> None:
    ready(journey, "T29")
    with nothing_changes(), pytest.raises(MoveRefusedError):
        offline(journey, Progress.COMPLETE)


@pytest.mark.parametrize("to", sorted(set(Progress) - {30, 40}))
def test_t29_sets_no_other_value(journey: Journey, to: Progress) -> None:
    ready(journey, "T29")
    with nothing_changes(), pytest.raises(FieldFaultsError):
        offline(journey, to)


def test_t29_an_offline_contract_shows_its_author_no_sealed_file(journey: Journey) -> None:
    journey.to_information()
    Contract.objects.update(agreement=Agreement.OFFLINE, progress=Progress.AGREED)
    offline(journey, Progress.COMPLETE)
    seen = author_contract(77, actor=journey.author, now=journey.now)
    assert (seen.page, seen.sealed) == (Page.COMPLETE, False)


def test_t30_an_author_refuses_and_what_he_wrote_is_kept(journey: Journey) -> None:
    journey.to_information()
    kept = SigningDraft.objects.get()
    moved = decline(journey, RefuseCause.SIGNED_ELSEWHERE, "  With another site ")
    assert (moved.progress, moved.page, moved.review) == (4, 11, None)
    step = SigningStep.objects.get()
    assert (step.status, step.refuse_cause, step.refuse_cause_detail) == (0, 1, "With another site")
    assert last_log().note == "Already signed elsewhere: With another site"
    assert (last_log().actor, last_log().editor_type) == (journey.author.name, 100)
    assert SigningDraft.objects.get().updated_at == kept.updated_at


def test_t30_an_author_refuses_before_he_began(journey: Journey) -> None:
    journey.to_submitted()
    decline(journey, RefuseCause.NO_TIME)
    step = SigningStep.objects.get()
    assert (step.page, step.status, step.author_id, step.refuse_cause_detail) == (11, 0, 1001, None)
    assert last_log().note == "No time to keep updating"
    assert not SigningDraft.objects.exists()


def test_t30_amb_8_the_end_page_locks_until_an_editor_abandons(journey: Journey) -> None:
    journey.to_information()
    decline(journey)
    assert RenameLock.objects.get(author_id=1001).change_penname == -1
    make(journey, "T23")
    assert (journey.state.progress, journey.state.page) == (4, 0)
    assert RenameLock.objects.get(author_id=1001).change_penname == 1


def test_t30_a_refusal_after_the_confirmation_is_refused(journey: Journey) -> None:
    put(journey, Progress.INFORMATION_CONFIRMED, Page.UPLOAD)
    with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
        decline(journey)
    assert caught.value.refusal.transitions == ("T30",)


def test_t30_a_long_detail_is_refused_not_cut(journey: Journey) -> None:
    journey.to_information()
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        decline(journey, detail="x" * 256)
    assert [(fault.field, fault.hint) for fault in caught.value.faults] == [("detail", "255")]


def test_t30_nobody_else_refuses_for_the_author(journey: Journey) -> None:
    journey.to_information()
    for actor in (journey.bob, journey.dora, staff("charlie", Role.SYSTEM)):
        with nothing_changes(), pytest.raises(NotYoursError):
            refuse(77, RefuseCause.OTHER, actor=actor, request=None, now=journey.tick())


def test_t30_a_double_refusal_is_one(journey: Journey) -> None:
    journey.to_information()
    request = a_request({"cause": 4})
    first = decline(journey, request=request)
    with nothing_changes():
        assert decline(journey, request=request) == first
        with pytest.raises(RequestReusedError):
            decline(journey, request=Request(request.id, {"cause": 2}))


def test_t30_a_refusing_author_may_sign_in_a_new_round(journey: Journey) -> None:
    journey.to_information()
    decline(journey)
    journey.propose()
    assert journey.submit().page is Page.INTENTION
    journey.declare()
    assert SigningStep.objects.get().status == 1


def test_t31_the_mark_names_the_editor_and_the_time(journey: Journey) -> None:
    journey.to_information()
    moved = make(journey, "T31", actor=journey.charlie)
    step = SigningStep.objects.get()
    assert (step.is_editor_confirm, step.editor_id, step.editor_name) == (1, journey.charlie.id, "Charlie")
    assert step.edited_at == journey.now
    assert (moved.progress, moved.page) == (70, 80)
