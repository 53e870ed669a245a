"""The installation's own keys, as the settings give them: master keys, active first, and the blind index key."""

import base64
import binascii
from functools import lru_cache
from typing import Final

from django.conf import settings

from inkseal.vault.errors import KeyringError

KEY_BYTES: Final = 32
MASTER_KEYS: Final = "INKSEAL_MASTER_KEYS"
BLIND_INDEX_KEY: Final = "INKSEAL_BLIND_INDEX_KEY"


def active_master_key() -> tuple[str, bytes]:
    """Return (id, key) of the master key that wraps new data keys."""
    return next(iter(_master_keys(settings.MASTER_KEYS).items()))


def master_key(key_id: str) -> bytes:
    """Return the master key of that id, active or retired."""
    try:
        return _master_keys(settings.MASTER_KEYS)[key_id]
    except KeyError:
        raise KeyringError(MASTER_KEYS, key_id=key_id) from None


def blind_index_key() -> bytes:
    """Return the key of the blind index."""
    return _decode(settings.BLIND_INDEX_KEY, BLIND_INDEX_KEY)


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
