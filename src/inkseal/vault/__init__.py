"""Personal data: sealed per person, found by keyed digests, masked for show; files encrypted at rest; erasable."""

from inkseal.vault.erasure import Holdings, delete_remains, erase, select_holdings, select_with_files
from inkseal.vault.errors import (
    AlreadyRememberedError,
    ErasedSubjectError,
    FileWriteError,
    KeyringError,
    SealedValueError,
    UnknownFileError,
    UnknownSubjectError,
)
from inkseal.vault.fields import open_sealed, seal
from inkseal.vault.files import StoredFile, put_file, read_file, stored_file
from inkseal.vault.index import blind_index, find, find_all, forget, remember
from inkseal.vault.keys import CACHE_SECONDS, forget_cached_keys, is_erased
from inkseal.vault.masks import mask
from inkseal.vault.rotation import Rotated, rotate
from inkseal.vault.subjects import author_subject, contract_subject
from inkseal.vault.usage import KeyKind, KeyState, KeyUsage, key_usage

__all__ = [
    "CACHE_SECONDS",
    "AlreadyRememberedError",
    "ErasedSubjectError",
    "FileWriteError",
    "Holdings",
    "KeyKind",
    "KeyState",
    "KeyUsage",
    "KeyringError",
    "Rotated",
    "SealedValueError",
    "StoredFile",
    "UnknownFileError",
    "UnknownSubjectError",
    "author_subject",
    "blind_index",
    "contract_subject",
    "delete_remains",
    "erase",
    "find",
    "find_all",
    "forget",
    "forget_cached_keys",
    "is_erased",
    "key_usage",
    "mask",
    "open_sealed",
    "put_file",
    "read_file",
    "remember",
    "rotate",
    "seal",
    "select_holdings",
    "select_with_files",
    "stored_file",
]
