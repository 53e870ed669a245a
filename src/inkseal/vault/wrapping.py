"""Wraps a data key by a master key; bound to the data key's id and subject, so wrapped keys cannot change places."""

import base64
import secrets
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inkseal.vault.framing import framed
from inkseal.vault.keyring import active_master_key, master_key

if TYPE_CHECKING:
    from inkseal.vault.models import DataKey

NONCE_BYTES: Final = 12


def wrap(secret: bytes, *, key_id: int, subject: str) -> tuple[str, str]:
    """Return (id of the active master key, `secret` wrapped by it in base64)."""
    master_key_id, master = active_master_key()
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped = nonce + AESGCM(master).encrypt(nonce, secret, _binding(key_id, subject))
    return master_key_id, base64.b64encode(wrapped).decode()


def unwrap(row: "DataKey") -> bytes:
    """Return the data key's 32 bytes.

    Raises `KeyringError` when its master key is not configured, `InvalidTag` or `ValueError` when the row is damaged.
    """
    wrapped = base64.b64decode(row.wrapped, validate=True)
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    return AESGCM(master_key(row.master_key_id)).decrypt(nonce, sealed, _binding(row.key_id, row.subject))


def _binding(key_id: int, subject: str) -> bytes:
    return framed("inkseal data key", str(key_id), subject)
