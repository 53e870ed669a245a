# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""What the tests of seals and of verification share: keys, small PDFs, a time-stamp authority on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, Final

import pikepdf
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from inkseal.documents.seal import Pkcs12SealKey

NOW: Final = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FONTS: Final = Path(__file__).resolve().parents[3] / "node_modules" / "@expo-google-fonts"
SERIF: Final = FONTS / "noto-serif" / "400Regular" / "NotoSerif_400Regular.ttf"
SERIF_SC: Final = FONTS / "noto-serif-sc" / "400Regular" / "NotoSerifSC_400Regular.ttf"
YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Wish:
    """How a certificate shall be; the defaults make a good seal."""

    name: str = "Northlight Press"
    begins: datetime = NOW - YEAR
    ends: datetime = NOW + YEAR
    bits: int = 2048
    usages: frozenset[str] = frozenset({"digital_signature", "content_commitment"})
    purpose: x509.ObjectIdentifier | None = None
    authority: bool = False
    #: Address of a revocation list that nobody serves.
    revocation: str = ""
    #: How many authorities may stand below this one.
    depth: int | None = None
    #: Further extensions; all but addresses are critical.
    extensions: tuple[x509.ExtensionType, ...] = ()


@dataclass(frozen=True)
class Identity:
    """A certificate with its key and those above it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    above: tuple[x509.Certificate, ...] = ()

    @property
    def seal_key(self) -> Pkcs12SealKey:
        """The identity as a seal's key."""
        return Pkcs12SealKey(self.certificate, self.above, self.key)

    @property
    def pem(self) -> bytes:
        """The certificate as a root to trust."""
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(self, wish: Wish) -> "Identity":
        """Make a certificate under this one."""
        return _issue(wish, self)


def root(name: str = "Test Root") -> Identity:
    """Make a root."""
    usages = frozenset({"key_cert_sign", "crl_sign"})
    return _issue(Wish(name, NOW - YEAR, NOW + 20 * YEAR, usages=usages, authority=True), None)


@cache
def _rsa_key(bits: int, number: int) -> rsa.RSAPrivateKey:
    """Making keys is what takes long in these tests: each number has one."""
    return rsa.generate_private_key(65537, bits)


_numbers = count()


def _issue(wish: Wish, issuer: Identity | None) -> Identity:
    number = next(_numbers)
    # Two authorities never share a key, or one would pass for the other.
    key = _rsa_key(wish.bits, number if wish.authority else -1 - number % 8)
    certificate = certificate_for(key.public_key(), wish, issuer, self_key=key)
    chain = () if issuer is None else (issuer.certificate, *issuer.above)
    return Identity(certificate, key, chain)


def certificate_for(
    public_key: CertificatePublicKeyTypes,
    wish: Wish,
    issuer: Identity | None,
    self_key: rsa.RSAPrivateKey | None = None,
) -> x509.Certificate:
    """Certify `public_key` as wished; without an issuer it is self-signed with `self_key`."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, wish.name)])
    above, above_key = (name, self_key) if issuer is None else (issuer.certificate.subject, issuer.key)
    assert above_key is not None
    above_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(above_key.public_key())
    builder = (
        x509.CertificateBuilder(above, name, public_key, x509.random_serial_number())
        .not_valid_before(wish.begins)
        .not_valid_after(wish.ends)
        .add_extension(x509.BasicConstraints(ca=wish.authority, path_length=wish.depth), critical=True)
        .add_extension(_usage(wish.usages), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(above_identifier, critical=False)
    )
    for extension in wish.extensions:
        builder = builder.add_extension(extension, critical=not isinstance(extension, x509.AuthorityInformationAccess))
    if wish.purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([wish.purpose]), critical=True)
    if wish.revocation:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(wish.revocation)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return builder.sign(above_key, hashes.SHA256())


def _usage(wanted: frozenset[str]) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name in wanted for name in names})


@cache
def good() -> tuple[Identity, Identity]:
    """Return a root and a good seal under an issuing authority under it."""
    top = root()
    usages = frozenset({"key_cert_sign", "crl_sign"})
    middle = top.issue(Wish("Test Issuer", ends=NOW + 10 * YEAR, usages=usages, authority=True))
    return top, middle.issue(Wish())


def small_pdf(words: str = "An agreement between Alice and Northlight Press", *, pages: int = 1) -> bytes:
    """Return a PDF whose pages show `words`; always the same bytes."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({words}, page {number + 1}) Tj ET".encode())
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file, with plain objects so that tests can look into it."""
    output = BytesIO()
    pdf.save(output, deterministic_id=True, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return output.getvalue()


def signed_by_author(pdf: bytes, identity: Identity, *, digest: str = "sha256") -> bytes:
    """Sign as an author does before the seal: a plain approval signature that locks nothing."""
    signer = SimpleSigner(
        signing_cert=asn1(identity.certificate),
        signing_key=private(identity),
        cert_registry=SimpleCertificateStore(),
    )
    metadata = PdfSignatureMetadata(
        field_name="Author", md_algorithm=digest, subfilter=SigSeedSubFilter.PADES, name="Alice"
    )
    return bytes(sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer).getvalue())


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Return the certificate in the form that pyHanko takes."""
    loaded: asn1_x509.Certificate = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return loaded


def private(identity: Identity) -> keys.PrivateKeyInfo:
    """Return the key in the form that pyHanko takes."""
    der = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    loaded: keys.PrivateKeyInfo = keys.PrivateKeyInfo.load(der)
    return loaded


@dataclass
class Authority:
    """A time-stamp authority on loopback. What it does wrong can be changed between requests."""

    identity: Identity
    time: datetime = NOW
    status: int = 200
    wrong_nonce: bool = False
    wrong_imprint: bool = False
    url: str = ""
    asked: list[bytes] = field(default_factory=list)

    def answer(self, body: bytes) -> bytes:
        """Answer one RFC 3161 request."""
        self.asked.append(body)
        request = tsp.TimeStampReq.load(body)
        if self.wrong_nonce:
            request["nonce"] = request["nonce"].native + 1
        if self.wrong_imprint:
            request["message_imprint"]["hashed_message"] = bytes(32)
        stamper = DummyTimeStamper(
            asn1(self.identity.certificate),
            private(self.identity),
            certs_to_embed=[asn1(one) for one in self.identity.above],  # type: ignore[arg-type]  # only walked through
            fixed_dt=self.time,
        )
        return bytes(stamper.request_tsa_response(request).dump())


@cache
def time_stamp_identity() -> Identity:
    """Return the key of a time-stamp authority under the good root."""
    top, _ = good()
    wish = Wish("Test Time-Stamps", ends=NOW + 15 * YEAR, purpose=ExtendedKeyUsageOID.TIME_STAMPING)
    return top.issue(replace(wish, usages=frozenset({"digital_signature"})))


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """Serve `authority` over HTTP on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(authority.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        authority.url = f"http://127.0.0.1:{server.server_port}/"
        try:
            yield authority
        finally:
            server.shutdown()
            thread.join()
