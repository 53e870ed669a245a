"""What each purpose of the set-up needs, in which order: running needs least, and never a system package."""

from collections.abc import Callable

import pytest

from tools import setup, system_packages

STEPS = (
    "create_environment",
    "install_package",
    "install_static_parts",
    "compile_messages",
    "collect_static_files",
    "install_database_driver",
)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that were taken, in order; none is really taken."""
    taken: list[str] = []

    def noting(name: str) -> Callable[..., None]:
        return lambda *_, **__: taken.append(name)

    for step in STEPS:
        monkeypatch.setattr(setup, step, noting(step))
    monkeypatch.setattr(setup, "install_lock", lambda name, **_: taken.append(f"lock {name}"))
    monkeypatch.setattr(system_packages, "provide", lambda needs, _: taken.append(f"system {len(needs)}"))
    return taken


def steps_of(purpose: str, done: list[str]) -> list[str]:
    assert setup.main([purpose]) == 0
    return done


def test_running_needs_no_system_package_and_no_test_package(done: list[str]) -> None:
    taken = steps_of("run", done)
    assert not [step for step in taken if step.startswith("system")]
    assert [step for step in taken if step.startswith("lock")] == ["lock base"]
    assert "install_database_driver" not in taken


def test_checking_installs_nothing_that_is_only_shown(done: list[str]) -> None:
    assert steps_of("check", done) == ["create_environment", "lock dev", "install_package"]


def test_testing_is_checking_and_all_that_can_be_had(done: list[str]) -> None:
    taken = steps_of("test", done)
    assert taken[:3] == ["create_environment", "lock dev", "install_package"]
    assert taken.index(f"system {len(system_packages.TEST_NEEDS)}") < taken.index("install_database_driver")


def test_benchmarks_bring_their_alternatives(done: list[str]) -> None:
    taken = steps_of("bench", done)
    assert "lock bench" in taken
    assert f"system {len(system_packages.BENCH_NEEDS)}" in taken


@pytest.mark.parametrize("purpose", sorted(setup.PURPOSES))
def test_the_environment_comes_first_and_packages_before_the_package(purpose: str, done: list[str]) -> None:
    taken = steps_of(purpose, done)
    assert taken[0] == "create_environment"
    assert taken[1].startswith("lock ")
    assert taken[2] == "install_package"


@pytest.mark.parametrize("purpose", ["run", "test", "bench"])
def test_messages_are_compiled_and_files_collected_last(purpose: str, done: list[str]) -> None:
    taken = steps_of(purpose, done)
    assert taken.index("install_static_parts") < taken.index("compile_messages") < taken.index("collect_static_files")


@pytest.mark.parametrize("arguments", [[], ["run", "test"], ["--help"], ["RUN"], [""]])
def test_anything_but_one_purpose_is_answered_with_the_purposes(
    arguments: list[str], done: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert setup.main(arguments) == 2
    assert done == []
    assert capsys.readouterr().err == "usage: python3 -m tools.setup run|check|test|bench\n"
