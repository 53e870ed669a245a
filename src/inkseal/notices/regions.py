"""Which clock an author lives by: his nationality is all we know of where he is. Pure.

A country with several zones is given that of most of its people; an unknown one counts as UTC.
"""

from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

#: Nobody is prompted from here ...
QUIET_FROM: Final = time(22)
#: ... to here, by his own clock.
QUIET_UNTIL: Final = time(8)

_ZONES: Final = MappingProxyType(
    {
        "AE": "Asia/Dubai",
        "AR": "America/Argentina/Buenos_Aires",
        "AU": "Australia/Sydney",
        "BD": "Asia/Dhaka",
        "BR": "America/Sao_Paulo",
        "CA": "America/Toronto",
        "CL": "America/Santiago",
        "CN": "Asia/Shanghai",
        "CO": "America/Bogota",
        "DE": "Europe/Berlin",
        "EG": "Africa/Cairo",
        "ES": "Europe/Madrid",
        "FR": "Europe/Paris",
        "GB": "Europe/London",
        "GH": "Africa/Accra",
        "HK": "Asia/Hong_Kong",
        "ID": "Asia/Jakarta",
        "IE": "Europe/Dublin",
        "IN": "Asia/Kolkata",
        "IT": "Europe/Rome",
        "JP": "Asia/Tokyo",
        "KE": "Africa/Nairobi",
        "KH": "Asia/Phnom_Penh",
        "KR": "Asia/Seoul",
        "LK": "Asia/Colombo",
        "MM": "Asia/Yangon",
        "MO": "Asia/Macau",
        "MX": "America/Mexico_City",
        "MY": "Asia/Kuala_Lumpur",
        "NG": "Africa/Lagos",
        "NL": "Europe/Amsterdam",
        "NP": "Asia/Kathmandu",
        "NZ": "Pacific/Auckland",
        "PE": "America/Lima",
        "PH": "Asia/Manila",
        "PK": "Asia/Karachi",
        "PL": "Europe/Warsaw",
        "PT": "Europe/Lisbon",
        "RO": "Europe/Bucharest",
        "RU": "Europe/Moscow",
        "SA": "Asia/Riyadh",
        "SE": "Europe/Stockholm",
        "SG": "Asia/Singapore",
        "TH": "Asia/Bangkok",
        "TR": "Europe/Istanbul",
        "TW": "Asia/Taipei",
        "UA": "Europe/Kyiv",
        "US": "America/New_York",
        "VN": "Asia/Ho_Chi_Minh",
        "ZA": "Africa/Johannesburg",
    }
)
KNOWN_COUNTRIES: Final = frozenset(_ZONES)


@lru_cache(maxsize=256)
def zone_of(nationality: str) -> tzinfo:
    """Return the zone of a country's two letters; UTC when it is not known."""
    name = _ZONES.get(nationality.upper())
    return UTC if name is None else ZoneInfo(name)


def end_of_quiet(now: datetime, zone: tzinfo) -> datetime | None:
    """Return when the quiet hours that `now` lies in are over, in UTC; None outside of them."""
    local = now.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_UNTIL, zone).astimezone(UTC)
