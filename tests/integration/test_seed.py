"""Demo data is written whole or not at all: a first start that was cut off is begun anew."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from pytest_django import Settings

from inkseal import vault
from inkseal.catalog.models import Author, Book, Staff
from inkseal.contracts import press
from inkseal.contracts.models import AuditReason, Proposal
from inkseal.core.errors import RetryableError
from inkseal.outbox.models import OutboxEffect
from inkseal.project.cli.failures import CommandError
from inkseal.project.cli.serve import prepare
from inkseal.project.clock import database_now
from inkseal.project.demo import seed
from inkseal.project.demo.people import AUTHORS, STAFF
from inkseal.project.demo.story import Story

pytestmark = pytest.mark.django_db(transaction=True)

Stories = dict[int, Story]


class PowerCutError(RetryableError):
    """Ends seeding in the middle."""


def tell_first_pages(stories: Stories) -> None:
    """Two books instead of nine stations: what is written does not matter here, that it is whole does."""
    stories[7002].propose()
    stories[7003].propose()
    stories[7003].submit()


def cut_power(stories: Stories) -> None:
    stories[7002].propose()
    vault.put_file(vault.contract_subject(7002), b"half a contract", media_type="application/pdf", now=database_now())
    raise PowerCutError


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A var folder of its own for marker and files; keys stay where they are, they take seconds to make."""
    storage = FileSystemStorage(tmp_path / "files")
    monkeypatch.setattr(seed, "default_storage", storage)
    monkeypatch.setattr(default_storage, "_wrapped", storage)
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(seed, "_tell", tell_first_pages)
    yield tmp_path
    press.close_press()


def marker(folder: Path) -> Path:
    return folder / "demo-seeding"


def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(seed, "_tell", cut_power)
        with pytest.raises(PowerCutError):
            seed.seed_demo()


def is_whole() -> bool:
    """Tell whether everything stands there exactly once."""
    counts = (Staff.objects.count(), Author.objects.count(), Book.objects.count(), Proposal.objects.count())
    return counts == (len(STAFF), len(AUTHORS), 9, 2)


def test_an_empty_database_is_filled_and_no_marker_stays(folder: Path) -> None:
    assert seed.is_needed()
    seed.seed_demo()
    assert is_whole()
    assert not marker(folder).exists()
    assert not seed.is_needed()


def test_a_second_start_writes_nothing(folder: Path) -> None:
    seed.seed_demo()
    Book.objects.filter(id=7009).update(title="Changed by Alice")
    seed.seed_demo()
    assert is_whole()
    assert Book.objects.get(id=7009).title == "Changed by Alice"


def test_the_marker_stands_while_data_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(seed, "_tell", lambda _: seen.append(marker(folder).exists()))
    seed.seed_demo()
    assert seen == [True]


def test_half_written_data_does_not_count_as_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(monkeypatch)
    assert Staff.objects.exists()
    assert marker(folder).exists()
    assert seed.is_needed()


@pytest.mark.parametrize("person", ["staff", "author"])
def test_a_database_in_which_somebody_works_is_left_alone(folder: Path, person: str) -> None:
    if person == "author":
        Author.objects.create(id=5, pen_name="Eve")
    else:
        from django.contrib.auth.models import User

        Staff.objects.create(user=User.objects.create_user("eve"), name="Eve")
    seed.seed_demo()
    assert not Book.objects.exists()
    assert not marker(folder).exists()


@pytest.fixture
def embedded() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a database server is never emptied; the tests below say so")


def test_the_next_start_throws_half_of_it_away_and_writes_all_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, embedded: None
) -> None:
    cut_off(monkeypatch)
    orphan = next(path for path in (folder / "files").rglob("*") if path.is_file())
    seed.seed_demo()
    assert is_whole()
    assert AuditReason.objects.count() == len(set(AuditReason.objects.values_list("name", flat=True)))
    assert not orphan.exists()
    assert not marker(folder).exists()


