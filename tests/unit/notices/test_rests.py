"""A silent server is left alone for a minute."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from inkseal.notices.errors import RouteRestsError
from inkseal.notices.rests import REST, let_rest, require_awake

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
_numbers = itertools.count()


@pytest.fixture
def server() -> str:
    """A server of which nothing is remembered."""
    return f"smtp:127.0.0.1:{next(_numbers)}"


def test_a_server_that_nobody_complained_about_is_awake(server: str) -> None:
    require_awake(server, now=NOW)


def test_a_silent_server_rests_until_its_minute_is_over(server: str) -> None:
    let_rest(server, now=NOW)
    for seconds in (0, 59):
        with pytest.raises(RouteRestsError):
            require_awake(server, now=NOW + timedelta(seconds=seconds))
    require_awake(server, now=NOW + REST)


def test_one_silent_server_says_nothing_about_another(server: str) -> None:
    let_rest(server, now=NOW)
    require_awake(f"{server}0", now=NOW)


def test_a_rest_is_longer_than_the_time_limits_of_one_attempt() -> None:
    assert timedelta(seconds=30) < REST
