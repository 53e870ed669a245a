# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""One signature or document time-stamp: pyHanko's answers turned into facts and findings.

Judged as of now. Past validation (ETSI EN 319 102-1, 5.6.3: it expired, but was good when it was stamped) is not done:
it needs revocation data that are younger than the stamp, and until a seal is renewed that way it is not proven.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from inkseal.documents.validate.changes import CHANGE_POLICY
from inkseal.documents.validate.container import is_consistent
from inkseal.documents.validate.report import Change, Finding, SignatureKind, SignatureReport
from inkseal.documents.validate.structure import check_gap, covers_all, signed_end
from inkseal.documents.validate.trust import SEAL_USAGE, context_arguments, is_for_documents

#: A time-stamp may be ahead of our clock by this much.
CLOCK_TOLERANCE: Final = timedelta(minutes=10)

_SIGNATURES: Final = frozenset({SigSeedSubFilter.PADES.value, SigSeedSubFilter.ADOBE_PKCS7_DETACHED.value})
_TIME_STAMPS: Final = frozenset({SigSeedSubFilter.ETSI_RFC3161.value})
_CHANGES: Final = {
    ModificationLevel.NONE: Change.NOTHING,
    ModificationLevel.LTA_UPDATES: Change.PROOF,
    ModificationLevel.FORM_FILLING: Change.FORM,
}
_TRUST_FINDINGS: Final[dict[AdESSubIndic, Finding]] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Finding.UNKNOWN_AUTHORITY,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Finding.EXPIRED,
    AdESIndeterminate.EXPIRED: Finding.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: Finding.NOT_YET_VALID,
    AdESIndeterminate.REVOKED_NO_POE: Finding.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Finding.REVOKED,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Finding.WEAK_ALGORITHM,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Finding.WEAK_ALGORITHM,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Finding.WRONG_USAGE,
}


@dataclass(frozen=True)
class Evidence:
    """What every signature of a file is judged with."""

    pdf: bytes
    reader: PdfFileReader
    roots: tuple[x509.Certificate, ...]
    now: datetime

    def context(self) -> ValidationContext:
        """Return a fresh context that knows the file's own validation data, if it has any."""
        arguments = context_arguments(self.roots, self.now)
        try:
            store = DocumentSecurityStore.read_dss(self.reader)
        except NoDSSFoundError:
            return ValidationContext(**arguments)
        return store.as_validation_context(arguments)


@dataclass(frozen=True)
class Examined:
    """One filled field: the facts for the report, and what the judgement of the whole file needs besides."""

    report: SignatureReport
    #: The revision that it signs; -1 where it could not be read.
    revision: int = -1
    signed_end: int = 0
    is_pades: bool = False
    not_before: datetime | None = None
    #: The trusted time in the signature's own time-stamp, or of the document time-stamp itself.
    stamped: datetime | None = None


async def examine(name: str, signature_field: Any, evidence: Evidence) -> Examined:
    """Check one filled signature field; a field that breaks pyHanko is a broken signature."""
    kind = SignatureKind.UNKNOWN
    try:
        signature_field = signature_field.get_object()
        kind = _kind_of(signature_field["/V"])
        if kind is SignatureKind.UNKNOWN:
            return Examined(SignatureReport(name, kind, findings=(Finding.UNKNOWN_KIND,)))
        embedded = EmbeddedPdfSignature(evidence.reader, signature_field, name)
        broken = _fault_of_container(embedded, evidence)
        if broken is not None:
            return Examined(SignatureReport(name, kind, findings=(broken,)))
        if kind is SignatureKind.SIGNATURE:
            return await _examine_signature(embedded, evidence)
        return await _examine_time_stamp(embedded, evidence)
    except PdfReadError:
        # Such as an object that the signed revision refers to and that only a later one has.
        return Examined(SignatureReport(name, kind, findings=(Finding.SIGNED_BUT_DAMAGED,)))
    except Exception:  # noqa: BLE001 - pyHanko raises dozens of kinds on hostile input, down to AssertionError
        return Examined(SignatureReport(name, kind, findings=(Finding.CONTAINER,)))


def _fault_of_container(embedded: EmbeddedPdfSignature, evidence: Evidence) -> Finding | None:
    gap = check_gap(evidence.pdf, tuple(embedded.byte_range), embedded.pkcs7_content)
    if gap is not None:
        return gap
    message = cms.ContentInfo.load(embedded.pkcs7_content)
    return None if is_consistent(embedded.pkcs7_content, message, evidence.roots) else Finding.CONTAINER


