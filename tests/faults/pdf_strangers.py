# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Seals that were made with the wrong key, certificate, algorithm, attributes or time-stamp (reliability A-32)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import cms, crl, ocsp, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponderEncoding, OCSPResponseBuilder
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfTimeStamper, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from inkseal.documents.seal import seal
from inkseal.documents.validate import Finding, Verdict
from tests.faults.pdf_attack_kit import attack, container_of, contract, sealed, updated, with_contents
from tests.unit.documents.seal_kit import (
    NOW,
    YEAR,
    Identity,
    Wish,
    asn1,
    certificate_for,
    good,
    private,
    root,
    signed_by_author,
    time_stamp_identity,
)

NOWHERE = "http://127.0.0.1:9/list"
AUTHORITY = Wish("Odd Issuer", ends=NOW + 10 * YEAR, usages=frozenset({"key_cert_sign", "crl_sign"}), authority=True)


def sealed_by(identity: Identity, *, at: datetime = NOW) -> bytes:
    """Seal the contract with the key of `identity`."""
    return seal(contract(), identity.seal_key, company="Northlight Press", contract_number="1", now=at).pdf


def stranger(name: str, make: Callable[[], Identity], finding: Finding) -> None:
    """Enter a seal that is in order but for its certificate."""

    def build() -> bytes:
        return sealed_by(make())

    build.__name__ = f"sealed_by_{name}"
    attack(finding, Verdict.NOT_PROVEN)(build)


def under(wish: Wish) -> Identity:
    """Return a good seal under an authority under the good root."""
    return good()[0].issue(wish).issue(Wish())


def alone() -> Identity:
    """Return a self-signed certificate."""
    key = root("Northlight Press").key
    return Identity(certificate_for(key.public_key(), Wish(), None, self_key=key), key)


def only_for(name: str) -> x509.NameConstraints:
    """Return a constraint to names of another organisation."""
    directory = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]))
    return x509.NameConstraints([directory], None)


