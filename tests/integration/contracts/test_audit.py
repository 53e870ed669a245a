"""T13 to T15: the auditor approves exactly what he saw, or sends it back with reasons."""

import json

import pytest
from pytest_django.fixtures import Settings

from inkseal.catalog.models import EditorGroup, SealWay, SigningCompany
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Page, Progress, Review, SendBackTo
from inkseal.contracts.errors import (
    FieldFaultsError,
    MoveRefusedError,
    RoleRefusedError,
    SealRefusedError,
    StaleRevisionError,
)
from inkseal.contracts.models import (
    AuditEntry,
    AuditFinding,
    AuditReason,
    ContractControl,
    ContractLog,
    Signing,
    SigningDraft,
    SigningDraftExtra,
    SigningResult,
)
from inkseal.contracts.pass_audit import pass_audit
from inkseal.contracts.send_back import NewFinding, send_back
from inkseal.core.actor import Actor, Role
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.journey import INFORMATION, Journey, a_request, reason, staff
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot


def refuse(
    journey: Journey,
    to: SendBackTo = SendBackTo.INFORMATION,
    *,
    revision: int | None = None,
    reason: str = "Please write both names.",
    reason_id: int = 0,
    findings: tuple[NewFinding, ...] = (),
    actor: Actor | None = None,
) -> None:
    send_back(
        77,
        to,
        revision=journey.revision if revision is None else revision,
        reason_id=reason_id,
        reason=reason,
        findings=findings,
        actor=actor or journey.dora,
        request=None,
        now=journey.tick(),
    )


def approve(journey: Journey, *, revision: int | None = None, actor: Actor | None = None) -> None:
    pass_audit(
        77,
        revision=journey.revision if revision is None else revision,
        signed_file_sha256=Signing.objects.get().signed_file_sha256,
        actor=actor or journey.dora,
        request=None,
        now=journey.tick(),
    )


def test_r42_to_r46_an_approval_writes_exactly_what_the_table_says(journey: Journey) -> None:
    journey.to_audit()
    before = snapshot()
    moved = journey.approve()
    assert (moved.progress, moved.page, moved.review) == (Progress.AUDITED, Page.WAITING, Review.PASSED)
    assert changed_tables(before) == {
        "signonline": 1,
        "signonline_result": 1,
        "signonlineauditlog": 1,
        "novelscontract": 1,
        "scontractlog": 1,
        "contract_control": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
        "outbox_effect": 2,
    }
    signing, result = Signing.objects.get(), SigningResult.objects.get()
    assert (signing.review, result.review) == (1, 1)
    assert signing.updated_at == result.updated_at == journey.now


def test_r44_the_audit_row_names_the_contract_the_auditor_and_the_time(journey: Journey) -> None:
    journey.to_approved()
    row = AuditEntry.objects.get()
    assert (row.signing_id, row.book_id, row.author_id) == (Signing.objects.get().id, 77, 1001)
    assert (row.status, row.auditor, row.reason, row.reason_id) == (1, "Dora", "", 0)
    assert row.audited_at == journey.now


def test_i6_an_approval_tells_the_author_nothing(journey: Journey) -> None:
    journey.to_approved()
    reasons = [json.loads(effect.payload)["reason"] for effect in OutboxEffect.objects.filter(kind="notice.send")]
    assert reasons == [1]


def test_a_company_that_seals_here_gets_its_seal_queued(journey: Journey) -> None:
    journey.to_approved()
    effect = OutboxEffect.objects.get(kind="contract.seal")
    assert json.loads(effect.payload) == {"cbid": 77}
    assert ContractControl.objects.get().approved_sha256 == Signing.objects.get().signed_file_sha256


def test_a_company_sealed_by_its_partner_waits(journey: Journey) -> None:
    SigningCompany.objects.update(seal_way=SealWay.PARTNER)
    journey.to_approved()
    assert not OutboxEffect.objects.filter(kind="contract.seal").exists()


def test_another_file_than_the_submitted_is_not_approved(journey: Journey) -> None:
    journey.to_audit()
    with nothing_changes(), pytest.raises(SealRefusedError):
        pass_audit(
            77,
            revision=journey.revision,
            signed_file_sha256="0" * 64,
            actor=journey.dora,
            request=None,
            now=journey.now,
        )


