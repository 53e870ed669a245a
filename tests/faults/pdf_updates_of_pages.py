# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Incremental saving attacks on what a page shows (Mladenov et al., "1 Trillion Dollar Refund", 2019)."""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints

from tests.faults.pdf_attack_kit import entries, numbers, page_of, update_attack

Writer = IncrementalPdfFileWriter


def cover(width: int = 400, height: int = 40) -> Any:
    """Return a drawing that paints over what stands below it."""
    return RawContent(b"1 g 0 0 999 999 re f", box=BoxConstraints(width, height)).as_form_xobject()


def change_tree(writer: Writer, kids: generic.ArrayObject, count: int) -> None:
    """Give the page tree other kids."""
    pages = writer.root["/Pages"]
    pages[pdf_name("/Kids")] = kids
    pages[pdf_name("/Count")] = generic.NumberObject(count)
    writer.update_container(pages)


def raw_kids(writer: Writer) -> list[Any]:
    """Return the references to the pages."""
    kids = writer.root["/Pages"]["/Kids"]
    return [kids.raw_get(number) for number in range(len(kids))]


def replace_object(writer: Writer, reference: Any, content: generic.PdfObject) -> None:
    """Put another object under the same number: whatever refers to it shows the new one."""
    writer.objects[reference.reference.generation, reference.reference.idnum] = content


def annotate(writer: Writer, **values: object) -> None:
    """Put an annotation with a covering appearance over the text of the first page."""
    annotation = entries(Type="/Annot", F=generic.NumberObject(4), Rect=numbers(60, 690, 460, 730), **values)
    annotation[pdf_name("/AP")] = entries(N=writer.add_object(cover()))
    page_of(writer)["/Annots"].append(writer.add_object(annotation))


@update_attack
def add_a_page(writer: Writer) -> None:
    page = entries(Type="/Page", Parent=writer.root.raw_get("/Pages"), MediaBox=numbers(0, 0, 595, 842))
    change_tree(writer, generic.ArrayObject([*raw_kids(writer), writer.add_object(page)]), 4)


@update_attack
def put_a_page_before_the_first(writer: Writer) -> None:
    page = entries(Type="/Page", Parent=writer.root.raw_get("/Pages"), MediaBox=numbers(0, 0, 595, 842))
    change_tree(writer, generic.ArrayObject([writer.add_object(page), *raw_kids(writer)]), 4)


@update_attack
def remove_a_page(writer: Writer) -> None:
    change_tree(writer, generic.ArrayObject(raw_kids(writer)[::2]), 2)


@update_attack
def reorder_the_pages(writer: Writer) -> None:
    first, second, third = raw_kids(writer)
    change_tree(writer, generic.ArrayObject([second, first, third]), 3)


@update_attack
def show_a_page_twice(writer: Writer) -> None:
    first, second, _ = raw_kids(writer)
    change_tree(writer, generic.ArrayObject([first, second, second]), 3)


@update_attack
def hide_the_last_page_by_the_count(writer: Writer) -> None:
    change_tree(writer, generic.ArrayObject(raw_kids(writer)), 2)


@update_attack
def replace_the_page_tree(writer: Writer) -> None:
    page = entries(Type="/Page", MediaBox=numbers(0, 0, 595, 842))
    tree = entries(Type="/Pages", Kids=generic.ArrayObject([writer.add_object(page)]), Count=generic.NumberObject(1))
    writer.root[pdf_name("/Pages")] = page["/Parent"] = writer.add_object(tree)
    writer.update_root()


@update_attack
def rotate_a_page(writer: Writer) -> None:
    page_of(writer)[pdf_name("/Rotate")] = generic.NumberObject(180)


@update_attack
def move_the_media_box(writer: Writer) -> None:
    page_of(writer)[pdf_name("/MediaBox")] = numbers(0, 0, 595, 680)


@update_attack
def crop_the_text_away(writer: Writer) -> None:
    page_of(writer)[pdf_name("/CropBox")] = numbers(0, 0, 595, 600)


@update_attack
def enlarge_the_user_unit(writer: Writer) -> None:
    page_of(writer)[pdf_name("/UserUnit")] = generic.FloatObject(10)


@update_attack
def replace_the_text(writer: Writer) -> None:
    words = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Alice gets nothing) Tj ET")
    page_of(writer)[pdf_name("/Contents")] = writer.add_object(words)


