"""The data key of each subject: made at first use, stored wrapped, kept in memory for a short time.

A key that its own transaction may still roll back is used only inside that transaction; otherwise a later seal could
use a key that exists nowhere but in memory.
"""

import base64
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, connection, transaction

from inkseal.ids import next_id
from inkseal.vault.framing import framed
from inkseal.vault.keyring import active_master_key, master_key

if TYPE_CHECKING:
    from inkseal.vault.models import DataKey

#: How long an erased key may still be in a process's memory.
CACHE_SECONDS: Final = 300
CACHE_SIZE: Final = 10_000
NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class OpenKey:
    """An unwrapped data key, ready for use."""

    key_id: int
    subject: str
    cipher: AESGCM

    def __call__(self) -> None:
        """Enter the cache; this is what the transaction that made the key calls once it has committed."""
        _keep(self)


#: By subject and by id: (open until, in seconds of the monotonic clock, key). Expiry is no business time.
_cache: dict[str | int, tuple[float, OpenKey]] = {}


def forget_cached_keys() -> None:
    """Drop every unwrapped key from this process's memory."""
    _cache.clear()


def key_of(subject: str) -> OpenKey:
    """Return the subject's data key, making it when there is none yet."""
    from inkseal.vault.models import DataKey

    found = _in_memory(subject)
    if found is not None:
        return found
    row = DataKey.objects.filter(subject=subject).first()
    if row is None:
        return _make(subject)
    return _keep(_unwrap(row))


def key_by_id(key_id: int) -> OpenKey | None:
    """Return the data key of that id, or None when there is none, or it is damaged."""
    from inkseal.vault.models import DataKey

    found = _in_memory(key_id)
    if found is not None:
        return found
    row = DataKey.objects.filter(key_id=key_id).first()
    if row is None:
        return None
    try:
        return _keep(_unwrap(row))
    except (InvalidTag, ValueError):
        return None


def _in_memory(name: str | int) -> OpenKey | None:
    entry = _cache.get(name)
    if entry is not None and entry[0] > time.monotonic():
        return entry[1]
    # Django drops a commit hook exactly when what it stands for was rolled back.
    for _, hook, *_ in connection.run_on_commit:
        if isinstance(hook, OpenKey) and name in {hook.subject, hook.key_id}:
            return hook
    return None


def _keep(key: OpenKey) -> OpenKey:
    if len(_cache) >= CACHE_SIZE:
        _cache.clear()
    entry = (time.monotonic() + CACHE_SECONDS, key)
    _cache[key.subject] = _cache[key.key_id] = entry
    return key


def _make(subject: str) -> OpenKey:
    from inkseal.vault.models import DataKey

    key_id, secret, nonce = next_id("row"), AESGCM.generate_key(256), secrets.token_bytes(NONCE_BYTES)
    master_key_id, master = active_master_key()
    wrapped = nonce + AESGCM(master).encrypt(nonce, secret, _wrapping(key_id, subject))
    key = OpenKey(key_id, subject, AESGCM(secret))
    try:
        with transaction.atomic():
            DataKey.objects.create(
                key_id=key_id,
                subject=subject,
                master_key_id=master_key_id,
                wrapped=base64.b64encode(wrapped).decode(),
            )
            transaction.on_commit(key)
    except IntegrityError:  # another process made the subject's key in this moment: that one holds
        return _keep(_unwrap(DataKey.objects.get(subject=subject)))
    return key


def _unwrap(row: "DataKey") -> OpenKey:
    wrapped = base64.b64decode(row.wrapped, validate=True)
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    secret = AESGCM(master_key(row.master_key_id)).decrypt(nonce, sealed, _wrapping(row.key_id, row.subject))
    return OpenKey(row.key_id, row.subject, AESGCM(secret))


def _wrapping(key_id: int, subject: str) -> bytes:
    return framed("inkseal data key", str(key_id), subject)
