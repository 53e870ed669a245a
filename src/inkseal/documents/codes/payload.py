"""The text of a page code: <serial><print revision, 1><page, 2><MAC, 6>, 24 characters for a 15-digit serial.

Decided here: the form, and what the MAC covers: everything that makes a print different from another print of
the same contract, so that an old print after a send-back does not pass. Not decided here: how it is drawn.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

from inkseal.core.errors import PermanentError

#: 32 signs of QR's alphanumeric mode (ISO/IEC 18004, 7.4.4) that a person does not confuse: no 0 O 1 I.
MAC_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
MAC_LENGTH: Final = 6
#: A 25-module QR code holds 38 alphanumeric characters at level M (ISO/IEC 18004, table 7).
MAX_LENGTH: Final = 38
MAX_PAGES: Final = 99
MIN_KEY_BYTES: Final = 16
_SHAPE: Final = re.compile(rf"([0-9]{{10,29}})([A-Z0-9])([0-9]{{2}})([{MAC_ALPHABET}]{{{MAC_LENGTH}}})")
_SERIAL: Final = re.compile(r"[0-9]{10,29}")
_REVISION: Final = re.compile(r"[A-Z0-9]")


class PageCodeFactsError(PermanentError):
    """These facts do not make a page code. `fact` names the one at fault, without its value."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """What all pages of one print have in common.

    `revision` is one character A-Z or 0-9 and changes whenever the contract is printed anew;
    `template_version` and `content_hash` are hexadecimal digests; `page_count` is 1 to 99.
    """

    serial: str
    revision: str
    page_count: int
    template_version: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class PageCode:
    """A text that has the form of a page code; whether it is genuine is another question (`is_genuine`)."""

    serial: str
    revision: str
    page: int
    mac: str


def page_payload(facts: PrintFacts, page: int, *, key: bytes) -> str:
    """Return the text of the code on `page` (1-based), at most 38 characters, or `PageCodeFactsError`."""
    if not _SERIAL.fullmatch(facts.serial):
        raise PageCodeFactsError("serial")
    if not _REVISION.fullmatch(facts.revision):
        raise PageCodeFactsError("revision")
    if not 1 <= facts.page_count <= MAX_PAGES:
        raise PageCodeFactsError("page_count")
    if not 1 <= page <= facts.page_count:
        raise PageCodeFactsError("page")
    return f"{facts.serial}{facts.revision}{page:02d}{_mac(facts, page, key)}"


def read_payload(text: str) -> PageCode | None:
    """Take a decoded code apart from the right, as serial numbers vary in length; None: not a page code."""
    match = _SHAPE.fullmatch(text)
    if match is None or match[3] == "00":
        return None
    return PageCode(match[1], match[2], int(match[3]), match[4])


def is_genuine(code: PageCode, facts: PrintFacts, *, key: bytes) -> bool:
    """Say, in the same time for every MAC, whether `code` was made with `key` for a page of this print."""
    belongs = (code.serial, code.revision) == (facts.serial, facts.revision) and code.page <= facts.page_count
    return hmac.compare_digest(code.mac, _mac(facts, code.page, key)) and belongs


def _mac(facts: PrintFacts, page: int, key: bytes) -> str:
    if len(key) < MIN_KEY_BYTES:
        raise PageCodeFactsError("key")
    parts = (
        facts.serial,
        facts.revision,
        facts.template_version,
        facts.content_hash,
        str(page),
        str(facts.page_count),
    )
    # A separator that no part can hold keeps "1" + "23" and "12" + "3" apart.
    message = "\x1f".join(("inkseal page code 1", *parts)).encode()
    number = int.from_bytes(hmac.digest(key, message, hashlib.sha256)[:8])
    return "".join(MAC_ALPHABET[number >> 5 * place & 31] for place in range(MAC_LENGTH))
