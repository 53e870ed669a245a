"""Commands as a person or a script calls them: exit codes, one sentence, no tracebacks."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from typer.testing import CliRunner

from inkseal import outbox
from inkseal.outbox import Effect
from inkseal.project import checks, worker
from inkseal.project.cli import COMMANDS, build
from inkseal.project.clock import database_now

PATIENCE_SECONDS = 60
NO_DATABASE = "sqlite:////no/such/folder/inkseal.db"


def run(*arguments: str, env: Mapping[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inkseal.project.cli", *arguments]
    return subprocess.run(
        command, env={**env, **more}, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )


@pytest.fixture
def empty(tmp_path: Path) -> Mapping[str, str]:
    """The environment of an installation that has nothing yet."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    return plain | {"INKSEAL_VAR_DIR": str(tmp_path), "INKSEAL_LOG_LEVEL": "ERROR"}


@pytest.mark.parametrize("arguments", [("migrate",), ("worker", "--once")])
def test_a_database_that_is_away_is_said_in_one_line_and_may_be_tried_again(
    empty: Mapping[str, str], arguments: tuple[str, ...]
) -> None:
    answer = run(*arguments, env=empty, INKSEAL_DATABASE_URL=NO_DATABASE)
    assert answer.returncode == 75
    assert answer.stderr.startswith("inkseal: Database away: ")
    assert len(answer.stderr.splitlines()) == 1


def test_a_worker_on_a_database_without_tables_says_so(empty: Mapping[str, str]) -> None:
    answer = run("worker", "--once", env=empty)
    assert answer.returncode == 75
    assert "no such table" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("arguments", [("migrate",), ("static",), ("doctor",), ("worker", "--once")])
def test_wrong_settings_are_listed_by_every_command(empty: Mapping[str, str], arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, env=empty, INKSEAL_REGON="1")
    assert answer.returncode == 78
    assert answer.stderr.splitlines()[1:] == ["  INKSEAL_REGON: no such setting"]


def test_migrating_an_empty_database_makes_it_up_to_date(empty: Mapping[str, str]) -> None:
    before = run("migrate", "--check", env=empty)
    assert before.returncode == 1
    assert before.stdout.endswith("migrations to apply\n")
    assert run("migrate", env=empty).returncode == 0
    after = run("migrate", "--check", env=empty)
    assert (after.returncode, after.stdout) == (0, "up to date\n")


def test_static_files_are_collected_with_digests_in_their_names(empty: Mapping[str, str], tmp_path: Path) -> None:
    assert run("static", env=empty).returncode == 0
    assert (tmp_path / "static" / "staticfiles.json").is_file()
    assert list((tmp_path / "static").glob("django_htmx/htmx*.*.js"))


@pytest.mark.django_db
def test_the_tables_of_the_tests_are_up_to_date() -> None:
    answer = CliRunner().invoke(build(), ["migrate", "--check"])
    assert (answer.exit_code, answer.output) == (0, "up to date\n")


def test_a_worker_with_nothing_to_do_says_so_and_ends(child_environment: Mapping[str, str]) -> None:
    answer = run("worker", "--once", env=child_environment)
    assert (answer.returncode, answer.stdout) == (0, "0 effects were run.\n"), answer.stderr


ran: list[str] = []


@outbox.handler("cli.test")
def _remember(effect: Effect, _now: datetime) -> None:
    ran.append(effect.key)


@pytest.fixture
def done(transactional_db: None) -> Iterator[list[str]]:
    """The keys of the effects that were run, in order."""
    ran.clear()
    yield ran
    ran.clear()


def enqueue(*keys: str, later: timedelta = timedelta(0)) -> None:
    now = database_now()
    with transaction.atomic():
        for key in keys:
            outbox.enqueue("cli.test", key, {}, now=now, due_at=now + later)


def test_a_worker_runs_everything_that_is_due(done: list[str]) -> None:
    enqueue("a", "b", "c")
    assert worker.work_off("test", threading.Event()) == 3
    assert sorted(done) == ["a", "b", "c"]


def test_a_worker_leaves_what_is_not_due_yet(done: list[str]) -> None:
    enqueue("a", later=timedelta(hours=1))
    assert worker.work_off("test", threading.Event()) == 0
    assert done == []


class StopAfterFirst(threading.Event):
    """As SIGTERM that comes while the first effect is being run."""

    def is_set(self) -> bool:
        return bool(ran)


def test_a_worker_that_is_asked_to_end_ends_after_the_effect_at_hand(done: list[str]) -> None:
    enqueue("a", "b", "c")
    assert worker.work_off("test", StopAfterFirst()) == 1
    assert len(done) == 1
    assert outbox.backlog().pending == 2


def test_a_worker_waits_longer_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch, done: list[str]) -> None:
    waited: list[float | None] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout)
            if len(waited) == 2:
                self.set()
            return self.is_set()

    failures = [OperationalError("away")]

    def run_due(*_: object, **__: object) -> int:
        if failures:
            raise failures.pop()
        return 0

    monkeypatch.setattr(outbox, "run_due", run_due)
    worker.work("test", Stop())
    assert waited == [worker.AWAY_SECONDS, worker.IDLE_SECONDS]


def test_a_worker_ends_at_sigterm(child_environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "inkseal.project.cli", "worker", "--owner", "test-worker"]
    settings = {"INKSEAL_LOG_LEVEL": "INFO"}
    with subprocess.Popen(command, env={**child_environment, **settings}, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any('"worker_started"' in line and '"test-worker"' in line for line in process.stderr)
        process.terminate()
        assert '"worker_ended"' in process.stderr.read()
        assert process.wait(PATIENCE_SECONDS) == 0


def test_an_unexpected_error_is_not_hidden(empty: Mapping[str, str]) -> None:
    program = "import inkseal.project.cli as c; c.build = lambda _: (lambda: 1 // 0); c.main()"
    answer = subprocess.run([sys.executable, "-c", program], env=empty, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "ZeroDivisionError" in answer.stderr


@pytest.mark.parametrize("command", ["serve", "worker", "doctor", "migrate"])
def test_a_command_loads_nothing_heavy_before_it_is_called(empty: Mapping[str, str], command: str) -> None:
    heavy = "{'django', 'pyhanko', 'typst', 'pypdfium2', 'PIL', 'cryptography'}"
    program = (
        f"import sys; from inkseal.project.cli import build; build({command!r}); print({heavy} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", program], env=empty, capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_is_called_by_its_name_also_when_it_is_loaded_alone(command: str) -> None:
    answer = CliRunner().invoke(build(command), [command, "--help"])
    assert answer.exit_code == 0
    assert f"Usage: inkseal {command}" in answer.output


def test_missing_migrations_are_named(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    from django.core.management import call_command

    call_command("migrate", "sessions", "zero", verbosity=0)
    try:
        assert checks.missing_migrations() == ["sessions.0001_initial"]
    finally:
        call_command("migrate", "sessions", verbosity=0)
