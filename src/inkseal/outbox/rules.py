"""When a failed effect is tried again, and when it is given up."""

import zlib
from datetime import timedelta
from typing import Final

FIRST_DELAY: Final = timedelta(seconds=5)
LONGEST_DELAY: Final = timedelta(hours=1)
#: Forty attempts span about thirty hours: longer than a day's outage of a partner (A-53).
LAST_ATTEMPT: Final = 40
#: From here on doubling only meets the ceiling.
_DOUBLINGS: Final = 16


def delay_after(attempt: int, effect_id: int) -> timedelta:
    """Return how long to wait after failed attempt number `attempt`: doubling, bounded, spread over 75 to 100 %.

    The spread comes from effect and attempt: effects that failed together come back apart, and a run can be repeated.
    """
    longest: timedelta = min(FIRST_DELAY * (1 << min(attempt - 1, _DOUBLINGS)), LONGEST_DELAY)
    spread = zlib.crc32(f"{effect_id}:{attempt}".encode()) / 2**32
    return longest * (0.75 + spread / 4)


def is_last(attempt: int) -> bool:
    """Tell whether no attempt follows this one."""
    return attempt >= LAST_ATTEMPT
