"""The installation's own keys, as the settings give them: master keys and blind index keys, the active one first."""

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache
from typing import Final

from django.conf import settings

from inkseal.vault.errors import KeyringError

KEY_BYTES: Final = 32
MASTER_KEYS: Final = "INKSEAL_MASTER_KEYS"
BLIND_INDEX_KEY: Final = "INKSEAL_BLIND_INDEX_KEY"
BLIND_INDEX_OLD_KEYS: Final = "INKSEAL_BLIND_INDEX_OLD_KEYS"
MARK_DIGITS: Final = 16


def active_master_key() -> tuple[str, bytes]:
    """Return (id, key) of the master key that wraps new data keys."""
    return next(iter(_master_keys(settings.MASTER_KEYS).items()))


def master_key(key_id: str) -> bytes:
    """Return the master key of that id, active or retired."""
    try:
        return _master_keys(settings.MASTER_KEYS)[key_id]
    except KeyError:
        raise KeyringError(MASTER_KEYS, key_id=key_id) from None


def master_key_ids() -> tuple[str, ...]:
    """Return the ids of all configured master keys, the active one first."""
    return tuple(_master_keys(settings.MASTER_KEYS))


def blind_index_key() -> bytes:
    """Return the key that digests what is remembered from now on."""
    return _decode(settings.BLIND_INDEX_KEY, BLIND_INDEX_KEY)


def blind_index_keys() -> tuple[bytes, ...]:
    """Return all keys under which a value may have been remembered, the active one first."""
    return blind_index_key(), *(_decode(text, BLIND_INDEX_OLD_KEYS) for text in settings.BLIND_INDEX_OLD_KEYS)


def mark_of(key: bytes) -> str:
    """Return what tells one blind index key from another without telling anything of it."""
    return hmac.new(key, b"inkseal blind index key", hashlib.sha256).hexdigest()[:MARK_DIGITS]


@lru_cache(maxsize=4)
def _master_keys(text: str) -> dict[str, bytes]:
    pairs = [part.strip().partition(":") for part in text.split(",")]
    if not all(key_id for key_id, _, _ in pairs):
        raise KeyringError(MASTER_KEYS)
    return {key_id: _decode(key, MASTER_KEYS) for key_id, _, key in pairs}


def _decode(text: str, setting: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KeyringError(setting) from None  # the cause would carry the key into logs
    if len(key) != KEY_BYTES:
        raise KeyringError(setting)
    return key
