"""What a seal is: a certified PAdES signature that leaves every byte of the file alone and allows nothing after it."""

import hashlib
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, MDPPerm

from inkseal.documents.seal import (
    NotSealableError,
    SealCertificateError,
    SealedFile,
    SealFault,
    SealGlyphError,
    SealPlace,
    seal,
)
from inkseal.documents.validate import verify
from tests.unit.documents.seal_kit import NOW, SERIF, SERIF_SC, YEAR, Wish, good, saved, small_pdf


def sealed(pdf: bytes | None = None, *, company: str = "Northlight Press", font: Path | None = SERIF) -> SealedFile:
    _, identity = good()
    return seal(
        small_pdf() if pdf is None else pdf,
        identity.seal_key,
        company=company,
        contract_number="100000001101100",
        now=NOW,
        font=font,
    )


def appearance(pdf: bytes) -> pikepdf.Object:
    with pikepdf.open(BytesIO(pdf)) as opened:
        annotation = opened.pages[-1].Annots[-1]
        form = annotation.AP.N
        return pikepdf.Object.parse(form.Resources.unparse(resolved=True))


def test_every_byte_of_the_file_stays_as_it_was() -> None:
    pdf = small_pdf()
    assert sealed(pdf).pdf.startswith(pdf)


def test_a_file_without_a_last_end_of_line_gets_one_before_the_seal() -> None:
    pdf = small_pdf().rstrip(b"\n")
    assert sealed(pdf).pdf.startswith(pdf + b"\n")


def test_the_digest_is_that_of_the_sealed_file() -> None:
    result = sealed()
    assert result.sha256 == hashlib.sha256(result.pdf).hexdigest()


def test_without_an_authority_the_level_is_b_b() -> None:
    assert sealed().level == "B-B"


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert sealed().pdf == sealed().pdf


def test_another_time_gives_another_file() -> None:
    _, identity = good()
    later = seal(
        small_pdf(),
        identity.seal_key,
        company="Northlight Press",
        contract_number="100000001101100",
        now=NOW + timedelta(seconds=1),
        font=SERIF,
    )
    assert later.pdf != sealed().pdf


def test_the_signing_time_is_the_time_passed_in() -> None:
    (signature,) = PdfFileReader(BytesIO(sealed().pdf)).embedded_signatures
    assert signature.self_reported_timestamp == NOW


def test_the_first_signature_certifies_that_nothing_may_change() -> None:
    reader = PdfFileReader(BytesIO(sealed().pdf))
    (signature,) = reader.embedded_signatures
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    assert reader.root["/Perms"].raw_get("/DocMDP") == signature.sig_field.raw_get("/V")


def test_the_field_locks_all_fields() -> None:
    (signature,) = PdfFileReader(BytesIO(sealed().pdf)).embedded_signatures
    assert signature.fieldmdp.action is FieldMDPAction.ALL
    lock = signature.sig_field["/Lock"]
    assert (lock["/Action"], lock["/P"]) == ("/All", 1)


def test_a_second_seal_is_refused_because_the_first_allows_nothing() -> None:
    with pytest.raises(NotSealableError) as caught:
        sealed(sealed().pdf)
    assert caught.value.fault is SealFault.LOCKED


@pytest.mark.parametrize("pdf", [b"", b"no pdf", small_pdf()[:400]])
def test_what_is_no_whole_pdf_is_not_sealed(pdf: bytes) -> None:
    with pytest.raises(NotSealableError) as caught:
        sealed(pdf)
    assert caught.value.fault is SealFault.NOT_READABLE


def test_an_encrypted_file_is_not_sealed() -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="x", user="y"))
    with pytest.raises(NotSealableError) as caught:
        sealed(output.getvalue())
    assert caught.value.fault is SealFault.ENCRYPTED


@pytest.mark.parametrize(("begins", "ends"), [(-2, -1), (1, 2)])
def test_a_certificate_out_of_its_time_does_not_seal(begins: int, ends: int) -> None:
    top, _ = good()
    identity = top.issue(Wish(begins=NOW + begins * YEAR, ends=NOW + ends * YEAR))
    with pytest.raises(SealCertificateError) as caught:
        seal(small_pdf(), identity.seal_key, company="x", contract_number="1", now=NOW)
    assert caught.value.not_after == NOW + ends * YEAR


