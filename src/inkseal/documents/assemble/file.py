"""Put page pictures and their print PDF into one archivable file; the same input gives the same bytes.

Decided here: the form of the file (ISO 19005-2, level B) and that no picture is encoded a second time. What
is approved and sealed later is exactly these bytes, so nothing in them may depend on the day or the machine.
"""

import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Page, Pdf, Stream, String

from inkseal.core.errors import PermanentError
from inkseal.documents.assemble.colour import output_intent
from inkseal.documents.assemble.jpeg import JpegHeader, PageImageError, read_header
from inkseal.documents.assemble.metadata import PRODUCER, one_line, pdf_date, xmp_packet
from inkseal.documents.assemble.paper import content_for, page_size

__all__ = ["NoPagesError", "PageImageError", "assemble_signed_file"]


class NoPagesError(PermanentError):
    """There is not one page to put in."""


def assemble_signed_file(
    pages: Sequence[bytes], print_pdf: bytes, *, title: str, language: str, created: datetime
) -> bytes:
    """Return a PDF/A-2b with one page of A4 for each of `pages`, `print_pdf` attached as its source.

    `pages`: JPEG files in page order, as `intake` makes them (RGB or grey, 8 bits). `print_pdf`: itself
    PDF/A-1 or PDF/A-2 (ISO 19005-2, 6.8 allows no other attachment). `language`: BCP 47. `created`: aware,
    kept to the second. Raises `PageImageError` for a picture that cannot be put in as it is, and `NoPagesError`.
    """
    if not pages:
        raise NoPagesError
    with Pdf.new() as pdf:
        for number, jpeg in enumerate(pages, start=1):
            _add_page(pdf, jpeg, read_header(jpeg, number))
        _attach_print(pdf, print_pdf, created)
        _describe(pdf, title=title, language=language, created=created)
        file = io.BytesIO()
        pdf.save(
            file,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
    return file.getvalue()


def _add_page(pdf: Pdf, jpeg: bytes, header: JpegHeader) -> None:
    """Add one page; the JPEG goes in byte for byte (ISO 32000-1, 7.4.8)."""
    image = Stream(
        pdf,
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=header.width,
        Height=header.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB if header.components == 3 else Name.DeviceGray,  # noqa: PLR2004 - red, green, blue
        Filter=Name.DCTDecode,
    )
    width, height = page_size(header)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, width, height]),
        Resources=Dictionary(XObject=Dictionary(Photograph=pdf.make_indirect(image))),
        Contents=pdf.make_indirect(Stream(pdf, content_for(header, name="Photograph"))),
    )
    pdf.pages.append(Page(pdf.make_indirect(page)))


def _attach_print(pdf: Pdf, print_pdf: bytes, created: datetime) -> None:
    """Embed the print PDF as what the pages were printed from (ISO 32000-1, 7.11.4; ISO 32000-2, 14.13)."""
    file = Stream(
        pdf,
        print_pdf,
        Type=Name.EmbeddedFile,
        Subtype=Name("/application/pdf"),
        Params=Dictionary(
            Size=len(print_pdf),
            CreationDate=pdf_date(created),
            ModDate=pdf_date(created),
            # The standard fixes MD5 for this entry; nothing relies on it (7.11.4, table 46).
            CheckSum=String(hashlib.md5(print_pdf, usedforsecurity=False).digest()),
        ),
    )
    stream = pdf.make_indirect(file)
    specification = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F="print.pdf",
            UF="print.pdf",
            Desc="The contract as it was printed",
            AFRelationship=Name.Source,
            EF=Dictionary(F=stream, UF=stream),
        )
    )
    tree = Dictionary(Names=Array([String("print.pdf"), specification]))
    pdf.Root.Names = Dictionary(EmbeddedFiles=pdf.make_indirect(tree))
    pdf.Root.AF = Array([specification])


def _describe(pdf: Pdf, *, title: str, language: str, created: datetime) -> None:
    title = one_line(title)
    metadata = Stream(pdf, xmp_packet(title=title, language=language, created=created.astimezone(UTC)))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.OutputIntents = Array([output_intent(pdf)])
    pdf.docinfo.Title = String(title)
    pdf.docinfo.Producer = String(PRODUCER)
    pdf.docinfo.CreationDate = pdf_date(created)
    pdf.docinfo.ModDate = pdf_date(created)
