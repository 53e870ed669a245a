"""An author under age: the guardian's questions, fields and document appear where they belong (C3.11, R111)."""

from datetime import timedelta

import pytest
from django.test import Client

from inkseal.contracts.enums import Page
from inkseal.project.clock import database_now
from inkseal.project.demo.story import BASIC, Story
from tests.integration.portal.kit import (
    contract_of,
    form,
    information,
    message_at,
    picture,
    place,
    printed_pages,
    said,
)

pytestmark = pytest.mark.django_db

GUARDIAN = {"keeper_cardid": "E7654321K", "guarder_card_type": "1", "guardian_email": "charlie@example.org"}


@pytest.fixture
def minor(story: Story, alice: Client) -> Story:
    """Alice is sixteen and her guardian agrees; page 80."""
    birthday = (database_now() - timedelta(days=16 * 365)).date().isoformat()
    alice.post(place("basic"), {**BASIC, "birthday": birthday, "is_guarder_agreen": "1"})
    return story


def test_the_guardians_fields_are_asked_for(minor: Story, alice: Client) -> None:
    answer = alice.post(place("information"), information())
    assert answer.status_code == 422
    for name in ("keeper_cardid", "guardian_email"):
        assert message_at(answer, name) == "Please fill this in."


def test_the_guardian_needs_an_address_of_his_own(minor: Story, alice: Client) -> None:
    same = {**GUARDIAN, "guardian_email": "ALICE@example.org"}
    answer = alice.post(place("information"), information(**same))
    assert answer.status_code == 422
    assert "an address of his or her own" in message_at(answer, "guardian_email")


def test_a_guardian_who_does_not_agree_is_not_passed_over(story: Story, alice: Client) -> None:
    birthday = (database_now() - timedelta(days=16 * 365)).date().isoformat()
    answer = alice.post(place("basic"), {**BASIC, "birthday": birthday})
    assert answer.status_code == 422
    assert contract_of(story).page is Page.BASIC


def test_the_guardian_signs_and_shows_a_document_too(minor: Story, alice: Client) -> None:
    alice.post(place("information"), information(**GUARDIAN))
    answer = alice.post(place("confirm"), form(alice.get(place("preview"))), follow=True)
    words = said(answer)
    assert "your guardian’s signature" in words
    assert "Identity document of your guardian" in words
    assert contract_of(minor).missing[-2:] == ("card:1", "guarder_card:1")


def test_the_guardians_document_has_its_own_place(minor: Story, alice: Client) -> None:
    alice.post(place("information"), information(**GUARDIAN))
    alice.post(place("confirm"), form(alice.get(place("preview"))))
    page = printed_pages(minor)[0]
    alice.post(place("pages/upload"), {"kind": "guarder_card", "sort": "1", "pictures": [picture(page)]})
    assert "guarder_card:1" not in contract_of(minor).missing
    assert "card:1" in contract_of(minor).missing
