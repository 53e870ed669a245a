"""Keys change under a running service: nothing is lost, nothing fails, and the former keys become useless (A-55)."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from pytest_django.fixtures import Settings

from inkseal import vault
from inkseal.vault import KeyKind, KeyState
from inkseal.vault.framing import framed
from inkseal.vault.models import BlindIndexEntry, DataKey
from tests.installation_keys import NEW, OLD, in_base64, master

PLACE = ("signonline_exp", "realname_en")
PEOPLE = [vault.author_subject(number) for number in range(1001, 1012)]
ALICE, BOB = PEOPLE[:2]


@pytest.fixture
def tokens(settings: Settings) -> Iterator[dict[str, str]]:
    """Values of several people, sealed under the old master key; the new one is active now."""
    settings.MASTER_KEYS = master(OLD)
    sealed = {person: vault.seal(person, *PLACE, person) for person in PEOPLE}
    settings.MASTER_KEYS = master(NEW, OLD)
    yield sealed
    vault.forget_cached_keys()


def all_open(tokens: dict[str, str]) -> bool:
    vault.forget_cached_keys()
    return all(vault.open_sealed(person, *PLACE, token) == person for person, token in tokens.items())


def state_of(key_id: str, kind: KeyKind = KeyKind.MASTER) -> tuple[int, KeyState]:
    return next((key.rows, key.state) for key in vault.key_usage() if (key.kind, key.key_id) == (kind, key_id))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("batch_size", [1, 4, len(PEOPLE), 500])
def test_every_key_comes_under_the_active_master_key(tokens: dict[str, str], batch_size: int) -> None:
    reported: list[int] = []
    rotated = vault.rotate(batch_size=batch_size, report=reported.append)
    assert rotated == vault.Rotated(data_keys=len(PEOPLE), index_entries=0)
    assert sum(reported) == len(PEOPLE)
    assert set(DataKey.objects.values_list("master_key_id", flat=True)) == {NEW}
    assert all_open(tokens)


@pytest.mark.django_db(transaction=True)
def test_a_second_rotation_has_nothing_to_do(tokens: dict[str, str]) -> None:
    vault.rotate()
    before = set(DataKey.objects.values_list())
    assert vault.rotate() == vault.Rotated(0, 0)
    assert set(DataKey.objects.values_list()) == before


@pytest.mark.django_db(transaction=True)
def test_a_55_the_former_key_is_not_needed_and_of_no_use_afterwards(tokens: dict[str, str], settings: Settings) -> None:
    vault.rotate()
    settings.MASTER_KEYS = master(NEW)
    assert all_open(tokens)
    row = DataKey.objects.get(subject=ALICE)
    wrapped, binding = base64.b64decode(row.wrapped), framed("inkseal data key", str(row.key_id), ALICE)
    with pytest.raises(InvalidTag):
        AESGCM(b"a" * 32).decrypt(wrapped[:12], wrapped[12:], binding)
    assert AESGCM(b"b" * 32).decrypt(wrapped[:12], wrapped[12:], binding)


@pytest.mark.django_db(transaction=True)
def test_a_55_a_row_of_before_the_rotation_put_back_does_not_open(tokens: dict[str, str], settings: Settings) -> None:
    former = DataKey.objects.get(subject=ALICE)
    vault.rotate()
    former.save()
    settings.MASTER_KEYS = master(NEW)
    vault.forget_cached_keys()
    with pytest.raises(vault.KeyringError) as caught:
        vault.open_sealed(ALICE, *PLACE, tokens[ALICE])
    assert caught.value.key_id == OLD


@pytest.mark.django_db(transaction=True)
def test_keys_made_meanwhile_by_processes_with_former_settings_are_not_lost(
    tokens: dict[str, str], settings: Settings
) -> None:
    late = [vault.author_subject(number) for number in range(2001, 2006)]

    def make_one(_rows: int) -> None:
        if late:
            person = late.pop()
            settings.MASTER_KEYS = master(OLD, NEW)
            tokens[person] = vault.seal(person, *PLACE, person)
            settings.MASTER_KEYS = master(NEW, OLD)

    assert vault.rotate(batch_size=2, report=make_one).data_keys == len(PEOPLE) + 5
    assert state_of(OLD) == (0, KeyState.IDLE)
    assert all_open(tokens)


@pytest.mark.django_db(transaction=True)
def test_a_person_erased_between_reading_and_writing_stays_erased(
    tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    from inkseal.vault import rotation

    def erase_bob(name: str) -> None:
        if name == "vault.rewrap-read" and not vault.is_erased(BOB):
            vault.erase(BOB, now=now)

    monkeypatch.setattr(rotation, "failpoint", erase_bob)
    assert vault.rotate().data_keys == len(PEOPLE) - 1
    assert not DataKey.objects.get(subject=BOB).wrapped
    with pytest.raises(vault.ErasedSubjectError):
        vault.open_sealed(BOB, *PLACE, tokens[BOB])


@pytest.mark.django_db(transaction=True)
def test_two_rotations_at_once_lose_nothing(tokens: dict[str, str]) -> None:
    both_ready = Barrier(2)

    def run() -> int:
        try:
            both_ready.wait(10)
            return vault.rotate(batch_size=3).data_keys
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = [future.result(60) for future in [pool.submit(run) for _ in range(2)]]
    assert sum(counts) == len(PEOPLE)
    assert all_open(tokens)


@pytest.mark.django_db(transaction=True)
def test_a_55_no_reader_or_writer_fails_while_keys_rotate(tokens: dict[str, str], settings: Settings) -> None:
    ended, started = Event(), Barrier(4)

    def work(number: int) -> int:
        rounds = 0
        try:
            started.wait(30)
            while not ended.is_set() or rounds == 0:
                person = PEOPLE[(number + rounds) % len(PEOPLE)]
                vault.forget_cached_keys()
                assert vault.open_sealed(person, *PLACE, tokens[person]) == person
                newcomer = vault.author_subject(10_000 * (number + 1) + rounds)
                assert vault.open_sealed(newcomer, *PLACE, vault.seal(newcomer, *PLACE, "x")) == "x"
                rounds += 1
            return rounds
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        futures = [pool.submit(work, number) for number in range(3)]
        started.wait(30)
        for order in ((OLD, NEW), (NEW, OLD), (OLD, NEW), (NEW, OLD)):
            settings.MASTER_KEYS = master(*order)
            vault.rotate(batch_size=2)
        ended.set()
        assert all(future.result(60) >= 1 for future in futures)
    settings.MASTER_KEYS = master(NEW)
    assert all_open(tokens)


@pytest.mark.django_db(transaction=True)
def test_what_a_missing_master_key_wrapped_is_named_and_left_as_it_is(
    tokens: dict[str, str], settings: Settings
) -> None:
    before = DataKey.objects.get(subject=ALICE).wrapped
    settings.MASTER_KEYS = master(NEW)
    assert vault.rotate() == vault.Rotated(0, 0)
    assert state_of(OLD) == (len(PEOPLE), KeyState.MISSING)
    assert state_of(NEW) == (0, KeyState.ACTIVE)
    assert DataKey.objects.get(subject=ALICE).wrapped == before


@pytest.mark.django_db(transaction=True)
def test_a_damaged_key_stops_no_rotation_and_is_counted_on(tokens: dict[str, str]) -> None:
    DataKey.objects.filter(subject=ALICE).update(wrapped="AAAA")
    assert vault.rotate().data_keys == len(PEOPLE) - 1
    assert state_of(OLD) == (1, KeyState.NEEDED)


def under_another_index_key(settings: Settings) -> None:
    settings.BLIND_INDEX_OLD_KEYS = [settings.BLIND_INDEX_KEY]
    settings.BLIND_INDEX_KEY = in_base64("z")


@pytest.mark.django_db(transaction=True)
def test_a_value_is_found_before_while_and_after_its_index_key_changes(settings: Settings) -> None:
    vault.remember("email", "Alice@example.org", ALICE)
    vault.remember("email", "bob@example.org", BOB)
    under_another_index_key(settings)
    assert vault.find("email", "alice@example.org") == ALICE
    vault.remember("email", "charlie@example.org", PEOPLE[2])
    assert vault.rotate().index_entries == 2
    settings.BLIND_INDEX_OLD_KEYS = []
    found = vault.find_all("email", ["ALICE@example.org", "bob@example.org", "charlie@example.org", "dave@x.example"])
    assert found == {"ALICE@example.org": ALICE, "bob@example.org": BOB, "charlie@example.org": PEOPLE[2]}


@pytest.mark.django_db(transaction=True)
def test_a_mailbox_remembered_under_the_old_key_is_still_its_owners(settings: Settings) -> None:
    vault.remember("email", "alice@example.org", ALICE)
    under_another_index_key(settings)
    vault.remember("email", "alice@example.org", ALICE)
    with pytest.raises(vault.AlreadyRememberedError):
        vault.remember("email", "alice@example.org", BOB)
    assert BlindIndexEntry.objects.count() == 1
    assert vault.forget("email", "alice@example.org", ALICE)
    assert not BlindIndexEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_value_remembered_under_both_keys_keeps_one_entry(settings: Settings) -> None:
    vault.remember("email", "alice@example.org", ALICE)
    under_another_index_key(settings)
    former, settings.BLIND_INDEX_OLD_KEYS = settings.BLIND_INDEX_OLD_KEYS, []
    vault.remember("email", "alice@example.org", ALICE)
    settings.BLIND_INDEX_OLD_KEYS = former
    assert BlindIndexEntry.objects.count() == 2
    assert vault.rotate().index_entries == 1
    assert BlindIndexEntry.objects.count() == 1
    assert vault.find("email", "alice@example.org") == ALICE


@pytest.mark.django_db(transaction=True)
def test_an_index_key_that_is_gone_is_named_and_healed_by_rotating(settings: Settings) -> None:
    vault.remember("email", "alice@example.org", ALICE)
    mark = BlindIndexEntry.objects.get().key_mark
    settings.BLIND_INDEX_KEY = in_base64("z")
    assert vault.find("email", "alice@example.org") is None
    assert state_of(mark, KeyKind.BLIND_INDEX) == (1, KeyState.MISSING)
    vault.rotate()
    assert vault.find("email", "alice@example.org") == ALICE


@pytest.mark.django_db(transaction=True)
def test_an_entry_whose_value_was_changed_is_not_digested_anew(settings: Settings) -> None:
    vault.remember("email", "alice@example.org", ALICE)
    vault.remember("email", "bob@example.org", BOB)
    value = BlindIndexEntry.objects.get(subject=BOB).value_en
    BlindIndexEntry.objects.filter(subject=ALICE).update(value_en=value)
    under_another_index_key(settings)
    assert vault.rotate().index_entries == 1
    assert vault.find("email", "bob@example.org") == BOB
