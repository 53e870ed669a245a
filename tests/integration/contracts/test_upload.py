"""T10: pictures of signed pages and documents, read by the real child process from renderings of the real print."""

import json
from io import BytesIO

import pytest
from PIL import Image

from inkseal.contracts.author_view import AuthorContract, author_contract
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import PictureKind
from inkseal.contracts.errors import FieldFaultsError, MoveRefusedError, NotYoursError
from inkseal.contracts.files import read_picture, read_print
from inkseal.contracts.models import SigningStep, UploadedPicture
from inkseal.contracts.remove_picture import remove_picture
from inkseal.contracts.tiles import PageStatus
from inkseal.contracts.upload_picture import MOST_PICTURES, Uploaded, upload_picture
from inkseal.documents.intake import PictureFault, PictureRefusedError
from inkseal.documents.render import render_page
from inkseal.project.demo.people import write_book
from inkseal.vault.models import VaultFile
from tests.integration.contracts.journey import Journey
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot


def upload(journey: Journey, data: bytes, kind: PictureKind = PictureKind.SIGNED, sort: int = 0) -> Uploaded:
    return upload_picture(journey.book_id, kind, data, sort=sort, actor=journey.author, now=journey.tick())


def view(journey: Journey) -> AuthorContract:
    return author_contract(journey.book_id, actor=journey.author, now=journey.now)


def page_of(journey: Journey, number: int) -> bytes:
    return render_page(read_print(journey.book_id, actor=journey.author), number, dpi=150)


def grey(form: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (1240, 1754), "grey").save(out, form, **options)
    return out.getvalue()


def listed(column: str) -> list[dict[str, object]]:
    rows = find_draft(77)
    assert rows is not None
    found: list[dict[str, object]] = json.loads(rows.read_text(column) or "[]")
    return found


def test_pages_in_any_order_are_sorted_by_their_codes(journey: Journey) -> None:
    journey.to_upload()
    count = journey.present_print().page_count
    files = {number: upload(journey, page_of(journey, number)).file_id for number in range(count, 0, -1)}
    shown = view(journey)
    assert {tile.number: tile.file_id for tile in shown.pages} == files
    assert {tile.status for tile in shown.pages} == {PageStatus.FINE}
    assert shown.missing == ("card:1",)
    assert shown.odd_pictures == ()
    signed = listed("signed_contract_en")
    assert signed == [{"sort": number, "url": f"vault:{files[number]}"} for number in sorted(files)]


def test_a_picture_writes_its_row_and_the_working_copy_only(journey: Journey) -> None:
    journey.to_upload()
    before = snapshot()
    made = upload(journey, page_of(journey, 2))
    assert made.revision == journey.revision
    assert changed_tables(before) == {
        "uploaded_picture": 1,
        "signonlinepre": 1,
        "signonlinepre_exp": 1,
        "contract_control": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
    }
    row = UploadedPicture.objects.get()
    assert (row.kind, row.sort, row.file_id) == ("signed", 0, made.file_id)
    (code,) = row.codes
    assert code.startswith(f"{journey.present_print().contract_no}002")


def test_what_is_stored_is_a_new_picture_not_the_senders_bytes(journey: Journey) -> None:
    journey.to_upload()
    sent = page_of(journey, 1)
    made = upload(journey, sent)
    kept = read_picture(77, made.file_id, actor=journey.author)
    assert kept.startswith(b"\xff\xd8")
    assert kept != sent
    assert Image.open(BytesIO(kept)).size == (1241, 1754)


def test_a_newer_picture_of_a_page_replaces_the_older(journey: Journey) -> None:
    journey.to_upload()
    upload(journey, page_of(journey, 1))
    newer = upload(journey, page_of(journey, 1))
    assert view(journey).pages[0].file_id == newer.file_id
    assert listed("signed_contract_en") == [{"sort": 1, "url": f"vault:{newer.file_id}"}]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PictureFault.EMPTY),
        (b"%PDF-1.7\n1 0 obj", PictureFault.IS_PDF),
        (grey("GIF"), PictureFault.OTHER_PICTURE_FORMAT),
        (grey("WEBP"), PictureFault.OTHER_PICTURE_FORMAT),
        (b"PK\x03\x04" + b"0" * 100, PictureFault.IS_ARCHIVE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureFault.OTHER_PICTURE_FORMAT),
        (b"page one", PictureFault.NOT_A_PICTURE),
        (grey("PNG")[:2000], PictureFault.DAMAGED),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 200, PictureFault.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 11_000_000, PictureFault.TOO_MANY_BYTES),
    ],
    ids=["empty", "PDF", "GIF", "WebP", "ZIP", "SVG", "text", "cut PNG", "hollow JPEG", "11 MB"],
)
def test_c8_9_r56_what_is_no_png_or_jpeg_is_refused_and_not_stored(
    journey: Journey, data: bytes, fault: PictureFault
) -> None:
    journey.to_upload()
    files = VaultFile.objects.count()
    with nothing_changes(), pytest.raises(PictureRefusedError) as caught:
        upload(journey, data)
    assert caught.value.fault is fault
    assert VaultFile.objects.count() == files


