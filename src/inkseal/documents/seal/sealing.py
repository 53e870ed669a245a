# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""One file is sealed: which kind of signature, how strong, and what may follow it.

Decided here (docs/adr/0003-seals.md): the first signature of a file certifies it with permission 1, a later one
locks every field with the same permission, and both leave only validation data and time-stamps to be added. With an
authority configured the level is B-LTA or there is no seal.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum, unique
from pathlib import Path
from typing import Final, NotRequired, Required, TypedDict, Unpack

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError

from inkseal.documents.seal.errors import NotSealableError, SealCertificateError, SealFault
from inkseal.documents.seal.key import SealKey
from inkseal.documents.seal.lettering import set_line
from inkseal.documents.seal.mark import SealAppearance
from inkseal.documents.seal.place import SealPlace, check_place, lower_right_corner
from inkseal.documents.seal.signer import KeySigner, SealWriter
from inkseal.documents.seal.signing import SealRequest, add_time_stamp, is_locked, sign
from inkseal.documents.seal.stamper import HttpTimeStamper, TimeStamping
from inkseal.documents.validate.trust import read_roots

_EOL: Final = (b"\n", b"\r")


@unique
class SealLevel(StrEnum):
    """How long a seal proves itself (ETSI EN 319 142-1, 6)."""

    #: The signature alone: its time is what the signer says.
    B_B = "B-B"
    #: With a time-stamp that was not checked, because no root was configured.
    B_T = "B-T"
    #: With checked time-stamps over the signature, the certificates and the revocation data.
    B_LTA = "B-LTA"


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A sealed PDF, its SHA-256 in hexadecimal, and the level that was reached."""

    pdf: bytes
    sha256: str
    level: SealLevel


class SealLook(TypedDict, total=False):
    """What is drawn, and where."""

    company: Required[str]
    contract_number: Required[str]
    #: A TrueType or OpenType file with the glyphs of the company's name; without one only the mark is drawn.
    font: NotRequired[Path | None]
    #: Default: the lower right corner of the last page.
    place: NotRequired[SealPlace | None]


def seal(
    pdf: bytes,
    key: SealKey,
    *,
    now: datetime,
    time_stamper: str | TimeStamping | None = None,
    **look: Unpack[SealLook],
) -> SealedFile:
    """Put the company's seal on `pdf` as an incremental update; every byte of it stays as it is.

    `pdf`: a whole, unencrypted PDF; PDF/A-2 stays PDF/A-2. `now`: aware, the signing time (/M). `time_stamper`: the
    authority, as address (then the key's own self-signed root is trusted) or with its roots. Without an authority
    and with an RSA key the same arguments give the same bytes.
    Raises `NotSealableError`, `SealCertificateError`, `SealGlyphError` (permanent), `TimeStampError` (retryable).
    Source: ETSI EN 319 142-1 (PAdES baseline), ISO 32000-1, 12.8.2.2 and 12.8.2.4 (DocMDP, FieldMDP).
    """
    _check_certificate(key, now)
    stamping = TimeStamping(time_stamper, _own_root(key)) if isinstance(time_stamper, str) else time_stamper
    stamper = HttpTimeStamper(stamping, now) if stamping else None
    roots = read_roots(stamping.roots) if stamping and stamping.roots else []
    request = SealRequest(KeySigner(key), now, stamper, tuple(roots))
    writer, place = _open(pdf, now, look.get("place"))
    signed = asyncio.run(sign(writer, request, place=place, appearance=_appearance(now, look)))
    if stamper and roots:
        signed = asyncio.run(add_time_stamp(SealWriter(signed, now), request))
    level = SealLevel.B_B if stamper is None else SealLevel.B_LTA if roots else SealLevel.B_T
    return SealedFile(signed, hashlib.sha256(signed).hexdigest(), level)


def _check_certificate(key: SealKey, now: datetime) -> None:
    certificate = x509.Certificate.load(key.certificate)
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        raise SealCertificateError(now, certificate.not_valid_before, certificate.not_valid_after)


def _own_root(key: SealKey) -> bytes:
    chain = (x509.Certificate.load(one) for one in key.chain)
    return b"".join(pem.armor("CERTIFICATE", one.dump()) for one in chain if one.self_signed != "no")


def _open(pdf: bytes, now: datetime, place: SealPlace | None) -> tuple[SealWriter, SealPlace]:
    # An update that begins on the line of %%EOF is misread by some viewers.
    whole_lines = pdf if pdf.endswith(_EOL) else pdf + b"\n"
    try:
        writer = SealWriter(whole_lines, now)
        reader = writer.prev
        if reader.encrypted:
            raise NotSealableError(SealFault.ENCRYPTED)
        if is_locked(reader):
            raise NotSealableError(SealFault.LOCKED)
        return writer, lower_right_corner(reader) if place is None else check_place(place, reader)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as err:
        raise NotSealableError(SealFault.NOT_READABLE) from err


def _appearance(now: datetime, look: SealLook) -> SealAppearance:
    font = look.get("font")
    time = f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    words = [look["company"], look["contract_number"], time]
    lines = [set_line(text, font) for text in words if text] if font else []
    return SealAppearance(lines, " · ".join(text for text in words if text))
