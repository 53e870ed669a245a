"""Personal data: sealed per person, found by keyed digests, masked for show; files encrypted at rest."""

from inkseal.vault.errors import (
    AlreadyRememberedError,
    FileWriteError,
    KeyringError,
    SealedValueError,
    UnknownFileError,
)
from inkseal.vault.fields import open_sealed, seal
from inkseal.vault.files import StoredFile, put_file, read_file, stored_file
from inkseal.vault.index import blind_index, find, forget, remember
from inkseal.vault.keys import forget_cached_keys
from inkseal.vault.masks import mask
from inkseal.vault.subjects import author_subject, contract_subject

__all__ = [
    "AlreadyRememberedError",
    "FileWriteError",
    "KeyringError",
    "SealedValueError",
    "StoredFile",
    "UnknownFileError",
    "author_subject",
    "blind_index",
    "contract_subject",
    "find",
    "forget",
    "forget_cached_keys",
    "mask",
    "open_sealed",
    "put_file",
    "read_file",
    "remember",
    "seal",
    "stored_file",
]
