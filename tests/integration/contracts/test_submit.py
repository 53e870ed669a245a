"""T2: the chief editor submits; a round begins and the author is told."""

import json

import pytest

from inkseal import ids
from inkseal.catalog.models import Book, TrackerSetting
from inkseal.contracts.enums import Agreement, Page, Progress, Review
from inkseal.contracts.errors import (
    FieldFaultsError,
    MoveRefusedError,
    NotCompleteError,
    RoleRefusedError,
    StaleRevisionError,
)
from inkseal.contracts.models import (
    Contract,
    ContractControl,
    ContractLog,
    Proposal,
    Signing,
    SigningDraft,
    SigningResult,
    SigningStep,
)
from inkseal.contracts.submit import submit
from inkseal.core.actor import Role
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.journey import TERMS, Journey, a_request, staff
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot


def test_c8_2_r33_r34_a_submission_writes_exactly_what_the_table_says(journey: Journey) -> None:
    journey.propose()
    before = snapshot()
    moved = journey.submit()
    assert (moved.progress, moved.page, moved.review) == (Progress.CHIEF_SUBMITTED, None, None)
    assert changed_tables(before) == {
        "novelscontract": 1,
        "contract_control": 1,
        "scontractlog": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
        "outbox_effect": 1,
    }
    row = Contract.objects.get(book_id=77)
    assert (row.progress, row.agreement) == (5, 1)
    assert row.launched_at == row.updated_at == journey.now
    assert row.terms == {"share_ratio": "50", "currency": "USD", "term_years": 10, "words_per_month": 30000}


def test_r34_one_log_row_says_who_did_what(journey: Journey) -> None:
    journey.to_submitted()
    row = ContractLog.objects.get()
    assert (row.book_id, row.progress, row.progress_name, row.agreement) == (77, 5, "Chief submitted", 1)
    assert (row.actor, row.responsibility, row.editor_type) == ("Bob", "chief editor", 2)
    assert row.created_at == journey.now
    assert row.note.startswith("Strong opening (proposed 1, submitted 1; tracker -> ")


def test_r35_message_one_is_queued_with_ids_only(journey: Journey) -> None:
    moved = journey.to_submitted()
    effect = OutboxEffect.objects.get(kind="notice.send")
    assert json.loads(effect.payload) == {"cbid": 77, "reason": 1, "sender": "Bob"}
    assert effect.key == f"notice:77:T2:{moved.revision}"


def test_a_submission_begins_a_round_and_remembers_who_submitted(journey: Journey) -> None:
    journey.to_submitted()
    control = ContractControl.objects.get(book_id=77)
    assert (control.round, control.revision, control.submitted_by) == (1, 2, journey.bob.id)


def test_the_tracker_is_the_one_whose_setting_names_the_book(journey: Journey) -> None:
    journey.to_submitted()
    assert Contract.objects.get().tracker_id == journey.dora.id
    assert f"tracker -> {journey.dora.id} by setting" in ContractLog.objects.get().note


@pytest.mark.parametrize(
    "changes",
    [{"language": "fr"}, {"category_id": 9}, {"channel": "3"}, {"channel": "12"}],
    ids=["language", "category", "channel", "not a part of a number"],
)
def test_a_book_that_no_setting_names_has_no_tracker(journey: Journey, changes: dict[str, object]) -> None:
    Book.objects.update(**changes)
    journey.to_submitted()
    assert Contract.objects.get().tracker_id is None
    assert ContractLog.objects.get().note.endswith("no tracker setting matches)")


def test_a_void_setting_and_a_gone_person_are_passed_over(journey: Journey) -> None:
    TrackerSetting.objects.update(status=-1)
    journey.to_submitted()
    assert Contract.objects.get().tracker_id is None
    Contract.objects.update(progress=Progress.ABANDONED)
    TrackerSetting.objects.update(status=1)
    user = TrackerSetting.objects.select_related("staff__user").get().staff.user
    user.is_active = False
    user.save()
    journey.to_submitted()
    assert Contract.objects.get().tracker_id is None


def test_the_first_setting_that_fits_is_taken(journey: Journey) -> None:
    first = TrackerSetting.objects.get()
    TrackerSetting.objects.create(
        staff_id=journey.bob.id,
        channels=" 1 , 2",
        categories="0",
        languages="en",
        status=1,
        creator_id=1,
        created_at=journey.now,
        updater_id=1,
        updated_at=journey.now,
    )
    journey.to_submitted()
    assert Contract.objects.get().tracker_id == first.staff_id
    Contract.objects.update(progress=Progress.ABANDONED)
    first.delete()
    journey.to_submitted()
    assert Contract.objects.get().tracker_id == journey.bob.id


