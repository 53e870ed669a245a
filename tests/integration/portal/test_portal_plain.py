"""Pages with one sentence and one action: errors, rest, and what is not set up yet."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from inkseal.contracts.enums import Progress, Validity
from inkseal.contracts.models import Contract, SigningStep, TemplateChoice
from inkseal.project.demo.story import Story
from tests.integration.portal.kit import ALICE, contract_of, place, said, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("en", "This page is not here"), ("zh-hans", "没有这个页面")])
def test_an_unknown_address_is_answered_in_the_readers_language(client: Client, language: str, words: str) -> None:
    answer = client.get("/author/nothing", headers={"accept-language": language})
    assert answer.status_code == 404
    assert words in said(answer)
    assert f'lang="{language}"' in text(answer)


def test_a_page_that_was_open_too_long_says_that_nothing_was_changed(world: None) -> None:
    answer = signed_in(ALICE.id, enforce_csrf_checks=True).post("/author/sign-out")
    assert answer.status_code == 403
    assert "Nothing was changed" in said(answer)


@pytest.mark.parametrize("template", ["400.html", "403.html", "500.html"])
def test_error_pages_need_no_request_and_no_database(template: str) -> None:
    page = render_to_string(template)
    assert re.search(r"<h1>[^<]+</h1>", page)
    assert 'href="/"' in page


@pytest.mark.parametrize(
    ("progress", "words"),
    [(Progress.SUSPENDED, "Paused by your editor"), (Progress.ABANDONED, "Ended without a contract")],
)
def test_a_resting_contract_asks_for_nothing(story: Story, alice: Client, progress: Progress, words: str) -> None:
    story.declare()
    Contract.objects.filter(book_id=77).update(progress=progress)
    answer = alice.get("/author/77", follow=True)
    assert answer.redirect_chain[-1][0] == place("resting")
    assert words in said(answer)
    assert words in said(alice.get("/author/"))
    assert alice.get(place("information")).status_code == 409


def test_a_domestic_page_number_is_shown_as_nothing_to_do(story: Story, alice: Client) -> None:
    story.declare()
    SigningStep.objects.filter(book_id=77).update(page=30)
    assert "Nothing to do yet" in said(alice.get("/author/77", follow=True))


def test_a_contract_that_is_not_set_up_keeps_what_was_saved(story: Story, alice: Client) -> None:
    story.declare()
    story.fill_in()
    before = contract_of(story)
    TemplateChoice.objects.update(status=Validity.INVALID)
    answer = alice.get(place("preview"))
    assert answer.status_code == 409
    assert "not available yet" in said(answer)
    TemplateChoice.objects.update(status=Validity.VALID)
    assert contract_of(story) == before


def test_the_language_is_changed_by_a_form_and_comes_back_to_the_page(story: Story, alice: Client) -> None:
    answer = alice.post("/language", {"language": "zh-hans", "next": place("basic")}, follow=True)
    assert answer.redirect_chain[-1][0] == place("basic")
    assert "先回答几个问题" in said(answer)


def test_every_page_names_itself_in_its_title(story: Story, alice: Client) -> None:
    titles = {re.search("<title>(.*?)</title>", text(alice.get(page)))[1] for page in ("/author/", place("basic"))}  # type: ignore[index] # a page without a title fails here
    assert titles == {"My contracts · Inkseal", "First questions · Inkseal"}
