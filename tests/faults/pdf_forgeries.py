# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Signature wrapping, universal forgery and broken ends of files (Mladenov et al., 2019; reliability A-31)."""

import re
from collections.abc import Callable

from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from inkseal.documents.validate import Finding, Verdict
from tests.faults.pdf_attack_kit import (
    attack,
    by_author,
    container_of,
    contents_span,
    page_of,
    sealed,
    sealed_contract,
    trailer_of,
    twice_signed,
    updated,
    with_byte_range,
    with_contents,
)
from tests.unit.documents.seal_kit import small_pdf

Writer = IncrementalPdfFileWriter
PAGE = b"<< /Type /Page /MediaBox [0 0 9 9] >>"


def ranges(name: str, make: Callable[[list[int]], str], finding: Finding = Finding.BYTE_RANGE) -> None:
    """Enter a forgery with an invented /ByteRange into the corpus."""

    def build() -> bytes:
        return with_byte_range(sealed(), make)

    build.__name__ = f"byte_range_{name}"
    attack(finding)(build)


ranges("all_zero", lambda _: "0 0 0 0")
ranges("of_nulls", lambda _: "null null null null")
ranges("empty", lambda _: "")
ranges("of_two_numbers", lambda n: f"0 {n[1]}")
ranges("of_three_numbers", lambda n: f"0 {n[1]} {n[2]}")
ranges("in_three_parts", lambda n: f"0 9 9 {n[1] - 9} {n[2]} 9")
ranges("ends_early", lambda n: f"0 {n[1]} {n[2]} {n[3] - 9}", Finding.DIGEST)
ranges("of_the_right_length_moved", lambda n: f"0 {n[1] - 8} {n[2]} {n[3] + 8}")
ranges("beyond_the_end", lambda n: f"0 {n[1]} {n[2]} {n[3] + 999}")
ranges("beyond_any_end", lambda n: f"0 {n[1]} {n[2]} 99999999")
ranges("starts_late", lambda n: f"9 {n[1] - 9} {n[2]} {n[3]}")
ranges("overlapping", lambda n: f"0 {n[2] + 9} {n[2]} {n[3]}")
ranges("second_from_the_start", lambda n: f"0 {n[1]} 0 {n[3]}")
ranges("negative", lambda n: f"0 -{n[1]} {n[2]} {n[3]}")
ranges("of_nothing_before_the_gap", lambda n: f"0 0 {n[2]} {n[3]}")
ranges("of_nothing_behind_the_gap", lambda n: f"0 {n[1]} {n[2]} 0")
ranges("with_a_hole_in_the_gap", lambda n: f"0 {n[1] + 1} {n[2]} {n[3]}")
ranges("of_fractions", lambda n: f"0.0 {n[1]} {n[2]} {n[3]}")
ranges("of_names", lambda _: "/A /B /C /D")


@attack(Finding.BYTE_RANGE)
def wrap_the_signed_tail() -> bytes:
    """The signed tail is moved behind a forged one: the old bytes still fit the digest, the file is another.

    The end of the file leads to where the table was; there is the forger's table now, and it leads to his page.
    """
    pdf, table = sealed(), trailer_of(sealed()).start
    begin = contents_span(pdf)[1] + 1
    rows, page = pdf[table:], b"16 0 obj\n%s\nendobj\n" % PAGE
    place = re.search(rb"16 1\n(\d{10})", rows)
    assert place is not None
    forged = pdf[begin:table] + rows.replace(place[1], b"%010d" % (table + len(rows))) + page
    moved = with_byte_range(pdf[:begin] + forged, lambda n: f"0 {n[1]} {n[2] + len(forged)} {n[3]}")
    return moved + pdf[begin:]


@attack(Finding.BYTE_RANGE)
def hide_an_object_in_the_padding() -> bytes:
    pdf = sealed()
    _, end = contents_span(pdf)
    hidden = b">/Reason(void)/Junk<"
    return pdf[: end - len(hidden) - 2] + hidden + pdf[end - 2 :]


@attack(Finding.SIGNED_BUT_DAMAGED)
def give_a_second_contents_in_the_gap() -> bytes:
    pdf = sealed()
    _, end = contents_span(pdf)
    second = b">/Contents<00"
    return pdf[: end - len(second)] + second + pdf[end:]


@attack(Finding.CHANGED_AFTER)
def clone_the_signature_into_an_update() -> bytes:
    """The copy says it is the newest signature; it covers what the first one covers."""

    def clone(writer: Writer) -> None:
        field = writer.root["/AcroForm"]["/Fields"][-1]
        field[pdf_name("/V")] = writer.add_object(generic.DictionaryObject(field["/V"]))
        writer.update_container(field)

    return updated(sealed(), clone)


@attack(Finding.CHANGED_AFTER)
def clone_the_signed_field() -> bytes:
    def clone(writer: Writer) -> None:
        field = generic.DictionaryObject(writer.root["/AcroForm"]["/Fields"][-1])
        field[pdf_name("/T")] = generic.TextStringObject("Witness")
        writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
        writer.update_container(writer.root["/AcroForm"])

    return updated(sealed(), clone)


