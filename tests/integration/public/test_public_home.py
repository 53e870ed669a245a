"""The start page, the demo's mail box, and the language: open to anybody, so nothing private stands there."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inkseal.project.demo.people import PASSWORD
from inkseal.project.mailbox import Mail, MailFolder
from inkseal.public.views.mailbox import letter
from tests.integration.desk.pages import text

HOME, BOX, LANGUAGE = "/", "/demo/mail", "/language"


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Path:
    """Demo mode with an empty mail box."""
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    return tmp_path / "mailbox"


def keep(folder: Path, subject: str, content: str) -> None:
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(content)
    MailFolder(folder).keep(message.as_bytes(), ["alice@example.org"])


def test_the_start_page_has_three_doors(stranger: Client) -> None:
    page = stranger.get(HOME).content.decode()
    for door in ("/author/", "/desk/", "/verify"):
        assert f'href="{door}"' in page


def test_outside_demo_mode_no_password_and_no_person_is_shown(stranger: Client) -> None:
    page = stranger.get(HOME).content.decode()
    assert PASSWORD not in page
    assert "alice@example.org" not in page
    assert BOX not in page


def test_demo_mode_tells_how_each_person_signs_in(stranger: Client, demo: Path) -> None:
    words = text(stranger.get(HOME))
    for told in (PASSWORD, "alice@example.org", "charlie", "bob", "dora", "Chief editor", "the code in the mail box"):
        assert told in words


def test_there_is_no_mail_box_outside_demo_mode(stranger: Client) -> None:
    assert stranger.get(BOX).status_code == 404


def test_an_empty_mail_box_says_what_comes_here(stranger: Client, demo: Path) -> None:
    assert "No letter yet." in text(stranger.get(BOX))


def test_the_newest_letter_stands_first(stranger: Client, demo: Path) -> None:
    keep(demo, "First", "the first")
    keep(demo, "Second", "the second")
    words = text(stranger.get(BOX))
    assert words.index("Second") < words.index("First")
    assert "alice@example.org" in words


def test_letters_are_kept_by_no_cache(stranger: Client, demo: Path) -> None:
    assert "no-store" in stranger.get(BOX).headers["Cache-Control"]


def test_a_letter_with_markup_is_text(stranger: Client, demo: Path) -> None:
    keep(demo, "<b>Hello</b>", '<script>alert(1)</script> http://x/"><img src=x>')
    page = stranger.get(BOX).content.decode()
    assert "<b>Hello" not in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("see http://127.0.0.1:8000/author/7001 now", '<a href="http://127.0.0.1:8000/author/7001">'),
        ("https://inkseal.example/a?b=1", '<a href="https://inkseal.example/a?b=1">'),
    ],
)
def test_addresses_in_letters_are_links(written: str, shown: str) -> None:
    assert shown in letter(Mail(datetime(2026, 11, 21, tzinfo=UTC), "a", "s", written)).text


@pytest.mark.parametrize("written", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//evil.example", "http://"])
def test_other_things_are_no_links(written: str) -> None:
    assert "<a " not in letter(Mail(datetime(2026, 11, 21, tzinfo=UTC), "a", "s", written)).text


def test_a_link_ends_where_a_quote_would_end_it() -> None:
    shown = letter(Mail(datetime(2026, 11, 21, tzinfo=UTC), "a", "s", "http://x/'onmouseover='alert(1)")).text
    assert '<a href="http://x/">' in shown


def test_the_language_is_kept_in_a_cookie(stranger: Client) -> None:
    response = stranger.post(LANGUAGE, {"language": "zh-hans", "next": "/verify"})
    assert response.headers["Location"] == "/verify"
    assert response.cookies["django_language"].value == "zh-hans"
    assert stranger.get(HOME).headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///x"]
)
def test_the_language_switch_never_leads_to_another_site(stranger: Client, elsewhere: str) -> None:
    response = stranger.post(LANGUAGE, {"language": "en", "next": elsewhere}, headers={"referer": elsewhere})
    assert response.status_code == 302
    assert response.headers["Location"] == "/"


def test_a_language_that_there_is_not_changes_nothing(stranger: Client) -> None:
    response = stranger.post(LANGUAGE, {"language": "xx", "next": "/"})
    assert "django_language" not in response.cookies


def test_the_language_is_not_changed_by_a_link(stranger: Client) -> None:
    assert stranger.get(LANGUAGE).status_code == 405


@pytest.mark.parametrize("address", [HOME, "/verify"])
def test_public_pages_forbid_inline_script_and_style(stranger: Client, address: str) -> None:
    response = stranger.get(address)
    page = response.content.decode()
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="module" src=')


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", [HOME, BOX])
def test_pages_to_read_are_only_read(stranger: Client, address: str, method: str) -> None:
    assert getattr(stranger, method)(address).status_code == 405
