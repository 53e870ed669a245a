"""System packages are installed only where that is allowed; otherwise one message names them all."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import system_packages
from tools.system_packages import Need


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What install() was asked for; it installs nothing."""
    recorded: list[tuple[str, ...]] = []

    def record(packages: Sequence[str]) -> bool:
        recorded.append(tuple(packages))
        return False

    monkeypatch.setattr(system_packages, "install", record)
    return recorded


def need(*packages: str, there: bool, without: str = "something is skipped") -> Need:
    return Need(packages, without, lambda: there)


def test_nothing_is_installed_or_said_when_all_is_there(
    tmp_path: Path, asked: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    system_packages.provide([need("chromium", there=True)], tmp_path)
    assert asked == []
    assert not capsys.readouterr().out


def test_only_what_is_missing_is_asked_for(tmp_path: Path, asked: list[tuple[str, ...]]) -> None:
    system_packages.provide([need("chromium", there=True), need("gcc", "pkg-config", there=False)], tmp_path)
    assert asked == [("gcc", "pkg-config")]


def test_one_message_names_everything_that_stays_missing_and_what_is_skipped(
    tmp_path: Path, asked: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    needs = [
        need("chromium", there=False, without="the browser tests are skipped"),
        need("gcc", "pkg-config", there=False, without="the driver is not built"),
    ]
    system_packages.provide(needs, tmp_path)
    message = capsys.readouterr().out
    assert "chromium: the browser tests are skipped" in message
    assert "gcc pkg-config: the driver is not built" in message
    assert "sudo apt-get install --no-install-recommends chromium gcc pkg-config" in message


def test_what_could_not_be_had_is_not_asked_for_again_but_said_again(
    tmp_path: Path, asked: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        system_packages.provide([need("chromium", there=False)], tmp_path)
    assert asked == [("chromium",)]
    assert capsys.readouterr().out.count("chromium: something is skipped") == 2


def test_another_missing_package_is_asked_for_although_the_first_could_not_be_had(
    tmp_path: Path, asked: list[tuple[str, ...]]
) -> None:
    system_packages.provide([need("chromium", there=False)], tmp_path)
    system_packages.provide([need("chromium", there=False), need("gcc", there=False)], tmp_path)
    assert asked == [("chromium",), ("chromium", "gcc")]


def test_nothing_is_installed_when_the_owner_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEM_PACKAGES", "no")
    assert system_packages.apt_get() is None
    assert not system_packages.install(("chromium",))


def pretend(monkeypatch: pytest.MonkeyPatch, *, user: int, programs: Sequence[str], sudo_code: int = 0) -> None:
    monkeypatch.delenv("SYSTEM_PACKAGES", raising=False)
    monkeypatch.setattr("tools.system_packages.os.geteuid", lambda: user)
    monkeypatch.setattr("tools.system_packages.shutil.which", lambda name, **_: name if name in programs else None)
    answer = subprocess.CompletedProcess[bytes](["sudo"], sudo_code)
    monkeypatch.setattr("tools.system_packages.subprocess.run", lambda *_, **__: answer)


def test_root_installs_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, user=0, programs=["apt-get"])
    assert system_packages.apt_get() == ["apt-get"]


def test_a_user_installs_through_a_sudo_that_asks_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, user=1000, programs=["apt-get", "sudo"])
    assert system_packages.apt_get() == ["sudo", "-n", "apt-get"]


def test_a_user_whose_sudo_asks_for_a_password_installs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, user=1000, programs=["apt-get", "sudo"], sudo_code=1)
    assert system_packages.apt_get() is None


def test_a_system_without_apt_installs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, user=0, programs=[])
    assert system_packages.apt_get() is None


def test_packages_that_the_system_does_not_offer_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        candidate = "(none)" if command[-1] == "chromium" else "1.0"
        return subprocess.CompletedProcess(command, 0, stdout=f"  Candidate: {candidate}\n")

    monkeypatch.setattr(system_packages, "apt_get", lambda: ["apt-get"])
    monkeypatch.setattr("tools.system_packages.subprocess.run", run)
    assert not system_packages.install(("chromium", "gcc"))
    assert commands[-1] == ["apt-get", "-qq", "-y", "--no-install-recommends", "install", "gcc"]


def test_a_browser_that_is_named_is_the_one_that_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKSEAL_TEST_CHROMIUM", str(tmp_path / "chrome"))
    assert not system_packages.has_browser()
    (tmp_path / "chrome").touch()
    assert system_packages.has_browser()


def test_programs_of_the_administrator_are_found_without_his_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert system_packages.has_programs("sh")
    assert not system_packages.has_programs("sh", "no-such-program")


def test_every_need_says_what_is_left_out_without_it() -> None:
    for each in (*system_packages.TEST_NEEDS, *system_packages.BENCH_NEEDS):
        assert each.packages
        assert each.without


def test_libraries_are_looked_up_by_the_names_the_linker_uses() -> None:
    assert system_packages.has_libraries("c")
    assert not system_packages.has_libraries("c", "no-such-library")
