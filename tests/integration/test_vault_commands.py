"""`inkseal keys rotate` and `inkseal keys erase` as a person or a script calls them."""

import json
from datetime import datetime

import pytest
from django.conf import settings as configured
from pytest_django.fixtures import Settings
from typer.testing import CliRunner, Result

from inkseal import vault
from inkseal.evidence.models import EvidenceEvent
from inkseal.project.cli import build
from inkseal.project.cli.failures import CommandError
from inkseal.project.demo.people import write_book, write_world
from inkseal.vault.models import DataKey
from tests.installation_keys import NEW, OLD, master

ALICE, BOB = vault.author_subject(1001), vault.author_subject(1002)
PLACE = ("signonline_exp", "realname_en")
ERASE_ALICE = ("erase", ALICE, "--basis", "Art. 17(1)(b)")
pytestmark = pytest.mark.django_db


@pytest.fixture
def two_keys(settings: Settings) -> None:
    settings.MASTER_KEYS = master(OLD)
    for person in (ALICE, BOB):
        vault.seal(person, *PLACE, "x")
    vault.remember("email", "alice@example.org", ALICE)
    settings.MASTER_KEYS = master(NEW, OLD)


def keys(*arguments: str) -> Result:
    return CliRunner().invoke(build("keys"), ["keys", *arguments])


def refusal(*arguments: str) -> CommandError:
    answer = keys(*arguments)
    assert isinstance(answer.exception, CommandError), answer.output
    assert answer.exception.exit_code == 1
    return answer.exception


def test_a_check_changes_nothing_and_names_the_key_that_is_still_needed(two_keys: None) -> None:
    fault = refusal("rotate", "--check")
    assert fault.fact == f"2 data keys hang on master key {OLD}"
    assert "rotate again" in fault.advice
    assert DataKey.objects.filter(master_key_id=OLD).count() == 2


def test_a_rotation_prints_its_counts_and_ends_with_zero(two_keys: None) -> None:
    answer = keys("rotate")
    assert answer.exit_code == 0
    assert "Re-wrapped 2 data keys, re-digested 0 index entries." in answer.stdout
    assert f"{OLD}" in answer.stdout
    assert keys("rotate", "--check").exit_code == 0


def test_a_rotation_answers_machines_in_json(two_keys: None) -> None:
    facts = json.loads(keys("rotate", "--json").stdout)
    assert facts["rotated"] == {"data_keys": 2, "index_entries": 0}
    assert [(key["key_id"], key["rows"], key["state"]) for key in facts["keys"][:2]] == [
        (NEW, 2, "active"),
        (OLD, 0, "idle"),
    ]
    assert json.loads(keys("rotate", "--check", "--json").stdout)["rotated"] is None


def test_a_key_taken_away_too_early_is_named(two_keys: None, settings: Settings) -> None:
    settings.MASTER_KEYS = master(NEW)
    fault = refusal("rotate")
    assert f"2 data keys hang on master key {OLD}" in fault.fact
    assert "back into the settings" in fault.advice


def test_no_key_is_printed(two_keys: None) -> None:
    secrets = [part.partition(":")[2] for part in configured.MASTER_KEYS.split(",")] + [configured.BLIND_INDEX_KEY]
    shown = keys("rotate").output + keys("rotate", "--json").output
    assert secrets
    assert not [secret for secret in secrets if secret in shown]


def test_without_execute_nothing_is_erased(two_keys: None) -> None:
    answer = keys(*ERASE_ALICE)
    assert answer.exit_code == 0
    assert "1 index entries" in answer.stdout
    assert "Add --execute" in answer.stdout
    assert not vault.is_erased(ALICE)
    assert not EvidenceEvent.objects.exists()


def test_with_execute_a_person_is_erased_and_the_others_are_not(two_keys: None) -> None:
    answer = keys(*ERASE_ALICE, "--execute")
    assert answer.exit_code == 0, answer.output
    assert vault.is_erased(ALICE)
    assert not vault.is_erased(BOB)
    assert "Art. 17(1)(b)" in EvidenceEvent.objects.get().facts
    assert "It was erased at" in keys(*ERASE_ALICE).stdout


def test_an_erasure_answers_machines_in_json(two_keys: None) -> None:
    assert json.loads(keys(*ERASE_ALICE, "--json").stdout)["executed"] is False
    facts = json.loads(keys(*ERASE_ALICE, "--execute", "--json").stdout)
    assert (facts["executed"], facts["salts"], facts["holdings"]["index_entries"]) == (True, 0, 1)


def test_sealed_contracts_ask_for_a_basis_and_a_day(now: datetime) -> None:
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    vault.put_file(vault.contract_subject(77), b"sealed", media_type="application/pdf", now=now)
    assert "contract:77" in refusal(*ERASE_ALICE, "--execute").fact
    assert "no day" in refusal(*ERASE_ALICE, "--execute", "--retained", "tax law@soon").fact
    assert "basis" in refusal(*ERASE_ALICE, "--execute", "--retained", "@2036-12-31").fact
    assert not vault.is_erased(ALICE)
    assert "contract:77" in keys(*ERASE_ALICE, "--execute", "--retained", "tax law@2036-12-31").stdout
    assert '"retained_until":"2036-12-31"' in EvidenceEvent.objects.get(kind="subject.erased").facts


@pytest.mark.parametrize("subject", ["author:", "alice", "author:1001 or 1=1", "file:7", "author:" + "9" * 30])
def test_a_subject_that_names_nobody_is_refused(subject: str) -> None:
    assert "names nobody" in refusal("erase", subject, "--basis", "x", "--execute").fact


def test_a_subject_for_which_nothing_was_sealed_is_refused(two_keys: None) -> None:
    for more in ((), ("--execute",)):
        assert "Nothing was ever sealed" in refusal("erase", "author:999", "--basis", "x", *more).fact
    assert not DataKey.objects.filter(subject="author:999").exists()


def test_an_erasure_needs_a_basis(two_keys: None) -> None:
    assert keys("erase", ALICE, "--execute").exit_code == 2
    assert not vault.is_erased(ALICE)
