"""Company seals: a visible, certified PAdES signature that allows nothing after it but proof."""

from inkseal.documents.seal.errors import (
    KeyFault,
    NotSealableError,
    SealCertificateError,
    SealFault,
    SealGlyphError,
    SealKeyError,
    TimeStampError,
    TimeStampFault,
)
from inkseal.documents.seal.key import Pkcs12SealKey, SealKey
from inkseal.documents.seal.place import SealPlace
from inkseal.documents.seal.sealing import SealedFile, SealLevel, SealLook, seal
from inkseal.documents.seal.stamper import TimeStamping

__all__ = [
    "KeyFault",
    "NotSealableError",
    "Pkcs12SealKey",
    "SealCertificateError",
    "SealFault",
    "SealGlyphError",
    "SealKey",
    "SealKeyError",
    "SealLevel",
    "SealLook",
    "SealPlace",
    "SealedFile",
    "TimeStampError",
    "TimeStampFault",
    "TimeStamping",
    "seal",
]
