"""`inkseal doctor`: each check says what is wrong and what to do; only a failure makes it exit 1."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from pytest_django import Settings
from typer.testing import CliRunner

from inkseal import outbox
from inkseal.core.errors import PermanentError
from inkseal.documents.demo_pki import init_demo_pki
from inkseal.project import checks, mailbox
from inkseal.project.checks import Finding, State
from inkseal.project.cli import build

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seal key and its root; making them is slow, so they are made once."""
    folder = tmp_path_factory.mktemp("keys")
    init_demo_pki(folder, passphrase="correct horse", now=datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    return folder


@pytest.fixture
def installation(tmp_path: Path, settings: Settings, keys: Path) -> Path:
    """Folders, keys and a font, as an installation in order has them."""
    settings.VAR_DIR = tmp_path / "var"
    settings.SEAL_KEY_FILE, settings.TRUST_ROOTS = keys / "seal.p12", keys / "roots.pem"
    settings.SEAL_KEY_PASSPHRASE = "correct horse"
    settings.FONT_DIRS = [tmp_path / "fonts"]
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Serif.ttf").touch()
    return tmp_path


def found(check: str) -> Finding:
    return next(finding for finding in checks.all_findings() if finding.check == check)


def states() -> dict[str, State]:
    return {finding.check: finding.state for finding in checks.all_findings()}


def test_an_installation_in_order_has_no_failure(installation: Path) -> None:
    assert State.FAIL not in states().values()
    assert set(states()) == {
        *("settings", "database", "migrations", "outbox", "seal key", "roots", "fonts", "storage", "mail")
    }


def test_every_finding_that_is_not_ok_says_what_to_do(installation: Path, settings: Settings) -> None:
    settings.SEAL_KEY_FILE = settings.TRUST_ROOTS = installation / "nothing"
    settings.FONT_DIRS = [installation / "nothing"]
    wrong = [finding for finding in checks.all_findings() if finding.state is not State.OK]
    assert {"seal key", "roots", "fonts"} <= {finding.check for finding in wrong}
    assert all(finding.advice.endswith((".", "migrate", "worker")) for finding in wrong)


def test_a_failure_makes_the_doctor_exit_with_1(installation: Path, settings: Settings) -> None:
    assert CliRunner().invoke(build(), ["doctor"]).exit_code == 0
    settings.FONT_DIRS = []
    answer = CliRunner().invoke(build(), ["doctor"])
    assert answer.exit_code == 1
    assert "fail  fonts       none found. Run `make setup`" in answer.output


def test_machines_get_json(installation: Path) -> None:
    answer = CliRunner().invoke(build(), ["doctor", "--json"])
    rows = json.loads(answer.output)
    assert answer.exit_code == 0
    assert {row["check"]: row["state"] for row in rows} == {name: state.value for name, state in states().items()}
    assert set(rows[0]) == {"check", "state", "fact", "advice"}


def test_a_warning_alone_is_no_failure(installation: Path, settings: Settings) -> None:
    settings.DEMO = True
    answer = CliRunner().invoke(build(), ["doctor"])
    assert answer.exit_code == 0
    assert "warn  settings    demo mode. Do not use it with real people's data." in answer.output


def test_a_database_that_is_away_leaves_out_what_needs_it(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> datetime:
        raise OperationalError

    monkeypatch.setattr(checks, "database_now", away)
    assert found("database").state is State.FAIL
    assert not {"migrations", "outbox", "seal key"} & set(states())
    assert "fonts" in states()


def test_tables_that_are_behind_are_a_failure_and_their_outbox_is_not_asked(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "missing_migrations", lambda: ["contracts.0002", "vault.0002"])
    assert found("migrations") == Finding("migrations", State.FAIL, "2 not applied", "Run: inkseal migrate")
    assert "outbox" not in states()


def test_all_migrations_of_the_test_database_are_applied() -> None:
    assert checks.missing_migrations() == []


@outbox.handler("doctor.test")
def _refuse(_effect: outbox.Effect, _now: datetime) -> None:
    raise PermanentError


def enqueue(now: datetime) -> None:
    with transaction.atomic():
        outbox.enqueue("doctor.test", "1", {}, now=now)


def test_effects_that_wait_a_moment_are_in_order(now: datetime) -> None:
    enqueue(now)
    assert checks.outbox_backlog(now + timedelta(minutes=4)) == Finding("outbox", State.OK, "1 effects wait")


def test_effects_that_wait_long_ask_for_a_worker(now: datetime) -> None:
    enqueue(now)
    finding = checks.outbox_backlog(now + timedelta(minutes=6))
    assert finding.state is State.WARN
    assert finding.fact == "1 effects wait, the oldest since 2026-11-21 09:30 UTC"
    assert "inkseal worker" in finding.advice


def test_effects_that_were_given_up_are_a_failure(now: datetime) -> None:
    enqueue(now)
    assert outbox.run_due(lambda: now, owner="test") == 1
    finding = checks.outbox_backlog(now)
    assert (finding.state, finding.fact) == (State.FAIL, "1 effects were given up")


def test_a_seal_key_that_is_missing_says_how_to_get_one(installation: Path, settings: Settings, now: datetime) -> None:
    settings.SEAL_KEY_FILE = installation / "nothing.p12"
    finding = checks.seal_key(now)
    assert finding.state is State.FAIL
    assert "inkseal keys init-demo" in finding.advice


def test_a_seal_key_with_another_passphrase_is_a_failure_that_does_not_show_it(
    installation: Path, settings: Settings, now: datetime
) -> None:
    settings.SEAL_KEY_PASSPHRASE = "wrong horse"
    finding = checks.seal_key(now)
    assert finding.state is State.FAIL
    assert "wrong horse" not in f"{finding.fact}{finding.advice}"


def test_a_file_that_is_no_seal_key_is_a_failure(installation: Path, settings: Settings, now: datetime) -> None:
    settings.SEAL_KEY_FILE = installation / "fonts" / "Serif.ttf"
    assert checks.seal_key(now).state is State.FAIL


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (timedelta(days=60, microseconds=1), State.OK),
        (timedelta(days=60), State.WARN),
        (timedelta(microseconds=1), State.WARN),
        (timedelta(0), State.FAIL),
        (timedelta(days=-1), State.FAIL),
    ],
)
def test_a_seal_key_warns_sixty_days_before_it_expires(now: datetime, left: timedelta, state: State) -> None:
    finding = checks.expiry(now + left, now)
    assert finding.state is state
    assert bool(finding.advice) == (state is not State.OK)