@update_attack
def append_to_the_text(writer: Writer) -> None:
    page = page_of(writer, 1)
    more = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 600 Td (and nothing more) Tj ET")
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(more)])


@update_attack
def overwrite_the_text_in_place(writer: Writer) -> None:
    replace_object(writer, page_of(writer).raw_get("/Contents"), generic.StreamObject(stream_data=b"BT ET"))


@update_attack
def overwrite_the_text_and_touch_nothing_else(writer: Writer) -> None:
    page = writer.find_page_for_modification(1)[0].get_object()
    replace_object(writer, page.raw_get("/Contents"), generic.StreamObject(stream_data=b"BT ET"))


@update_attack
def swap_the_drawing(writer: Writer) -> None:
    replace_object(writer, page_of(writer)["/Resources"]["/XObject"].raw_get("/Stamp"), cover(99, 99))


@update_attack
def swap_the_picture(writer: Writer) -> None:
    reference = page_of(writer)["/Resources"]["/XObject"].raw_get("/Picture")
    one, bits = generic.NumberObject(1), generic.NumberObject(8)
    picture = generic.StreamObject(stream_data=b"\x00\x00\xff")
    looks = entries(Type="/XObject", Subtype="/Image", ColorSpace="/DeviceRGB", Width=one, Height=one)
    picture.update({**looks, pdf_name("/BitsPerComponent"): bits})
    replace_object(writer, reference, picture)


@update_attack
def swap_the_font(writer: Writer) -> None:
    page_of(writer)["/Resources"]["/Font"]["/F1"][pdf_name("/BaseFont")] = pdf_name("/Symbol")


@update_attack
def renumber_the_letters_of_the_font(writer: Writer) -> None:
    differences = generic.ArrayObject([generic.NumberObject(48), pdf_name("/nine")])
    page_of(writer)["/Resources"]["/Font"]["/F1"][pdf_name("/Encoding")] = entries(Differences=differences)


@update_attack
def overlay_a_stamp(writer: Writer) -> None:
    annotate(writer, Subtype="/Stamp")


@update_attack
def overlay_free_text(writer: Writer) -> None:
    words = generic.TextStringObject("Alice gets nothing")
    annotate(writer, Subtype="/FreeText", Contents=words, DA=generic.TextStringObject("/Helv 12 Tf 0 g"))


@update_attack
def overlay_a_square(writer: Writer) -> None:
    annotate(writer, Subtype="/Square", IC=numbers(1, 1, 1))


@update_attack
def overlay_ink(writer: Writer) -> None:
    annotate(writer, Subtype="/Ink", InkList=generic.ArrayObject([numbers(60, 700, 460, 700)]))


@update_attack
def strike_the_text_out(writer: Writer) -> None:
    annotate(writer, Subtype="/StrikeOut", QuadPoints=numbers(60, 730, 460, 730, 60, 690, 460, 690))


@update_attack
def redact_the_text(writer: Writer) -> None:
    annotate(writer, Subtype="/Redact", IC=numbers(1, 1, 1))


@update_attack
def overlay_a_watermark(writer: Writer) -> None:
    annotate(writer, Subtype="/Watermark")


@update_attack
def overlay_a_button_that_no_form_knows(writer: Writer) -> None:
    annotate(writer, Subtype="/Widget", FT="/Btn", T=generic.TextStringObject("cover"))


@update_attack
def overlay_a_video(writer: Writer) -> None:
    annotate(writer, Subtype="/Screen")


@update_attack
def pin_a_note(writer: Writer) -> None:
    annotate(writer, Subtype="/Text", Contents=generic.TextStringObject("This clause does not apply."))


@update_attack
def hide_an_annotation(writer: Writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/F")] = generic.NumberObject(2)
    writer.update_container(field)


@update_attack
def send_a_link_elsewhere(writer: Writer) -> None:
    link = page_of(writer)["/Annots"][1]
    del link["/Dest"]
    link[pdf_name("/A")] = entries(S="/URI", URI=generic.TextStringObject("https://mallory.example"))
    writer.update_container(link)


@update_attack
def remove_an_annotation(writer: Writer) -> None:
    page = page_of(writer)
    page[pdf_name("/Annots")] = generic.ArrayObject([page["/Annots"].raw_get(0)])
