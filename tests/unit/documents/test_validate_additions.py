# mypy: allow-untyped-calls
# (the PDF libraries carry few annotations)
"""What may stand behind a signature: only objects and tables that a later revision names, and blanks."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore

from inkseal.documents.seal import seal
from inkseal.documents.validate import Change, Finding, Verdict, verify
from inkseal.documents.validate.additions import are_accounted_for
from tests.unit.documents.seal_kit import NOW, asn1, good, small_pdf

FORGED = b"4 0 obj\n<< /Length 5 >>\nstream\nBT ET\nendstream\nendobj\n"


@cache
def sealed() -> bytes:
    return seal(small_pdf(), good()[1].seal_key, company="x", contract_number="1", now=NOW).pdf


@cache
def with_proof() -> bytes:
    """Return the sealed file with validation data behind it, as any signing program may add them."""
    writer = IncrementalPdfFileWriter(BytesIO(sealed()))
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[asn1(good()[0].certificate)])
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def accounted(pdf: bytes) -> bool:
    reader = PdfFileReader(BytesIO(pdf))
    (signature,) = reader.embedded_signatures
    return are_accounted_for(pdf, reader, revision=signature.signed_revision, end=len(sealed()))


def table_of(pdf: bytes) -> bytes:
    last: bytes = re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    return last


@pytest.mark.parametrize("behind", [b"", b"\n", b"\r\n", b"   \n"])
def test_blanks_are_nothing(behind: bytes) -> None:
    assert accounted(sealed() + behind)


def test_objects_and_tables_of_a_revision_are_accounted_for() -> None:
    assert accounted(with_proof())


@pytest.mark.parametrize("junk", [FORGED, b"% a remark\n", b"trailer << /Root 4 0 R >>\n", b"x\n"])
def test_bytes_that_no_table_names_are_not_accounted_for(junk: bytes) -> None:
    end = b"startxref\n%s\n%%%%EOF\n"
    assert not accounted(sealed() + junk + end % table_of(sealed()))
    assert not accounted(with_proof() + junk + end % table_of(with_proof()))


def test_an_object_between_the_seal_and_its_proof_is_not_accounted_for() -> None:
    """The update is a good one, but for the object that it carries along."""
    by, behind = len(FORGED), with_proof()[len(sealed()) :]
    table = int(table_of(with_proof()))
    rows = re.sub(
        rb"(\d{10}) 00000 n", lambda row: b"%010d 00000 n" % (int(row[1]) + by), with_proof()[table:]
    ).replace(b"startxref\n%d" % table, b"startxref\n%d" % (table + by))
    pdf = sealed() + FORGED + behind[: table - len(sealed())] + rows
    report = verify(pdf, roots=good()[0].pem, now=NOW)
    assert report.signatures[0].changed_after is Change.PROOF
    assert (report.verdict, report.findings) == (Verdict.INVALID, (Finding.CHANGED_AFTER,))


@pytest.mark.parametrize(
    "smuggle",
    [
        pytest.param(lambda pdf: pdf.replace(b"endobj\nxref", b"endobj %\nxref"), id="before the table"),
        pytest.param(lambda pdf: pdf.replace(b"\ntrailer", b" x\ntrailer"), id="in the table"),
        pytest.param(lambda pdf: pdf.replace(b">>\nstartxref", b">> 9 0 obj\nstartxref"), id="in the trailer"),
        pytest.param(lambda pdf: pdf.replace(b"\n%%EOF", b" 7\n%%EOF"), id="behind the table"),
    ],
)
def test_what_is_smuggled_into_a_revision_is_not_accounted_for(smuggle: Callable[[bytes], bytes]) -> None:
    pdf = sealed() + smuggle(with_proof()[len(sealed()) :])
    assert pdf != with_proof()
    reader = PdfFileReader(BytesIO(with_proof()))
    assert not are_accounted_for(pdf, reader, revision=1, end=len(sealed()))
