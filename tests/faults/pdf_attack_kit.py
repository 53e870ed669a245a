# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""What the attacks on sealed files share: the sealed contract they aim at, and the corpus they enter by name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from inkseal.documents.seal import seal
from inkseal.documents.validate import Finding, Report, Verdict, verify
from tests.unit.documents.seal_kit import NOW, SERIF, Wish, good, saved, signed_by_author, small_pdf

#: A change as an attacker appends it: he has the whole toolbox of incremental updates.
Update = Callable[[IncrementalPdfFileWriter], object]


@dataclass(frozen=True)
class Attack:
    """An attacked file, and what verification has to say of it."""

    name: str
    build: Callable[[], bytes]
    verdict: Verdict
    finding: Finding


CORPUS: Final[list[Attack]] = []
#: Those attacks that are an update of a sealed file, to be tried on other sealed files too.
UPDATES: Final[dict[str, Update]] = {}


def attack(
    finding: Finding, verdict: Verdict = Verdict.INVALID
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Enter a function that builds an attacked file into the corpus."""

    def enter(build: Callable[[], bytes]) -> Callable[[], bytes]:
        CORPUS.append(Attack(build.__name__, cache(build), verdict, finding))
        return build

    return enter


def update_attack(change: Update) -> Update:
    """Enter an update of the sealed contract into the corpus: always a change after the signature."""
    UPDATES[change.__name__] = change
    CORPUS.append(
        Attack(change.__name__, cache(lambda: updated(sealed(), change)), Verdict.INVALID, Finding.CHANGED_AFTER),
    )
    return change


def name_of(one: Attack) -> str:
    """Return the name under which a test of the attack runs."""
    return one.name


def look(pdf: bytes) -> Report:
    """Verify under the good root."""
    return verify(pdf, roots=good()[0].pem, now=NOW)


def updated(pdf: bytes, change: Update) -> bytes:
    """Return `pdf` with an incremental update, as an attacker appends it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]  # an attacker leaves no date
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def page_of(writer: IncrementalPdfFileWriter, number: int = 0) -> Any:
    """Return a page, marked as changed."""
    reference, _ = writer.find_page_for_modification(number)
    writer.mark_update(reference)
    return reference.get_object()


def raw_update(pdf: bytes, objects: Mapping[int, bytes], *, size: int = 0, trailer: bytes = b"") -> bytes:
    """Append objects with a classic cross-reference table, byte by byte."""
    body, rows = b"", b"0 1\n0000000000 65535 f \n"
    for number, content in objects.items():
        rows += b"%d 1\n%010d 00000 n \n" % (number, len(pdf) + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(pdf) + len(body)
    end = b"trailer\n<< /Size %d /Root %s /Prev %d %s >>\nstartxref\n%d\n%%%%EOF\n"
    last = trailer_of(pdf)
    return pdf + body + b"xref\n" + rows + end % (max(size, last.size), last.root, last.start, trailer, start)


@dataclass(frozen=True)
class Trailer:
    """What an update has to repeat of the trailer before it."""

    size: int
    root: bytes
    start: int


def trailer_of(pdf: bytes) -> Trailer:
    """Read the last trailer, and where its cross-reference section starts."""
    size, start = re.findall(rb"/Size (\d+)", pdf)[-1], re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    return Trailer(int(size), re.findall(rb"/Root (\d+ 0 R)", pdf)[-1], int(start))


def numbers(*values: float) -> generic.ArrayObject:
    """Return an array of numbers."""
    return generic.ArrayObject(generic.FloatObject(value) for value in values)


def entries(**values: object) -> generic.DictionaryObject:
    """Return a dictionary; texts become names."""
    return generic.DictionaryObject(
        # Of the library's own kinds many are strings too.
        {pdf_name(f"/{key}"): pdf_name(value) if type(value) is str else value for key, value in values.items()}
    )


@cache
def contract() -> bytes:
    """Return a contract with everything that attacks aim at; always the same bytes."""
    with pikepdf.open(BytesIO(small_pdf(pages=3))) as pdf:
        _furnish(pdf)
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Terms", 1))
        pdf.attachments["print.txt"] = _attachment(pdf)
        pdf.docinfo["/Title"] = "Agreement of Alice"
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Agreement of Alice"
        return saved(pdf)


def _attachment(pdf: pikepdf.Pdf) -> pikepdf.AttachedFileSpec:
    words = {"description": "", "filename": "print.txt", "mime_type": "text/plain"}
    return pikepdf.AttachedFileSpec(pdf, b"as printed", **words, creation_date="", mod_date="")


def _furnish(pdf: pikepdf.Pdf) -> None:
    """Put a field, a link, a picture, a drawing and a hidden layer on the first page."""
    page = pdf.pages[0]
    drawing = pdf.make_stream(b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
    picture = pdf.make_stream(b"\xff\x00\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="draft"))
    page.Resources.XObject = Dictionary(Stamp=drawing, Picture=picture)
    page.Resources.Properties = Dictionary(Draft=layer)
    hidden = b" /OC /Draft BDC BT /F1 12 Tf 72 650 Td (Alice pays everything) Tj ET EMC"
    shown = b" q /Stamp Do Q q 20 0 0 20 300 300 cm /Picture Do Q"
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + shown + hidden)
    field = pdf.make_indirect(
        Dictionary(Subtype=Name.Widget, FT=Name.Tx, T="share", V="50", Rect=Array([9, 9, 99, 29]), Type=Name.Annot, F=4)
    )
    link = Dictionary(Subtype=Name.Link, Rect=Array([9, 39, 99, 59]), Dest="terms", Type=Name.Annot, F=4)
    page.Annots = Array([field, pdf.make_indirect(link)])
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field])))
    pdf.Root.Dests = Dictionary(terms=Array([pdf.pages[1].obj, Name.Fit]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))


def sealed_contract(pdf: bytes) -> bytes:
    """Seal `pdf` with the good key."""
    key = good()[1].seal_key
    return seal(pdf, key, company="Northlight Press", contract_number="1", now=NOW, font=SERIF).pdf


@cache
def sealed() -> bytes:
    """Return the contract with a good seal."""
    return sealed_contract(contract())


@cache
def by_author() -> bytes:
    """Return the contract signed by the author alone."""
    return signed_by_author(contract(), good()[0].issue(Wish("Alice")))


@cache
def twice_signed() -> bytes:
    """Return the contract signed by the author, then sealed."""
    return sealed_contract(by_author())


def contents_span(pdf: bytes) -> tuple[int, int]:
    """Return where the digits of the last /Contents begin and end."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def with_contents(pdf: bytes, container: bytes) -> bytes:
    """Put another container into the last /Contents, padded to its space."""
    start, end = contents_span(pdf)
    assert 2 * len(container) <= end - start
    return pdf[:start] + container.hex().encode().ljust(end - start, b"0") + pdf[end:]


def container_of(pdf: bytes) -> bytes:
    """Return the last /Contents, padding included."""
    start, end = contents_span(pdf)
    return bytes.fromhex(pdf[start:end].decode())


def with_byte_range(pdf: bytes, make: Callable[[list[int]], str]) -> bytes:
    """Rewrite the last /ByteRange in its own space, so that nothing moves."""
    found = list(re.finditer(rb"/ByteRange \[([\d ]+)\] *", pdf))[-1]
    space = found.end() - found.start()
    digits = b"/ByteRange [%s]" % make([int(number) for number in found[1].split()]).encode()
    assert len(digits) <= space
    return pdf[: found.start()] + digits.ljust(space) + pdf[found.end() :]
