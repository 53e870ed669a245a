"""Countries for the drop-downs, in the reader's language and order (names from Unicode CLDR, as Babel ships them)."""

import re
from functools import cache
from typing import Final

from babel import Locale
from django.utils.translation import get_language, to_locale

_CODE: Final = re.compile(r"[A-Z]{2}")
#: ISO 3166-1 codes are two letters; CLDR also lists regions of the world and test codes beside them.
_NOT_COUNTRIES: Final = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def countries() -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country, ordered by name."""
    return _named(to_locale(get_language() or "en"))


@cache
def _named(locale: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(locale).territories.items()
    found = [(code, name) for code, name in names if _CODE.fullmatch(code) and code not in _NOT_COUNTRIES]
    return tuple(sorted(found, key=lambda pair: pair[1]))
