"""Messages to authors: real letters over SMTP, one row per attempt, one letter in the end (R8, R35, R47, R110)."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.urls import resolve
from pytest_django.fixtures import Settings

from inkseal import outbox, vault
from inkseal.catalog.models import AuthorAccount, Book
from inkseal.contracts.enums import SendBackTo, SendReason
from inkseal.contracts.send_back import NewFinding
from inkseal.notices.errors import MailServerError
from inkseal.notices.models import Delivery, Message
from inkseal.notices.send import send_notice
from inkseal.notices.texts import built_in
from inkseal.notices.wording import TEXT_PLACES, fill
from inkseal.outbox.models import OutboxEffect
from inkseal.project import handlers
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey, reason
from tests.integration.mail_server import Letterbox

assert handlers.__name__  # importing it registers what runs each kind of effect


@pytest.fixture
def port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def no_server(settings: Settings, port: int) -> None:
    """Mail goes to where nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.fixture
def letterbox(no_server: None, port: int) -> Iterator[Letterbox]:
    """A mail server that keeps letters."""
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def journey(db: None, now: datetime) -> Journey:
    """Book 77 of Alice."""
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    return Journey(now)


def relay(at: datetime) -> None:
    while outbox.run_due(lambda: at, owner="test"):
        pass


def notices() -> list[OutboxEffect]:
    return list(OutboxEffect.objects.filter(kind="notice.send").order_by("id"))


