"""Seals one value of one column of one person, and opens it again only there.

A token is `1.<data key id>.<base64url of nonce, ciphertext and tag>`; subject, table and column are bound to it as
associated data, so a token moved to another row, column or person does not open.
"""

import base64
import os
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag

from inkseal.vault.errors import SealedValueError
from inkseal.vault.framing import framed
from inkseal.vault.keys import NONCE_BYTES, key_by_id, key_of

VERSION: Final = "1"
#: The first plain byte names the encoding. UTF-16 keeps sixty Chinese characters within varchar(256).
ENCODINGS: Final = ("utf-8", "utf-16-be")
_KIND: Final = framed("inkseal value", VERSION)


def seal(subject: str, table: str, column: str, value: str) -> str:
    """Return `value` sealed for this place; the same value gives another token each time.

    Sixty characters of the basic plane make at most 220 characters of ASCII. Raises `ErasedSubjectError`.
    """
    key = key_of(subject)
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + key.cipher.encrypt(nonce, _encode(value), _place(subject, table, column))
    return _token(key.key_id, sealed)


def open_sealed(subject: str, table: str, column: str, token: str) -> str:
    """Return the value of a token sealed for this very place.

    Raises `SealedValueError` when it was not, `ErasedSubjectError` when the subject's own key was dropped.
    """
    try:
        key_id, sealed = _parse(token)
        key = key_by_id(subject, key_id)
        if key is not None:
            nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            return _decode(key.cipher.decrypt(nonce, body, _place(subject, table, column)))
    except (InvalidTag, ValueError):
        pass  # one answer for every reason; what differed must not be learnt from outside
    raise SealedValueError(table=table, column=column)


def _token(key_id: int, sealed: bytes) -> str:
    return f"{VERSION}.{key_id}.{base64.urlsafe_b64encode(sealed).rstrip(b'=').decode()}"


def _parse(token: str) -> tuple[int, bytes]:
    _, key_id, body = token.split(".")
    parsed = int(key_id), base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    if token != _token(*parsed):  # one spelling per token: decoders skip strange characters and unused bits
        raise ValueError
    return parsed


def _encode(value: str) -> bytes:
    if value.isascii():  # most values, and UTF-8 is then the shorter one
        return b"\0" + value.encode()
    candidates = [bytes([number]) + value.encode(name) for number, name in enumerate(ENCODINGS)]
    return min(candidates, key=len)


def _decode(plain: bytes) -> str:
    return plain[1:].decode(ENCODINGS[plain[0]])


def _place(subject: str, table: str, column: str) -> bytes:
    return b"".join((_KIND, framed(subject), _column(table, column)))


@lru_cache(maxsize=1024)
def _column(table: str, column: str) -> bytes:
    return framed(table, column)
