"""What can go wrong while sealing, and whether the same call may succeed later."""

from datetime import datetime
from enum import StrEnum, unique

from inkseal.core.errors import PermanentError, RetryableError


@unique
class KeyFault(StrEnum):
    """Why a key cannot be used."""

    NO_FILE = "no_file"
    #: Wrong passphrase, or not a PKCS#12 file: the format cannot tell these apart.
    NOT_OPENED = "not_opened"
    #: The file holds no private key with its certificate.
    NO_KEY = "no_key"
    #: Neither RSA nor ECDSA.
    UNKNOWN_KIND = "unknown_kind"


class SealKeyError(PermanentError):
    """The seal's key cannot be used."""

    def __init__(self, fault: KeyFault, source: str) -> None:
        super().__init__(f"{fault.value}: {source}")
        self.fault = fault
        self.source = source


class SealCertificateError(PermanentError):
    """The seal's certificate is not valid at the time of sealing."""

    def __init__(self, now: datetime, not_before: datetime, not_after: datetime) -> None:
        super().__init__(f"valid {not_before:%Y-%m-%d} to {not_after:%Y-%m-%d}, not at {now:%Y-%m-%d}")
        self.now = now
        self.not_before = not_before
        self.not_after = not_after


@unique
class SealFault(StrEnum):
    """Why a file cannot be sealed."""

    NOT_READABLE = "not_readable"
    ENCRYPTED = "encrypted"
    #: An earlier signature forbids every later one (DocMDP permission 1).
    LOCKED = "locked"
    NO_SUCH_PAGE = "no_such_page"
    #: The place has no area.
    NO_AREA = "no_area"
    #: A part of the place is outside of what viewers show of the page: the seal would not be seen.
    OFF_PAGE = "off_page"


class NotSealableError(PermanentError):
    """The file itself stands against being sealed."""

    def __init__(self, fault: SealFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class SealGlyphError(PermanentError):
    """The seal's font has no glyph for some characters."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = characters


@unique
class TimeStampFault(StrEnum):
    """Why there is no time-stamp."""

    UNREACHABLE = "unreachable"
    #: It answered, but refused, or with something else than the time-stamp that was asked for (nonce, imprint).
    REFUSED = "refused"
    #: Its time is further from ours than any network explains.
    CLOCK_SKEW = "clock_skew"
    #: Its certificate does not lead to a configured root, or its or the seal's revocation state cannot be learned.
    NOT_TRUSTED = "not_trusted"


class TimeStampError(RetryableError):
    """The configured time-stamp authority did not do its part: the seal stays pending, it is never weakened."""

    def __init__(self, fault: TimeStampFault, source: str) -> None:
        super().__init__(f"{fault.value}: {source}")
        self.fault = fault
        self.source = source
