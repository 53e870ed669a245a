"""T7, partial: what is typed is kept, whole form or one field, and said at the field when it is wrong."""

import pytest

from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.errors import MoveRefusedError
from inkseal.contracts.models import ContractLog, SigningStep
from inkseal.contracts.save_draft import Saved, save_draft
from tests.integration.contracts.journey import INFORMATION, Journey
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot

#: U+20BB7, a form of 吉 that stands in names and that the fonts here do not have.
RARE = "\U00020bb7"


def save(journey: Journey, **values: str) -> Saved:
    return save_draft(77, values, actor=journey.author, now=journey.tick())


def stored(*names: str) -> dict[str, str]:
    rows = find_draft(77)
    assert rows is not None
    return rows.read(names)


def faults(saved: Saved) -> dict[str, str]:
    return {fault.field: fault.code for fault in saved.faults}


def test_r49_a_draft_writes_the_working_copy_only(journey: Journey) -> None:
    journey.to_information()
    before = snapshot()
    saved = save(journey, **INFORMATION)
    assert saved.faults == ()
    assert saved.saved_at == journey.now
    assert changed_tables(before) == {
        "signonlinepre": 1,
        "signonlinepre_exp": 1,
        "signonlinestep": 1,
        "contract_control": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
    }


def test_everything_typed_is_read_back(journey: Journey) -> None:
    journey.to_information()
    save(journey, **INFORMATION)
    assert stored(*INFORMATION) == INFORMATION


def test_the_author_stays_on_the_page(journey: Journey) -> None:
    journey.to_information()
    save(journey, realname="Alice")
    assert journey.state.page is Page.INFORMATION
    assert ContractLog.objects.count() == 2


def test_a_draft_after_the_preview_leads_back_to_the_form(journey: Journey) -> None:
    journey.to_preview()
    save(journey, realname="Alice T.")
    assert journey.state.page is Page.INFORMATION


def test_two_devices_are_reconciled_field_by_field(journey: Journey) -> None:
    journey.to_information()
    save(journey, realname="Alice Tan", bank="Example Bank")
    save(journey, bank="Sample Bank")
    assert stored("realname", "bank") == {"realname": "Alice Tan", "bank": "Sample Bank"}


def test_a_field_can_be_emptied_again(journey: Journey) -> None:
    journey.to_information()
    save(journey, job="Novelist", whatsapp="alice", sex="2", zipcode="000014")
    save(journey, job="", whatsapp="", sex="", zipcode="")
    assert stored("job", "whatsapp", "sex", "zipcode") == dict.fromkeys(["job", "whatsapp", "sex", "zipcode"], "")


def test_a_wrong_value_is_kept_and_said_at_its_field(journey: Journey) -> None:
    journey.to_information()
    saved = save(journey, email="alice", mobile="12", cardid="E12O4567K", swiftcode="x")
    assert faults(saved) == {
        "email": "email",
        "mobile": "digits",
        "cardid": "letter_for_digit",
        "swiftcode": "swift",
    }
    assert stored("email", "mobile", "cardid") == {"email": "alice", "mobile": "12", "cardid": "E12O4567K"}


def test_what_does_not_fit_its_column_leaves_the_earlier_value(journey: Journey) -> None:
    journey.to_information()
    save(journey, realname="Alice", cardtype="1", sex="2")
    saved = save(journey, realname="A" * 81, cardtype="9", sex="x", bank="B\x00ank")
    assert faults(saved) == {
        "realname": "too_long",
        "cardtype": "choice",
        "sex": "choice",
        "bank": "control_character",
    }
    assert stored("realname", "cardtype", "sex", "bank") == {
        "realname": "Alice",
        "cardtype": "1",
        "sex": "2",
        "bank": "",
    }


def test_a_character_that_cannot_be_printed_is_named_at_its_field(journey: Journey) -> None:
    journey.to_information()
    saved = save(journey, realname=f"{RARE}田", address="14 Example Walk")
    (fault,) = saved.faults
    assert (fault.field, fault.code, fault.hint) == ("realname", "not_printable", RARE)
    assert stored("realname") == {"realname": f"{RARE}田"}


def test_a_character_that_is_not_printed_need_not_be_printable(journey: Journey) -> None:
    journey.to_information()
    assert save(journey, wechat=RARE, contactname=RARE).faults == ()


def test_fields_of_other_pages_and_unknown_ones_are_not_taken(journey: Journey) -> None:
    journey.to_information()
    with_before = stored("birthday")
    save(journey, birthday="2015-01-01", is_alone="0", signed_contract_en="[]", colour="red")
    assert stored("birthday") == with_before
    assert SigningStep.objects.get().is_alone == 1


def test_every_draft_makes_earlier_pages_stale(journey: Journey) -> None:
    journey.to_information()
    seen = journey.revision
    assert save(journey, realname="Alice").revision == seen + 1
    assert save(journey, realname="Alice").revision == seen + 2


@pytest.mark.parametrize("page", sorted(set(Page) - {80, 90}))
def test_other_pages_take_no_draft(journey: Journey, page: Page) -> None:
    journey.to_information()
    SigningStep.objects.update(page=page)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        save(journey, realname="Alice")


def test_a_confirmed_contract_takes_no_draft(journey: Journey) -> None:
    journey.to_upload()
    assert journey.state.progress is Progress.INFORMATION_CONFIRMED
    with nothing_changes(), pytest.raises(MoveRefusedError):
        save(journey, realname="Alice")