stranger("another_authority", lambda: root("Other Root").issue(Wish()), Finding.UNKNOWN_AUTHORITY)
stranger("an_authority_of_the_same_name", lambda: root("Test Root").issue(Wish()), Finding.UNKNOWN_AUTHORITY)
stranger("himself", alone, Finding.UNKNOWN_AUTHORITY)
stranger(
    "a_key_that_may_not_commit",
    lambda: good()[0].issue(Wish(usages=frozenset({"digital_signature"}))),
    Finding.WRONG_USAGE,
)
stranger(
    "a_key_for_encryption", lambda: good()[0].issue(Wish(usages=frozenset({"key_encipherment"}))), Finding.WRONG_USAGE
)
stranger("a_web_server", lambda: good()[0].issue(Wish(purpose=ExtendedKeyUsageOID.SERVER_AUTH)), Finding.WRONG_USAGE)
stranger(
    "an_author_of_programs",
    lambda: good()[0].issue(Wish(purpose=ExtendedKeyUsageOID.CODE_SIGNING)),
    Finding.WRONG_USAGE,
)
stranger("a_time_stamp_authority", time_stamp_identity, Finding.WRONG_USAGE)
stranger("an_authority", lambda: good()[0].issue(AUTHORITY), Finding.WRONG_USAGE)
stranger("a_key_of_1024_bits", lambda: good()[0].issue(Wish(bits=1024)), Finding.WEAK_ALGORITHM)
stranger("a_leaf_of_a_leaf", lambda: good()[0].issue(Wish("Leaf")).issue(Wish()), Finding.CHAIN_NOT_PROVEN)
stranger("an_authority_of_1024_bits", lambda: under(replace(AUTHORITY, bits=1024)), Finding.WEAK_ALGORITHM)
stranger("an_expired_authority", lambda: under(replace(AUTHORITY, ends=NOW - YEAR / 2)), Finding.CHAIN_NOT_PROVEN)
stranger(
    "an_authority_that_may_not_issue",
    lambda: under(replace(AUTHORITY, usages=frozenset({"crl_sign"}))),
    Finding.CHAIN_NOT_PROVEN,
)
stranger(
    "an_authority_too_deep",
    lambda: good()[0].issue(replace(AUTHORITY, depth=0)).issue(replace(AUTHORITY, name="Deep")).issue(Wish()),
    Finding.CHAIN_NOT_PROVEN,
)
stranger(
    "an_authority_for_other_names",
    lambda: under(replace(AUTHORITY, extensions=(only_for("Somebody Else"),))),
    Finding.CHAIN_NOT_PROVEN,
)
stranger(
    "a_certificate_with_an_unknown_condition",
    lambda: good()[0].issue(
        Wish(extensions=(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"),))
    ),
    Finding.CHAIN_NOT_PROVEN,
)
stranger(
    "a_certificate_without_its_revocation_list",
    lambda: good()[0].issue(Wish(revocation=NOWHERE)),
    Finding.CHAIN_NOT_PROVEN,
)


@attack(Finding.EXPIRED, Verdict.NOT_PROVEN)
def sealed_by_an_expired_certificate() -> bytes:
    ends = NOW - YEAR / 2
    return sealed_by(good()[0].issue(Wish(ends=ends)), at=ends - timedelta(days=1))


@attack(Finding.NOT_YET_VALID, Verdict.NOT_PROVEN)
def sealed_by_a_certificate_of_the_future() -> bytes:
    begins = NOW + YEAR / 2
    return sealed_by(good()[0].issue(Wish(begins=begins)), at=begins + timedelta(days=1))


@attack(Finding.WEAK_ALGORITHM, Verdict.NOT_PROVEN)
def signed_with_sha_1() -> bytes:
    return signed_by_author(contract(), good()[1], digest="sha1")


@attack(Finding.WEAK_ALGORITHM, Verdict.NOT_PROVEN)
def signed_with_md5() -> bytes:
    return signed_by_author(contract(), good()[1], digest="md5")


def with_store(identity: Identity, **revocation: Any) -> bytes:
    """Seal, then add revocation data to the file's validation data."""
    certificates = [asn1(one) for one in (identity.certificate, *identity.above)]

    def supply(writer: IncrementalPdfFileWriter) -> None:
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=certificates, **revocation)

    return updated(sealed_by(identity), supply)


def revocation_list(issuer: Identity, *revoked: int, signer: Identity | None = None) -> crl.CertificateList:
    """Return a list of `issuer`, fresh at the present moment."""
    key = (signer or issuer).key
    hour = timedelta(hours=1)
    builder = (
        x509.CertificateRevocationListBuilder(issuer.certificate.subject, NOW - hour, NOW + YEAR)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for number in revoked:
        builder = builder.add_revoked_certificate(x509.RevokedCertificateBuilder(number, NOW - 2 * hour).build())
    made: crl.CertificateList = crl.CertificateList.load(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER))
    return made


@attack(Finding.REVOKED, Verdict.NOT_PROVEN)
def sealed_by_a_certificate_on_the_revocation_list() -> bytes:
    identity = good()[0].issue(Wish(revocation=NOWHERE))
    return with_store(identity, crls=[revocation_list(good()[0], identity.certificate.serial_number)])


@attack(Finding.CHAIN_NOT_PROVEN, Verdict.NOT_PROVEN)
def sealed_beside_a_revocation_list_of_a_stranger() -> bytes:
    identity = good()[0].issue(Wish(revocation=NOWHERE))
    return with_store(identity, crls=[revocation_list(good()[0], signer=root("Stranger"))])


@attack(Finding.REVOKED, Verdict.NOT_PROVEN)
def sealed_by_a_certificate_that_an_ocsp_answer_revokes() -> bytes:
    responder = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(NOWHERE))
    named = x509.AuthorityInformationAccess([responder])
    top, identity = good()[0], good()[0].issue(Wish(extensions=(named,)))
    hour = timedelta(hours=1)
    builder = OCSPResponseBuilder().add_response(
        identity.certificate,
        top.certificate,
        hashes.SHA256(),
        OCSPCertStatus.REVOKED,
        NOW - hour,
        NOW + YEAR,
        NOW - 2 * hour,
        x509.ReasonFlags.key_compromise,
    )
    signing = builder.responder_id(OCSPResponderEncoding.HASH, top.certificate)
    answer = signing.sign(top.key, hashes.SHA256()).public_bytes(Encoding.DER)
    return with_store(identity, ocsps=[ocsp.OCSPResponse.load(answer)])


