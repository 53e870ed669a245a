"""Signing in by e-mail code, and the attacks on it (A-38, A-39)."""

import re
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from inkseal import vault
from inkseal.outbox.models import OutboxEffect
from inkseal.portal.models import SignInCode, SignInDoor
from inkseal.portal.session import AUTHOR_KEY
from inkseal.portal.sign_in import MOST_CODES, MOST_TRIES, Verdict, ask_code, redeem
from inkseal.project import mailbox
from inkseal.project.clock import database_now
from inkseal.project.worker import work_off
from tests.integration.portal.kit import ALICE, BEA, free_port, said, signed_in, text, value_of

pytestmark = pytest.mark.django_db

ASK, CODE = "/author/sign-in", "/author/sign-in/code"
STRANGER = "mallory@example.org"


def work() -> None:
    work_off("test", Event())


def newest_code(sent: list[EmailMessage] | None = None) -> str:
    found = re.search(r"\b\d{6}\b", str((sent or mail.outbox)[-1].body))
    assert found
    return found[0]


def asked(client: Client, address: str = ALICE.email) -> str:
    """Ask for a code and return it from the mail."""
    client.post(ASK, {"email": address})
    work()
    return newest_code()


@pytest.fixture(autouse=True)
def _world(world: None) -> None:
    mail.outbox.clear()


def test_an_author_comes_in_with_the_code_from_her_mail(client: Client) -> None:
    answer = client.post(CODE, {"code": asked(client)}, follow=True)
    assert answer.redirect_chain == [("/author/", 302)]
    assert client.session[AUTHOR_KEY] == ALICE.id


def test_a_code_may_be_typed_with_spaces(client: Client) -> None:
    code = asked(client)
    client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})
    assert client.session[AUTHOR_KEY] == ALICE.id


def test_the_address_is_found_however_it_is_written(client: Client) -> None:
    code = asked(client, f"  {ALICE.email.upper()} ")
    client.post(CODE, {"code": code})
    assert client.session[AUTHOR_KEY] == ALICE.id


def test_the_mail_is_in_the_language_of_the_author(client: Client) -> None:
    asked(client, BEA.email)
    assert mail.outbox[-1].to == [BEA.email]
    assert "你" in mail.outbox[-1].subject
    assert "只能使用一次" in str(mail.outbox[-1].body)