async def _examine_signature(embedded: EmbeddedPdfSignature, evidence: Evidence) -> Examined:
    status = await async_validate_pdf_signature(
        embedded, evidence.context(), key_usage_settings=SEAL_USAGE, diff_policy=CHANGE_POLICY
    )
    findings = _integrity(status)
    trusted = not findings and status.trusted
    if not trusted and not findings:
        findings.append(_trust_finding(status, evidence))
    if trusted and not is_for_documents(status.signing_cert):
        trusted = False
        findings.append(Finding.WRONG_USAGE)
    if not status.seed_value_ok:
        findings.append(Finding.FORM_CONDITION)
    inner = status.timestamp_validity
    stamped = None if inner is None else _stamped(inner, evidence.now, findings)
    return _examined(embedded, evidence, status=status, trusted=trusted, stamped=stamped, findings=findings)


async def _examine_time_stamp(embedded: EmbeddedPdfSignature, evidence: Evidence) -> Examined:
    status = await async_validate_pdf_timestamp(embedded, evidence.context(), diff_policy=CHANGE_POLICY)
    findings: list[Finding] = []
    stamped = _stamped(status, evidence.now, findings)
    trusted = stamped is not None
    return _examined(embedded, evidence, status=status, trusted=trusted, stamped=stamped, findings=findings)


def _kind_of(value: Any) -> SignatureKind:
    of_type, of_filter = value.get("/Type", "/Sig"), value.get("/SubFilter")
    if of_type == "/Sig" and of_filter in _SIGNATURES:
        return SignatureKind.SIGNATURE
    if of_type == "/DocTimeStamp" and of_filter in _TIME_STAMPS:
        return SignatureKind.TIME_STAMP
    return SignatureKind.UNKNOWN


def _integrity(status: SignatureStatus) -> list[Finding]:
    if not status.intact:
        return [Finding.DIGEST]
    return [] if status.valid else [Finding.SIGNATURE_VALUE]


def _trust_finding(status: SignatureStatus, evidence: Evidence) -> Finding:
    certificate = status.signing_cert
    if evidence.now < certificate.not_valid_before:
        return Finding.NOT_YET_VALID
    if certificate.self_issued and certificate not in evidence.roots:
        # pyHanko complains of its constraints first.
        return Finding.UNKNOWN_AUTHORITY
    indication = status.trust_problem_indic
    return _TRUST_FINDINGS.get(indication, Finding.CHAIN_NOT_PROVEN) if indication else Finding.CHAIN_NOT_PROVEN


def _stamped(status: Any, now: datetime, findings: list[Finding]) -> datetime | None:
    """Return the time that a time-stamp proves; why it proves none is added to `findings`."""
    time: datetime = status.timestamp
    if not (status.intact and status.valid):
        findings.append(Finding.TIME_STAMP_BROKEN)
    elif not status.trusted:
        findings.append(Finding.TIME_NOT_TRUSTED)
    elif time > now + CLOCK_TOLERANCE:
        findings.append(Finding.TIME_IN_FUTURE)
    else:
        return time
    return None


def _examined(
    embedded: EmbeddedPdfSignature,
    evidence: Evidence,
    *,
    status: Any,
    trusted: bool,
    stamped: datetime | None,
    findings: list[Finding],
) -> Examined:
    change = _CHANGES.get(status.modification_level, Change.CONTENT)
    # None for time-stamps, which forbid nothing of their own.
    unmodified = change <= Change.FORM and status.docmdp_ok is not False
    if not unmodified:
        findings.append(Finding.CHANGED_AFTER)
    certificate = status.signing_cert
    end = signed_end(tuple(embedded.byte_range))
    report = SignatureReport(
        field=embedded.field_name,
        kind=SignatureKind.TIME_STAMP if embedded.sig_object_type == "/DocTimeStamp" else SignatureKind.SIGNATURE,
        intact=bool(status.intact and status.valid),
        trusted=trusted,
        unmodified=unmodified,
        changed_after=change,
        covers_whole_file=covers_all(evidence.pdf, end),
        signer=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        claimed_time=embedded.self_reported_timestamp,
        findings=tuple(findings),
    )
    return Examined(
        report,
        revision=embedded.signed_revision,
        signed_end=end,
        is_pades=embedded.sig_object.get("/SubFilter") == SigSeedSubFilter.PADES.value,
        not_before=certificate.not_valid_before,
        stamped=stamped,
    )


def _common_name(name: x509.Name) -> str:
    found = name.native.get("common_name", name.human_friendly)
    return str(found)
