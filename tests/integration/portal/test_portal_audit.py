"""What the author sees after handing in: waiting, sent back with the reasons beside the things, sealed."""

from threading import Event

import pytest
from django.test import Client

from inkseal.contracts.access import acting_as
from inkseal.contracts.desk_view import audit_case
from inkseal.contracts.enums import Page, SendBackTo
from inkseal.contracts.send_back import NewFinding, send_back
from inkseal.core.actor import Role
from inkseal.project.clock import database_now
from inkseal.project.demo.people import staff_member
from inkseal.project.demo.story import Story
from inkseal.project.worker import work_off
from tests.integration.portal.kit import (
    contract_of,
    form,
    information,
    place,
    said,
    text,
    upload_all,
    value_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(story: Story, alice: Client) -> Story:
    """Alice's book in audit; her family name is missing."""
    story.declare()
    story.fill_in({"realname": "Alice"})
    story.confirm()
    alice.post(place("pages/hand-in"), form(upload_all(alice, story)))
    return story


def refuse(story: Story, to: SendBackTo, target: str, note: str, *, reason: int = 0) -> None:
    """Send the contract back with one finding, for the configured reason of that place in the list."""
    dora = acting_as(staff_member("dora"), Role.SIGNING_EDITOR)
    now = database_now()
    case = audit_case(story.book_id, actor=dora, now=now)
    send_back(
        story.book_id,
        to,
        revision=case.contract.revision,
        reason_id=case.reasons[0].id,
        reason="Nearly there: <b>the name</b> must match.",
        findings=[NewFinding(target, case.reasons[reason].id, note)],
        actor=dora,
        request=None,
        now=now,
    )


def test_the_reason_stands_beside_the_thing_with_what_was_sent_and_what_is_right(
    handed_in: Story, alice: Client
) -> None:
    refuse(handed_in, SendBackTo.INFORMATION, "realname", "Please write both names.")
    answer = alice.get("/author/77", follow=True)
    assert answer.redirect_chain[-1][0] == place("sent-back")
    words = said(answer)
    assert "Please change one thing" in words
    assert "Dora, your editor" in words
    assert "Please write both names." in words
    assert "You sent Alice" in words
    assert "Right Given name and family name" in words
    assert value_of(answer, "realname") == "Alice"


def test_what_an_editor_wrote_stays_text(handed_in: Story, alice: Client) -> None:
    refuse(handed_in, SendBackTo.INFORMATION, "realname", "<script>alert(1)</script>")
    page = text(alice.get(place("sent-back")))
    assert "<script>alert" not in page
    assert "&lt;b&gt;the name&lt;/b&gt;" in page


def test_a_correction_beside_its_reason_is_kept_and_the_reason_stays(handed_in: Story, alice: Client) -> None:
    refuse(handed_in, SendBackTo.INFORMATION, "realname", "Please write both names.")
    shown = alice.get(place("sent-back"))
    answer = alice.post(place("sent-back"), {**form(shown), "realname": "Alice Tan"}, follow=True)
    assert answer.redirect_chain[-1][0] == place("information")
    assert value_of(answer, "realname") == "Alice Tan"
    words = said(answer)
    assert "Please write both names." in words
    assert "From your editor Changed" in words


def test_leaving_the_page_twice_is_harmless(handed_in: Story, alice: Client) -> None:
    refuse(handed_in, SendBackTo.INFORMATION, "realname", "Please write both names.")
    sent = {**form(alice.get(place("sent-back"))), "realname": "Alice Tan"}
    assert [alice.post(place("sent-back"), sent).status_code for _ in range(2)] == [302, 302]
    assert contract_of(handed_in).page is Page.INFORMATION


def test_a_page_that_was_sent_back_is_asked_for_again_and_the_others_stay(handed_in: Story, alice: Client) -> None:
    refuse(handed_in, SendBackTo.PAGES, "page:3", "A word was struck out by hand.", reason=3)
    words = said(alice.get(place("sent-back")))
    assert "Page 3 To change" in words
    answer = alice.post(place("sent-back"), form(alice.get(place("sent-back"))), follow=True)
    assert answer.redirect_chain[-1][0] == place("pages")
    words = said(answer)
    assert "A word was struck out by hand." in words
    assert "Photograph page 3" in words
    assert f"{contract_of(handed_in).page_count} of" in words


def test_a_form_of_before_the_submission_changes_nothing(handed_in: Story, alice: Client) -> None:
    answer = alice.post(place("information"), information())
    assert answer.status_code == 409
    assert "Your editor is looking at it" in said(answer)


def test_the_approved_contract_is_sealed_and_given_to_its_author_only(
    handed_in: Story, alice: Client, bea: Client
) -> None:
    assert alice.get(place("complete/sealed.pdf")).status_code == 404
    handed_in.approve()
    assert "The company’s seal follows" in said(alice.get(place("waiting")))
    work_off("test", Event())
    answer = alice.get("/author/77", follow=True)
    assert answer.redirect_chain[-1][0] == place("complete")
    assert "The contract is complete" in said(answer)
    sealed = alice.get(place("complete/sealed.pdf"))
    assert sealed.content.startswith(b"%PDF")
    assert sealed.headers["Content-Disposition"].startswith("attachment")
    assert bea.get(place("complete/sealed.pdf")).status_code == 404
    assert "Complete" in said(alice.get("/author/"))
