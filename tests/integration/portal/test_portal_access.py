"""Nobody reads another's contract; every unsafe route wants the CSRF token; hostile text stays text (A-44)."""

import re
from typing import Final

import pytest
from django.test import Client
from django.urls import URLPattern

from inkseal.catalog.models import Author, Book
from inkseal.portal import urls
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book
from inkseal.project.demo.story import INFORMATION, Story
from tests.integration.portal.kit import ALICE, place, signed_in, text, value_of

pytestmark = pytest.mark.django_db

ATTACKS: Final = (
    "<script>alert(1)</script>",
    '"><img src=file:///etc/passwd onerror=alert(1)>',
    "{{7*7}}{% load static %}",
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
)
#: Addresses with their placeholders filled in, of one book.
OF_A_BOOK: Final = [pattern for pattern in urls.urlpatterns if "book_id" in str(pattern.pattern)]


def address(pattern: URLPattern, book_id: int) -> str:
    path = str(pattern.pattern).replace("<int:book_id>", str(book_id))
    path = path.replace("<sha256:content_hash>", "0" * 64)
    return "/author/" + re.sub(r"<int:\w+>", "1", path)


@pytest.mark.parametrize("pattern", OF_A_BOOK, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_authors_book_is_answered_like_one_that_does_not_exist(
    story: Story, bea: Client, pattern: URLPattern, method: str
) -> None:
    theirs = getattr(bea, method)(address(pattern, 77), {"realname": "Mallory"})
    nobodys = getattr(bea, method)(address(pattern, 4_000_000), {"realname": "Mallory"})
    assert theirs.status_code == nobodys.status_code
    assert theirs.status_code in {404, 405}
    assert _without_path(theirs, 77) == _without_path(nobodys, 4_000_000)


@pytest.mark.parametrize("pattern", OF_A_BOOK, ids=lambda pattern: pattern.name)
def test_who_is_not_signed_in_sees_nothing(story: Story, client: Client, pattern: URLPattern) -> None:
    for answer in (client.get(address(pattern, 77)), client.post(address(pattern, 77))):
        assert answer.status_code in {302, 405}
        assert "The Lantern Ferry" not in text(answer)


@pytest.mark.parametrize("pattern", urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_every_unsafe_route_wants_the_csrf_token(story: Story, pattern: URLPattern) -> None:
    strict = signed_in(ALICE.id, enforce_csrf_checks=True)
    for content in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
        answer = strict.post(address(pattern, 77), data="{}", content_type=content)
        assert answer.status_code in {403, 405}


def test_the_name_of_an_author_in_a_request_is_not_listened_to(story: Story, bea: Client) -> None:
    answer = bea.post(place("basic"), {"author": "1001", "cauthorid": "1001", "portal_author": "1001"})
    assert answer.status_code == 404


def test_a_number_beyond_every_column_is_unknown(alice: Client) -> None:
    assert alice.get(f"/author/{'9' * 60}").status_code == 404


def test_without_the_script_the_autosave_sends_strangers_to_sign_in(story: Story, client: Client) -> None:
    answer = client.post(place("information/field"), {"realname": "x"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/author/sign-in")


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_titles_and_names_stay_text(world: None, attack: str) -> None:
    Author.objects.filter(id=ALICE.id).update(pen_name=attack)
    write_book(99, ALICE.id, attack, now=database_now())
    told = Story(99, ALICE.id)
    told.propose()
    told.submit()
    told.declare()
    alice = signed_in(ALICE.id)
    filled = {**INFORMATION, **dict.fromkeys(("realname", "address", "bank", "job", "contactname"), attack)}
    alice.post(place("information", 99), filled)
    assert alice.get(place("preview", 99)).status_code == 200
    alice.post(place("back", 99), {"to": "information"})
    for page in ("/author/", "/author/99", place("information", 99), place("basic", 99)):
        shown = text(alice.get(page, follow=True))
        assert attack not in shown or "<" not in attack
        assert "49{%" not in shown
    assert value_of(alice.get(place("information", 99)), "realname") == attack


@pytest.mark.parametrize("page", ["", "basic", "information", "preview", "pages"])
def test_pages_have_no_inline_script_or_style(story: Story, alice: Client, page: str) -> None:
    if page not in {"", "basic"}:
        story.declare()
    if page in {"preview", "pages"}:
        story.fill_in()
    if page == "pages":
        story.confirm()
    answer = alice.get("/author/" if not page else place(page))
    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]* src=)|\sstyle=|\son\w+=|javascript:", text(answer))
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("page", ["basic", "information"])
def test_every_control_has_a_name_that_is_read_out(story: Story, alice: Client, page: str) -> None:
    if page == "information":
        story.declare()
    shown = text(alice.get(place(page)))
    controls = re.findall(r'<(?:input|select|textarea)[^>]* id="(f-\w+)"', shown)
    assert controls
    for control in controls:
        assert f'for="{control}"' in shown


def test_the_book_of_an_author_who_has_no_contract_is_unknown(bea: Client) -> None:
    assert Book.objects.filter(id=88).exists()
    assert bea.get("/author/88").status_code == 404


def _without_path(answer: object, book_id: int) -> str:
    shown = text(answer).replace(f"/author/{book_id}", "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", shown)
