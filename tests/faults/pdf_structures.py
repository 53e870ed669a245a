"""Attacks on the structure of the file: saved anew, rolled back, appended to, concatenated, cut (reliability A-31)."""

from io import BytesIO

import pikepdf

from inkseal.documents.validate import Finding, Verdict
from tests.faults.pdf_attack_kit import attack, contents_span, contract, raw_update, sealed, trailer_of
from tests.unit.documents.seal_kit import saved, small_pdf

PAGE = b"<< /Type /Page /MediaBox [0 0 9 9] >>"
#: A table without entries, leading to the revision before it.
EMPTY_TABLE = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size %d /Root %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"


@attack(Finding.BYTE_RANGE)
def save_the_file_anew() -> bytes:
    with pikepdf.open(BytesIO(sealed())) as pdf:
        return saved(pdf)


def resaved(**options: object) -> bytes:
    """Save the sealed file anew in another structure."""
    output = BytesIO()
    with pikepdf.open(BytesIO(sealed())) as pdf:
        pdf.save(output, **options)  # type: ignore[arg-type]  # options of pikepdf, as the callers give them
    return output.getvalue()


@attack(Finding.BYTE_RANGE)
def save_the_file_linearized() -> bytes:
    return resaved(linearize=True)


@attack(Finding.BYTE_RANGE)
def save_the_file_with_object_streams() -> bytes:
    return resaved(object_stream_mode=pikepdf.ObjectStreamMode.generate)


@attack(Finding.ENCRYPTED, Verdict.NOT_READABLE)
def encrypt_the_file() -> bytes:
    return resaved(encryption=pikepdf.Encryption(owner="x", user=""))


@attack(Finding.NO_SIGNATURE, Verdict.UNSIGNED)
def roll_back_to_the_unsealed_revision() -> bytes:
    return sealed()[: len(contract())]


@attack(Finding.SIGNED_BUT_DAMAGED)
def point_the_end_at_the_unsealed_revision() -> bytes:
    return sealed() + b"startxref\n%d\n%%%%EOF\n" % trailer_of(contract()).start


@attack(Finding.SIGNED_BUT_DAMAGED)
def leave_the_seal_out_of_the_chain_of_revisions() -> bytes:
    """An update that follows on the unsealed revision: the seal stays in the bytes, and belongs to nothing."""
    pdf, last = sealed(), trailer_of(contract())
    end = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size %d /Root %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + end % (last.size, last.root, last.start, len(pdf))


@attack(Finding.CHANGED_AFTER)
def save_without_a_table() -> bytes:
    """ISA without a cross-reference section: forgiving readers rebuild one, and take the forged object."""
    return sealed() + b"16 0 obj\n%s\nendobj\n" % PAGE


@attack(Finding.CHANGED_AFTER)
def save_with_a_trailer_alone() -> bytes:
    return sealed() + b"16 0 obj\n%s\nendobj\ntrailer\n<< /Root 1 0 R /Size 99 >>\n" % PAGE


@attack(Finding.SIGNED_BUT_DAMAGED)
def save_with_a_table_nowhere() -> bytes:
    return sealed() + b"16 0 obj\n%s\nendobj\nstartxref\n99999999\n%%%%EOF\n" % PAGE


@attack(Finding.CHANGED_AFTER)
def save_with_the_old_table() -> bytes:
    pdf = sealed()
    return pdf + b"16 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (PAGE, trailer_of(pdf).start)


@attack(Finding.CHANGED_AFTER)
def save_a_page_with_a_classic_table() -> bytes:
    return raw_update(sealed(), {16: PAGE})


@attack(Finding.SIGNED_BUT_DAMAGED)
def save_with_a_table_that_leads_in_a_circle() -> bytes:
    pdf = sealed()
    end = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 99 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + end % (len(pdf), len(pdf))


@attack(Finding.BYTES_AFTER_END)
def append_blanks() -> bytes:
    return sealed() + b" \n"


@attack(Finding.SIGNED_BUT_DAMAGED)
def append_four_kilobytes() -> bytes:
    return sealed() + b"0" * 4096


@attack(Finding.SIGNED_BUT_DAMAGED)
def append_another_end() -> bytes:
    return sealed() + b"%%EOF\n"


@attack(Finding.SIGNED_BUT_DAMAGED)
def concatenate_with_a_forged_contract() -> bytes:
    return sealed() + small_pdf("Alice pays everything")


@attack(Finding.SIGNED_BUT_DAMAGED)
def put_a_forged_contract_before_it() -> bytes:
    return small_pdf("Alice pays everything") + sealed()


@attack(Finding.CHANGED_AFTER)
def concatenate_with_itself() -> bytes:
    return sealed() * 2


@attack(Finding.SIGNED_BUT_DAMAGED)
def put_junk_before_the_header() -> bytes:
    return b"GIF89a" + sealed()


@attack(Finding.SIGNED_BUT_DAMAGED)
def cut_one_byte_off() -> bytes:
    return sealed()[:-2]


@attack(Finding.DAMAGED, Verdict.NOT_READABLE)
def cut_behind_the_container() -> bytes:
    return sealed()[: contents_span(sealed())[1] + 1]
