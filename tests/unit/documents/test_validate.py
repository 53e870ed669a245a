"""Verification: what is green, what is not proven, what is broken, what is not readable - and why."""

import json
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from inkseal.documents.seal import seal
from inkseal.documents.validate import (
    Change,
    Finding,
    PadesLevel,
    Report,
    SignatureKind,
    TrustRootsError,
    Verdict,
    verify,
    verify_isolated,
)
from tests.unit.documents.seal_kit import NOW, YEAR, Identity, Wish, good, root, signed_by_author, small_pdf

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


def sealed_by(identity: Identity, pdf: bytes | None = None) -> bytes:
    content = small_pdf() if pdf is None else pdf
    return seal(content, identity.seal_key, company="x", contract_number="1", now=NOW).pdf


def look(pdf: bytes, *, after: timedelta = timedelta(0)) -> Report:
    return verify(pdf, roots=good()[0].pem, now=NOW + after)


def test_a_sealed_file_is_valid() -> None:
    report = look(sealed_by(good()[1]))
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


def test_the_report_says_who_and_when_and_how_strong() -> None:
    (signature,) = look(sealed_by(good()[1])).signatures
    assert signature.kind is SignatureKind.SIGNATURE
    assert (signature.signer, signature.issuer) == ("Northlight Press", "Test Issuer")
    assert (signature.claimed_time, signature.proven_time) == (NOW, None)
    assert signature.level is PadesLevel.B_B
    assert (signature.changed_after, signature.covers_whole_file) == (Change.NOTHING, True)


def test_without_a_time_stamp_no_time_is_proven() -> None:
    assert look(sealed_by(good()[1])).proven_time is None


def test_two_signatures_of_which_the_second_covers_all_are_valid() -> None:
    _, identity = good()
    author = good()[0].issue(Wish("Alice"))
    report = look(sealed_by(identity, signed_by_author(small_pdf(), author)))
    assert report.verdict is Verdict.VALID
    assert [one.signer for one in report.signatures] == ["Alice", "Northlight Press"]
    assert [one.changed_after for one in report.signatures] == [Change.FORM, Change.NOTHING]
    assert [one.covers_whole_file for one in report.signatures] == [False, True]


def test_one_untrusted_signature_of_two_makes_the_whole_not_proven() -> None:
    stranger = root("Stranger").issue(Wish("Mallory"))
    report = look(sealed_by(good()[1], signed_by_author(small_pdf(), stranger)))
    assert report.verdict is Verdict.NOT_PROVEN
    assert report.findings == (Finding.UNKNOWN_AUTHORITY,)


def test_a_seal_of_another_authority_is_not_proven() -> None:
    report = look(sealed_by(root("Other Root").issue(Wish())))
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.UNKNOWN_AUTHORITY,))


def test_an_authority_of_the_same_name_is_not_the_same_authority() -> None:
    report = look(sealed_by(root("Test Root").issue(Wish())))
    assert report.verdict is Verdict.NOT_PROVEN


def test_a_self_signed_seal_is_not_proven() -> None:
    alone = root("Northlight Press")
    assert look(sealed_by(Identity(alone.certificate, alone.key))).verdict is Verdict.NOT_PROVEN


def test_an_expired_certificate_is_not_proven() -> None:
    report = look(sealed_by(good()[1]), after=2 * YEAR)
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.EXPIRED,))


def test_a_certificate_that_is_not_valid_yet_is_not_proven() -> None:
    report = look(sealed_by(good()[1]), after=-2 * YEAR)
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.NOT_YET_VALID,))


@pytest.mark.parametrize("usages", [{"digital_signature"}, {"key_encipherment"}, {"key_cert_sign"}])
def test_a_certificate_that_commits_to_no_content_is_not_proven(usages: set[str]) -> None:
    identity = good()[0].issue(Wish(usages=frozenset(usages)))
    report = look(sealed_by(identity))
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.WRONG_USAGE,))


