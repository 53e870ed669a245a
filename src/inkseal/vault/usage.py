"""Which keys of the installation are still needed: how many rows hang on each, and whether the settings have it."""

from dataclasses import dataclass
from enum import Enum, unique

from django.db.models import Count

from inkseal.vault.keyring import blind_index_keys, mark_of, master_key_ids


@unique
class KeyKind(Enum):
    """What a key is for."""

    #: Wraps data keys; rows are data keys.
    MASTER = "master key"
    #: Digests values; rows are index entries.
    BLIND_INDEX = "blind index key"


@unique
class KeyState(Enum):
    """Whether a key can go."""

    #: It serves new rows.
    ACTIVE = "active"
    #: Rows still hang on it: it must stay until they were rotated.
    NEEDED = "needed"
    #: No row hangs on it: it may be taken out of the settings.
    IDLE = "idle"
    #: Rows hang on it and the settings do not have it: data keys cannot be opened, and values are not found.
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class KeyUsage:
    """One key, by its id; a blind index key is named by its mark."""

    kind: KeyKind
    key_id: str
    rows: int
    state: KeyState


def key_usage() -> tuple[KeyUsage, ...]:
    """Return every key that is configured or needed, the configured ones first and in their order."""
    from inkseal.vault.models import BlindIndexEntry, DataKey

    keys = DataKey.objects.filter(erased_at=None).values_list("master_key_id").annotate(rows=Count("key_id"))
    entries = BlindIndexEntry.objects.values_list("key_mark").annotate(rows=Count("id"))
    marks = tuple(mark_of(key) for key in blind_index_keys())
    return (
        *_usage(KeyKind.MASTER, master_key_ids(), dict(keys.order_by("master_key_id"))),
        *_usage(KeyKind.BLIND_INDEX, marks, dict(entries.order_by("key_mark"))),
    )


def _usage(kind: KeyKind, configured: tuple[str, ...], rows: dict[str, int]) -> list[KeyUsage]:
    names = dict.fromkeys((*configured, *rows))
    return [KeyUsage(kind, name, rows.get(name, 0), _state(name, configured, rows)) for name in names]


def _state(name: str, configured: tuple[str, ...], rows: dict[str, int]) -> KeyState:
    if name not in configured:
        return KeyState.MISSING
    if name == configured[0]:
        return KeyState.ACTIVE
    return KeyState.NEEDED if rows.get(name) else KeyState.IDLE
