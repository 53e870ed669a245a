"""What a seal needs of a key, and the default: an encrypted PKCS#12 file that is read once.

A key in a hardware module or at a remote service is another class with the same three members.
"""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from inkseal.documents.seal.errors import KeyFault, SealKeyError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SealKey(Protocol):
    """A company's seal: a certificate, those above it, and the power to sign."""

    @property
    def certificate(self) -> bytes:
        """The seal's own certificate, DER."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates above it, DER, the issuer first; may end with the self-signed root."""

    def sign(self, data: bytes) -> bytes:
        """Return the signature over the SHA-256 of `data`: RSASSA-PKCS1-v1_5, or ECDSA as DER (RFC 8017, RFC 3279)."""


@dataclass(frozen=True)
class Pkcs12SealKey:
    """A key out of a PKCS#12 file (RFC 7292). Keep the object: opening the file costs a tenth of a second."""

    leaf: x509.Certificate
    above: tuple[x509.Certificate, ...]
    private_key: PrivateKey = field(repr=False)

    @classmethod
    def load(cls, path: Path, passphrase: str) -> Self:
        """Open `path`; raises `SealKeyError`."""
        try:
            content = path.read_bytes()
        except OSError as err:
            raise SealKeyError(KeyFault.NO_FILE, str(path)) from err
        return cls.from_bytes(content, passphrase, source=str(path))

    @classmethod
    def from_bytes(cls, content: bytes, passphrase: str, *, source: str = "bytes") -> Self:
        """Open the content of a PKCS#12 file; `source` names it in errors."""
        try:
            opened = pkcs12.load_pkcs12(content, passphrase.encode())
        except ValueError as err:
            raise SealKeyError(KeyFault.NOT_OPENED, source) from err
        if opened.key is None or opened.cert is None:
            raise SealKeyError(KeyFault.NO_KEY, source)
        if not isinstance(opened.key, PrivateKey):
            raise SealKeyError(KeyFault.UNKNOWN_KIND, source)
        others = [other.certificate for other in opened.additional_certs]
        return cls(opened.cert.certificate, _in_order(opened.cert.certificate, others), opened.key)

    @cached_property
    def certificate(self) -> bytes:
        """The seal's own certificate, DER."""
        return self.leaf.public_bytes(Encoding.DER)

    @cached_property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates above it, DER, the issuer first."""
        return tuple(one.public_bytes(Encoding.DER) for one in self.above)

    def sign(self, data: bytes) -> bytes:
        """Sign the SHA-256 of `data`."""
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return self.private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.private_key.sign(data, ec.ECDSA(hashes.SHA256()))


def _in_order(leaf: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Follow the issuers upwards; what does not belong to the chain is left out."""
    by_subject = {one.subject: one for one in others}
    ordered: list[x509.Certificate] = []
    present = leaf
    while (above := by_subject.pop(present.issuer, None)) is not None:
        ordered.append(above)
        present = above
    return tuple(ordered)