@pytest.mark.parametrize("purpose", [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.TIME_STAMPING])
def test_a_certificate_for_another_purpose_is_not_proven(purpose: x509.ObjectIdentifier) -> None:
    report = look(sealed_by(good()[0].issue(Wish(purpose=purpose))))
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.WRONG_USAGE,))


@pytest.mark.parametrize("purpose", [DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
def test_a_certificate_for_documents_is_valid(purpose: x509.ObjectIdentifier) -> None:
    assert look(sealed_by(good()[0].issue(Wish(purpose=purpose)))).verdict is Verdict.VALID


def test_a_leaf_cannot_issue_certificates() -> None:
    leaf = good()[0].issue(Wish("No Authority"))
    assert look(sealed_by(leaf.issue(Wish()))).verdict is Verdict.NOT_PROVEN


def test_sha_1_is_not_proven() -> None:
    report = look(signed_by_author(small_pdf(), good()[0].issue(Wish()), digest="sha1"))
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.WEAK_ALGORITHM,))


def test_a_key_of_1024_bits_is_not_proven() -> None:
    report = look(sealed_by(good()[0].issue(Wish(bits=1024))))
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.WEAK_ALGORITHM,))


def test_a_named_revocation_source_without_its_answer_is_not_proven() -> None:
    identity = good()[0].issue(Wish(revocation="http://127.0.0.1:9/list.crl"))
    report = look(sealed_by(identity))
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.CHAIN_NOT_PROVEN,))


def test_a_file_without_a_signature_is_unsigned() -> None:
    report = look(small_pdf())
    assert (report.verdict, report.findings) == (Verdict.UNSIGNED, (Finding.NO_SIGNATURE,))


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"", Finding.NOT_A_PDF),
        (b"PK\x03\x04 an archive", Finding.NOT_A_PDF),
        (b"\x00" * 5000, Finding.NOT_A_PDF),
        (b"%PDF-1.7\n", Finding.DAMAGED),
        (small_pdf()[:500], Finding.DAMAGED),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, finding: Finding) -> None:
    report = look(content)
    assert (report.verdict, report.findings) == (Verdict.NOT_READABLE, (finding,))


def test_an_encrypted_file_is_not_readable() -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="x", user="y"))
    report = look(output.getvalue())
    assert (report.verdict, report.findings) == (Verdict.NOT_READABLE, (Finding.ENCRYPTED,))


@pytest.mark.parametrize("roots", [b"", b"no pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_roots_that_are_none_are_refused(roots: bytes) -> None:
    with pytest.raises(TrustRootsError):
        verify(small_pdf(), roots=roots, now=NOW)


def test_any_of_several_roots_may_be_the_right_one() -> None:
    roots = root("Other Root").pem + good()[0].pem
    assert verify(sealed_by(good()[1]), roots=roots, now=NOW).verdict is Verdict.VALID


def test_the_json_form_holds_everything() -> None:
    _, identity = good()
    author = good()[0].issue(Wish("Alice"))
    report = look(sealed_by(identity, signed_by_author(small_pdf(), author)))
    assert Report.from_dict(json.loads(json.dumps(report.as_dict()))) == report


def test_a_child_process_says_the_same() -> None:
    pdf = sealed_by(good()[1])
    assert verify_isolated(pdf, roots=good()[0].pem, now=NOW) == look(pdf)


def test_a_child_process_says_the_same_of_a_broken_file() -> None:
    pdf = sealed_by(good()[1]).replace(b"Alice", b"Mabel")
    isolated = verify_isolated(pdf, roots=good()[0].pem, now=NOW)
    assert (isolated.verdict, isolated.findings) == (Verdict.INVALID, (Finding.DIGEST,))


def test_bad_roots_are_told_from_the_child_too() -> None:
    with pytest.raises(TrustRootsError):
        verify_isolated(small_pdf(), roots=b"no pem", now=NOW)