@pytest.mark.parametrize(("to", "progress"), [(SendBackTo.INFORMATION, 110), (SendBackTo.PAGES, 100)])
def test_a_refusal_writes_exactly_what_the_table_says(journey: Journey, to: SendBackTo, progress: int) -> None:
    journey.to_audit()
    before = snapshot()
    moved = journey.send_back(to, NewFinding("realname", reason(), "Both names, please."))
    assert (moved.progress, moved.page, moved.review) == (progress, Page.SENT_BACK, Review.REFUSED)
    assert changed_tables(before) == {
        "signonline": 1,
        "signonline_result": 1,
        "signonlineauditlog": 1,
        "signonline_audit_finding": 1,
        "novelscontract": 1,
        "scontractlog": 1,
        "signonlinestep": 1,
        "contract_control": 1,
        "author_signonline_pennamelock": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
        "outbox_effect": 3,
    }
    assert (Signing.objects.get().review, SigningResult.objects.get().review) == (2, 2)
    log = ContractLog.objects.latest("id")
    assert (log.progress, log.note, log.editor_type) == (progress, "The name must match the passport.", 11)


def test_c8_6_t14_and_t15_differ_only_in_contract(journey: Journey) -> None:
    """Both leave the same rows but for progress, its name and the kind of evidence."""
    journey.to_audit()
    journey.send_back(SendBackTo.INFORMATION)
    first = (journey.state, AuditEntry.objects.values_list("status", "auditor", "reason", "reason_id").latest("id"))
    journey.correct_and_hand_in()
    journey.send_back(SendBackTo.PAGES)
    second = (journey.state, AuditEntry.objects.values_list("status", "auditor", "reason", "reason_id").latest("id"))
    assert (first[0].progress, second[0].progress) == (110, 100)
    assert (first[0].page, first[0].review) == (second[0].page, second[0].review)
    assert first[1] == second[1]


