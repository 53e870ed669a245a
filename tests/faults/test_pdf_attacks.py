# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Attacks on sealed files, by name (reliability.md A-29 to A-33): every one is found, and no good file is accused."""

import random
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.validation.dss import DocumentSecurityStore

from inkseal.documents.seal import seal
from inkseal.documents.validate import Finding, Report, Verdict, verify
from tests.unit.documents.seal_kit import NOW, SERIF, Wish, asn1, good, root, saved, signed_by_author, small_pdf

pytestmark = pytest.mark.faults
FLIPS = 400


@cache
def contract() -> bytes:
    """Return a contract with what attacks aim at: a form field, a picture, a form XObject, a title, metadata."""
    with pikepdf.open(BytesIO(small_pdf(pages=2))) as pdf:
        page = pdf.pages[0]
        drawing = pdf.make_stream(b"0 0 10 10 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        drawing.BBox = pikepdf.Array([0, 0, 10, 10])
        page.Resources.XObject = pikepdf.Dictionary(Stamp=drawing)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" q /Stamp Do Q")
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="share",
                V="50",
                Rect=[9, 9, 99, 29],
            )
        )
        page.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        pdf.docinfo["/Title"] = "Agreement of Alice"
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Agreement of Alice"
        return saved(pdf)


@cache
def sealed() -> bytes:
    """Return the contract with a good seal."""
    return seal(
        contract(), good()[1].seal_key, company="Northlight Press", contract_number="1", now=NOW, font=SERIF
    ).pdf


@cache
def twice_signed() -> bytes:
    """Return the contract signed by the author, then sealed."""
    by_author = signed_by_author(contract(), good()[0].issue(Wish("Alice")))
    return seal(by_author, good()[1].seal_key, company="x", contract_number="1", now=NOW).pdf