def signature_without(old: bytes, new: bytes) -> Callable[[], bytes]:
    """Return a builder that misspells a part of the signature dictionary."""

    def build() -> bytes:
        pdf = sealed()
        assert old in pdf
        return pdf.replace(old, new)

    return build


for _name, _old, _new, _finding in (
    ("contents", b"/Contents <", b"/Kontents <", Finding.SIGNED_BUT_DAMAGED),
    ("byte_range", b"/ByteRange [", b"/ByteRinge [", Finding.SIGNED_BUT_DAMAGED),
    ("filter", b"/Filter /Adobe.PPKLite", b"/Filtre /Adobe.PPKLite", Finding.DIGEST),
    ("subfilter", b"/SubFilter /ETSI", b"/SubFilte_ /ETSI", Finding.UNKNOWN_KIND),
):
    _build = signature_without(_old, _new)
    _build.__name__ = f"signature_without_{_name}"
    attack(_finding, Verdict.NOT_PROVEN if _finding is Finding.UNKNOWN_KIND else Verdict.INVALID)(_build)


@attack(Finding.UNKNOWN_KIND, Verdict.NOT_PROVEN)
def claim_a_kind_that_nobody_checks() -> bytes:
    return sealed().replace(b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1 ")


@attack(Finding.UNKNOWN_KIND, Verdict.NOT_PROVEN)
def claim_to_be_a_time_stamp() -> bytes:
    return sealed().replace(b"/Type /Sig\n", b"/Type /Zig\n")


@attack(Finding.CONTAINER)
def empty_the_container() -> bytes:
    return with_contents(sealed(), b"")


@attack(Finding.CONTAINER)
def put_a_container_without_content() -> bytes:
    return with_contents(sealed(), bytes.fromhex("30820000"))


@attack(Finding.CONTAINER)
def shorten_the_container() -> bytes:
    pdf = sealed()
    start, end = contents_span(pdf)
    return pdf[: start + 2000] + b">" + b" " * (end - start - 2000) + pdf[end + 1 :]


@attack(Finding.CONTAINER)
def cut_the_container_in_half() -> bytes:
    whole = container_of(sealed())
    return with_contents(sealed(), whole[: len(whole) // 4])


@attack(Finding.CONTAINER)
def put_content_behind_the_container() -> bytes:
    whole = bytearray(container_of(sealed()))
    whole[-1] = 1
    return with_contents(sealed(), bytes(whole))


@attack(Finding.DIGEST)
def carry_the_seal_of_another_contract() -> bytes:
    other = sealed_contract(small_pdf("Another agreement"))
    return with_contents(sealed(), container_of(other).rstrip(b"\0"))


@attack(Finding.CONTAINER)
def take_all_signers_out() -> bytes:
    message = cms.ContentInfo.load(container_of(sealed()))
    message["content"]["signer_infos"] = []
    return with_contents(sealed(), message.dump(force=True))


@attack(Finding.CONTAINER)
def list_a_signer_twice() -> bytes:
    message = cms.ContentInfo.load(container_of(sealed()))
    signers = message["content"]["signer_infos"]
    signers.append(signers[0].copy())
    return with_contents(sealed(), message.dump(force=True))


@attack(Finding.DIGEST)
def change_a_word_in_place() -> bytes:
    return sealed().replace(b"An agreement between Alice", b"An agreement between Clara")


@attack(Finding.SIGNED_BUT_DAMAGED)
def take_the_form_away() -> bytes:
    def take(writer: Writer) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return updated(sealed(), take)


@attack(Finding.SIGNED_BUT_DAMAGED)
def empty_the_field_of_the_seal() -> bytes:
    def empty(writer: Writer) -> None:
        field = writer.root["/AcroForm"]["/Fields"][-1]
        field[pdf_name("/V")] = generic.NullObject()
        writer.update_container(field)

    return updated(sealed(), empty)


@attack(Finding.CHANGED_AFTER)
def lift_the_certification() -> bytes:
    def lift(writer: Writer) -> None:
        del writer.root["/Perms"]
        writer.update_root()

    return updated(sealed(), lift)


@attack(Finding.CHANGED_AFTER)
def soften_the_certification() -> bytes:
    """DocMDP 1 becomes 3: the signature dictionary is overridden, its container stays."""

    def soften(writer: Writer) -> None:
        value = writer.root["/AcroForm"]["/Fields"][-1]["/V"]
        value["/Reference"][0]["/TransformParams"][pdf_name("/P")] = generic.NumberObject(3)
        writer.update_container(value)

    return updated(sealed(), soften)


@attack(Finding.CHANGED_AFTER)
def change_a_page_behind_both_signatures() -> bytes:
    return updated(
        twice_signed(), lambda writer: page_of(writer).update({pdf_name("/Rotate"): generic.NumberObject(90)})
    )


@attack(Finding.CHANGED_AFTER)
def change_a_page_between_author_and_seal() -> bytes:
    def turn(writer: Writer) -> None:
        page_of(writer)[pdf_name("/Rotate")] = generic.NumberObject(90)

    return sealed_contract(updated(by_author(), turn))
