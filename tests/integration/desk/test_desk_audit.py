"""The audit page: what it shows, the three decisions, and every way a decision can come too late."""

import pytest
from django.test import Client
from django.urls import reverse

from inkseal.catalog.models import EditorGroup, Staff
from inkseal.contracts.models import AuditEntry, AuditFinding, AuditReason, Contract, ContractControl, Signing
from inkseal.evidence.models import EvidenceEvent
from tests.integration.contracts.journey import Journey
from tests.integration.desk.conftest import ClientOf
from tests.integration.desk.pages import IN_AUDIT, filled, form, text

AUDIT = reverse("desk:audit", args=[IN_AUDIT])
REVEAL = reverse("desk:reveal", args=[IN_AUDIT])


def progress() -> int:
    return Contract.objects.get(book_id=IN_AUDIT).progress


def other_signing_editor(client_of: ClientOf) -> Client:
    """Charlie gets the duty as well, and his browser."""
    staff = Staff.objects.get(name="Charlie")
    EditorGroup.objects.create(group_id=9, group_name="Group 9", staff=staff, responsibility=11)
    return client_of("charlie")


def test_data_pages_and_checks_stand_side_by_side(case: Journey, dora: Client) -> None:
    response = dora.get(AUDIT)
    page, words = response.content.decode(), text(response)
    assert reverse("desk:page", args=[IN_AUDIT, 1, "view"]) in page
    assert "11 of 11" in words
    assert "Alice Tan" in words
    assert Signing.objects.get(book_id=IN_AUDIT).signed_file_sha256 in words


def test_digits_are_hidden_until_they_are_asked_for(case: Journey, dora: Client) -> None:
    page = dora.get(AUDIT).content.decode()
    for hidden in ("E1204567K", "alice@example.org", case.information["bank_account"], "55500142"):
        assert hidden not in page


def test_showing_digits_is_written_to_the_log_first(case: Journey, dora: Client) -> None:
    before = EvidenceEvent.objects.filter(chain=f"contract:{IN_AUDIT}").count()
    response = dora.post(REVEAL, {"page": "2"})
    assert response.status_code == 200
    assert "E1204567K" in text(response)
    assert "That you looked is in the log." in text(response)
    assert EvidenceEvent.objects.filter(chain=f"contract:{IN_AUDIT}").count() == before + 1
    assert "E1204567K" not in dora.get(AUDIT).content.decode()


def test_the_chosen_page_stays_when_digits_are_shown(dora: Client) -> None:
    assert reverse("desk:page", args=[IN_AUDIT, 2, "view"]) in dora.post(REVEAL, {"page": "2"}).content.decode()


@pytest.mark.parametrize(("asked", "shown"), [("3", 3), ("0", 1), ("99", 1), ("-1", 1), ("x", 1), ("٣", 1)])
def test_pages_are_chosen_by_a_link(dora: Client, asked: str, shown: int) -> None:
    page = dora.get(AUDIT, {"page": asked}).content.decode()
    assert f'src="{reverse("desk:page", args=[IN_AUDIT, shown, "view"])}"' in page


def test_no_decision_is_chosen_beforehand(dora: Client) -> None:
    assert "decision" not in form(dora.get(AUDIT), AUDIT)


def test_sending_without_a_decision_asks_for_one(dora: Client) -> None:
    response = dora.post(AUDIT, filled(dora, AUDIT, reason="typed"))
    assert response.status_code == 422
    assert "Choose a decision first" in text(response)
    assert form(response, AUDIT)["reason"] == "typed"
    assert progress() == 80


@pytest.mark.parametrize("decision", ["info", "contract"])
def test_nothing_goes_back_without_a_reason(dora: Client, decision: str) -> None:
    response = dora.post(AUDIT, filled(dora, AUDIT, decision=decision))
    assert response.status_code == 422
    assert "Say what is to change" in text(response)
    assert not AuditEntry.objects.filter(book_id=IN_AUDIT).exists()


def test_passing_takes_exactly_the_file_that_was_shown(dora: Client) -> None:
    response = dora.post(AUDIT, filled(dora, AUDIT, decision="pass"))
    assert response.status_code == 302
    assert progress() == 90
    approved = ContractControl.objects.get(book_id=IN_AUDIT).approved_sha256
    assert approved == Signing.objects.get(book_id=IN_AUDIT).signed_file_sha256
    assert "Passed to the seal." in text(dora.get(response.headers["Location"]))


def test_another_file_than_the_submitted_one_is_not_passed(dora: Client) -> None:
    response = dora.post(AUDIT, filled(dora, AUDIT, decision="pass", signed_file_sha256="0" * 64))
    assert response.status_code == 409
    assert progress() == 80


def test_data_goes_back_with_a_reason_for_each_field(dora: Client) -> None:
    name, bank = AuditReason.objects.order_by("id")[0], AuditReason.objects.order_by("id")[4]
    sent = filled(
        dora,
        AUDIT,
        decision="info",
        reason_id=str(name.id),
        reason="Nearly there.",
        target=["realname", "bank_account"],
        **{"note:realname": "Both names, please.", "reason:bank_account": str(bank.id)},
    )
    assert dora.post(AUDIT, sent).status_code == 302
    assert progress() == 110
    entry = AuditEntry.objects.get(book_id=IN_AUDIT)
    assert (entry.reason, entry.reason_id, entry.auditor) == ("Nearly there.", name.id, "Dora")
    found = AuditFinding.objects.filter(entry=entry).order_by("id").values_list("target", "reason_id", "note")
    assert list(found) == [("realname", name.id, "Both names, please."), ("bank_account", bank.id, "")]