def test_r35_submission_writes_to_the_author_and_keeps_what_was_written(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_submitted()
    assert not Message.objects.exists()
    relay(journey.tick())
    (mail,) = letterbox.letters
    assert letterbox.recipients == ["alice@example.org"]
    assert mail["Subject"].strip() == "Your book “The Lantern Ferry” has been chosen for contract"
    row = Message.objects.get()
    assert (row.book_id, row.author_id, row.send_reason, row.route, row.status) == (77, 1001, 1, 1, 1)
    assert (row.sender_name, row.error, row.sent_at) == ("Bob", None, journey.now)
    assert row.text.replace("\n", "") == mail.get_content().replace("\r\n", "").replace("\n", "")
    link = next(line for line in row.text.splitlines() if line.startswith(settings.BASE_URL))
    assert resolve(urlsplit(link).path).app_name == "portal"


def test_r8_the_address_is_kept_sealed(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_submitted()
    relay(journey.now)
    token = Message.objects.get().email_en or ""
    assert "alice" not in token
    assert vault.open_sealed("author:1001", "oversea_signonline_msg", "email_en", token) == "alice@example.org"
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed("author:1002", "oversea_signonline_msg", "email_en", token)


def test_r47_the_whole_walk_sends_one_two_and_three(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_audit()
    relay(journey.now)
    journey.send_back(SendBackTo.INFORMATION, NewFinding("realname", reason(), "Both names, please."))
    relay(journey.now)
    journey.correct_and_hand_in()
    journey.approve()
    journey.seal()
    relay(journey.now)
    assert list(Message.objects.order_by("id").values_list("send_reason", "sender_name")) == [
        (1, "Bob"),
        (2, "Dora"),
        (3, "system"),
    ]
    assert len(letterbox.letters) == 3
    assert journey.state.progress == 40


def test_a_refusal_is_explained_in_the_letter(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_audit()
    journey.send_back(SendBackTo.INFORMATION, NewFinding("realname", reason(), "Both names, please."))
    relay(journey.now)
    text = Message.objects.get(send_reason=2).text
    assert "The name must match the passport." in text
    assert "Both names, please." in text


def test_authors_are_written_to_in_their_language(journey: Journey, letterbox: Letterbox) -> None:
    write_book(78, 1002, "灰港", now=journey.now)
    other = Journey(journey.now, book_id=78, author_id=1002).to_submitted()
    relay(other.now)
    (mail,) = letterbox.letters
    assert letterbox.recipients == ["bea@example.org"]
    assert "灰港" in mail["Subject"]
    assert "chosen" not in mail["Subject"]


def test_a_server_that_is_away_costs_one_row_per_attempt_and_one_letter(
    journey: Journey, no_server: None, port: int
) -> None:
    journey.to_submitted()
    relay(journey.now)
    (row,) = Message.objects.all()
    assert (row.status, row.error) == (-1, "ConnectionRefusedError")
    (effect,) = notices()
    assert (effect.state, effect.attempts, effect.last_error) == ("pending", 1, "MailServerError")
    assert effect.due_at > journey.now
    relay(journey.now)
    assert Message.objects.count() == 1  # not due yet
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        relay(effect.due_at)
        relay(effect.due_at + timedelta(hours=2))
    finally:
        server.stop()
    assert list(Message.objects.order_by("id").values_list("status", flat=True)) == [-1, 1]
    assert len(box.letters) == 1
    assert notices()[0].state == "done"


@pytest.mark.parametrize("answer", ["451 Try again", "550 No such mailbox", "552 Too much"])
def test_a_server_that_refuses_is_asked_again(journey: Journey, letterbox: Letterbox, answer: str) -> None:
    letterbox.refusals = [answer, answer]
    journey.to_submitted()
    for hours in range(3):
        relay(journey.now + timedelta(hours=hours))
    assert list(Message.objects.order_by("id").values_list("status", flat=True)) == [-1, -1, 1]
    assert set(Message.objects.filter(status=-1).values_list("error", flat=True)) == {"SMTPDataError"}
    assert len(letterbox.letters) == 1


def test_a_failure_quotes_neither_address_nor_answer(journey: Journey, letterbox: Letterbox) -> None:
    letterbox.refusals = ["550 alice@example.org is unknown"]
    journey.to_submitted()
    relay(journey.now)
    assert "alice" not in (Message.objects.get().error or "")
    assert "alice" not in notices()[0].last_error
    error = MailServerError("SMTPDataError")
    assert (str(error), error.kind) == ("SMTPDataError", "SMTPDataError")


def test_an_effect_that_is_run_again_sends_nothing_more(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_submitted()
    relay(journey.now)
    effect = notices()[0]
    again = outbox.Effect(effect.id, effect.kind, effect.key, {"cbid": 77, "reason": 1, "sender": "Bob"}, 2)
    send_notice(again, journey.now)
    assert len(letterbox.letters) == Message.objects.count() == Delivery.objects.count() == 1


def test_copies_that_a_crash_makes_are_recognised_by_their_id(journey: Journey, letterbox: Letterbox) -> None:
    """Between the server's answer and the row a worker may die: the second copy carries the same Message-ID."""
    journey.to_submitted()
    relay(journey.now)
    Delivery.objects.all().delete()
    OutboxEffect.objects.filter(kind="notice.send").update(state="pending")
    relay(journey.now)
    first, second = letterbox.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_different_messages_have_different_ids(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_audit()
    journey.send_back()
    relay(journey.now)
    assert len({mail["Message-ID"] for mail in letterbox.letters}) == 2


def test_an_author_without_an_account_is_no_reason_to_lose_the_effect(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_submitted()
    AuthorAccount.objects.all().delete()
    relay(journey.now)
    assert notices()[0].state == "pending"
    assert letterbox.letters == []


def test_a_title_with_line_ends_makes_no_header(journey: Journey, letterbox: Letterbox) -> None:
    """A-42"""
    Book.objects.update(title="Ferry\r\nBcc: mallory@example.org\r\n\r\n100% free")
    journey.to_submitted()
    relay(journey.now)
    (mail,) = letterbox.letters
    assert mail["Bcc"] is None
    assert letterbox.recipients == ["alice@example.org"]
    assert "Ferry Bcc: mallory@example.org 100% free" in str(mail["Subject"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("why", list(SendReason))
def test_every_message_names_the_book_and_the_page(why: SendReason, language: str) -> None:
    facts = {"title": "灯渡", "link": "https://sign.example/author/77/", "reason": "Names.", "details": "Both names."}
    made = fill(built_in(why, language), facts)
    assert "灯渡" in made.subject
    assert "灯渡" in made.text
    assert "https://sign.example/author/77/" in made.text
    assert ("Names.\n\nBoth names." in made.text) == (why is SendReason.AUDIT_REFUSED)
    assert "{" not in made.subject + made.text


@pytest.mark.parametrize("why", list(SendReason))
def test_every_message_is_translated(why: SendReason) -> None:
    facts = dict.fromkeys(TEXT_PLACES, "T")
    english = fill(built_in(why, "en"), facts)
    chinese = fill(built_in(why, "zh-hans"), facts)
    assert english.subject != chinese.subject
    assert english.text != chinese.text
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese.text)
