"""T7, whole, and T7b: on to the preview when everything stored is right, and back without loss."""

import pytest

from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.errors import FieldFaultsError, MoveRefusedError, NotYoursError
from inkseal.contracts.finish_information import finish_information
from inkseal.contracts.go_back import go_back
from inkseal.contracts.models import ContractLog, SigningStep
from inkseal.contracts.save_draft import save_draft
from tests.integration.contracts.journey import INFORMATION, Journey, a_request
from tests.integration.contracts.rows import nothing_changes
from tests.integration.contracts.test_save_draft import RARE

GUARDIAN = {"keeper_cardid": "S7654321A", "guarder_card_type": "0", "guardian_email": "bob@example.org"}


def finish_faults(journey: Journey) -> dict[str, str]:
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        finish_information(77, actor=journey.author, request=None, now=journey.tick())
    return {fault.field: fault.code for fault in caught.value.faults}


def test_a_whole_form_leads_to_the_preview(journey: Journey) -> None:
    moved = journey.to_information().fill_in()
    assert (moved.progress, moved.page) == (Progress.SIGNING_STARTED, Page.PREVIEW)
    assert ContractLog.objects.count() == 2


def test_what_is_missing_is_said_all_at_once_and_the_author_stays(journey: Journey) -> None:
    journey.to_information()
    found = finish_faults(journey)
    assert set(found.values()) == {"required"}
    assert {"realname", "cardid", "email", "mobile", "bank_account", "swiftcode"} <= set(found)
    assert journey.state.page is Page.INFORMATION


def test_a_fault_kept_in_a_draft_stops_here(journey: Journey) -> None:
    journey.to_information()
    save_draft(77, {**INFORMATION, "email": "alice"}, actor=journey.author, now=journey.tick())
    assert finish_faults(journey) == {"email": "email"}


def test_an_unprintable_name_stops_here_with_its_characters(journey: Journey) -> None:
    journey.to_information()
    with pytest.raises(FieldFaultsError) as caught:
        journey.fill_in(realname=f"{RARE}田{RARE}", bank=f"{RARE} Bank")
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [
        ("realname", "not_printable"),
        ("bank", "not_printable"),
    ]
    assert set(caught.value.faults[0].hint) == {RARE}


@pytest.mark.parametrize("name", ["陈大文", "José María", "Nguyễn Văn A", "Дмитрий", "Ñandú"])
def test_names_of_many_languages_are_printable(journey: Journey, name: str) -> None:
    assert journey.to_information().fill_in(realname=name, bank_openname=name).page is Page.PREVIEW


def test_r111_a_minor_gives_his_guardians_document(journey: Journey) -> None:
    journey.to_submitted().declare(birthday="2010-05-05", is_guarder_agreen="1")
    with pytest.raises(FieldFaultsError) as caught:
        journey.fill_in()
    assert {fault.field for fault in caught.value.faults} == {"keeper_cardid", "guardian_email"}
    assert journey.fill_in(**GUARDIAN).page is Page.PREVIEW


def test_a_guardian_signs_from_his_own_address(journey: Journey) -> None:
    journey.to_submitted().declare(birthday="2010-05-05", is_guarder_agreen="1")
    with pytest.raises(FieldFaultsError) as caught:
        journey.fill_in(**{**GUARDIAN, "guardian_email": "Alice@example.org"})
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("guardian_email", "same_as_author")]


def test_a_double_click_finishes_once(journey: Journey) -> None:
    journey.to_information()
    save_draft(77, INFORMATION, actor=journey.author, now=journey.tick())
    request = a_request()
    first = finish_information(77, actor=journey.author, request=request, now=journey.tick())
    with nothing_changes():
        assert finish_information(77, actor=journey.author, request=request, now=journey.tick()) == first


def test_the_author_goes_back_without_losing_anything(journey: Journey) -> None:
    journey.to_preview()
    assert (
        go_back(77, Page.INFORMATION, actor=journey.author, request=None, now=journey.tick()).page is Page.INFORMATION
    )
    assert go_back(77, Page.BASIC, actor=journey.author, request=None, now=journey.tick()).page is Page.BASIC
    rows = find_draft(77)
    assert rows is not None
    assert rows.read(INFORMATION) == INFORMATION
    assert journey.state.progress is Progress.SIGNING_STARTED
    journey.declare()
    assert finish_information(77, actor=journey.author, request=None, now=journey.tick()).page is Page.PREVIEW


@pytest.mark.parametrize(
    ("at", "to"),
    [(Page.BASIC, Page.BASIC), (Page.INFORMATION, Page.INFORMATION), (Page.UPLOAD, Page.BASIC)],
)
def test_there_is_no_way_back_from_here(journey: Journey, at: Page, to: Page) -> None:
    journey.to_preview()
    SigningStep.objects.update(page=at)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        go_back(77, to, actor=journey.author, request=None, now=journey.tick())


@pytest.mark.parametrize("to", sorted(set(Page) - {Page.BASIC, Page.INFORMATION}))
def test_nobody_goes_back_to_another_page(journey: Journey, to: Page) -> None:
    journey.to_preview()
    with nothing_changes(), pytest.raises(NotYoursError):
        go_back(77, to, actor=journey.author, request=None, now=journey.tick())
