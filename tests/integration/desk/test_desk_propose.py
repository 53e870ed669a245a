"""Proposing and submitting by form: the move, its faults, double sending, and pages that were overtaken."""

import pytest
from django.test import Client
from django.urls import reverse

from inkseal.contracts.models import Contract, ContractLog, Proposal
from tests.integration.contracts.journey import Journey
from tests.integration.desk.pages import IDLE, IN_AUDIT, PROPOSED, TERMS, TOLD, filled, form, text

PROPOSE = reverse("desk:propose", args=[IDLE])
SUBMIT = reverse("desk:submit", args=[PROPOSED])


def test_a_responsible_editor_proposes_a_book(charlie: Client) -> None:
    response = charlie.post(PROPOSE, filled(charlie, PROPOSE, **TERMS))
    assert response.headers["Location"] == reverse("desk:contract", args=[IDLE])
    proposal = Proposal.objects.get(book_id=IDLE, status=1)
    assert (proposal.editor_name, proposal.agreement) == ("Charlie", 1)
    assert proposal.terms == {"share_ratio": "50", "currency": "USD", "term_years": 10, "words_per_month": 30000}
    assert "It waits for the chief editor now." in text(charlie.get(response.headers["Location"]))


def test_a_second_press_of_the_button_proposes_once(charlie: Client) -> None:
    sent = filled(charlie, PROPOSE, **TERMS)
    first, second = charlie.post(PROPOSE, sent), charlie.post(PROPOSE, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Proposal.objects.filter(book_id=IDLE).count() == 1


def test_another_content_under_the_same_attempt_is_refused_and_kept(charlie: Client) -> None:
    sent = filled(charlie, PROPOSE, **TERMS)
    charlie.post(PROPOSE, sent)
    response = charlie.post(PROPOSE, {**sent, "share_ratio": "99"})
    assert response.status_code == 409
    assert "99" in text(response)
    assert Proposal.objects.get(book_id=IDLE).terms["share_ratio"] == "50"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("share_ratio", "", "Please fill this in."),
        ("share_ratio", "101", "Please write a number from 1 to 100."),
        ("currency", "dollars", "Please write a value that fits here."),
        ("term_years", "100", "Please write a value that fits here."),
        ("words_per_month", "-1", "Please write a value that fits here."),
        ("agreement", "7", "Please write a value that fits here."),
        ("agreement", "nonsense", "Please write a value that fits here."),
    ],
)
def test_a_fault_stands_at_its_field_and_keeps_what_was_typed(
    charlie: Client, name: str, typed: str, sentence: str
) -> None:
    response = charlie.post(PROPOSE, filled(charlie, PROPOSE, **{**TERMS, name: typed}))
    assert response.status_code == 422
    assert sentence in text(response)
    again = form(response, PROPOSE)
    assert again["words_per_month"] == (typed if name == "words_per_month" else "30000")
    assert not Proposal.objects.filter(book_id=IDLE).exists()


def test_typed_markup_comes_back_as_text(charlie: Client) -> None:
    hostile = '"><script>alert(4)</script>'
    response = charlie.post(PROPOSE, filled(charlie, PROPOSE, **{**TERMS, "currency": hostile}))
    assert "<script>alert(4)" not in response.content.decode()
    assert form(response, PROPOSE)["currency"] == hostile


def test_fields_that_do_not_belong_to_the_form_change_nothing(charlie: Client) -> None:
    extra = {"status": "9", "editor_id": "1", "author_id": "1", "is_staff": "1", "contract": "40"}
    charlie.post(PROPOSE, filled(charlie, PROPOSE, **TERMS, **extra))
    proposal = Proposal.objects.get(book_id=IDLE)
    assert (proposal.status, proposal.editor_name) == (1, "Charlie")
    assert not Contract.objects.filter(book_id=IDLE).exists()


@pytest.mark.parametrize("request_id", [None, "", "short", "g" * 32, "0" * 33])
def test_a_form_that_is_not_ours_is_refused(charlie: Client, request_id: str | None) -> None:
    sent = filled(charlie, PROPOSE, **TERMS)
    del sent["request_id"]
    if request_id is not None:
        sent["request_id"] = request_id
    assert charlie.post(PROPOSE, sent).status_code == 400
    assert not Proposal.objects.filter(book_id=IDLE).exists()


