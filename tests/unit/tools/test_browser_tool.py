"""The browser and the server of the pictures: one's own installation, free ports, an end when it does not start."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import browser, mariadb


def test_a_server_of_its_own_takes_nothing_of_the_developer_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INKSEAL_DATABASE_URL", "mysql://the-real-one")
    monkeypatch.setenv("INKSEAL_SMTP_HOST", "mail.example")
    made = browser.environment(tmp_path)
    assert {name for name in made if name.startswith("INKSEAL_")} == {
        "INKSEAL_VAR_DIR",
        "INKSEAL_DEMO",
        "INKSEAL_LOG_LEVEL",
    }
    assert made["INKSEAL_VAR_DIR"] == str(tmp_path)
    assert "PATH" in made


def test_a_free_port_can_be_listened_on() -> None:
    port = browser.free_port()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
    assert 1024 <= port <= 65535


def test_a_server_that_ends_at_once_is_not_waited_for() -> None:
    began = time.monotonic()
    ended = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    with ended as process, pytest.raises(RuntimeError, match="did not start"):
        browser._wait_for(f"http://127.0.0.1:{browser.free_port()}", process)
    assert time.monotonic() - began < browser.START_SECONDS / 10


def test_mails_and_database_are_found_in_the_server_s_folder(tmp_path: Path) -> None:
    here = browser.Server("http://127.0.0.1:1", tmp_path)
    assert here.mailbox == tmp_path / "mailbox"
    assert here.database == tmp_path / "inkseal.db"


def test_the_browser_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKSEAL_TEST_CHROMIUM", "/opt/chrome")
    assert browser.chromium() == "/opt/chrome"


def test_without_a_browser_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("INKSEAL_TEST_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.chromium() is None


def test_the_browser_sends_nothing_beyond_this_machine_by_itself() -> None:
    assert {"--disable-background-networking", "--disable-component-update", "--disable-sync"} <= set(browser.FLAGS)


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mariadb, "has_programs", lambda *_: True)
    monkeypatch.setattr("tools.mariadb.importlib.util.find_spec", lambda _: object())


def test_with_server_and_driver_the_run_on_mariadb_is_possible(
    complete: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mariadb.main() == 0
    assert not capsys.readouterr().out


@pytest.mark.parametrize("program", mariadb.PROGRAMS)
def test_a_missing_program_is_named_and_the_run_left_out_aloud(
    complete: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    monkeypatch.setattr(mariadb, "has_programs", lambda name: name != program)
    assert mariadb.main() == 1
    assert capsys.readouterr().out == f"SKIPPED: the run on MariaDB; missing: {program}\n"


def test_everything_that_is_missing_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mariadb, "has_programs", lambda _: False)
    monkeypatch.setattr("tools.mariadb.importlib.util.find_spec", lambda _: None)
    mariadb.main()
    said = capsys.readouterr().out
    assert all(name in said for name in (*mariadb.PROGRAMS, "the driver MySQLdb"))