def test_pages_go_back_and_ticks_of_the_other_choice_stay_behind(dora: Client) -> None:
    sent = filled(dora, AUDIT, decision="contract", reason="A lamp reflects.", target=["realname", "page:3", "card"])
    assert dora.post(AUDIT, sent).status_code == 302
    assert progress() == 100
    assert set(AuditFinding.objects.values_list("target", flat=True)) == {"page:3", "card"}


@pytest.mark.parametrize("reason_id", ["999999", "-1", "x", "9" * 30])
def test_a_reason_that_is_not_configured_decides_nothing(dora: Client, reason_id: str) -> None:
    response = dora.post(AUDIT, filled(dora, AUDIT, decision="info", reason_id=reason_id))
    assert response.status_code == 422
    assert progress() == 80


def test_a_text_that_is_too_long_is_kept_and_refused(dora: Client) -> None:
    response = dora.post(AUDIT, filled(dora, AUDIT, decision="info", reason="x" * 2049))
    assert response.status_code == 422
    assert form(response, AUDIT)["reason"] == "x" * 2049


def test_a_double_decision_counts_once(dora: Client) -> None:
    sent = filled(dora, AUDIT, decision="info", reason="Nearly there.")
    assert [dora.post(AUDIT, sent).status_code for _press in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(book_id=IN_AUDIT).count() == 1


def test_who_submitted_is_told_that_somebody_else_decides(bob: Client) -> None:
    EditorGroup.objects.create(group_id=9, group_name="Group 9", staff=Staff.objects.get(name="Bob"), responsibility=11)
    page = text(bob.get(AUDIT))
    assert "You submitted this contract yourself, so somebody else decides on it." in page
    assert "Choose first." not in page


def test_who_submitted_does_not_audit(bob: Client, dora: Client) -> None:
    EditorGroup.objects.create(group_id=9, group_name="Group 9", staff=Staff.objects.get(name="Bob"), responsibility=11)
    response = bob.post(AUDIT, filled(dora, AUDIT, decision="pass"))
    assert response.status_code == 403
    assert "another editor audits it" in text(response)
    assert progress() == 80


def test_four_eyes_keep_what_was_typed(bob: Client, dora: Client) -> None:
    EditorGroup.objects.create(group_id=9, group_name="Group 9", staff=Staff.objects.get(name="Bob"), responsibility=11)
    response = bob.post(AUDIT, filled(dora, AUDIT, decision="info", reason="Please write both names."))
    assert response.status_code == 403
    assert "Please write both names." in text(response)


def test_who_comes_second_learns_who_was_first_and_keeps_his_text(dora: Client, client_of: ClientOf) -> None:
    late = filled(
        dora,
        AUDIT,
        decision="info",
        reason="I wrote this for a while.",
        target="realname",
        **{"note:realname": "Both."},
    )
    other = other_signing_editor(client_of)
    assert other.post(AUDIT, filled(other, AUDIT, decision="contract", reason="Page 3.")).status_code == 302
    response = dora.post(AUDIT, late)
    assert response.status_code == 409
    words = text(response)
    assert "Charlie changed this contract while you looked at it" in words
    assert "Sent back: signed pages" in words
    assert "I wrote this for a while." in words
    assert "Both." in words
    assert progress() == 100
    assert AuditEntry.objects.filter(book_id=IN_AUDIT).count() == 1


def test_a_case_that_moved_but_is_open_is_shown_again_with_the_text(case: Journey, dora: Client) -> None:
    late = filled(dora, AUDIT, decision="info", reason="Please write both names.", target="realname")
    ContractControl.objects.filter(book_id=IN_AUDIT).update(revision=case.revision + 1)
    response = dora.post(AUDIT, late)
    assert response.status_code == 409
    assert "What you typed is still at the right" in text(response)
    again = form(response, AUDIT)
    assert again["reason"] == "Please write both names."
    assert again["target"] == "realname"
    assert int(again["revision"]) == case.revision
    assert dora.post(AUDIT, again).status_code == 302
    assert progress() == 110


def test_a_decided_case_can_be_read_but_not_decided(dora: Client) -> None:
    dora.post(AUDIT, filled(dora, AUDIT, decision="pass"))
    response = dora.get(AUDIT)
    assert response.status_code == 200
    assert "There is nothing to decide here now." in text(response)
    assert 'name="decision"' not in response.content.decode()


def test_notes_with_markup_come_back_as_text(dora: Client) -> None:
    hostile = "</textarea><script>alert(5)</script>"
    sent = filled(dora, AUDIT, reason=hostile, target="realname", **{"note:realname": '"><script>alert(6)</script>'})
    response = dora.post(AUDIT, sent)
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assert form(response, AUDIT)["reason"] == hostile


def test_reasons_have_keys_and_texts_for_the_author(dora: Client) -> None:
    page = dora.get(AUDIT).content.decode()
    assert 'data-key="1"' in page
    assert "Please write the name exactly as on your identity document" in page


def test_the_red_button_names_the_digest(dora: Client) -> None:
    digest = Signing.objects.get(book_id=IN_AUDIT).signed_file_sha256
    button = dora.get(AUDIT).content.decode().split('class="btn seal')[1].split("</button>")[0]
    assert digest[:8] in button
    assert digest[-8:] in button


def test_the_page_speaks_chinese_to_who_reads_chinese(case: Journey, dora: Client) -> None:
    response = dora.get(AUDIT, headers={"accept-language": "zh-CN"})
    assert response.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in response.content.decode()
