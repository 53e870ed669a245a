"""The soak goes on until its time is up, and names the seed that failed."""

from collections.abc import Callable, Iterator

import pytest

from tools import soak


def clock(*seconds: float) -> Callable[[], float]:
    times: Iterator[float] = iter(seconds)
    return lambda: next(times)


def test_rounds_are_run_with_rising_seeds_until_the_time_is_up() -> None:
    seeds: list[int] = []

    def run(seed: int) -> int:
        seeds.append(seed)
        return 0

    assert soak.soak(1, 7, run=run, clock=clock(0, 30, 59, 61)) is None
    assert seeds == [7, 8, 9]


def test_a_round_that_fails_ends_the_soak_and_gives_its_seed() -> None:
    assert soak.soak(60, 7, run=lambda seed: int(seed == 9), clock=clock(0, 1, 2, 3)) == 9


def test_no_time_is_still_one_round() -> None:
    seeds: list[int] = []

    def run(seed: int) -> int:
        seeds.append(seed)
        return 0

    assert soak.soak(0, 3, run=run, clock=clock(0, 0)) is None
    assert seeds == [3]


def test_no_tests_at_all_is_not_passed() -> None:
    no_tests_collected = 5
    assert soak.soak(1, 1, run=lambda _: no_tests_collected, clock=clock(0, 1)) == 1


def test_a_failed_soak_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(soak, "soak", lambda *_: 12)
    assert soak.main(["--minutes", "1", "--seed", "3"]) == 1
    assert "make soak MINUTES=0 SEED=12" in capsys.readouterr().err


def test_a_soak_that_passed_ends_with_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[float, int]] = []

    def record(minutes: float, seed: int) -> None:
        asked.append((minutes, seed))

    monkeypatch.setattr(soak, "soak", record)
    assert soak.main(["--minutes", "0.5", "--seed", "3"]) == 0
    assert asked == [(0.5, 3)]
