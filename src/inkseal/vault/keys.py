"""The data key of each subject: made at first use, stored wrapped, kept in memory for seconds, dropped for good.

A key that its own transaction may still roll back is used only inside that transaction; otherwise a later seal could
use a key that exists nowhere but in memory. The row of a dropped key stays: its unique subject keeps every process,
however late, from making the erased person a second key.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, connection, transaction

from inkseal.ids import next_id
from inkseal.vault.errors import ErasedSubjectError
from inkseal.vault.wrapping import unwrap, wrap

if TYPE_CHECKING:
    from inkseal.vault.models import DataKey

#: How long a dropped key may still be in another process's memory. A request opens thirty fields of one person, so
#: seconds save nearly as many queries as minutes would.
CACHE_SECONDS: Final = 5
CACHE_SIZE: Final = 10_000
NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True, repr=False)
class OpenKey:
    """An unwrapped data key, ready for use."""

    key_id: int
    subject: str
    cipher: AESGCM

    def __call__(self) -> None:
        """Enter the cache; this is what the transaction that made the key calls once it has committed."""
        _keep(self)


@dataclass(frozen=True, slots=True)
class _DroppedKey:
    """Hides a key from the transaction that dropped it, and takes it out of memory once that has committed."""

    key_id: int
    subject: str

    def __call__(self) -> None:
        _cache.pop(self.subject, None)
        _cache.pop(self.key_id, None)


#: By subject and by id: (open until, in seconds of the monotonic clock, key). Expiry is no business time.
_cache: dict[str | int, tuple[float, OpenKey]] = {}


def forget_cached_keys() -> None:
    """Drop every unwrapped key from this process's memory."""
    _cache.clear()


def key_of(subject: str) -> OpenKey:
    """Return the subject's data key, making it when there is none yet; raises `ErasedSubjectError`."""
    found = _in_memory(subject)
    if found is not None:
        return found
    row = _row(subject=subject)
    return _make(subject) if row is None else _keep(_open(row))


def key_by_id(subject: str, key_id: int) -> OpenKey | None:
    """Return the subject's data key of that id; None when it is damaged, somebody else's, or not there.

    Raises `ErasedSubjectError` when it was this subject's and is dropped.
    """
    found = _in_memory(key_id)
    if found is None:
        row = _row(key_id=key_id, subject=subject)
        if row is None:
            return None
        try:
            found = _keep(_open(row))
        except (InvalidTag, ValueError):
            return None
    return found if found.subject == subject else None


def is_erased(subject: str) -> bool:
    """Tell whether the subject's key was dropped for good."""
    row = _row(subject=subject)
    return row is not None and row.erased_at is not None


def drop_key(row: "DataKey", now: datetime) -> None:
    """Make everything sealed for the row's subject unreadable; the caller has locked the row."""
    row.wrapped, row.master_key_id, row.erased_at = "", "", now
    row.save(update_fields=["wrapped", "master_key_id", "erased_at"])
    dropped = _DroppedKey(row.key_id, row.subject)
    dropped()
    transaction.on_commit(dropped)


def _row(**where: str | int) -> "DataKey | None":
    from inkseal.vault.models import DataKey

    return DataKey.objects.filter(**where).first()


def _in_memory(name: str | int) -> OpenKey | None:
    entry = _cache.get(name)
    if entry is not None and entry[0] > time.monotonic():
        return entry[1]
    # Django drops a commit hook exactly when what it stands for was rolled back. The newest one holds.
    for _, hook, *_ in reversed(connection.run_on_commit):
        if isinstance(hook, OpenKey | _DroppedKey) and name in {hook.subject, hook.key_id}:
            return hook if isinstance(hook, OpenKey) else None
    return None


def _keep(key: OpenKey) -> OpenKey:
    if len(_cache) >= CACHE_SIZE:
        _cache.clear()
    entry = (time.monotonic() + CACHE_SECONDS, key)
    _cache[key.subject] = _cache[key.key_id] = entry
    return key


def _make(subject: str) -> OpenKey:
    from inkseal.vault.models import DataKey

    key_id, secret = next_id("row"), AESGCM.generate_key(256)
    master_key_id, wrapped = wrap(secret, key_id=key_id, subject=subject)
    key = OpenKey(key_id, subject, AESGCM(secret))
    try:
        with transaction.atomic():
            DataKey.objects.create(key_id=key_id, subject=subject, master_key_id=master_key_id, wrapped=wrapped)
            transaction.on_commit(key)
    except IntegrityError:  # another process made the subject's key in this moment: that one holds
        return _keep(_open(DataKey.objects.get(subject=subject)))
    return key


def _open(row: "DataKey") -> OpenKey:
    if row.erased_at is not None:
        raise ErasedSubjectError(row.subject)
    return OpenKey(row.key_id, row.subject, AESGCM(unwrap(row)))
