# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Incremental saving attacks on the rest of the file: form, seal, layers, actions, metadata, attachments."""

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.faults.pdf_attack_kit import entries, numbers, page_of, update_attack
from tests.faults.pdf_updates_of_pages import cover, raw_kids, replace_object

Writer = IncrementalPdfFileWriter


def action(kind: str, **values: object) -> generic.DictionaryObject:
    """Return an action dictionary."""
    return entries(S=kind, **values)


def script() -> generic.DictionaryObject:
    """Return an action that runs JavaScript."""
    return action("/JavaScript", JS=generic.TextStringObject("this.getField('share').value = '5'"))


@update_attack
def change_a_form_value(writer: Writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/V")] = generic.TextStringObject("5")
    writer.update_container(field)


@update_attack
def draw_another_form_value(writer: Writer) -> None:
    """The value stays, its appearance says something else."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/AP")] = entries(N=writer.add_object(cover(90, 20)))
    writer.update_container(field)


@update_attack
def add_a_form_field(writer: Writer) -> None:
    widget = entries(Type="/Annot", Subtype="/Widget", FT="/Tx", Rect=numbers(60, 690, 460, 730))
    widget[pdf_name("/T")] = generic.TextStringObject("more")
    widget[pdf_name("/AP")] = entries(N=writer.add_object(cover()))
    reference = writer.add_object(widget)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    writer.update_container(writer.root["/AcroForm"])
    page_of(writer)["/Annots"].append(reference)


@update_attack
def let_the_viewer_redraw_the_form(writer: Writer) -> None:
    writer.root["/AcroForm"][pdf_name("/NeedAppearances")] = generic.BooleanObject(value=True)
    writer.update_container(writer.root["/AcroForm"])


@update_attack
def give_the_form_another_default_look(writer: Writer) -> None:
    """Together with /NeedAppearances every value would be drawn anew, in the attacker's letters."""
    writer.root["/AcroForm"][pdf_name("/DA")] = generic.TextStringObject("/Helv 0 Tf 1 g")
    writer.update_container(writer.root["/AcroForm"])


@update_attack
def give_the_form_other_fonts(writer: Writer) -> None:
    font = entries(Type="/Font", Subtype="/Type1", BaseFont="/Symbol")
    writer.root["/AcroForm"][pdf_name("/DR")] = entries(Font=entries(Helv=font))
    writer.update_container(writer.root["/AcroForm"])


@update_attack
def allow_changes_by_the_form_flags(writer: Writer) -> None:
    writer.root["/AcroForm"][pdf_name("/SigFlags")] = generic.NumberObject(0)
    writer.update_container(writer.root["/AcroForm"])


@update_attack
def add_an_xfa_form(writer: Writer) -> None:
    form = generic.StreamObject(stream_data=b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    writer.root["/AcroForm"][pdf_name("/XFA")] = writer.add_object(form)
    writer.update_container(writer.root["/AcroForm"])


@update_attack
def redraw_the_seal(writer: Writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"][-1]
    field["/AP"][pdf_name("/N")] = writer.add_object(cover(99, 99))
    writer.update_container(field)


@update_attack
def overwrite_the_drawing_of_the_seal(writer: Writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"][-1]
    replace_object(writer, field["/AP"].raw_get("/N"), cover(176, 40))


@update_attack
def spread_the_seal_over_the_page(writer: Writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"][-1]
    field[pdf_name("/Rect")] = numbers(0, 0, 595, 842)
    writer.update_container(field)


@update_attack
def rename_the_seal(writer: Writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"][-1]
    field[pdf_name("/T")] = generic.TextStringObject("Draft")
    writer.update_container(field)


@update_attack
def unlock_the_fields(writer: Writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"][-1]
    del field["/Lock"]
    writer.update_container(field)


@update_attack
def soften_the_lock(writer: Writer) -> None:
    lock = writer.root["/AcroForm"]["/Fields"][-1]["/Lock"]
    lock[pdf_name("/P")] = generic.NumberObject(3)
    writer.update_container(lock)


@update_attack
def show_a_layer_that_was_hidden(writer: Writer) -> None:
    layers = writer.root["/OCProperties"]["/D"]
    layers[pdf_name("/ON")] = layers["/OFF"]
    layers[pdf_name("/OFF")] = generic.ArrayObject()
    writer.update_root()


@update_attack
def add_layers_that_know_print_from_screen(writer: Writer) -> None:
    layers = writer.root["/OCProperties"]["/D"]
    usage = entries(Event="/Print", OCGs=writer.root["/OCProperties"]["/OCGs"])
    usage[pdf_name("/Category")] = generic.ArrayObject([pdf_name("/Print")])
    layers[pdf_name("/AS")] = generic.ArrayObject([usage])
    writer.update_root()


@update_attack
def run_a_script_on_opening(writer: Writer) -> None:
    writer.root[pdf_name("/OpenAction")] = writer.add_object(script())
    writer.update_root()


@update_attack
def run_a_script_on_printing(writer: Writer) -> None:
    writer.root[pdf_name("/AA")] = entries(WP=script())
    writer.update_root()


@update_attack
def name_a_script(writer: Writer) -> None:
    pair = [generic.TextStringObject("a"), writer.add_object(script())]
    names = entries(Names=generic.ArrayObject(pair))
    writer.root["/Names"][pdf_name("/JavaScript")] = names
    writer.update_root()


@update_attack
def launch_a_program_from_a_page(writer: Writer) -> None:
    page_of(writer)[pdf_name("/AA")] = entries(O=action("/Launch", F=generic.TextStringObject("calc.exe")))


@update_attack
def open_on_another_page(writer: Writer) -> None:
    destination = [raw_kids(writer)[2], pdf_name("/Fit")]
    writer.root[pdf_name("/OpenAction")] = generic.ArrayObject(destination)
    writer.update_root()


@update_attack
def move_a_named_destination(writer: Writer) -> None:
    writer.root["/Dests"][pdf_name("/terms")] = generic.ArrayObject([raw_kids(writer)[2], pdf_name("/Fit")])
    writer.update_root()


@update_attack
def rename_an_outline(writer: Writer) -> None:
    item = writer.root["/Outlines"]["/First"]
    item[pdf_name("/Title")] = generic.TextStringObject("Terms (void)")
    item[pdf_name("/A")] = action("/URI", URI=generic.TextStringObject("https://mallory.example"))
    writer.update_container(item)


@update_attack
def relabel_the_pages(writer: Writer) -> None:
    label = entries(P=generic.TextStringObject("annex "))
    writer.root[pdf_name("/PageLabels")] = entries(Nums=generic.ArrayObject([generic.NumberObject(0), label]))
    writer.update_root()


@update_attack
def change_the_language(writer: Writer) -> None:
    writer.root[pdf_name("/Lang")] = generic.TextStringObject("xx")
    writer.update_root()


@update_attack
def add_an_output_intent(writer: Writer) -> None:
    intent = entries(Type="/OutputIntent", S="/GTS_PDFA1")
    writer.root[pdf_name("/OutputIntents")] = generic.ArrayObject([writer.add_object(intent)])
    writer.update_root()


@update_attack
def change_the_title(writer: Writer) -> None:
    info = writer.trailer["/Info"]
    info[pdf_name("/Title")] = generic.TextStringObject("Agreement of Mallory")
    writer.update_container(info)


@update_attack
def name_another_author(writer: Writer) -> None:
    info = writer.trailer["/Info"]
    info[pdf_name("/Author")] = generic.TextStringObject("Mallory")
    writer.update_container(info)


def metadata_stream(content: bytes) -> generic.StreamObject:
    """Return a metadata stream."""
    stream = generic.StreamObject(stream_data=content)
    stream.update(entries(Type="/Metadata", Subtype="/XML"))
    return stream


@update_attack
def change_the_title_in_the_metadata(writer: Writer) -> None:
    words = writer.root["/Metadata"].data.replace(b"Alice", b"Clara")
    writer.root[pdf_name("/Metadata")] = writer.add_object(metadata_stream(words))
    writer.update_root()


@update_attack
def put_nonsense_in_place_of_the_metadata(writer: Writer) -> None:
    writer.root[pdf_name("/Metadata")] = writer.add_object(metadata_stream(b"not XML at all <"))
    writer.update_root()


@update_attack
def take_the_metadata_away(writer: Writer) -> None:
    del writer.root["/Metadata"]
    writer.update_root()


@update_attack
def replace_the_attached_file(writer: Writer) -> None:
    attached = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    replace_object(writer, attached["/EF"].raw_get("/F"), generic.StreamObject(stream_data=b"never printed"))


@update_attack
def attach_another_file(writer: Writer) -> None:
    content = EmbeddedFileObject.from_file_data(writer, b"never printed")
    embed_file(writer, FileSpec("other.txt", embedded_data=content))


@update_attack
def put_the_attachments_out_of_sight(writer: Writer) -> None:
    del writer.root["/Names"]
    writer.update_root()
