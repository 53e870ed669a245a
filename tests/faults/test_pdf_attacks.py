# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Sealed files, byte by byte: every flip, cut and addition is found (A-29), and proof may be added (A-30)."""

import random
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from inkseal.documents.seal import seal
from inkseal.documents.validate import Finding, Verdict
from tests.faults.pdf_attack_kit import by_author, look, sealed, twice_signed, updated
from tests.unit.documents.seal_kit import NOW, Wish, asn1, good, root, saved

pytestmark = pytest.mark.faults
FLIPS = 400


def add_validation_data(writer: IncrementalPdfFileWriter) -> None:
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[asn1(good()[0].certificate)])


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


def test_the_revision_before_the_seal_shows_only_the_author() -> None:
    assert [one.signer for one in look(by_author()).signatures] == ["Alice"]


def test_a_seal_over_the_seal_by_a_stranger_is_found() -> None:
    """He takes our seal off by saving the file anew, and puts his own on."""
    with pikepdf.open(BytesIO(sealed())) as pdf:
        del pdf.Root.AcroForm, pdf.Root.Perms
        for page in pdf.pages:
            page.Annots = pikepdf.Array()
        stripped = saved(pdf)
    stranger = root("Stranger").issue(Wish())
    forged = seal(stripped, stranger.seal_key, company="Northlight Press", contract_number="1", now=NOW).pdf
    report = look(forged)
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.UNKNOWN_AUTHORITY,))
