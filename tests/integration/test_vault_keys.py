"""Data keys in memory and at rest."""

import base64
from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from inkseal import vault
from inkseal.vault import keys
from inkseal.vault.models import DataKey

ALICE = vault.author_subject(1001)
PLACE = ("signonline_exp", "realname_en")


class Hours:
    """A monotonic clock that a test moves."""

    seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    clock = Hours()
    monkeypatch.setattr(keys, "time", clock)
    return clock


@pytest.mark.django_db(transaction=True)
def test_a_deleted_key_is_out_of_memory_after_seconds(hours: Hours) -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    DataKey.objects.all().delete()
    hours.seconds = keys.CACHE_SECONDS - 1
    assert vault.open_sealed(ALICE, *PLACE, token) == "Alice"
    hours.seconds = keys.CACHE_SECONDS
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed(ALICE, *PLACE, token)


@pytest.mark.django_db(transaction=True)
def test_memory_holds_a_bounded_number_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "CACHE_SIZE", 10)
    tokens = {vault.author_subject(n): vault.seal(vault.author_subject(n), *PLACE, str(n)) for n in range(20)}
    assert len(keys._cache) <= 11
    assert [vault.open_sealed(subject, *PLACE, token) for subject, token in tokens.items()] == [
        str(n) for n in range(20)
    ]


@pytest.mark.django_db
def test_each_person_has_a_key_of_his_own() -> None:
    for number in range(3):
        vault.seal(vault.author_subject(number), *PLACE, "same")
    assert len(set(DataKey.objects.values_list("key_id", "wrapped"))) == 3


def other_letter(text: str) -> str:
    return ("A" if text[20] != "A" else "B").join((text[:20], text[21:]))


@pytest.mark.django_db
@pytest.mark.parametrize("damage", [other_letter, lambda text: text[:-4], lambda _: "", lambda _: "%"])
def test_a_damaged_data_key_opens_nothing(damage: Callable[[str], str]) -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    row = DataKey.objects.get()
    DataKey.objects.update(wrapped=damage(row.wrapped))
    vault.forget_cached_keys()
    connection.run_on_commit.clear()
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed(ALICE, *PLACE, token)


@pytest.mark.django_db
def test_a_lost_master_key_is_an_error_of_the_installation(settings: Settings) -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    settings.MASTER_KEYS = f"other:{base64.b64encode(b'o' * 32).decode()}"
    vault.forget_cached_keys()
    connection.run_on_commit.clear()
    with pytest.raises(vault.KeyringError) as caught:
        vault.open_sealed(ALICE, *PLACE, token)
    assert caught.value.key_id is not None