def test_the_chief_may_choose_another_type_and_other_terms(journey: Journey) -> None:
    journey.propose()
    submit(
        77,
        revision=journey.revision,
        note="",
        agreement=Agreement.CONTEST_SHARE,
        terms={**TERMS, "share_ratio": "60"},
        actor=journey.bob,
        request=None,
        now=journey.now,
    )
    row = Contract.objects.get()
    assert (row.agreement, row.terms["share_ratio"]) == (3, "60")
    assert Proposal.objects.get().agreement == 1
    assert ContractLog.objects.get().note.startswith("(proposed 1, submitted 3;")


def test_another_type_needs_its_own_terms(journey: Journey) -> None:
    journey.propose()
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        journey.submit(agreement=Agreement.STANDARD_BUYOUT)
    assert {fault.field for fault in caught.value.faults} == {"buyout_price", "min_words"}


@pytest.mark.parametrize("void", [{"status": -1}, {"agreement": Agreement.NONE}], ids=["voided", "without type"])
def test_without_a_live_proposal_nothing_is_submitted(journey: Journey, void: dict[str, int]) -> None:
    journey.propose()
    Proposal.objects.update(**void)
    with nothing_changes(), pytest.raises(NotCompleteError) as caught:
        journey.submit()
    assert caught.value.missing == ("proposal",)


def test_a_stale_page_does_not_submit(journey: Journey) -> None:
    journey.propose()
    seen = journey.revision
    journey.propose(Agreement.CONTEST_SHARE)
    with nothing_changes(), pytest.raises(StaleRevisionError) as caught:
        submit(77, revision=seen, note="", actor=journey.bob, request=None, now=journey.now)
    assert (caught.value.seen, caught.value.present) == (seen, seen + 1)
    assert caught.value.state == journey.state


@pytest.mark.parametrize("progress", sorted(set(Progress) - {-1, 1, 4, 15}))
def test_a_book_under_way_is_not_submitted_again(journey: Journey, progress: Progress) -> None:
    journey.to_submitted()
    Contract.objects.update(progress=progress)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.submit()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CHIEF_EDITOR}))
def test_nobody_else_submits(journey: Journey, role: Role) -> None:
    journey.propose()
    with nothing_changes(), pytest.raises(RoleRefusedError):
        submit(77, revision=1, note="", actor=staff("bob", role), request=None, now=journey.now)


def test_a_double_click_submits_once(journey: Journey) -> None:
    journey.propose()
    request, seen = a_request({"note": "x"}), journey.revision
    first = submit(77, revision=seen, note="x", actor=journey.bob, request=request, now=journey.now)
    with nothing_changes():
        again = submit(77, revision=seen, note="x", actor=journey.bob, request=request, now=journey.tick())
    assert again == first


def test_a_later_round_starts_the_form_anew_and_keeps_what_was_filled_in(journey: Journey) -> None:
    """T26: an abandoned contract is proposed and submitted again."""
    journey.to_upload()
    Contract.objects.update(progress=Progress.ABANDONED)
    journey.propose()
    moved = journey.submit()
    assert (moved.progress, moved.page) == (Progress.CHIEF_SUBMITTED, Page.INTENTION)
    control = ContractControl.objects.get()
    assert (control.round, control.print_count, control.approved_sha256) == (2, 0, "")
    draft = SigningDraft.objects.get()
    assert (draft.contract_no, draft.content_hash, draft.print_file) == (None, "", "")
    assert draft.realname_en
    assert SigningStep.objects.get().page == 0


def test_c8_5_two_results_are_kept_when_the_type_changes_between_rounds(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    Contract.objects.update(progress=Progress.ABANDONED)
    first_number = Signing.objects.get().contract_no
    _second_template(Agreement.CONTEST_SHARE)
    journey.propose(Agreement.CONTEST_SHARE)
    assert journey.submit().review is Review.REFUSED
    journey.declare()
    journey.fill_in()
    journey.confirm()
    journey.lay_pages()
    journey.hand_in()
    assert sorted(SigningResult.objects.values_list("agreement", "review")) == [(1, 2), (3, 0)]
    signing = Signing.objects.get()
    assert (signing.agreement, signing.review) == (3, 0)
    assert signing.contract_no is not None
    assert signing.contract_no != first_number
    assert signing.contract_no.endswith("03100")


def _second_template(agreement: Agreement) -> None:
    from inkseal.contracts.models import TemplateChoice

    choice = TemplateChoice.objects.get(agreement=Agreement.STANDARD_SHARE)
    choice.id = ids.next_id("row")
    choice.agreement = agreement
    choice.save(force_insert=True)
