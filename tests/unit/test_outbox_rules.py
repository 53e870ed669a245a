"""When a failed effect comes back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.outbox.rules import LAST_ATTEMPT, LONGEST_DELAY, delay_after, is_last


@pytest.mark.parametrize(("attempt", "longest"), [(1, 5), (2, 10), (5, 80), (10, 2560), (11, 3600), (40, 3600)])
def test_the_delay_doubles_up_to_an_hour(attempt: int, longest: int) -> None:
    assert timedelta(seconds=longest) * 0.75 <= delay_after(attempt, 1) <= timedelta(seconds=longest)


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=2**63))
def test_no_delay_is_longer_than_an_hour_or_shorter_than_seconds(attempt: int, effect_id: int) -> None:
    assert timedelta(seconds=3.75) <= delay_after(attempt, effect_id) <= LONGEST_DELAY


def test_effects_that_failed_together_come_back_apart() -> None:
    assert len({delay_after(3, effect_id) for effect_id in range(100)}) == 100


def test_the_attempts_outlast_a_day() -> None:
    shortest = sum((delay_after(attempt, 7) for attempt in range(1, LAST_ATTEMPT)), timedelta())
    assert shortest > timedelta(hours=24)


def test_the_last_attempt_is_the_last() -> None:
    assert not is_last(LAST_ATTEMPT - 1)
    assert is_last(LAST_ATTEMPT)