def test_the_end_of_the_seal_key_is_the_end_of_its_certificate(installation: Path, now: datetime) -> None:
    assert checks.seal_key(now).fact.startswith("valid until 20")
    assert checks.seal_key(now + timedelta(days=365 * 100)).state is State.FAIL


def test_roots_that_are_missing_or_no_certificates_are_a_failure(
    installation: Path, settings: Settings, now: datetime
) -> None:
    settings.TRUST_ROOTS = installation / "fonts" / "Serif.ttf"
    assert checks.trust_roots(now).state is State.FAIL
    settings.TRUST_ROOTS = installation / "nothing.pem"
    assert checks.trust_roots(now).state is State.FAIL


def test_roots_that_expired_are_a_warning(installation: Path, now: datetime) -> None:
    assert checks.trust_roots(now).state is State.OK
    assert checks.trust_roots(now + timedelta(days=365 * 100)).state is State.WARN


def test_a_place_that_is_not_a_folder_is_no_storage(installation: Path, settings: Settings) -> None:
    settings.VAR_DIR = installation / "fonts" / "Serif.ttf" / "var"
    finding = checks.storage()
    assert finding.state is State.FAIL
    assert "INKSEAL_VAR_DIR" in finding.advice


def test_little_room_is_a_warning(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LITTLE_SPACE_BYTES", 1024**6)
    assert checks.storage().state is State.WARN


def test_checking_storage_leaves_no_file(installation: Path) -> None:
    checks.storage()
    assert list((installation / "var").iterdir()) == []


def test_a_mail_server_that_is_away_is_a_warning_because_messages_wait(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # discard: nobody listens there
    finding = checks.mail()
    assert (finding.state, finding.fact) == (State.WARN, "no mail server at 127.0.0.1:9")


def test_a_mail_server_that_answers_is_in_order(tmp_path: Path, settings: Settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    controller = mailbox.start(tmp_path, settings.EMAIL_PORT)
    try:
        assert checks.mail().state is State.OK
    finally:
        controller.stop()
