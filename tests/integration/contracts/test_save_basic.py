"""T6: the author's declarations; the first save starts the signing."""

import pytest

from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Page, Progress, Source
from inkseal.contracts.errors import FieldFaultsError, MoveRefusedError
from inkseal.contracts.models import Contract, ContractLog, SigningDraft, SigningDraftExtra, SigningStep
from inkseal.contracts.personal import AuthorRows
from inkseal.contracts.save_basic import save_basic
from tests.integration.contracts.journey import BASIC, Journey, a_request
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot

GUARDED = {"birthday": "2010-05-05", "is_guarder_agreen": "1"}


def draft() -> AuthorRows:
    rows = find_draft(77)
    assert rows is not None
    return rows


def test_i3_the_first_save_starts_the_signing(journey: Journey) -> None:
    journey.to_submitted()
    before = snapshot()
    moved = journey.declare()
    assert (moved.progress, moved.page, moved.review) == (Progress.SIGNING_STARTED, Page.INFORMATION, None)
    assert changed_tables(before) == {
        "signonlinepre": 1,
        "signonlinepre_exp": 1,
        "signonlinestep": 1,
        "novelscontract": 1,
        "scontractlog": 1,
        "contract_control": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
    }


def test_r50_the_step_row_carries_the_declarations(journey: Journey) -> None:
    journey.to_submitted().declare(is_exclusive_sign="0")
    step = SigningStep.objects.get()
    assert (step.book_id, step.author_id, step.page) == (77, 1001, 80)
    assert (step.is_alone, step.is_all_copyright, step.is_exclusive, step.guardian_agrees) == (1, 1, 0, None)
    assert step.status == 1
    assert step.created_at == step.updated_at == journey.now


def test_r15_the_working_copy_is_a_pair_of_rows_under_one_key(journey: Journey) -> None:
    journey.to_information()
    main, extra = SigningDraft.objects.get(), SigningDraftExtra.objects.get()
    assert main.id == extra.id
    assert (main.book_id, main.author_id, main.source, main.agreement) == (77, 1001, Source.OVERSEAS, 1)
    assert (main.authorname, extra.nationality, extra.guid) == ("Tan Lanyue", "SG", 9_001_001)


@pytest.mark.parametrize("progress", [5, 10, 20, 30])
def test_every_talk_state_becomes_signing_started_with_one_log(journey: Journey, progress: int) -> None:
    journey.to_submitted()
    Contract.objects.update(progress=progress)
    journey.declare()
    assert list(ContractLog.objects.values_list("progress", flat=True)) == [5, 70]
    last = ContractLog.objects.latest("id")
    assert (last.actor, last.responsibility, last.editor_type) == ("Tan Lanyue", "author", 100)


def test_a_second_save_writes_no_log(journey: Journey) -> None:
    journey.to_information()
    journey.declare(nationality="MY")
    assert ContractLog.objects.count() == 2
    assert SigningDraftExtra.objects.get().nationality == "MY"
    assert SigningDraft.objects.count() == SigningStep.objects.count() == 1


@pytest.mark.parametrize("page", [0, 70, 80, 90])
def test_the_page_may_be_saved_from_every_form_page(journey: Journey, page: int) -> None:
    journey.to_information()
    SigningStep.objects.update(page=page)
    assert journey.declare().page is Page.INFORMATION


def test_sent_back_information_stays_sent_back(journey: Journey) -> None:
    journey.to_information()
    Contract.objects.update(progress=Progress.SENT_BACK_INFORMATION)
    assert journey.declare().progress is Progress.SENT_BACK_INFORMATION
    assert ContractLog.objects.count() == 2


@pytest.mark.parametrize("progress", sorted(set(Progress) - {5, 10, 15, 20, 30, 70, 110}))
def test_other_states_refuse_the_page(journey: Journey, progress: Progress) -> None:
    journey.to_submitted()
    Contract.objects.update(progress=progress)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.declare()


def test_a_book_without_contract_refuses_the_page(journey: Journey) -> None:
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.declare()


def test_every_fault_is_said_and_nothing_is_kept(journey: Journey) -> None:
    journey.to_submitted()
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        save_basic(77, {"birthday": "2030-01-01"}, actor=journey.author, request=None, now=journey.now)
    assert {fault.field: fault.code for fault in caught.value.faults} == {
        "nationality": "required",
        "birthday": "in_the_future",
        "is_alone": "required",
        "is_all_copyright": "required",
        "is_exclusive_sign": "required",
    }


@pytest.mark.parametrize("name", ["is_alone", "is_all_copyright"])
def test_shared_rights_need_an_editor_first(journey: Journey, name: str) -> None:
    journey.to_submitted()
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        journey.declare(**{name: "0"})
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [(name, "needs_editor")]


def test_r111_a_minor_needs_his_guardian(journey: Journey) -> None:
    journey.to_submitted()
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        journey.declare(birthday=GUARDED["birthday"])
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("is_guarder_agreen", "required")]
    journey.declare(**GUARDED)
    assert SigningStep.objects.get().guardian_agrees == 1


def test_of_age_on_the_day_of_saving(journey: Journey) -> None:
    """The clock decides: 21 November 2026."""
    journey.to_submitted()
    with pytest.raises(FieldFaultsError):
        journey.declare(birthday="2008-11-22")
    assert journey.declare(birthday="2008-11-21").page is Page.INFORMATION


def test_what_is_typed_around_a_value_is_not_kept(journey: Journey) -> None:
    journey.to_submitted().declare(nationality=" sg ", birthday=" 1999-09-09 ")
    assert draft().read(["nationality", "birthday"]) == {"nationality": "SG", "birthday": "1999-09-09"}


def test_fields_of_other_pages_are_not_taken(journey: Journey) -> None:
    journey.to_submitted().declare(realname="Mallory", content_hash="x", contract_no="1")
    assert draft().read(["realname"]) == {"realname": ""}
    assert (SigningDraft.objects.get().content_hash, SigningDraft.objects.get().contract_no) == ("", None)


def test_a_double_click_saves_once(journey: Journey) -> None:
    journey.to_submitted()
    request = a_request(BASIC)
    first = save_basic(77, BASIC, actor=journey.author, request=request, now=journey.tick())
    with nothing_changes():
        assert save_basic(77, BASIC, actor=journey.author, request=request, now=journey.tick()) == first