def test_the_code_goes_over_smtp(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    server = mailbox.start(tmp_path, settings.EMAIL_PORT)
    try:
        client.post(ASK, {"email": ALICE.email})
        work()
    finally:
        server.stop()
    (letter,) = mailbox.received(5, tmp_path)
    assert letter.to == ALICE.email
    assert re.search(r"\b\d{6}\b", letter.text)


def test_a_mail_server_that_is_away_loses_no_code(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    client.post(ASK, {"email": ALICE.email})
    work()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutboxEffect.objects.update(due_at=database_now())
    work()
    client.post(CODE, {"code": newest_code()})
    assert client.session[AUTHOR_KEY] == ALICE.id


def test_a_code_that_came_too_late_is_not_mailed_any_more(client: Client) -> None:
    client.post(ASK, {"email": ALICE.email})
    SignInCode.objects.update(expires_at=database_now())
    work()
    assert not mail.outbox


def test_an_unknown_address_gets_exactly_the_same_answers() -> None:
    answers = []
    for address in (ALICE.email, STRANGER):
        client = Client()
        asked_for = client.post(ASK, {"email": address}, follow=True)
        tried = client.post(CODE, {"code": "000000"})
        answers.append([_without_token(text(page)) for page in (asked_for, tried)] + [tried.status_code])
    assert answers[0] == answers[1]


def test_an_unknown_address_leaves_the_same_rows() -> None:
    counts = []
    for address in (ALICE.email, STRANGER):
        before = SignInCode.objects.count(), SignInDoor.objects.count(), OutboxEffect.objects.count()
        ask_code(address, now=database_now())
        after = SignInCode.objects.count(), SignInDoor.objects.count(), OutboxEffect.objects.count()
        counts.append(tuple(a - b for a, b in zip(after, before, strict=True)))
    assert counts == [(1, 1, 1), (1, 1, 1)]


def test_no_mail_is_sent_for_an_unknown_address(client: Client) -> None:
    client.post(ASK, {"email": STRANGER})
    work()
    assert not mail.outbox


def test_a_code_works_once(client: Client) -> None:
    code = asked(client)
    client.post(CODE, {"code": code})
    thief = Client()
    thief.post(ASK, {"email": ALICE.email})
    answer = thief.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert "used already" in said(answer)
    assert AUTHOR_KEY not in thief.session


def test_a_used_code_spends_the_other_ones_too(client: Client) -> None:
    older = asked(client)
    client.post(CODE, {"code": asked(client)})
    digest = vault.blind_index("email", ALICE.email)
    assert redeem(digest, older, now=database_now()).verdict is Verdict.USED


def test_a_code_works_for_ten_minutes() -> None:
    now = database_now()
    digest = ask_code(ALICE.email, now=now).address_digest
    work()
    code = newest_code()
    assert redeem(digest, code, now=now + timedelta(minutes=10)).verdict is Verdict.EXPIRED
    inside = redeem(digest, code, now=now + timedelta(minutes=9, seconds=59))
    assert (inside.verdict, inside.author_id) == (Verdict.RIGHT, ALICE.id)


def test_an_expired_code_is_answered_at_its_field(client: Client) -> None:
    code = asked(client)
    SignInCode.objects.update(expires_at=database_now())
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert "older than 10 minutes" in said(answer)
    assert value_of(answer, "code") == code


def test_ten_tries_are_all_there_are_even_for_the_right_code(client: Client) -> None:
    code = asked(client)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(MOST_TRIES):
        assert client.post(CODE, {"code": wrong}).status_code == 422
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 429
    assert "wait 15 minutes" in said(answer)
    assert AUTHOR_KEY not in client.session


def test_tries_from_many_browsers_count_together() -> None:
    code = asked(Client())
    verdicts = []
    for _ in range(MOST_TRIES + 1):
        thief = Client()
        thief.post(ASK, {"email": ALICE.email})
        verdicts.append(thief.post(CODE, {"code": "x"}).status_code)
    assert verdicts == [422] * MOST_TRIES + [429]
    assert redeem(vault.blind_index("email", ALICE.email), code, now=database_now()).verdict is Verdict.TOO_MANY


def test_tries_are_forgotten_after_a_quarter_of_an_hour() -> None:
    now = database_now()
    digest = ask_code(ALICE.email, now=now).address_digest
    for _ in range(MOST_TRIES):
        redeem(digest, "x", now=now)
    assert redeem(digest, "x", now=now + timedelta(minutes=14, seconds=59)).verdict is Verdict.TOO_MANY
    assert redeem(digest, "x", now=now + timedelta(minutes=15)).verdict is Verdict.WRONG


def test_the_brute_force_of_one_author_locks_no_other(client: Client) -> None:
    digest = ask_code(ALICE.email, now=database_now()).address_digest
    for _ in range(MOST_TRIES + 1):
        redeem(digest, "x", now=database_now())
    client.post(CODE, {"code": asked(client, BEA.email)})
    assert client.session[AUTHOR_KEY] == BEA.id


@pytest.mark.parametrize("address", [ALICE.email, STRANGER])
def test_only_so_many_codes_are_sent_in_a_quarter_of_an_hour(client: Client, address: str) -> None:
    for _ in range(MOST_CODES):
        assert client.post(ASK, {"email": address}).status_code == 302
    answer = client.post(ASK, {"email": address})
    assert answer.status_code == 429
    assert "Five codes were asked for" in said(answer)
    assert SignInCode.objects.count() == MOST_CODES


def test_one_code_opens_no_other_authors_door(client: Client) -> None:
    code = asked(client)
    other = Client()
    other.post(ASK, {"email": BEA.email})
    assert other.post(CODE, {"code": code}).status_code == 422
    assert AUTHOR_KEY not in other.session


def test_a_session_key_planted_before_is_worth_nothing_after(client: Client) -> None:
    code = asked(client)
    planted = client.cookies["sessionid"].value
    client.post(CODE, {"code": code})
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/author/").status_code == 302


def test_signing_out_kills_the_old_session(alice: Client) -> None:
    old = alice.cookies["sessionid"].value
    alice.post("/author/sign-out")
    copy = Client()
    copy.cookies["sessionid"] = old
    assert alice.get("/author/").status_code == 302
    assert copy.get("/author/").status_code == 302


def test_signing_out_needs_a_post(alice: Client) -> None:
    assert alice.get("/author/sign-out").status_code == 405
    assert alice.get("/author/").status_code == 200


def test_the_session_of_an_author_who_is_gone_opens_nothing(world: None) -> None:
    assert signed_in(999_999).get("/author/").status_code == 302


def test_a_code_without_having_asked_leads_back_to_the_address(client: Client) -> None:
    answer = client.post(CODE, {"code": "123456"})
    assert (answer.status_code, answer.headers["Location"]) == (302, ASK)


@pytest.mark.parametrize(
    "address", ["", "alice", "alice@", "@example.org", "a b@example.org", "a@b", "x" * 260 + "@e.org"]
)
def test_what_is_no_address_is_said_at_the_field_and_kept(client: Client, address: str) -> None:
    answer = client.post(ASK, {"email": address})
    assert answer.status_code == 422
    assert "such as name@example.org" in said(answer)
    assert value_of(answer, "email") == address.strip()
    assert not SignInDoor.objects.exists()


def test_the_page_that_was_wanted_is_shown_after_signing_in(client: Client) -> None:
    wanted = client.get("/author/77/pages").headers["Location"]
    assert wanted == "/author/sign-in?next=%2Fauthor%2F77%2Fpages"
    client.post(ASK, {"email": ALICE.email, "next": "/author/77/pages"})
    work()
    answer = client.post(CODE, {"code": newest_code(), "next": "/author/77/pages"})
    assert answer.headers["Location"] == "/author/77/pages"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(client: Client, wanted: str) -> None:
    code = asked(client)
    assert client.post(CODE, {"code": code, "next": wanted}).headers["Location"] == "/author/"


def test_no_row_holds_an_address_or_a_code_in_clear(client: Client) -> None:
    code = asked(client)
    for model in (SignInCode, SignInDoor, OutboxEffect):
        rows = str(list(model._default_manager.values()))
        assert ALICE.email not in rows
        assert f"'{code}'" not in rows
        assert f'"{code}"' not in rows


def test_old_codes_and_doors_are_swept_away() -> None:
    now = database_now()
    ask_code(STRANGER, now=now - timedelta(days=3))
    ask_code(ALICE.email, now=now)
    assert SignInCode.objects.count() == 1
    assert SignInDoor.objects.count() == 1


def test_signing_in_needs_the_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ASK, {"email": ALICE.email}).status_code == 403
    assert not SignInCode.objects.exists()


def test_the_message_of_a_wrong_code_stands_at_the_field(client: Client) -> None:
    client.post(ASK, {"email": ALICE.email})
    answer = client.post(CODE, {"code": "1"})
    assert 'aria-invalid="true"' in text(answer)
    assert "This code is not right" in said(answer)


def _without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
