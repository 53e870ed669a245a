"""Owners are found by a value that is stored nowhere."""

import pytest

from inkseal import vault
from inkseal.vault.models import BlindIndexEntry

ALICE, BOB = vault.author_subject(1001), vault.author_subject(1002)


@pytest.mark.django_db
def test_a_remembered_value_finds_its_owner() -> None:
    vault.remember("email", "alice@example.org", ALICE)
    vault.remember("email", "bob@example.org", BOB)
    assert vault.find("email", " ALICE@example.org ") == ALICE
    assert vault.find("email", "bob@example.org") == BOB
    assert vault.find("email", "charlie@example.org") is None
    assert vault.find("phone", "alice@example.org") is None


@pytest.mark.django_db
def test_remembering_twice_changes_nothing() -> None:
    vault.remember("email", "alice@example.org", ALICE)
    vault.remember("email", "Alice@example.org", ALICE)
    assert BlindIndexEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_mailbox_cannot_be_taken_from_its_owner() -> None:
    vault.remember("email", "alice@example.org", ALICE)
    with pytest.raises(vault.AlreadyRememberedError) as caught:
        vault.remember("email", "alice@example.org", BOB)
    assert "alice" not in str(caught.value)
    assert vault.find("email", "alice@example.org") == ALICE


@pytest.mark.django_db
def test_only_the_owner_can_have_a_value_forgotten() -> None:
    vault.remember("email", "alice@example.org", ALICE)
    assert not vault.forget("email", "alice@example.org", BOB)
    assert vault.forget("email", "alice@example.org", ALICE)
    assert vault.find("email", "alice@example.org") is None
    vault.remember("email", "alice@example.org", BOB)
    assert vault.find("email", "alice@example.org") == BOB