def test_two_cuts_in_a_row_are_mended_too(folder: Path, monkeypatch: pytest.MonkeyPatch, embedded: None) -> None:
    cut_off(monkeypatch)
    cut_off(monkeypatch)
    seed.seed_demo()
    assert is_whole()


def test_effects_of_the_first_try_are_not_run_for_the_second(
    folder: Path, monkeypatch: pytest.MonkeyPatch, embedded: None
) -> None:
    cut_off(monkeypatch)
    seed.seed_demo()
    assert set(OutboxEffect.objects.filter(kind="notice.send").values_list("attempts", flat=True)) == {0}
    assert OutboxEffect.objects.filter(kind="notice.send").count() == 1


def test_sealed_values_of_the_second_try_open(folder: Path, monkeypatch: pytest.MonkeyPatch, embedded: None) -> None:
    cut_off(monkeypatch)
    seed.seed_demo()
    for author in AUTHORS:
        account = Author.objects.get(id=author.id).authoraccount
        subject = vault.author_subject(author.id)
        assert vault.open_sealed(subject, "author_account", "email_en", account.email_sealed) == author.email


CHILD = "from inkseal.project.cli import ensure_django; ensure_django(); from inkseal.project.demo import seed;"
CHILD += "seed._tell = lambda stories: stories[7002].propose(); seed.seed_demo()"


def test_a_start_that_was_killed_is_mended_by_the_next(
    tmp_path: Path, child_environment: Mapping[str, str], embedded: None
) -> None:
    keys = os.environ["INKSEAL_VAR_DIR"]
    child = {**child_environment, "INKSEAL_VAR_DIR": str(tmp_path), "INKSEAL_KEYS_DIR": f"{keys}/keys"}
    command = [sys.executable, "-c", CHILD]
    killed = subprocess.run(command, env={**child, "INKSEAL_FAILPOINT": "demo.world-written:1"}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert Staff.objects.count() == len(STAFF)
    assert not Book.objects.exists()
    again = subprocess.run(command, env=child, check=False)
    assert again.returncode == 0
    assert (Staff.objects.count(), Book.objects.count(), Proposal.objects.count()) == (len(STAFF), 9, 1)
    assert not marker(tmp_path).exists()


def test_a_database_server_is_never_emptied(folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(monkeypatch)
    settings.EMBEDDED = False
    with pytest.raises(seed.HalfSeededError) as caught:
        seed.seed_demo()
    assert caught.value.marker == marker(folder)
    assert Staff.objects.count() == len(STAFF)


def test_at_the_terminal_it_says_what_to_do_with_a_database_server(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch)
    (folder / "static").mkdir()
    (folder / "static" / "staticfiles.json").touch()
    settings.EMBEDDED, settings.DEMO, settings.STATIC_ROOT = False, True, folder / "static"
    with pytest.raises(CommandError) as caught:
        prepare()
    assert str(marker(folder)) in caught.value.advice
    assert caught.value.advice.startswith("Empty the database")


def typesetters() -> list[int]:
    """Return the process ids of the typesetting children of this process (Linux)."""
    found = [pid for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()]
    return [int(pid) for pid in found if b"typeset" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_the_typesetting_worker_ends_when_the_start_is_prepared(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "static").mkdir()
    (folder / "static" / "staticfiles.json").touch()
    settings.EMBEDDED, settings.DEMO, settings.STATIC_ROOT = False, True, folder / "static"
    ended: list[int] = []

    def tell(stories: Stories) -> None:
        told = stories[7004]
        told.propose()
        told.submit()
        told.declare()
        told.fill_in()
        told.confirm()
        ended.extend(typesetters())

    monkeypatch.setattr(seed, "_tell", tell)
    prepare()
    (pid,) = ended
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_closing_a_press_that_never_ran_is_nothing() -> None:
    press.close_press()
    press.close_press()
    assert press._pools == []