def test_a_book_in_a_contract_cannot_be_proposed(charlie: Client) -> None:
    address = reverse("desk:propose", args=[TOLD])
    response = charlie.post(address, {**TERMS, "request_id": "a" * 32, "revision": "1"})
    assert response.status_code == 409
    assert "“Propose” is not possible now" in text(response)
    assert Proposal.objects.filter(book_id=TOLD).count() == 1


def test_the_chief_editor_submits_as_proposed(bob: Client) -> None:
    response = bob.post(SUBMIT, filled(bob, SUBMIT, agreement="1", note="Strong opening"))
    assert response.status_code == 302
    contract = Contract.objects.get(book_id=PROPOSED)
    assert (contract.progress, contract.agreement) == (5, 1)
    assert "Strong opening" in ContractLog.objects.get(book_id=PROPOSED).note


def test_the_form_shows_the_proposal_and_who_made_it(bob: Client) -> None:
    response = bob.get(SUBMIT)
    assert "Charlie" in text(response)
    assert form(response, SUBMIT)["share_ratio"] == "50"


def test_the_chief_editor_may_change_type_and_terms(bob: Client) -> None:
    changed = {"agreement": "2", "buyout_price": "12.50", "currency": "EUR", "term_years": "5", "min_words": "1000"}
    assert bob.post(SUBMIT, filled(bob, SUBMIT, **changed)).status_code == 302
    contract = Contract.objects.get(book_id=PROPOSED)
    assert contract.agreement == 2
    assert contract.terms == {"buyout_price": "12.50", "currency": "EUR", "term_years": 5, "min_words": 1000}


def test_faults_of_the_submission_keep_the_note(bob: Client) -> None:
    response = bob.post(SUBMIT, filled(bob, SUBMIT, agreement="1", currency="", note="Strong opening"))
    assert response.status_code == 422
    assert form(response, SUBMIT)["note"] == "Strong opening"
    assert not Contract.objects.filter(book_id=PROPOSED).exists()


def test_a_double_submission_begins_one_round(bob: Client) -> None:
    sent = filled(bob, SUBMIT, agreement="1", note="")
    assert [bob.post(SUBMIT, sent).status_code for _press in range(2)] == [302, 302]
    assert ContractLog.objects.filter(book_id=PROPOSED).count() == 1


def test_a_submission_of_another_proposal_than_was_seen_is_refused(charlie: Client, bob: Client) -> None:
    seen = filled(bob, SUBMIT, agreement="1", note="As agreed on the telephone")
    again = reverse("desk:propose", args=[PROPOSED])
    assert charlie.post(again, filled(charlie, again, **{**TERMS, "share_ratio": "60"})).status_code == 302
    response = bob.post(SUBMIT, seen)
    assert response.status_code == 409
    assert "As agreed on the telephone" in text(response)
    assert not Contract.objects.filter(book_id=PROPOSED).exists()


def test_what_was_submitted_meanwhile_is_told_with_the_name(bob: Client) -> None:
    seen = filled(bob, SUBMIT, agreement="1", note="second window")
    first = filled(bob, SUBMIT, agreement="1", note="")
    bob.post(SUBMIT, first)
    response = bob.post(SUBMIT, seen)
    assert response.status_code == 409
    assert "Bob changed this contract while you looked at it" in text(response)
    assert "second window" in text(response)


@pytest.mark.parametrize("revision", ["", "abc", "1.5"])
def test_a_revision_that_is_no_number_is_no_form_of_ours(bob: Client, revision: str) -> None:
    assert bob.post(SUBMIT, filled(bob, SUBMIT, revision=revision)).status_code == 400


def test_nothing_to_submit_leads_to_the_facts(bob: Client) -> None:
    response = bob.get(reverse("desk:submit", args=[IN_AUDIT]))
    assert response.headers["Location"] == reverse("desk:contract", args=[IN_AUDIT])


def test_a_book_that_nobody_proposed_cannot_be_submitted(case: Journey, bob: Client) -> None:
    address = reverse("desk:submit", args=[IDLE])
    response = bob.post(address, {**TERMS, "request_id": "b" * 32, "revision": "0", "note": "kept"})
    assert response.status_code == 409
    assert "kept" in text(response)
