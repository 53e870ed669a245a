"""Keeps files encrypted under their subject's data key, with random names in Django's default storage.

The content is on the disk and was read back before its row is written: a row never points at nothing. A rolled-back
transaction leaves an unreferenced, encrypted file behind.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from inkseal.core.failpoint import failpoint
from inkseal.ids import next_id
from inkseal.vault.errors import ErasedSubjectError, FileWriteError, SealedValueError, UnknownFileError
from inkseal.vault.framing import framed
from inkseal.vault.keys import NONCE_BYTES, is_erased, key_by_id, key_of

if TYPE_CHECKING:
    from inkseal.vault.models import VaultFile

MAGIC: Final = b"ISF1"
KEY_ID_BYTES: Final = 8
HEAD: Final = len(MAGIC) + KEY_ID_BYTES


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of a file; size and SHA-256 are those of the plain content."""

    file_id: int
    sha256: str
    size_bytes: int
    media_type: str


def put_file(subject: str, content: bytes, *, media_type: str, now: datetime) -> StoredFile:
    """Encrypt and keep `content`.

    1. write it under a random name, 2. force it to the disk, 3. read it back and compare, 4. write the row.
    Raises `FileWriteError` when the storage returns other bytes, `ErasedSubjectError` for an erased subject.
    """
    from inkseal.vault.models import VaultFile

    file_id = next_id("file")
    blob = _encrypt(subject, file_id, content)
    random_name = secrets.token_hex(16)
    name = default_storage.save(f"vault/{random_name[:2]}/{random_name}", ContentFile(blob))
    _force_to_disk(name)
    with default_storage.open(name) as file:
        if not hmac.compare_digest(file.read(), blob):
            raise FileWriteError(file_id)
    failpoint("vault.file-written")
    row = VaultFile.objects.create(
        file_id=file_id,
        subject=subject,
        stored_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        media_type=media_type,
        created=now,
    )
    return _facts(row)


def read_file(subject: str, file_id: int) -> bytes:
    """Return the plain content of the subject's file.

    Raises `ErasedSubjectError` when the subject was erased, `UnknownFileError` when it has no such file,
    `SealedValueError` when the content was lost or changed.
    """
    from inkseal.vault.models import VaultFile

    row = VaultFile.objects.filter(file_id=file_id, subject=subject).first()
    if row is None:
        raise ErasedSubjectError(subject) if is_erased(subject) else UnknownFileError(file_id)
    try:
        with default_storage.open(row.stored_name) as file:
            content = _decrypt(subject, file_id, file.read())
    except (InvalidTag, ValueError, FileNotFoundError):
        raise SealedValueError(table="vault_file", column="content") from None
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise SealedValueError(table="vault_file", column="sha256")
    return content


def stored_file(file_id: int) -> StoredFile:
    """Return the facts of a file, whoever owns it; raises `UnknownFileError`."""
    from inkseal.vault.models import VaultFile

    row = VaultFile.objects.filter(file_id=file_id).first()
    if row is None:
        raise UnknownFileError(file_id)
    return _facts(row)


def delete_file(row: "VaultFile") -> None:
    """Delete a file's content, then its row; a kill between the two leaves a row whose deletion can be repeated."""
    default_storage.delete(row.stored_name)
    failpoint("vault.file-deleted")
    row.delete()


def _facts(row: "VaultFile") -> StoredFile:
    return StoredFile(row.file_id, row.sha256, row.size_bytes, row.media_type)


def _encrypt(subject: str, file_id: int, content: bytes) -> bytes:
    key = key_of(subject)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = key.cipher.encrypt(nonce, content, _place(subject, file_id))
    return b"".join((MAGIC, key.key_id.to_bytes(KEY_ID_BYTES, "big"), nonce, sealed))


def _decrypt(subject: str, file_id: int, blob: bytes) -> bytes:
    if not blob.startswith(MAGIC):
        raise InvalidTag
    key = key_by_id(subject, int.from_bytes(blob[len(MAGIC) : HEAD], "big"))
    if key is None:
        raise InvalidTag
    return key.cipher.decrypt(blob[HEAD : HEAD + NONCE_BYTES], blob[HEAD + NONCE_BYTES :], _place(subject, file_id))


def _place(subject: str, file_id: int) -> bytes:
    return framed("inkseal file", subject, str(file_id))


def _force_to_disk(name: str) -> None:
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return  # an object store answers only once the object is durable
    for place in (path, path.parent):  # the directory too, or the name may be gone after a power cut
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