def signed_anew(change: Callable[[cms.CMSAttributes], object], key: Identity | None = None) -> bytes:
    """Change what the signer signed besides the file, and sign that with the good key."""
    message = cms.ContentInfo.load(container_of(sealed()))
    signer = message["content"]["signer_infos"][0]
    attributes = signer["signed_attrs"].untag()
    change(attributes)
    signer["signed_attrs"] = cms.CMSAttributes(list(attributes))
    data = signer["signed_attrs"].untag().dump(force=True)
    signer["signature"] = (key or good()[1]).seal_key.sign(data)
    return with_contents(sealed(), message.dump(force=True))


def attribute(attributes: cms.CMSAttributes, kind: str) -> cms.CMSAttribute:
    """Return the attribute of a kind."""
    found: cms.CMSAttribute = next(one for one in attributes if one["type"].native == kind)
    return found


@attack(Finding.DIGEST)
def sign_another_digest() -> bytes:
    return signed_anew(lambda all_of_them: attribute(all_of_them, "message_digest")["values"].__setitem__(0, bytes(32)))


@attack(Finding.CONTAINER)
def name_another_certificate_in_the_attributes() -> bytes:
    def change(attributes: cms.CMSAttributes) -> None:
        named = attribute(attributes, "signing_certificate_v2")["values"][0]
        named["certs"][0]["cert_hash"] = bytes(32)

    return signed_anew(change)


@attack(Finding.CONTAINER)
def repeat_an_attribute() -> bytes:
    return signed_anew(lambda attributes: attributes.append(attribute(attributes, "message_digest").copy()))


@attack(Finding.CONTAINER)
def sign_another_kind_of_content() -> bytes:
    return signed_anew(lambda attributes: attribute(attributes, "content_type")["values"].__setitem__(0, "signed_data"))


@attack(Finding.SIGNATURE_VALUE)
def sign_with_the_key_of_somebody_else() -> bytes:
    return signed_anew(lambda _: None, root("Mallory"))


class _ElsewhereStamper(TimeStamper):
    """Brings a good time-stamp, but of other bytes."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        return await _good_stamper().async_timestamp(bytes(len(message_digest)), md_algorithm)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        raise NotImplementedError


def _good_stamper() -> DummyTimeStamper:
    clock = time_stamp_identity()
    return DummyTimeStamper(asn1(clock.certificate), private(clock), fixed_dt=NOW)


def _stamped(stamper: TimeStamper) -> bytes:
    identity = good()[1]
    signer = SimpleSigner(
        signing_cert=asn1(identity.certificate),
        signing_key=private(identity),
        cert_registry=SimpleCertificateStore.from_certs(map(asn1, identity.above)),
    )
    metadata = PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    writer = IncrementalPdfFileWriter(BytesIO(contract()))
    return bytes(sign_pdf(writer, metadata, signer, timestamper=stamper).getvalue())


@attack(Finding.TIME_STAMP_BROKEN)
def prove_the_time_of_another_signature() -> bytes:
    return _stamped(_ElsewhereStamper())


@attack(Finding.TIME_STAMP_BROKEN)
def close_with_a_time_stamp_of_another_file() -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(sealed()))
    stamper = PdfTimeStamper(_ElsewhereStamper(), field_name="Time")
    return bytes(stamper.timestamp_pdf(writer, "sha256").getvalue())


@attack(Finding.NO_SIGNATURE, Verdict.UNSIGNED)
def bring_a_time_stamp_for_a_seal() -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(contract()))
    return bytes(PdfTimeStamper(_good_stamper(), field_name="Seal").timestamp_pdf(writer, "sha256").getvalue())