def test_r47_message_two_is_queued_once_per_refusal(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    journey.correct_and_hand_in()
    journey.send_back()
    payloads = [json.loads(effect.payload) for effect in OutboxEffect.objects.filter(kind="notice.send")]
    assert [payload["reason"] for payload in payloads] == [1, 2, 2]
    assert {payload["sender"] for payload in payloads[1:]} == {"Dora"}


def test_findings_are_kept_each_with_its_target(journey: Journey) -> None:
    """AMB-10"""
    journey.to_audit()
    journey.send_back(
        SendBackTo.INFORMATION,
        NewFinding("realname", reason(), "Both names."),
        NewFinding("page:3"),
        NewFinding("card", reason(1)),
    )
    rows = AuditFinding.objects.order_by("id").values_list("entry_id", "target", "reason_id", "note")
    key = AuditEntry.objects.get().id
    assert list(rows) == [
        (key, "realname", reason(), "Both names."),
        (key, "page:3", 0, ""),
        (key, "card", reason(1), ""),
    ]


@pytest.mark.parametrize(
    ("arguments", "field", "code"),
    [
        ({"reason": " "}, "reason", "required"),
        ({"reason": "x" * 2049}, "reason", "too_long"),
        ({"findings": (NewFinding("card", 0, "x" * 501),)}, "reason", "too_long"),
        ({"reason_id": 999_999_999}, "reason_id", "choice"),
        ({"findings": (NewFinding("card", 999_999_999),)}, "reason_id", "choice"),
        ({"findings": (NewFinding("x"),)}, "findings", "choice"),
        ({"findings": (NewFinding("page:0"),)}, "findings", "choice"),
        ({"findings": (NewFinding("signed_contract_en"),)}, "findings", "choice"),
    ],
)
def test_a_refusal_without_a_proper_reason_changes_nothing(
    journey: Journey, arguments: dict[str, object], field: str, code: str
) -> None:
    journey.to_audit()
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        refuse(journey, **arguments)  # type: ignore[arg-type]  # mixed values
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [(field, code)]


@pytest.mark.parametrize(
    "arguments",
    [{"reason": ""}, {"reason": "", "findings": (NewFinding("card:2"),)}, {"reason": "x" * 2048}],
    ids=["configured reason", "finding", "longest text"],
)
def test_one_kind_of_reason_is_enough(journey: Journey, arguments: dict[str, object]) -> None:
    journey.to_audit()
    if arguments == {"reason": ""}:
        arguments = {"reason": "", "reason_id": reason()}
    refuse(journey, **arguments)  # type: ignore[arg-type]  # mixed values
    assert journey.state.progress is Progress.SENT_BACK_INFORMATION


def test_a_retired_reason_is_not_taken(journey: Journey) -> None:
    journey.to_audit()
    AuditReason.objects.filter(id=reason()).update(status=-1)
    with nothing_changes(), pytest.raises(FieldFaultsError):
        refuse(journey, reason_id=reason())


def test_c8_7_a_second_audit_of_the_same_submission_is_a_conflict(journey: Journey) -> None:
    journey.to_audit()
    seen = journey.revision
    journey.approve()
    with nothing_changes(), pytest.raises(StaleRevisionError):
        refuse(journey, revision=seen)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        refuse(journey)


def test_r109_a_page_from_before_the_correction_does_not_decide(journey: Journey) -> None:
    """80 -> 110 -> 70 -> 80: the same state with another content."""
    journey.to_audit()
    seen = journey.revision
    journey.send_back()
    journey.correct_and_hand_in(realname="Alice Mei Tan")
    with nothing_changes(), pytest.raises(StaleRevisionError) as caught:
        approve(journey, revision=seen)
    assert caught.value.state.progress is Progress.UPLOADED
    with nothing_changes(), pytest.raises(StaleRevisionError):
        refuse(journey, revision=seen)


def test_four_eyes_who_submitted_does_not_audit(journey: Journey) -> None:
    """C3.9, guarantee 5"""
    bob = staff("bob", Role.SIGNING_EDITOR)
    EditorGroup.objects.create(group_id=4, group_name="Group 4", staff_id=bob.id, responsibility=11)
    journey.to_audit()
    for attempt in (approve, refuse):
        with nothing_changes(), pytest.raises(RoleRefusedError) as caught:
            attempt(journey, actor=bob)
        assert caught.value.rule == "four_eyes"


def test_four_eyes_can_be_switched_off(journey: Journey, settings: Settings) -> None:
    settings.FOUR_EYES = False
    journey.to_audit()
    approve(journey, actor=staff("bob", Role.SIGNING_EDITOR))
    assert AuditEntry.objects.get().auditor == "Bob"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SIGNING_EDITOR}))
def test_nobody_else_audits(journey: Journey, role: Role) -> None:
    journey.to_audit()
    for attempt in (approve, refuse):
        with nothing_changes(), pytest.raises(RoleRefusedError):
            attempt(journey, actor=staff("dora", role))


@pytest.mark.parametrize("start", ["to_submitted", "to_preview", "to_upload", "to_approved"])
def test_only_what_was_handed_in_is_audited(journey: Journey, start: str) -> None:
    getattr(journey, start)()
    with nothing_changes(), pytest.raises(MoveRefusedError):
        refuse(journey)


def test_a_double_click_decides_once(journey: Journey) -> None:
    journey.to_audit()
    request, seen = a_request("pass"), journey.revision
    sha256 = Signing.objects.get().signed_file_sha256

    def decide_once() -> object:
        return pass_audit(
            77, revision=seen, signed_file_sha256=sha256, actor=journey.dora, request=request, now=journey.tick()
        )

    first = decide_once()
    with nothing_changes():
        assert decide_once() == first
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(("to", "page"), [(SendBackTo.INFORMATION, Page.INFORMATION), (SendBackTo.PAGES, Page.UPLOAD)])
def test_t12_the_author_goes_on_where_something_is_to_change(journey: Journey, to: SendBackTo, page: Page) -> None:
    journey.to_audit()
    journey.send_back(to)
    logs = ContractLog.objects.count()
    moved = journey.resume()
    assert moved.page is page
    assert ContractLog.objects.count() == logs
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.resume()


def test_t12_a_lost_working_copy_is_refilled_from_the_final_one(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    key = SigningDraft.objects.get().id
    SigningDraft.objects.all().delete()
    SigningDraftExtra.objects.all().delete()
    journey.resume()
    rows = find_draft(77)
    assert rows is not None
    assert rows.main.id == key
    assert rows.read(INFORMATION) == INFORMATION