def test_the_seal_stands_on_the_last_page_lower_right() -> None:
    with pikepdf.open(BytesIO(sealed(small_pdf(pages=3)).pdf)) as pdf:
        assert "/Annots" not in pdf.pages[0]
        left, bottom, right, top = (float(number) for number in pdf.pages[2].Annots[0].Rect)
    assert (right, bottom) == (577, 18)
    assert left > 300
    assert top < 100


def test_the_seal_stays_inside_a_cropped_page() -> None:
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        pdf.pages[0].CropBox = pikepdf.Array([100, 200, 300, 400])
        cropped = saved(pdf)
    with pikepdf.open(BytesIO(sealed(cropped).pdf)) as pdf:
        left, bottom, right, top = (float(number) for number in pdf.pages[0].Annots[0].Rect)
    assert left > 100
    assert right < 300
    assert bottom > 200
    assert top < 400


def test_a_place_that_was_recorded_is_kept() -> None:
    _, identity = good()
    place = SealPlace(page=2, left=50, bottom=60, right=250, top=110)
    result = seal(small_pdf(pages=3), identity.seal_key, company="x", contract_number="1", now=NOW, place=place)
    with pikepdf.open(BytesIO(result.pdf)) as pdf:
        assert [float(number) for number in pdf.pages[1].Annots[0].Rect] == [50, 60, 250, 110]


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        (SealPlace(4, 10, 10, 90, 90), SealFault.NO_SUCH_PAGE),
        (SealPlace(0, 10, 10, 90, 90), SealFault.NO_SUCH_PAGE),
        (SealPlace(1, 90, 10, 10, 90), SealFault.NO_AREA),
    ],
)
def test_a_place_that_does_not_exist_is_refused(place: SealPlace, fault: SealFault) -> None:
    _, identity = good()
    with pytest.raises(NotSealableError) as caught:
        seal(small_pdf(pages=3), identity.seal_key, company="x", contract_number="1", now=NOW, place=place)
    assert caught.value.fault is fault


def test_the_appearance_needs_no_font_and_no_transparency() -> None:
    resources = appearance(sealed().pdf)
    assert set(resources.keys()) == {"/ColorSpace"}
    assert resources.ColorSpace.Seal[0] == "/CalRGB"


def test_a_chinese_company_name_is_drawn() -> None:
    result = sealed(company="北光出版社", font=SERIF_SC)
    assert len(result.pdf) > len(sealed(font=None).pdf)
    assert verify(result.pdf, roots=good()[0].pem, now=NOW).verdict == "valid"


def test_characters_that_the_font_lacks_are_named() -> None:
    with pytest.raises(SealGlyphError) as caught:
        sealed(company="北光 Press", font=SERIF)
    assert caught.value.characters == ("北", "光")


def test_who_does_not_see_the_drawing_reads_its_words() -> None:
    (signature,) = PdfFileReader(BytesIO(sealed().pdf)).embedded_signatures
    assert signature.sig_field["/TU"] == "Northlight Press · 100000001101100 · 2026-11-21 12:00:00 UTC"


def test_the_metadata_of_the_document_stay_untouched() -> None:
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        pdf.docinfo["/Title"] = "Agreement"
        pdf.docinfo["/ModDate"] = "D:20260101000000Z"
        titled = saved(pdf)
    with pikepdf.open(BytesIO(sealed(titled).pdf)) as pdf:
        assert str(pdf.docinfo["/ModDate"]) == "D:20260101000000Z"


def test_the_file_keeps_its_first_identifier_and_gets_a_new_second() -> None:
    with pikepdf.open(BytesIO(small_pdf())) as before, pikepdf.open(BytesIO(sealed().pdf)) as after:
        assert before.trailer.ID[0] == after.trailer.ID[0]
        assert before.trailer.ID[1] != after.trailer.ID[1]


def test_the_root_is_not_carried_along() -> None:
    (signature,) = PdfFileReader(BytesIO(sealed().pdf)).embedded_signatures
    names = {one.subject.native["common_name"] for one in signature.other_embedded_certs}
    assert names == {"Test Issuer"}


def test_a_name_that_is_taken_gets_a_number() -> None:
    with pikepdf.open(BytesIO(small_pdf())) as pdf:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Seal", Type=pikepdf.Name.Annot, Rect=[0, 0, 0, 0])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])
        with_field = saved(pdf)
    (signature,) = PdfFileReader(BytesIO(sealed(with_field).pdf)).embedded_signatures
    assert signature.field_name == "Seal2"


def test_pdfsig_agrees_that_a_seal_is_valid_and_covers_all(tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed().pdf)
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