def test_a_picture_without_a_code_is_kept_and_shown_as_unreadable(journey: Journey) -> None:
    journey.to_upload()
    made = upload(journey, grey("JPEG"))
    (odd,) = view(journey).odd_pictures
    assert (odd.file_id, odd.reason) == (made.file_id, "unreadable")
    assert listed("signed_contract_en") == []


def test_a_page_of_another_contract_is_foreign(journey: Journey) -> None:
    journey.to_upload()
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    other = Journey(journey.now, book_id=78).to_upload()
    made = upload(journey, page_of(other, 1))
    (odd,) = view(journey).odd_pictures
    assert (odd.file_id, odd.reason) == (made.file_id, "other_contract")


def test_a_page_of_an_earlier_print_is_foreign(journey: Journey) -> None:
    journey.to_upload()
    old = page_of(journey, 1)
    journey.lay_pages()
    journey.hand_in()
    journey.send_back()
    journey.resume()
    journey.fill_in(realname="Alice Mei Tan")
    journey.confirm()
    upload(journey, old)
    assert [odd.reason for odd in view(journey).odd_pictures] == ["old_print"]


def test_r20_documents_have_sides_and_a_new_picture_replaces_its_side(journey: Journey) -> None:
    journey.to_preview()
    journey.fill_in(cardtype="0")
    journey.confirm()
    assert "card:1" in view(journey).missing
    assert "card:2" in view(journey).missing
    upload(journey, grey("JPEG"), PictureKind.CARD, 1)
    back = upload(journey, grey("PNG"), PictureKind.CARD, 2)
    front = upload(journey, grey("JPEG", quality=50), PictureKind.CARD, 1)
    assert listed("card_images_en") == [
        {"sort": 1, "url": f"vault:{front.file_id}", "type": 1},
        {"sort": 2, "url": f"vault:{back.file_id}", "type": 2},
    ]
    assert not [name for name in view(journey).missing if name.startswith("card")]
    assert UploadedPicture.objects.exclude(removed_at=None).count() == 1


@pytest.mark.parametrize("sort", [0, 4, -1])
def test_a_document_has_no_other_side(journey: Journey, sort: int) -> None:
    journey.to_upload()
    with nothing_changes(), pytest.raises(FieldFaultsError):
        upload(journey, grey("JPEG"), PictureKind.CARD, sort)


def test_a_removed_picture_no_longer_counts_and_keeps_its_row(journey: Journey) -> None:
    journey.to_upload()
    made = upload(journey, page_of(journey, 1))
    seen = journey.revision
    assert remove_picture(77, made.file_id, actor=journey.author, now=journey.tick()) == seen + 1
    assert view(journey).pages[0].status is PageStatus.MISSING
    assert listed("signed_contract_en") == []
    assert UploadedPicture.objects.get().removed_at == journey.now
    with nothing_changes(), pytest.raises(NotYoursError):
        remove_picture(77, made.file_id, actor=journey.author, now=journey.tick())


def test_a_picture_of_another_book_is_neither_removed_nor_shown(journey: Journey) -> None:
    journey.to_upload()
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    other = Journey(journey.now, book_id=78).to_upload()
    theirs = other.lay(PictureKind.CARD, 1)
    with nothing_changes(), pytest.raises(NotYoursError):
        remove_picture(77, theirs, actor=journey.author, now=journey.tick())
    with pytest.raises(NotYoursError):
        read_picture(77, theirs, actor=journey.author)


def test_there_is_a_most_of_pictures(journey: Journey) -> None:
    journey.to_upload()
    UploadedPicture.objects.bulk_create(
        UploadedPicture(
            file_id=number,
            book_id=77,
            kind=PictureKind.SIGNED,
            width=1,
            height=1,
            uploaded_at=journey.now,
        )
        for number in range(1, MOST_PICTURES + 1)
    )
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        upload(journey, grey("JPEG"))
    assert caught.value.faults[0].hint == str(MOST_PICTURES)


@pytest.mark.parametrize("page", [70, 80, 90, 110, 50])
def test_pictures_are_taken_on_the_upload_page_only(journey: Journey, page: int) -> None:
    journey.to_upload()
    SigningStep.objects.update(page=page)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        upload(journey, grey("JPEG"))
