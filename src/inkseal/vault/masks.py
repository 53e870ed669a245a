"""How much of a personal value people see who need only to recognise it (ASVS 14.2.6). Masks hide the length too."""

from collections.abc import Callable
from typing import Final

HIDDEN: Final = "••••"
#: Below this length, first and last characters would tell most of the value.
SHORTEST_SHOWN: Final = 8
TAIL: Final = 4


def mask(kind: str, value: str) -> str:
    """Return `value` masked after its kind: "email", "phone", "name"; any other kind is taken as a number."""
    return _MASKS.get(kind, _number)(value.strip())


def _number(value: str) -> str:
    return f"{value[0]}{HIDDEN}{value[-TAIL:]}" if len(value) >= SHORTEST_SHOWN else HIDDEN


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    return f"{local[0]}•••@{domain}" if local and at else HIDDEN


def _phone(value: str) -> str:
    digits = [c for c in value if c.isdigit()]
    return f"••• ••• {''.join(digits[-TAIL:])}" if len(digits) >= SHORTEST_SHOWN else HIDDEN


def _name(value: str) -> str:
    return f"{value[:1]}•••"


_MASKS: Final[dict[str, Callable[[str], str]]] = {"email": _email, "phone": _phone, "name": _name}
