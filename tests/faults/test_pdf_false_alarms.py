# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Good files are not accused: every way to make and seal one, and what may follow, is valid with no finding."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from pikepdf import Array, Dictionary, Name, ObjectStreamMode
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from inkseal.documents.assemble import assemble_signed_file
from inkseal.documents.seal import Pkcs12SealKey, SealPlace, seal
from inkseal.documents.validate import Change, PadesLevel, Report, verify
from tests.faults.pdf_attack_kit import by_author, contract, sealed, sealed_contract, twice_signed
from tests.unit.documents.seal_kit import (
    NOW,
    SERIF,
    SERIF_SC,
    Wish,
    asn1,
    certificate_for,
    good,
    private,
    signed_by_author,
    small_pdf,
    time_stamp_identity,
)
from tests.unit.documents.sheets import jpeg, print_pdf, sheet

pytestmark = pytest.mark.faults
VERSIONS = ("1.4", "1.5", "1.6", "1.7", "2.0")


def saved_as(**options: Any) -> bytes:
    """Return the contract as another program might have written it."""
    output = BytesIO()
    with pikepdf.open(BytesIO(contract())) as pdf:
        pdf.save(output, deterministic_id=True, **options)
    return output.getvalue()


def of_version(version: str) -> bytes:
    return saved_as(force_version=version, object_stream_mode=ObjectStreamMode.disable)


def with_carriage_returns() -> bytes:
    """Return a PDF whose lines end with CR LF, as programs on Windows write them."""
    lines = [
        b"%PDF-1.7",
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj",
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj",
    ]
    starts = [sum(len(line) + 2 for line in lines[:number]) for number in range(1, 5)]
    rows = [b"%010d 00000 n" % start for start in starts[:3]]
    table = [b"xref", b"0 4", b"0000000000 65535 f", *rows, b"trailer << /Size 4 /Root 1 0 R >>", b"startxref"]
    return b"\r\n".join([*lines, *table, b"%d" % starts[3], b"%%EOF", b""])


def without_a_last_end_of_line() -> bytes:
    return contract().rstrip()


def linearized() -> bytes:
    return saved_as(linearize=True)


def with_object_streams() -> bytes:
    return saved_as(object_stream_mode=ObjectStreamMode.generate)


def from_paper() -> bytes:
    return assemble_signed_file([jpeg(sheet())], print_pdf(), title="Contract 1", language="en", created=NOW)


def with_boxes_that_pages_inherit() -> bytes:
    with pikepdf.open(BytesIO(small_pdf(pages=2))) as pdf:
        for page in pdf.pages:
            del page.MediaBox
        pdf.Root.Pages.MediaBox = Array([0, 0, 595, 842])
        pdf.pages[-1].Rotate = 90
        output = BytesIO()
        pdf.save(output, deterministic_id=True)
    return output.getvalue()


def with_an_empty_signature_field() -> bytes:
    with pikepdf.open(BytesIO(contract())) as pdf:
        field = Dictionary(FT=Name.Sig, T="Later", Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 0, 0]))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))
        output = BytesIO()
        pdf.save(output, deterministic_id=True)
    return output.getvalue()


INPUTS: dict[str, Callable[[], bytes]] = {
    **{f"version {version}": partial(of_version, version) for version in VERSIONS},
    "lines with CR LF": with_carriage_returns,
    "no last end of line": without_a_last_end_of_line,
    "linearized": linearized,
    "object streams": with_object_streams,
    "a print": print_pdf,
    "a signed file from paper": from_paper,
    "boxes that pages inherit, rotated": with_boxes_that_pages_inherit,
    "an empty signature field": with_an_empty_signature_field,
    "signed by the author before": by_author,
}


def look(pdf: bytes) -> Report:
    return verify(pdf, roots=good()[0].pem, now=NOW)


