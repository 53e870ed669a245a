"""A small public key infrastructure for trying Inkseal out: anybody can make one, so nobody may trust it.

Root and issuing authority, the seal of the demo's publisher, and a key with which a local time-stamp authority could
work. None of the certificates names a revocation source.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from inkseal.core.errors import PermanentError

SEAL_FILE: Final = "seal.p12"
STAMP_FILE: Final = "time-stamp.p12"
ROOTS_FILE: Final = "roots.pem"
PASSPHRASE_FILE: Final = "seal.pass"  # noqa: S105 - the name of a file
PUBLISHER: Final = "Northlight Press"
_WARNING: Final = "not for real contracts"
_ROOT_NAME: Final = f"Inkseal Demo Root - {_WARNING}"
_ISSUER_NAME: Final = f"Inkseal Demo Issuer - {_WARNING}"
_STAMP_NAME: Final = f"Inkseal Demo Time-Stamps - {_WARNING}"
_RSA_BITS: Final = 3072
_AUTHORITY_LIFE: Final = timedelta(days=20 * 365)
_SEAL_LIFE: Final = timedelta(days=5 * 365)
#: Time-stamps outlive the seals they prove.
_STAMP_LIFE: Final = timedelta(days=15 * 365)
#: Clocks of two machines differ: a certificate that begins a moment in the future would refuse the first seal.
_EARLIER: Final = timedelta(hours=1)


class DemoPkiExistsError(PermanentError):
    """There are keys in the folder already; they are never replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass(frozen=True)
class _Identity:
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class DemoPki:
    """Where the files of a demo PKI are."""

    seal: Path
    time_stamp: Path
    roots: Path


def init_demo_pki(folder: Path, *, passphrase: str, now: datetime) -> DemoPki:
    """Write seal.p12, time-stamp.p12 (both encrypted with `passphrase`) and roots.pem into `folder`, all mode 0600.

    Raises `DemoPkiExistsError`, without touching anything, when one of them is there. The roots are written last: a
    folder with roots is complete.
    """
    files = DemoPki(folder / SEAL_FILE, folder / STAMP_FILE, folder / ROOTS_FILE)
    for path in (files.seal, files.time_stamp, files.roots):
        if path.exists():
            raise DemoPkiExistsError(path)
    root = _authority(_ROOT_NAME, None, now, depth=1)
    issuer = _authority(_ISSUER_NAME, root, now, depth=0)
    seal = _leaf(PUBLISHER, issuer, now, purpose=None)
    stamp = _leaf(_STAMP_NAME, issuer, now, purpose=ExtendedKeyUsageOID.TIME_STAMPING)
    chain = [issuer.certificate, root.certificate]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(files.seal, _pack(seal, chain, passphrase))
    write_secret(files.time_stamp, _pack(stamp, chain, passphrase))
    write_secret(files.roots, root.certificate.public_bytes(Encoding.PEM))
    return files


def write_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads: whole or not at all, and never over another one."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link fails where the name is taken, a rename would replace.
        path.hardlink_to(part)
    except FileExistsError as err:
        raise DemoPkiExistsError(path) from err
    finally:
        part.unlink()


def _authority(name: str, above: _Identity | None, now: datetime, *, depth: int) -> _Identity:
    usage = _usage(key_cert_sign=True, crl_sign=True)
    constraints = x509.BasicConstraints(ca=True, path_length=depth)
    return _issue(name, above, (now, now + _AUTHORITY_LIFE), [(constraints, True), (usage, True)])


def _leaf(name: str, above: _Identity, now: datetime, *, purpose: x509.ObjectIdentifier | None) -> _Identity:
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(digital_signature=True, content_commitment=purpose is None), True),
    ]
    if purpose is not None:
        extensions.append((x509.ExtendedKeyUsage([purpose]), True))
    life = _SEAL_LIFE if purpose is None else _STAMP_LIFE
    return _issue(name, above, (now, now + life), extensions)


def _issue(
    name: str,
    above: _Identity | None,
    life: tuple[datetime, datetime],
    extensions: list[tuple[x509.ExtensionType, bool]],
) -> _Identity:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    subject = _name(name)
    issuer_name, issuer_key = (subject, key) if above is None else (above.certificate.subject, above.key)
    builder = (
        x509.CertificateBuilder(issuer_name, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(life[0] - _EARLIER)
        .not_valid_after(life[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return _Identity(builder.sign(issuer_key, hashes.SHA256()), key)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, PUBLISHER),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _pack(identity: _Identity, chain: list[x509.Certificate], passphrase: str) -> bytes:
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(100_000)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    return pkcs12.serialize_key_and_certificates(None, identity.key, identity.certificate, chain, encryption)