def look(pdf: bytes) -> Report:
    return verify(pdf, roots=good()[0].pem, now=NOW)


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """Return `pdf` with an incremental update, as an attacker appends it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]  # an attacker leaves no date
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def page_of(writer: IncrementalPdfFileWriter) -> Any:
    reference, _ = writer.find_page_for_modification(0)
    writer.mark_update(reference)
    return reference.get_object()


def add_a_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        }
    )
    pages["/Kids"].append(writer.add_object(page))
    pages[pdf_name("/Count")] = generic.NumberObject(3)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def remove_a_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][1]
    pages[pdf_name("/Count")] = generic.NumberObject(1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def overlay_an_annotation(writer: IncrementalPdfFileWriter) -> None:
    drawing = RawContent(b"1 g 0 0 400 40 re f", box=BoxConstraints(400, 40)).as_form_xobject()
    annotation = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Stamp"),
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (60, 690, 460, 730))),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawing)}),
        }
    )
    page_of(writer)["/Annots"].append(writer.add_object(annotation))


def replace_the_text(writer: IncrementalPdfFileWriter) -> None:
    words = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Alice gets nothing) Tj ET")
    page_of(writer)[pdf_name("/Contents")] = writer.add_object(words)


def overwrite_the_text_in_place(writer: IncrementalPdfFileWriter) -> None:
    reference = page_of(writer).raw_get("/Contents").reference
    writer.objects[reference.generation, reference.idnum] = generic.StreamObject(stream_data=b"BT ET")


def swap_the_drawing(writer: IncrementalPdfFileWriter) -> None:
    reference = page_of(writer)["/Resources"]["/XObject"].raw_get("/Stamp").reference
    drawing = RawContent(b"0 0 99 99 re f", box=BoxConstraints(99, 99)).as_form_xobject()
    writer.objects[reference.generation, reference.idnum] = drawing


def swap_the_font(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)["/Resources"]["/Font"]["/F1"][pdf_name("/BaseFont")] = pdf_name("/Symbol")


def change_a_form_value(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/V")] = generic.TextStringObject("5")
    writer.update_container(field)


def redraw_the_seal(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][-1]
    drawing = RawContent(b"0 0 99 99 re f", box=BoxConstraints(99, 99)).as_form_xobject()
    field["/AP"][pdf_name("/N")] = writer.add_object(drawing)
    writer.update_container(field)


def take_the_form_away(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def empty_the_seal(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][-1]
    field[pdf_name("/V")] = generic.NullObject()
    writer.update_container(field)


def lift_the_certification(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Perms"]
    writer.update_root()


def add_a_script(writer: IncrementalPdfFileWriter) -> None:
    action = generic.DictionaryObject(
        {
            pdf_name("/S"): pdf_name("/JavaScript"),
            pdf_name("/JS"): generic.TextStringObject("app.alert(1)"),
        }
    )
    writer.root[pdf_name("/OpenAction")] = writer.add_object(action)
    writer.update_root()


def change_the_title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info[pdf_name("/Title")] = generic.TextStringObject("Agreement of Mallory")
    writer.update_container(info)


def change_the_metadata(writer: IncrementalPdfFileWriter) -> None:
    words = writer.root["/Metadata"].data.replace(b"Alice", b"Clara")
    stream = generic.StreamObject(stream_data=words)
    stream[pdf_name("/Type")], stream[pdf_name("/Subtype")] = pdf_name("/Metadata"), pdf_name("/XML")
    writer.root[pdf_name("/Metadata")] = writer.add_object(stream)
    writer.update_root()


def add_validation_data(writer: IncrementalPdfFileWriter) -> None:
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[asn1(good()[0].certificate)])


def rotate_a_page(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)[pdf_name("/Rotate")] = generic.NumberObject(180)


UPDATES = [
    add_a_page,
    remove_a_page,
    overlay_an_annotation,
    replace_the_text,
    overwrite_the_text_in_place,
    swap_the_drawing,
    swap_the_font,
    change_a_form_value,
    redraw_the_seal,
    take_the_form_away,
    empty_the_seal,
    lift_the_certification,
    add_a_script,
    change_the_title,
    change_the_metadata,
    rotate_a_page,
]


@pytest.mark.parametrize("attack", UPDATES)
def test_an_update_after_the_seal_is_found(attack: Callable[[IncrementalPdfFileWriter], None]) -> None:
    report = look(updated(sealed(), attack))
    assert report.verdict is Verdict.INVALID
    assert set(report.findings) <= {Finding.CHANGED_AFTER, Finding.SIGNED_BUT_DAMAGED}


@pytest.mark.parametrize("attack", [one for one in UPDATES if one is not lift_the_certification])
def test_an_update_after_two_signatures_is_found(attack: Callable[[IncrementalPdfFileWriter], None]) -> None:
    assert look(updated(twice_signed(), attack)).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "attack", [add_a_page, overlay_an_annotation, replace_the_text, swap_the_drawing, change_the_title]
)
def test_an_update_between_the_author_and_the_seal_is_found(attack: Callable[[IncrementalPdfFileWriter], None]) -> None:
    by_author = signed_by_author(contract(), good()[0].issue(Wish("Alice")))
    changed = seal(updated(by_author, attack), good()[1].seal_key, company="x", contract_number="1", now=NOW).pdf
    report = look(changed)
    assert (report.verdict, report.findings) == (Verdict.INVALID, (Finding.CHANGED_AFTER,))
    assert [one.unmodified for one in report.signatures] == [False, True]


def test_validation_data_may_follow_the_seal() -> None:
    assert look(updated(sealed(), add_validation_data)).verdict is Verdict.VALID


@pytest.mark.parametrize("good_file", [sealed, twice_signed])
def test_a_good_file_is_not_accused(good_file: Callable[[], bytes]) -> None:
    assert look(good_file()).verdict is Verdict.VALID


def positions(pdf: bytes, count: int) -> list[tuple[int, int]]:
    """Sample bytes of the whole file, each second one of the unsigned gap, with the bits to turn; always the same."""
    dice = random.Random(20261121)  # noqa: S311 - the sample has to be the same every time
    start = pdf.index(b"<", pdf.rindex(b"/Contents <"))
    end = pdf.index(b">", start) + 1
    everywhere = dice.sample(range(len(pdf)), count // 2)
    gap = dice.sample(range(start, end), count // 2)
    return [(position, dice.randrange(1, 256)) for position in (*everywhere, *gap)]


@pytest.mark.parametrize(("good_file", "count"), [(sealed, FLIPS), (twice_signed, FLIPS // 4)])
def test_every_flipped_byte_is_found(good_file: Callable[[], bytes], count: int) -> None:
    pdf = good_file()
    verdicts = {}
    for position, bits in positions(pdf, count):
        flipped = bytearray(pdf)
        flipped[position] ^= bits
        verdicts[position, bits] = look(bytes(flipped)).verdict
    assert len(verdicts) == count
    missed = {at: verdict for at, verdict in verdicts.items() if verdict in {Verdict.VALID, Verdict.NOT_READABLE}}
    assert missed == {}


@pytest.mark.parametrize("behind", [b"\n", b" ", b"\x00", b"x", b"%%EOF", b"\n%PDF-1.7\n%%EOF\n", b"0" * 4096])
def test_bytes_behind_the_end_are_found(behind: bytes) -> None:
    assert look(sealed() + behind).verdict is Verdict.INVALID


@pytest.mark.parametrize("kept", [0.02, 0.25, 0.5, 0.75, 0.9, 0.99])
def test_a_file_cut_short_is_never_green(kept: float) -> None:
    pdf = sealed()
    assert look(pdf[: int(len(pdf) * kept)]).verdict not in {Verdict.VALID, Verdict.NOT_PROVEN}


def test_one_byte_less_is_found() -> None:
    assert look(sealed()[:-1]).verdict is Verdict.INVALID


def test_the_unsealed_revision_is_unsigned() -> None:
    assert look(sealed()[: len(contract())]).verdict is Verdict.UNSIGNED


def test_the_revision_before_the_seal_shows_only_the_author() -> None:
    by_author = signed_by_author(contract(), good()[0].issue(Wish("Alice")))
    assert [one.signer for one in look(by_author).signatures] == ["Alice"]


def with_byte_range(pdf: bytes, make: Callable[[list[int]], str]) -> bytes:
    """Rewrite the last /ByteRange in its own space."""
    start = pdf.rindex(b"/ByteRange [") + len(b"/ByteRange [")
    end = pdf.index(b"]", start)
    numbers = [int(number) for number in pdf[start:end].split()]
    return pdf[:start] + make(numbers).ljust(end - start).encode()[: end - start] + pdf[end:]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda _: "0 0 0 0", id="all zero"),
        pytest.param(lambda _: "null", id="null"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda n: f"0 {n[1]}", id="two numbers"),
        pytest.param(lambda n: f"0 {n[1]} {n[2]} {n[3] - 9}", id="ends early"),
        pytest.param(lambda n: f"0 {n[1] - 8} {n[2]} {n[3] + 8}", id="same length, moved"),
        pytest.param(lambda n: f"0 {n[1]} {n[2]} {n[3] + 999}", id="beyond the end"),
        pytest.param(lambda n: f"9 {n[1] - 9} {n[2]} {n[3]}", id="starts late"),
        pytest.param(lambda n: f"0 {n[1]} 0 {n[3]}", id="second range from the start"),
        pytest.param(lambda n: f"0 -{n[1]} {n[2]} {n[3]}", id="negative"),
    ],
)
def test_universal_forgery_with_an_invented_byte_range_is_found(make: Callable[[list[int]], str]) -> None:
    assert look(with_byte_range(sealed(), make)).verdict is Verdict.INVALID


def test_signature_wrapping_with_a_second_gap_is_found() -> None:
    """The signed tail is moved behind forged objects: the old bytes still fit the digest, the file is another."""
    pdf = sealed()
    gap = pdf.index(b">", pdf.rindex(b"/Contents <")) + 1
    forged = b"\n4 0 obj\n<< /Length 5 >>\nstream\nBT ET\nendstream\nendobj\n"
    wrapped = pdf[:gap] + forged + pdf[gap:]
    moved = with_byte_range(wrapped, lambda n: f"0 {n[1]} {n[2] + len(forged)} {n[3]}")
    assert look(moved).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"/Contents <", b"/Kontents <", id="without contents"),
        pytest.param(b"/ByteRange [", b"/ByteRinge [", id="without byte range"),
        pytest.param(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.attached", id="unknown sub-filter"),
        pytest.param(b"/Filter /Adobe.PPKLite", b"/Filtre /Adobe.PPKLite", id="without filter"),
    ],
)
def test_a_signature_with_a_missing_part_is_found(old: bytes, new: bytes) -> None:
    pdf = sealed()
    assert old in pdf
    assert look(pdf.replace(old, new)).verdict not in {Verdict.VALID, Verdict.NOT_READABLE}


@pytest.mark.parametrize("digits", [b"", b"00", b"30820000"])
def test_emptied_contents_are_found(digits: bytes) -> None:
    pdf = sealed()
    start = pdf.index(b"<", pdf.rindex(b"/Contents <")) + 1
    end = pdf.index(b">", start)
    assert look(pdf[:start] + digits.ljust(end - start, b"0") + pdf[end:]).verdict is Verdict.INVALID


def test_the_seal_of_another_file_does_not_fit() -> None:
    other = seal(small_pdf("Another agreement"), good()[1].seal_key, company="x", contract_number="1", now=NOW).pdf
    pdf = sealed()
    start = pdf.rindex(b"/Contents <") + 11
    end = pdf.index(b">", start)
    theirs = other[other.rindex(b"/Contents <") + 11 :]
    theirs = theirs[: theirs.index(b">")]
    assert look(pdf[:start] + theirs[: end - start].ljust(end - start, b"0") + pdf[end:]).verdict is Verdict.INVALID


def test_a_seal_over_the_seal_by_a_stranger_is_found() -> None:
    """He takes our seal off by saving the file anew, and puts his own on."""
    with pikepdf.open(BytesIO(sealed())) as pdf:
        del pdf.Root.AcroForm, pdf.Root.Perms
        for page in pdf.pages:
            del page.Annots
        stripped = saved(pdf)
    stranger = root("Stranger").issue(Wish())
    forged = seal(stripped, stranger.seal_key, company="Northlight Press", contract_number="1", now=NOW).pdf
    report = look(forged)
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.UNKNOWN_AUTHORITY,))


def test_a_file_saved_anew_is_found() -> None:
    with pikepdf.open(BytesIO(sealed())) as pdf:
        assert look(saved(pdf)).verdict is Verdict.INVALID