def assert_valid(pdf: bytes) -> None:
    report = look(pdf)
    assert (report.verdict, report.findings) == ("valid", ())
    assert all(one.intact and one.trusted and one.unmodified for one in report.signatures)


@pytest.mark.parametrize("name", INPUTS)
def test_a_file_of_any_make_is_valid_when_it_is_sealed(name: str) -> None:
    assert_valid(sealed_contract(INPUTS[name]()))


@pytest.mark.parametrize("font", [None, SERIF, SERIF_SC])
@pytest.mark.parametrize("place", [None, SealPlace(1, 50, 60, 250, 110), SealPlace(3, 0, 0, 595, 842)])
def test_a_seal_of_any_look_is_valid(font: Any, place: SealPlace | None) -> None:
    key = good()[1].seal_key
    assert_valid(seal(contract(), key, company="Northlight", contract_number="", now=NOW, font=font, place=place).pdf)


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()], ids=lambda curve: curve.name)
def test_a_seal_with_an_elliptic_key_is_valid(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    certificate = certificate_for(key.public_key(), Wish(), good()[0])
    identity = Pkcs12SealKey(certificate, (), key)
    assert_valid(seal(contract(), identity, company="x", contract_number="1", now=NOW).pdf)


@pytest.mark.parametrize("bits", [2048, 3072])
def test_a_seal_with_an_rsa_key_is_valid(bits: int) -> None:
    identity = good()[0].issue(Wish(bits=bits))
    assert_valid(seal(contract(), identity.seal_key, company="x", contract_number="1", now=NOW).pdf)


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_an_author_may_sign_with_any_sound_digest(digest: str) -> None:
    assert_valid(sealed_contract(signed_by_author(contract(), good()[0].issue(Wish("Alice")), digest=digest)))


@cache
def closed(pdf: bytes) -> bytes:
    """Add a document time-stamp by a trusted authority."""
    clock = time_stamp_identity()
    certificates: Any = [asn1(one) for one in clock.above]
    stamper = DummyTimeStamper(
        asn1(clock.certificate), private(clock), certs_to_embed=certificates, fixed_dt=NOW + timedelta(minutes=1)
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return bytes(PdfTimeStamper(stamper, field_name=f"Time{len(pdf)}").timestamp_pdf(writer, "sha256").getvalue())


def with_validation_data(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[asn1(good()[0].certificate)])
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def later(pdf: bytes) -> Report:
    return verify(pdf, roots=good()[0].pem, now=NOW + timedelta(minutes=2))


@pytest.mark.parametrize("good_file", [sealed, twice_signed])
def test_proof_that_is_added_later_changes_nothing_and_proves_the_time(good_file: Callable[[], bytes]) -> None:
    report = later(closed(with_validation_data(good_file())))
    assert (report.verdict, report.findings) == ("valid", ())
    assert report.proven_time == NOW + timedelta(minutes=1)
    assert report.signatures[-2].level is PadesLevel.B_LTA


@pytest.mark.parametrize("good_file", [sealed, twice_signed])
def test_validation_data_alone_may_follow(good_file: Callable[[], bytes]) -> None:
    report = later(with_validation_data(good_file()))
    assert (report.verdict, report.findings) == ("valid", ())
    assert report.signatures[-1].changed_after is Change.PROOF


def test_time_stamps_may_be_renewed_again_and_again() -> None:
    report = later(closed(closed(closed(sealed()))))
    assert (report.verdict, report.findings, len(report.signatures)) == ("valid", (), 4)


def test_a_file_with_object_streams_may_be_closed_too() -> None:
    report = later(closed(with_validation_data(sealed_contract(with_object_streams()))))
    assert (report.verdict, report.findings) == ("valid", ())


def test_a_certificate_may_name_documents_as_its_purpose() -> None:
    identity = good()[0].issue(Wish(purpose=ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE))
    assert_valid(seal(contract(), identity.seal_key, company="x", contract_number="1", now=NOW).pdf)
