"""An erased person: nothing opens any more anywhere, nothing is left behind, and it is on record why."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction
from pytest_django import Settings

from inkseal import evidence, outbox, vault
from inkseal.core.actor import SYSTEM
from inkseal.evidence.models import EvidenceEvent
from inkseal.outbox.models import OutboxEffect
from inkseal.project import erasure
from inkseal.project.demo.people import write_book, write_world
from inkseal.vault import keys
from inkseal.vault.models import BlindIndexEntry, DataKey, VaultFile
from inkseal.vault.wrapping import unwrap
from tests.undo import undone

ALICE, BOB = vault.author_subject(1001), vault.author_subject(1002)
CONTRACT = vault.contract_subject(77)
PLACE = ("signonline_exp", "realname_en")
RETENTION = erasure.Retention("tax law, ten years", date(2036, 12, 31))
pytestmark = pytest.mark.django_db(transaction=True)


def put(subject: str, now: datetime, content: bytes = b"a passport of Alice") -> int:
    return vault.put_file(subject, content, media_type="image/jpeg", now=now).file_id


def erase(now: datetime, **changes: object) -> erasure.Erasure:
    order = {"actor": SYSTEM, "basis": "Art. 17(1)(b)", "retention": RETENTION, "erase_salts": False, "now": now}
    return erasure.erase_person(ALICE, **{**order, **changes})  # type: ignore[arg-type]  # one order, varied


def run_effects(now: datetime) -> int:
    import_module("inkseal.project.handlers")  # registers the handlers
    return outbox.run_due(lambda: now, owner="test")


def all_rows() -> str:
    """Every row of every table of Inkseal, as the database administrator sees it."""
    models = [model for model in apps.get_models() if model.__module__.startswith("inkseal.")]
    return "\n".join(repr(row) for model in models for row in model._default_manager.values_list())


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    """Keep files apart from those of tests that run at the same time."""
    own = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": own}


def all_files() -> set[str]:
    root = Path(default_storage.path(""))
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_nothing_of_an_erased_person_opens(now: datetime) -> None:
    token, file_id = vault.seal(ALICE, *PLACE, "Alice"), put(ALICE, now)
    erase(now)
    acts: list[Callable[[], object]] = [
        lambda: vault.open_sealed(ALICE, *PLACE, token),
        lambda: vault.read_file(ALICE, file_id),
        lambda: vault.seal(ALICE, *PLACE, "again"),
        lambda: put(ALICE, now),
        lambda: vault.remember("email", "alice@example.org", ALICE),
    ]
    for act in acts:
        with pytest.raises(vault.ErasedSubjectError) as caught:
            act()
        assert caught.value.subject == ALICE
    run_effects(now)
    with pytest.raises(vault.ErasedSubjectError):
        vault.read_file(ALICE, file_id)
    assert vault.is_erased(ALICE)
    assert not BlindIndexEntry.objects.exists()


def test_others_notice_nothing(now: datetime) -> None:
    mine, his = vault.seal(ALICE, *PLACE, "Alice"), vault.seal(BOB, *PLACE, "Bob")
    vault.remember("email", "bob@example.org", BOB)
    file_id = put(BOB, now)
    erase(now)
    run_effects(now + erasure.LATE)
    assert vault.open_sealed(BOB, *PLACE, his) == "Bob"
    assert vault.read_file(BOB, file_id)
    assert vault.find("email", "bob@example.org") == BOB
    assert not vault.is_erased(BOB)
    with pytest.raises(vault.SealedValueError):  # whether Alice was erased is no business of Bob's
        vault.open_sealed(BOB, *PLACE, mine)


def test_an_erased_person_stands_in_no_table_and_no_file(now: datetime) -> None:
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    row = DataKey.objects.get(subject=ALICE)
    address = "alice@example.org"
    assert vault.find("email", address) == ALICE
    kept_files = all_files()
    file_id = put(ALICE, now)
    traces = [row.wrapped, unwrap(row).hex(), vault.blind_index("email", address), vault.stored_file(file_id).sha256]
    assert [trace in all_rows() for trace in traces] == [True, False, True, True]
    erase(now)
    run_effects(now)
    assert not [trace for trace in traces if trace in all_rows()]
    assert all_files() == kept_files
    assert vault.find("email", address) is None


def test_an_erased_key_stands_nowhere_in_the_database_file(now: datetime) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("MariaDB's own files are not the vault's to overwrite (docs/operations/keys.md)")
    vault.remember("email", "alice@example.org", ALICE)
    wrapped, digest = DataKey.objects.get().wrapped, vault.blind_index("email", "alice@example.org")
    path = Path(str(connection.settings_dict["NAME"]))
    files = [path, path.with_name(f"{path.name}-wal")]

    def raw() -> bytes:
        return b"".join(file.read_bytes() for file in files if file.exists())

    assert wrapped.encode() in raw()
    erase(now)
    run_effects(now)
    assert wrapped.encode() not in raw()
    assert digest.encode() not in raw()


def test_a_sealed_contract_stays_and_the_record_says_why_and_until_when(now: datetime) -> None:
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    file_id = put(CONTRACT, now, b"sealed contract")
    with pytest.raises(erasure.RetentionUnstatedError) as caught:
        erase(now, retention=None)
    assert caught.value.subjects == (CONTRACT,)
    assert not vault.is_erased(ALICE)
    assert erase(now).scope.retained == (CONTRACT,)
    run_effects(now + erasure.LATE)
    assert vault.read_file(CONTRACT, file_id) == b"sealed contract"
    facts = json.loads(EvidenceEvent.objects.get(chain=erasure.chain_of_subject(ALICE)).facts)
    assert (facts["basis"], facts["retained"]) == ("Art. 17(1)(b)", CONTRACT)
    assert (facts["retained_basis"], facts["retained_until"]) == ("tax law, ten years", "2036-12-31")


@pytest.mark.parametrize("erase_salts", [True, False])
def test_salts_go_only_where_told_and_the_chain_stays_whole(now: datetime, *, erase_salts: bool) -> None:
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    with transaction.atomic():
        mine = evidence.append("contract:77", "submitted", SYSTEM, {}, personal={"name": "Alice"}, now=now)
        others = evidence.append("contract:78", "submitted", SYSTEM, {}, personal={"name": "Bob"}, now=now)
    assert erase(now, erase_salts=erase_salts).salts == int(erase_salts)
    assert evidence.is_committed(mine.id, "name", "Alice") is not erase_salts
    assert evidence.is_committed(others.id, "name", "Bob")
    assert evidence.verify_chain("contract:77").intact


def test_files_are_deleted_after_the_commit_and_once_more_for_what_came_late(now: datetime) -> None:
    put(ALICE, now)
    before = all_files()
    erase(now)
    assert all_files() == before
    assert OutboxEffect.objects.filter(kind="vault.delete-files").count() == 2
    assert run_effects(now) == 1
    assert len(all_files()) == len(before) - 1
    VaultFile.objects.create(
        file_id=1, subject=ALICE, stored_name="vault/late", sha256="0" * 64, size_bytes=1, created=now
    )
    assert run_effects(now + erasure.LATE - timedelta(seconds=1)) == 0
    assert run_effects(now + erasure.LATE) == 1
    assert not VaultFile.objects.exists()


def test_files_of_a_person_who_is_not_erased_are_never_deleted(now: datetime) -> None:
    file_id = put(ALICE, now)
    assert vault.delete_remains(ALICE) == 0
    assert vault.read_file(ALICE, file_id)


def test_an_undone_erasure_leaves_everything_readable(now: datetime) -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    with undone():
        erase(now)
        with pytest.raises(vault.ErasedSubjectError):
            vault.open_sealed(ALICE, *PLACE, token)
    assert vault.open_sealed(ALICE, *PLACE, token) == "Alice"
    assert not OutboxEffect.objects.exists()


def test_a_key_made_and_erased_in_one_transaction_is_not_kept(now: datetime) -> None:
    with transaction.atomic():
        token = vault.seal(ALICE, *PLACE, "Alice")
        vault.erase(ALICE, now=now)
        with pytest.raises(vault.ErasedSubjectError):
            vault.open_sealed(ALICE, *PLACE, token)
    with pytest.raises(vault.ErasedSubjectError):
        vault.open_sealed(ALICE, *PLACE, token)


def test_another_processs_memory_outlives_the_key_by_seconds(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock:
        seconds = 0.0

        def monotonic(self) -> float:
            return self.seconds

    clock = Clock()
    monkeypatch.setattr(keys, "time", clock)
    token = vault.seal(ALICE, *PLACE, "Alice")
    memory = dict(keys._cache)
    erase(now)
    keys._cache.update(memory)  # as in a process that did not carry out the erasure
    assert vault.open_sealed(ALICE, *PLACE, token) == "Alice"
    clock.seconds = float(vault.CACHE_SECONDS)
    assert clock.seconds <= 5
    with pytest.raises(vault.ErasedSubjectError):
        vault.open_sealed(ALICE, *PLACE, token)


def test_erasing_twice_is_two_records_of_one_fact(now: datetime) -> None:
    vault.seal(ALICE, *PLACE, "Alice")
    assert not erase(now).repeated
    assert erase(now + timedelta(days=1)).repeated
    assert vault.select_holdings(ALICE).erased_at == now
    assert evidence.verify_chain(erasure.chain_of_subject(ALICE)).length == 2
    assert DataKey.objects.count() == 1


def test_who_is_not_known_is_not_erased(now: datetime) -> None:
    with pytest.raises(vault.UnknownSubjectError):
        erase(now)
    assert not DataKey.objects.exists()
    assert not EvidenceEvent.objects.exists()
