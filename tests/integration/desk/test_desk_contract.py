"""The contract's own page at its later stations: sent back, sealed, told; and the log's words for who did what."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from inkseal import ids, vault
from inkseal.contracts.desk_view import LogRow
from inkseal.contracts.enums import Progress, SendBackTo, SendReason
from inkseal.contracts.models import Contract
from inkseal.core.actor import RESPONSIBILITY, Role
from inkseal.desk.situation import situation
from inkseal.desk.templatetags.desk import actor_words, when, who
from inkseal.notices.models import Message, Route, SendStatus
from inkseal.project.clock import database_now
from inkseal.project.demo.people import staff_member
from tests.integration.contracts.journey import Journey
from tests.integration.desk.pages import IDLE, IN_AUDIT, PROPOSED, TOLD, text

MOMENT = datetime(2026, 11, 21, 13, 12, 5, tzinfo=UTC)
PAGE = reverse("desk:contract", args=[IN_AUDIT])


def message(reason: SendReason, status: SendStatus, words: str = "Hello Alice") -> None:
    subject = vault.author_subject(1001)
    Message.objects.create(
        id=ids.next_id("row"),
        book_id=IN_AUDIT,
        author_id=1001,
        send_reason=reason,
        text=words,
        sent_at=database_now(),
        route=Route.EMAIL,
        email_en=vault.seal(subject, "oversea_signonline_msg", "email_en", "alice@example.org"),
        status=status,
        sender_name="Bob",
    )


def log_row(role: Role, actor: str = "Dora") -> LogRow:
    return LogRow(MOMENT, actor, RESPONSIBILITY[role], Progress.UPLOADED, "Contract uploaded", "")


def test_a_book_without_contract_shows_what_is_known(charlie: Client) -> None:
    words = text(charlie.get(reverse("desk:contract", args=[IDLE])))
    assert "Nothing yet." in words
    assert "The author has written nothing yet." in words
    assert "Propose this book" in words


def test_a_proposal_is_shown_with_its_terms(bob: Client) -> None:
    words = text(bob.get(reverse("desk:contract", args=[PROPOSED])))
    assert "Charlie" in words
    assert "30,000 words a month" in words
    assert "Look at the proposal" in words


def test_a_step_is_offered_only_to_whose_it_is(charlie: Client, bob: Client) -> None:
    address = reverse("desk:contract", args=[PROPOSED])
    link = reverse("desk:submit", args=[PROPOSED])
    assert link in bob.get(address).content.decode()
    assert link not in charlie.get(address).content.decode()


def test_a_refusal_stands_with_its_reason(case: Journey, bob: Client) -> None:
    case.send_back(SendBackTo.PAGES)
    words = text(bob.get(PAGE))
    assert "Sent back Dora" in words
    assert "The name must match the passport." in words
    assert "Author corrects" in words


def test_a_sealed_contract_can_be_handed_out(case: Journey, dora: Client) -> None:
    case.approve()
    case.seal()
    words = text(dora.get(PAGE))
    assert "Complete" in words
    assert "Passed Dora" in words
    address = reverse("desk:file", args=[IN_AUDIT, "sealed"])
    assert address in dora.get(PAGE).content.decode()
    assert dora.get(address).content.startswith(b"%PDF-")


def test_what_nobody_did_by_hand_was_done_by_inkseal(case: Journey, dora: Client) -> None:
    case.approve()
    case.seal()
    words = text(dora.get(PAGE))
    assert "system, System" not in words
    assert Contract.objects.get(book_id=IN_AUDIT).progress == 40


def test_messages_are_listed_and_failures_shown(dora: Client) -> None:
    message(SendReason.CHIEF_SUBMITTED, SendStatus.SENT)
    message(SendReason.AUDIT_REFUSED, SendStatus.FAILED)
    words = text(dora.get(PAGE))
    assert "Invited to fill in" in words
    assert "Told what to change Did not arrive" in words


def test_an_authors_address_is_not_shown_with_the_messages(dora: Client) -> None:
    message(SendReason.CHIEF_SUBMITTED, SendStatus.SENT)
    assert "alice@example.org" not in dora.get(PAGE).content.decode()


def test_a_message_with_markup_is_text(dora: Client) -> None:
    message(SendReason.CHIEF_SUBMITTED, SendStatus.SENT, "<script>alert(7)</script>")
    assert "<script>alert(7)" not in dora.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.SIGNING_EDITOR, "Dora, Signing editor"),
        (Role.CHIEF_EDITOR, "Dora, Chief editor"),
        (Role.SYSTEM, "Inkseal"),
        (Role.UNKNOWN, "Dora, Unknown"),
    ],
)
def test_the_log_says_who_acted_in_which_duty(role: Role, shown: str) -> None:
    assert str(who(log_row(role))) == shown


def test_an_actor_keeps_his_name() -> None:
    assert actor_words(log_row(Role.AUTHOR, "Tan Lanyue")) == "Tan Lanyue"


def test_a_time_is_short_and_exact_at_a_second_look() -> None:
    shown = str(when(MOMENT))
    assert ">21 Nov 13:12</time>" in shown
    assert 'datetime="2026-11-21T13:12:05Z"' in shown
    assert not str(when(None))


def test_a_situation_knows_only_what_came_after_the_page(case: Journey, db: None) -> None:
    dora = staff_member("dora")
    everything = situation(IN_AUDIT, dora, (database_now() - timedelta(days=2)).isoformat())
    nothing = situation(IN_AUDIT, dora, (database_now() + timedelta(days=2)).isoformat())
    assert len(everything.since) == len(everything.contract.log)
    assert nothing.since == ()
    assert nothing.last is None


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-11-21T09:00:00", "2026-13-45T00:00:00+00:00"])
def test_a_time_that_cannot_be_read_tells_nothing(case: Journey, db: None, seen: str) -> None:
    assert situation(IN_AUDIT, staff_member("dora"), seen).since == ()


def test_the_last_row_is_the_newest(case: Journey, db: None) -> None:
    whole = situation(TOLD, staff_member("bob"), "2000-01-01T00:00:00+00:00")
    assert whole.last is not None
    assert whole.last.at == max(row.at for row in whole.since)
