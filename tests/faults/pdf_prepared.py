# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Shadow attacks (Mainka et al., "Shadow Attacks", 2021): prepared before the seal, sprung after it.

The sealed file is in order; what was prepared in it must not come to life.
"""

import re
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from inkseal.documents.validate import Finding
from tests.faults.pdf_attack_kit import attack, contract, page_of, raw_update, sealed_contract, trailer_of, updated
from tests.unit.documents.seal_kit import asn1, good, saved

Writer = IncrementalPdfFileWriter
#: An object that the prepared contract refers to and does not have.
NOWHERE = 99
FORGED = b"BT /F1 12 Tf 72 600 Td (Alice pays everything) Tj ET"


def stream_of(content: bytes, header: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (header, len(content), content)


@cache
def with_a_reference_to_nowhere() -> bytes:
    """Return a sealed contract whose first page has a second content stream that does not exist."""
    with pikepdf.open(BytesIO(contract())) as pdf:
        page = pdf.pages[0]
        page.Contents = Array([page.Contents, pdf.make_stream(b"")])
        prepared = saved(pdf)
    # As many digits as before: the offsets stay.
    nowhere = rb"\g<1>%d 0 R" % NOWHERE
    return sealed_contract(re.sub(rb"(/Contents \[ \d+ 0 R )\d\d 0 R", nowhere, prepared))


@attack(Finding.SIGNED_BUT_DAMAGED)
def fill_a_reference_to_nowhere() -> bytes:
    return raw_update(with_a_reference_to_nowhere(), {NOWHERE: stream_of(FORGED)}, size=NOWHERE + 1)


@attack(Finding.CONTAINER)
def fill_it_under_the_cloak_of_validation_data() -> bytes:
    def supply(writer: Writer) -> None:
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[asn1(good()[0].certificate)])
        writer.objects[0, NOWHERE] = generic.StreamObject(stream_data=FORGED)
        writer._lastobj_id = NOWHERE
        writer.root["/DSS"]["/Certs"].append(generic.IndirectObject(NOWHERE, 0, writer))

    return updated(with_a_reference_to_nowhere(), supply)


@attack(Finding.SIGNED_BUT_DAMAGED)
def fill_it_with_a_stream_of_objects() -> bytes:
    """A container of objects is a content stream too, when a page calls it one."""
    pdf = with_a_reference_to_nowhere()
    content = b"%d 0 %s null" % (NOWHERE + 1, FORGED)
    objects = stream_of(content, b"/Type /ObjStm /N 1 /First %d" % content.index(b"null"))
    return update_by_stream(pdf, NOWHERE, objects, inside=NOWHERE + 1)


def update_by_stream(pdf: bytes, number: int, object_stream: bytes, *, inside: int) -> bytes:
    """Append an object stream under `number` that holds object `inside`, and a cross-reference stream."""
    body = b"%d 0 obj\n%s\nendobj\n" % (number, object_stream)
    last, table, start = trailer_of(pdf), max(inside, number) + 1, len(pdf) + len(body)
    places = sorted(((number, 1, len(pdf)), (inside, 2, number), (table, 1, start)))
    rows = b"".join(bytes([kind]) + place.to_bytes(4, "big") + b"\0" for _, kind, place in places)
    index = b" ".join(b"%d 1" % entry for entry, _, _ in places)
    header = b"/Type /XRef /Size %d /W [1 4 1] /Index [%s] /Root %s /Prev %d"
    xref = stream_of(rows, header % (table + 1, index, last.root, last.start))
    return pdf + body + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, xref, start)


@attack(Finding.CHANGED_AFTER)
def override_the_text_from_an_object_stream() -> bytes:
    pdf = sealed_contract(contract())
    page = re.search(rb"(\d+) 0 obj\s*<<[^>]*/Annots", contract())
    assert page is not None
    words = b"<< /Type /Page /MediaBox [0 0 9 9] >>"
    content = b"%s 0 %s" % (page[1], words)
    objects = stream_of(content, b"/Type /ObjStm /N 1 /First %d" % content.index(b"<<"))
    return update_by_stream(pdf, trailer_of(pdf).size, objects, inside=int(page[1]))


@cache
def with_a_second_version() -> tuple[bytes, int, int]:
    """Return a sealed contract with a stream that holds another version of the text; its number, where that starts."""
    with pikepdf.open(BytesIO(contract())) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        hidden = b"%d 0 obj\n%s\nendobj\n" % (number, stream_of(FORGED))
        pdf.Root.PieceInfo = Dictionary(Draft=pdf.make_stream(hidden, Type=Name.Draft))
        pdf_bytes = sealed_contract(saved(pdf))
    return pdf_bytes, number, pdf_bytes.index(hidden)


@attack(Finding.CHANGED_AFTER)
def point_the_table_at_the_hidden_version() -> bytes:
    """Nothing but a cross-reference table is appended: the forged object is in the signed bytes."""
    pdf, number, place = with_a_second_version()
    last = trailer_of(pdf)
    end = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + end % (number, place, last.size, last.root, last.start, len(pdf))


@attack(Finding.CONTAINER)
def hide_the_hidden_version_in_a_hybrid_table() -> bytes:
    """Old readers follow the table, new ones /XRefStm: two documents in one file."""
    pdf, number, place = with_a_second_version()
    last = trailer_of(pdf)
    rows = b"\x01" + place.to_bytes(4, "big") + b"\x00"
    header = b"/Type /XRef /Size %d /W [1 4 1] /Index [%d 1] /Root %s" % (last.size + 1, number, last.root)
    xref = b"%d 0 obj\n%s\nendobj\n" % (last.size, stream_of(rows, header))
    return raw_update(pdf + xref, {}, size=last.size + 1, trailer=b"/XRefStm %d" % len(pdf))


@attack(Finding.CHANGED_AFTER)
def free_the_text() -> bytes:
    """The object is declared dead, and the page is empty."""
    pdf, number, _ = with_a_second_version()
    last = trailer_of(pdf)
    end = b"xref\n%d 1\n0000000000 00001 f \ntrailer\n<< /Size %d /Root %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + end % (number, last.size, last.root, last.start, len(pdf))


@attack(Finding.CHANGED_AFTER)
def swap_text_and_hidden_text() -> bytes:
    """The page is led to a stream that was signed, but not as its text."""

    def lead(writer: Writer) -> None:
        page_of(writer)[pdf_name("/Contents")] = writer.root["/PieceInfo"].raw_get("/Draft")

    return updated(with_a_second_version()[0], lead)
