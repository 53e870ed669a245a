"""kill -9 at every point of rotation, erasure and deletion: the data opens or is gone; a repetition ends it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connections
from pytest_django.fixtures import Settings

from inkseal import evidence, vault
from inkseal.evidence.models import EvidenceEvent
from inkseal.outbox.models import OutboxEffect
from inkseal.project.erasure import chain_of_subject
from inkseal.vault import KeyState
from inkseal.vault.models import BlindIndexEntry, DataKey, VaultFile
from tests.installation_keys import NEW, OLD, in_base64, master

CHILD = Path(__file__).with_name("vault_child.py")
PLACE = ("signonline_exp", "realname_en")
PEOPLE = [vault.author_subject(number) for number in range(1001, 1006)]
ALICE = PEOPLE[0]
NEVER = "none:1"
pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


class Acts:
    """The child process, one act after the other."""

    def __init__(self, process: "subprocess.Popen[str]", now: datetime) -> None:
        self._process = process
        self._now = now.isoformat()

    def run(self, name: str, *, failpoint: str = NEVER) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        connections.close_all()
        print(name, ALICE, self._now, failpoint, file=self._process.stdin, flush=True)
        vault.forget_cached_keys()
        return int(self._process.stdout.readline())

    def killed(self, name: str, failpoint: str) -> bool:
        """Run an act; False when the failpoint was not reached, so the sweep over it has ended."""
        code = self.run(name, failpoint=failpoint)
        assert code in {0, -signal.SIGKILL}
        return code != 0


@pytest.fixture
def acts(child_environment: Mapping[str, str], settings: Settings, now: datetime) -> Iterator[Acts]:
    """A child whose active keys are the new ones."""
    keys = {
        "INKSEAL_MASTER_KEYS": master(NEW, OLD),
        "INKSEAL_BLIND_INDEX_KEY": in_base64("z"),
        "INKSEAL_BLIND_INDEX_OLD_KEYS": in_base64("y"),
        "INKSEAL_VAR_DIR": os.environ["INKSEAL_VAR_DIR"],
    }
    with_old_keys(settings)
    command = [sys.executable, str(CHILD)]
    with subprocess.Popen(
        command, env={**child_environment, **keys}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Acts(process, now)
        assert process.stdin is not None
        process.stdin.close()


def with_old_keys(settings: Settings) -> None:
    settings.MASTER_KEYS, settings.BLIND_INDEX_KEY, settings.BLIND_INDEX_OLD_KEYS = master(OLD), in_base64("y"), []


def with_both_keys(settings: Settings) -> None:
    settings.MASTER_KEYS, settings.BLIND_INDEX_KEY = master(NEW, OLD), in_base64("z")
    settings.BLIND_INDEX_OLD_KEYS = [in_base64("y")]


def with_new_keys(settings: Settings) -> None:
    settings.MASTER_KEYS, settings.BLIND_INDEX_KEY, settings.BLIND_INDEX_OLD_KEYS = master(NEW), in_base64("z"), []


def seal_anew(settings: Settings) -> dict[str, str]:
    """Begin again with five people under the old keys."""
    DataKey.objects.all().delete()
    BlindIndexEntry.objects.all().delete()
    vault.forget_cached_keys()
    with_old_keys(settings)
    for person in PEOPLE:
        vault.remember("email", f"{person}@example.org", person)
    tokens = {person: vault.seal(person, *PLACE, person) for person in PEOPLE}
    with_both_keys(settings)
    return tokens


def assert_all_there(tokens: Mapping[str, str]) -> None:
    vault.forget_cached_keys()
    assert [vault.open_sealed(person, *PLACE, token) for person, token in tokens.items()] == PEOPLE
    assert [vault.find("email", f"{person}@example.org") for person in PEOPLE] == PEOPLE


@pytest.mark.parametrize("step", ["rewrap", "redigest"])
@pytest.mark.parametrize("point", ["read", "row", "before-commit", "committed"])
def test_a_killed_rotation_loses_nothing_and_the_next_one_ends_it(
    acts: Acts, settings: Settings, step: str, point: str
) -> None:
    hit = 0
    while True:
        hit += 1
        tokens = seal_anew(settings)
        if not acts.killed("rotate", f"vault.{step}-{point}:{hit}"):
            break
        assert_all_there(tokens)
        assert acts.run("rotate") == 0
        assert_all_there(tokens)
        with_new_keys(settings)
        assert_all_there(tokens)
    assert {key.state for key in vault.key_usage()} == {KeyState.ACTIVE, KeyState.IDLE}
    assert hit > (5 if point == "row" else 3)


@pytest.mark.parametrize("point", ["vault.erased", "erasure.erased", "erasure.recorded"])
def test_a_killed_erasure_has_not_happened(acts: Acts, settings: Settings, now: datetime, point: str) -> None:
    tokens = seal_anew(settings)
    file = vault.put_file(ALICE, b"passport", media_type="image/jpeg", now=now)
    assert acts.killed("erase", f"{point}:1")
    assert_all_there(tokens)
    assert vault.read_file(ALICE, file.file_id) == b"passport"
    assert not EvidenceEvent.objects.exists()
    assert not OutboxEffect.objects.exists()
    assert acts.run("erase") == 0
    with pytest.raises(vault.ErasedSubjectError):
        vault.read_file(ALICE, file.file_id)
    assert evidence.verify_chain(chain_of_subject(ALICE)).length == 1


@pytest.mark.parametrize("hit", [1, 2, 3])
def test_a_killed_deletion_is_ended_by_its_repetition(acts: Acts, settings: Settings, now: datetime, hit: int) -> None:
    seal_anew(settings)
    for number in range(3):
        vault.put_file(ALICE, bytes(number), media_type="image/jpeg", now=now)
    names = list(VaultFile.objects.values_list("stored_name", flat=True))
    assert acts.run("erase") == 0
    assert acts.killed("delete-remains", f"vault.file-deleted:{hit}")
    assert VaultFile.objects.count() == 4 - hit
    assert acts.run("delete-remains") == 0
    assert not VaultFile.objects.exists()
    assert not any(default_storage.exists(name) for name in names)
