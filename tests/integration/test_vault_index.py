"""Owners are found by a value that is stored nowhere."""

import pytest
from pytest_django import DjangoAssertNumQueries

from inkseal import vault
from inkseal.vault import index
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


@pytest.mark.django_db
def test_many_values_are_found_at_once_each_as_it_was_asked() -> None:
    vault.remember("email", "alice@example.org", ALICE)
    vault.remember("email", "bob@example.org", BOB)
    asked = ["ALICE@example.org", "alice@example.org", "charlie@example.org", " bob@example.org", "bob@example.org"]
    assert vault.find_all("email", asked) == {
        "ALICE@example.org": ALICE,
        "alice@example.org": ALICE,
        " bob@example.org": BOB,
        "bob@example.org": BOB,
    }
    assert vault.find_all("phone", asked) == {}
    assert vault.find_all("email", []) == {}


@pytest.mark.django_db
def test_many_values_cost_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    vault.remember("email", "alice@example.org", ALICE)
    asked = [f"author{number}@example.org" for number in range(2 * index.QUERY_SIZE)]
    with django_assert_num_queries(3):
        assert vault.find_all("email", (value for value in [*asked, "alice@example.org"])) == {
            "alice@example.org": ALICE
        }


@pytest.mark.django_db
def test_a_race_for_one_mailbox_has_one_winner(monkeypatch: pytest.MonkeyPatch) -> None:
    vault.remember("email", "alice@example.org", ALICE)
    answers = iter([None, ALICE])
    monkeypatch.setattr(index, "find", lambda _kind, _value: next(answers))
    with pytest.raises(vault.AlreadyRememberedError):
        vault.remember("email", "alice@example.org", BOB)
    assert BlindIndexEntry.objects.count() == 1
