"""What the desk's pages are made of: masked values, the log, the auditor's case, and hidden digits on the record."""

from typing import Final

import pytest

from inkseal.contracts.checks import Outcome
from inkseal.contracts.desk_view import AuditCase, DeskContract, audit_case, desk_contract
from inkseal.contracts.enums import Agreement, PictureKind, Progress
from inkseal.contracts.models import AuditReason, Contract, Signing
from inkseal.contracts.reveal import reveal
from inkseal.contracts.sections import Section
from inkseal.contracts.states import Action
from inkseal.contracts.tiles import PageStatus
from inkseal.evidence.models import EvidenceEvent
from inkseal.project.demo.people import staff_member
from tests.integration.contracts.journey import INFORMATION, Journey
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot

AUDIT: Final = (Action.PASS_AUDIT, Action.SEND_BACK_INFORMATION, Action.SEND_BACK_PAGES)


def desk(user: str) -> DeskContract:
    with nothing_changes():
        return desk_contract(77, staff_member(user))


def case(journey: Journey) -> AuditCase:
    with nothing_changes():
        return audit_case(77, actor=journey.dora, now=journey.now)


def outcomes(found: AuditCase) -> dict[str, Outcome]:
    return {check.code: check.outcome for check in found.checks}


def test_a_book_without_contract_waits_to_be_proposed(journey: Journey) -> None:
    shown = desk("charlie")
    assert (shown.section, shown.possible, shown.proposal) == (Section.TO_PROPOSE, (Action.PROPOSE,), None)
    assert (shown.agreement, shown.revision, shown.round, shown.values) == (Agreement.NONE, 0, 0, {})
    assert desk("bob").possible == (Action.SUBMIT,)


def test_a_proposed_book_shows_the_chief_what_was_proposed(journey: Journey) -> None:
    journey.propose()
    shown = desk("bob")
    assert shown.section is Section.TO_SUBMIT
    assert shown.proposal is not None
    assert (shown.proposal.editor_name, shown.proposal.agreement) == ("Charlie", Agreement.STANDARD_SHARE)
    assert shown.proposal.at == journey.now


def test_each_duty_is_offered_its_own_acts(journey: Journey) -> None:
    journey.to_audit()
    assert desk("dora").possible == AUDIT
    assert desk("bob").possible == desk("charlie").possible == ()


def test_numbers_and_addresses_are_masked(journey: Journey) -> None:
    journey.to_audit()
    values = desk("dora").values
    assert values["cardid"] == "E••••567K"
    assert values["mobile"] == "••• ••• 0142"
    assert values["email"] == "a•••@example.org"
    assert values["bank_account"] == "0••••3308"
    for name in ("cardid", "mobile", "email", "bank_account", "contactmobile"):
        assert INFORMATION[name] not in repr(desk("dora").values)


def test_the_log_is_shown_newest_first(journey: Journey) -> None:
    journey.to_audit()
    shown = desk("dora")
    assert [row.progress for row in shown.log] == [80, 50, 70, 5]
    assert shown.log[-1].actor == "Bob"
    assert (shown.tracker_name, shown.round) == ("Dora", 1)
    assert shown.launched_at is not None


def test_decisions_are_shown_newest_first(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    journey.correct_and_hand_in()
    journey.approve()
    rows = desk("dora").audits
    assert [(row.passed, row.auditor) for row in rows] == [(True, "Dora"), (False, "Dora")]


def test_the_case_names_the_file_that_an_approval_is_about(journey: Journey) -> None:
    journey.to_audit()
    found = case(journey)
    signing = Signing.objects.get()
    assert (found.signed_file_sha256, found.submitted_at) == (signing.signed_file_sha256, signing.updated_at)
    assert found.contract.revision == journey.revision
    assert {tile.status for tile in found.pages} == {PageStatus.FINE}
    assert found.page_count == len(found.pages) == journey.present_print().page_count
    assert [reason.name for reason in found.reasons] == list(AuditReason.objects.values_list("name", flat=True))


def test_a_clean_case_passes_every_check(journey: Journey) -> None:
    journey.to_audit()
    assert set(outcomes(case(journey)).values()) == {Outcome.PASS}


def test_another_account_holder_is_to_be_looked_at(journey: Journey) -> None:
    journey.to_preview()
    journey.fill_in(bank_openname="Bob Tan")
    journey.confirm()
    journey.lay_pages()
    journey.hand_in()
    looked = [code for code, outcome in outcomes(case(journey)).items() if outcome is Outcome.LOOK]
    assert looked == ["account_holder"]


def test_a_minor_is_to_be_looked_at(journey: Journey) -> None:
    journey.to_submitted().declare(birthday="2010-05-05", is_guarder_agreen="1")
    journey.fill_in(keeper_cardid="S7654321A", guarder_card_type="0", guardian_email="bob@example.org")
    journey.confirm()
    journey.lay_pages()
    journey.lay(PictureKind.GUARDIAN_CARD, 1)
    journey.hand_in()
    checks = {check.code: check for check in case(journey).checks}
    assert (checks["of_age"].outcome, checks["of_age"].detail) == (Outcome.LOOK, "16")
    assert checks["documents_complete"].outcome is Outcome.PASS


def test_pictures_that_belong_nowhere_are_to_be_looked_at(journey: Journey) -> None:
    journey.to_upload().lay_pages()
    journey.lay(PictureKind.SIGNED, 0)
    journey.lay(PictureKind.SIGNED, 0, "100000000101100099AAAAAA")
    journey.hand_in()
    checks = {check.code: check for check in case(journey).checks}
    assert checks["nothing_left_over"].outcome is Outcome.LOOK
    assert checks["nothing_left_over"].detail == "2"
    assert checks["pages_of_this_print"].outcome is Outcome.LOOK
    assert checks["pages_complete"].outcome is Outcome.PASS


def test_no_check_quotes_a_personal_value(journey: Journey) -> None:
    journey.to_audit()
    shown = repr(case(journey).checks)
    assert not [value for value in INFORMATION.values() if len(value) > 3 and value in shown]


@pytest.mark.parametrize("progress", [Progress.SUSPENDED, Progress.UNREACHABLE])
def test_a_resting_contract_stands_in_its_own_section(journey: Journey, progress: Progress) -> None:
    journey.to_submitted()
    Contract.objects.update(progress=progress)
    assert desk("bob").section is Section.RESTING


def test_who_looked_at_hidden_digits_is_on_the_record(journey: Journey) -> None:
    journey.to_audit()
    before = snapshot()
    values = reveal(77, actor=journey.dora, now=journey.tick())
    assert values["cardid"] == "E1204567K"
    assert changed_tables(before) == {"evidence_chain": 1, "evidence_event": 1}
    event = EvidenceEvent.objects.latest("sequence")
    assert (event.kind, event.actor_role, event.actor_id, event.facts) == (
        "personal.revealed", 11, journey.dora.id, "{}",
    )  # fmt: skip
    assert event.happened_at == journey.now
