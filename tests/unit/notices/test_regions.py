"""Quiet hours by the author's own clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inkseal.notices.regions import KNOWN_COUNTRIES, end_of_quiet, zone_of


@pytest.mark.parametrize("country", sorted(KNOWN_COUNTRIES))
def test_every_zone_exists(country: str) -> None:
    assert isinstance(zone_of(country), ZoneInfo)


@pytest.mark.parametrize("country", ["", "ZZ", "Singapore", "1"])
def test_an_unknown_country_counts_as_utc(country: str) -> None:
    assert zone_of(country) is UTC


def test_small_letters_are_understood() -> None:
    assert zone_of("sg") == zone_of("SG")


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(21, 59, False), (22, 0, True), (23, 59, True), (0, 0, True), (7, 59, True), (8, 0, False), (12, 0, False)],
)
def test_the_quiet_hours_begin_at_22_and_end_at_8(hour: int, minute: int, quiet: bool) -> None:  # noqa: FBT001  # a case
    assert (end_of_quiet(datetime(2026, 11, 21, hour, minute, tzinfo=UTC), UTC) is not None) == quiet


def test_before_midnight_the_next_day_is_waited_for_and_after_it_the_same() -> None:
    morning = datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert end_of_quiet(datetime(2026, 11, 21, 23, tzinfo=UTC), UTC) == morning
    assert end_of_quiet(datetime(2026, 11, 22, 3, tzinfo=UTC), UTC) == morning


@pytest.mark.parametrize(("country", "hour"), [("SG", 0), ("US", 13), ("IN", 2)])
def test_morning_comes_by_the_authors_clock(country: str, hour: int) -> None:
    """16:30 UTC is 0:30 in Singapore, 11:30 in New York, 22:00 in India."""
    now = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    end = end_of_quiet(now, zone_of(country))
    if country == "US":
        assert end is None
    else:
        assert end is not None
        assert end == datetime(2026, 11, 22, hour, 30 if country == "IN" else 0, tzinfo=UTC)


def test_a_night_in_which_the_clocks_change_ends_at_8_all_the_same() -> None:
    end = end_of_quiet(datetime(2026, 3, 28, 22, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    assert end == datetime(2026, 3, 29, 6, tzinfo=UTC)


@pytest.mark.parametrize("country", sorted(KNOWN_COUNTRIES))
def test_the_end_of_quiet_hours_is_later_than_now_and_not_quiet(country: str) -> None:
    zone, start = zone_of(country), datetime(2026, 3, 28, tzinfo=UTC)
    for half_hours in range(96):
        now = start + timedelta(minutes=30 * half_hours)
        end = end_of_quiet(now, zone)
        assert end is None or (now < end <= now + timedelta(hours=11) and end_of_quiet(end, zone) is None)
