"""One effect as its handler sees it, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class EffectState(StrEnum):
    """pending -> done | dead."""

    #: Waiting, or claimed while its lease runs.
    PENDING = "pending"
    #: Its handler returned.
    DONE = "done"
    #: Given up; waits for a person.
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Effect:
    """What is to be done. `key` is the same at every attempt: handlers make themselves idempotent by it."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, object]
    #: From 1.
    attempt: int
