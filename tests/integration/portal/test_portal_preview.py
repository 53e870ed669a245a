"""Page 90: what is shown is what is confirmed, and nothing else can be."""

import pytest
from django.test import Client

from inkseal.catalog.models import Book
from inkseal.contracts.enums import Page
from inkseal.contracts.models import ContractPrint
from inkseal.project.demo.story import Story
from tests.integration.portal.kit import contract_of, form, place, said, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(story: Story) -> Story:
    """Alice's book at the preview."""
    story.declare()
    story.fill_in()
    return story


def test_every_page_is_there_as_a_picture_and_as_a_pdf(ready: Story, alice: Client) -> None:
    shown = alice.get(place("preview"))
    digest = form(shown)["content_hash"]
    last = text(shown).count("<figure>")
    assert last > 5
    picture = alice.get(place(f"preview/{digest}/{last}.png"))
    assert picture.content.startswith(b"\x89PNG")
    assert picture.headers["Content-Type"] == "image/png"
    assert alice.get(place(f"preview/{digest}/{last + 1}.png")).status_code == 404
    assert alice.get(place(f"preview/{digest}.pdf")).content.startswith(b"%PDF")


def test_no_cache_keeps_a_contract(ready: Story, alice: Client) -> None:
    digest = form(alice.get(place("preview")))["content_hash"]
    for page in ("preview", f"preview/{digest}.pdf", f"preview/{digest}/1.png"):
        answer = alice.get(place(page))
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_confirming_leads_to_the_signed_pages(ready: Story, alice: Client) -> None:
    answer = alice.post(place("confirm"), form(alice.get(place("preview"))), follow=True)
    assert answer.redirect_chain[-1][0] == place("pages")
    assert "Print, sign, photograph" in said(answer)
    assert contract_of(ready).contract_no


def test_confirming_twice_prints_once(ready: Story, alice: Client) -> None:
    sent = form(alice.get(place("preview")))
    answers = [alice.post(place("confirm"), sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert ContractPrint.objects.count() == 1


def test_a_preview_from_before_a_change_is_not_confirmed(ready: Story, alice: Client) -> None:
    old = form(alice.get(place("preview")))
    ready.fill_in({"address": "15 Example Walk, Singapore 000015"})
    answer = alice.post(place("confirm"), old)
    assert answer.status_code == 409
    assert "moved on" in said(answer)
    assert contract_of(ready).page is Page.PREVIEW
    assert not ContractPrint.objects.exists()


def test_a_title_that_changed_meanwhile_is_to_be_read_again(ready: Story, alice: Client) -> None:
    old = form(alice.get(place("preview")))
    Book.objects.filter(id=77).update(title="The Lantern Ferryman")
    answer = alice.post(place("confirm"), old)
    assert answer.status_code == 409
    assert "The text of the contract changed since you saw it" in said(answer)
    digest = old["content_hash"]
    new = form(alice.get(place("preview")))
    assert new["content_hash"] != digest
    assert alice.post(place("confirm"), new).status_code == 302


def test_pictures_of_a_text_that_is_gone_are_not_shown(ready: Story, alice: Client) -> None:
    digest = form(alice.get(place("preview")))["content_hash"]
    ready.fill_in({"address": "15 Example Walk, Singapore 000015"})
    assert alice.get(place(f"preview/{digest}/1.png")).status_code == 409


@pytest.mark.parametrize(
    "forged",
    [
        {"content_hash": "0" * 64},
        {"content_hash": ""},
        {"revision": ""},
        {"revision": "-1"},
        {"revision": "9" * 5000},
        {"revision": "1e3"},
    ],
)
def test_a_confirmation_of_something_else_is_refused(ready: Story, alice: Client, forged: dict[str, str]) -> None:
    answer = alice.post(place("confirm"), {**form(alice.get(place("preview"))), **forged})
    assert answer.status_code == 409
    assert contract_of(ready).page is Page.PREVIEW


def test_a_request_id_of_no_form_of_ours_counts_as_a_new_attempt(ready: Story, alice: Client) -> None:
    sent = {**form(alice.get(place("preview"))), "request_id": "x" * 9000}
    assert alice.post(place("confirm"), sent).status_code == 302


def test_another_author_sees_no_preview(ready: Story, alice: Client, bea: Client) -> None:
    digest = form(alice.get(place("preview")))["content_hash"]
    for page in ("preview", f"preview/{digest}.pdf", f"preview/{digest}/1.png"):
        assert bea.get(place(page)).status_code == 404


def test_going_back_from_the_preview_leads_to_the_form(ready: Story, alice: Client) -> None:
    answer = alice.post(place("back"), {"to": "information"}, follow=True)
    assert answer.redirect_chain[-1][0] == place("information")
