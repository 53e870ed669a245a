"""Page 100: printing, uploading many and single pictures, hostile files, taking out, handing in."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from inkseal.contracts.enums import Page
from inkseal.contracts.models import UploadedPicture
from inkseal.documents.intake import MAX_BYTES
from inkseal.project.demo.story import Story
from tests.integration.portal.kit import (
    contract_of,
    form,
    picture,
    place,
    printed_pages,
    said,
    text,
    upload_all,
)

pytestmark = pytest.mark.django_db
UPLOAD = place("pages/upload")


def jpeg(width: int = 800, height: int = 600) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#8899aa").save(file, "JPEG")
    return file.getvalue()


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("page-1.jpg", jpeg())
    return file.getvalue()


@pytest.fixture
def confirmed(story: Story) -> Story:
    """Alice's book with its print, nothing uploaded yet."""
    story.declare()
    story.fill_in()
    story.confirm()
    return story


def test_the_print_is_given_to_its_author(confirmed: Story, alice: Client) -> None:
    answer = alice.get(place("pages/print.pdf"))
    number = contract_of(confirmed).contract_no
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="contract-{number}.pdf"'


def test_before_anything_is_uploaded_the_page_says_how_to_sign(confirmed: Story, alice: Client) -> None:
    words = said(alice.get(place("pages")))
    count = contract_of(confirmed).page_count
    assert f"Print all {count} pages on A4" in words
    assert f"Page {count} : your signature, your name, the date" in words
    assert f"Still needed: pages 1–{count}, your document" in words


def test_all_pages_at_once_in_any_order_are_sorted_by_their_codes(confirmed: Story, alice: Client) -> None:
    pages = printed_pages(confirmed)
    files = [picture(page) for page in reversed(pages)]
    answer = alice.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": files}, follow=True)
    assert answer.redirect_chain[-1][0] == place("pages")
    assert f"{len(pages)} of {len(pages)} pages are fine" in said(answer)
    assert contract_of(confirmed).missing == ("card:1",)


def test_the_last_missing_pages_are_named_one_by_one(confirmed: Story, alice: Client) -> None:
    pages = printed_pages(confirmed)
    files = [picture(page) for number, page in enumerate(pages, start=1) if number not in {4, len(pages)}]
    words = said(alice.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": files}, follow=True))
    assert f"{len(pages) - 2} of {len(pages)} pages are fine" in words
    assert "Page 4 is not here yet" in words
    assert "It is the page with your signature." in words
    assert f"Still needed: pages 4, {len(pages)}, your document" in words


def test_everything_uploaded_is_handed_in_and_waits_for_the_editor(confirmed: Story, alice: Client) -> None:
    shown = upload_all(alice, confirmed)
    assert "Everything is here" in said(shown)
    answer = alice.post(place("pages/hand-in"), form(shown), follow=True)
    assert answer.redirect_chain[-1][0] == place("waiting")
    assert "Your pages are with the editor" in said(answer)
    assert alice.get(place("signed.pdf")).content.startswith(b"%PDF")


def test_handing_in_twice_hands_in_once(confirmed: Story, alice: Client) -> None:
    sent = form(upload_all(alice, confirmed))
    answers = [alice.post(place("pages/hand-in"), sent).status_code for _ in range(2)]
    assert answers == [302, 302]


def test_handing_in_from_an_older_page_is_refused(confirmed: Story, alice: Client) -> None:
    old = form(alice.get(place("pages")))
    upload_all(alice, confirmed)
    answer = alice.post(place("pages/hand-in"), old)
    assert answer.status_code == 409
    assert contract_of(confirmed).page is Page.UPLOAD


def test_handing_in_too_early_says_what_is_missing(confirmed: Story, alice: Client) -> None:
    answer = alice.post(place("pages/hand-in"), form(alice.get(place("pages"))))
    assert answer.status_code == 422
    assert "Still needed: pages 1–" in said(answer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (packed(), "This is a packed folder"),
        (b"GIF89a" + bytes(200), "This kind of picture cannot be read here"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(200), "This is an HEIC picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "This kind of picture cannot be read here"),
        (b"<script>alert(1)</script>", "This is not a picture"),
        (jpeg()[:900], "The file did not arrive whole"),
        (jpeg(20, 20), "The picture is too small to read"),
        (b"\xff\xd8\xff" + bytes(MAX_BYTES), "The picture is larger than 10 MB"),
    ],
    ids=["empty", "pdf", "zip", "gif", "heic", "svg", "html", "cut", "tiny", "huge"],
)
def test_a_wrong_file_is_named_where_it_was_chosen(
    confirmed: Story, alice: Client, content: bytes, sentence: str
) -> None:
    chosen = SimpleUploadedFile("my page.jpg", content, content_type="image/jpeg")
    answer = alice.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": [chosen]})
    assert answer.status_code == 422
    assert f"my page.jpg : {sentence}" in said(answer)
    assert not UploadedPicture.objects.exists()


def test_one_wrong_file_among_good_ones_costs_only_itself(confirmed: Story, alice: Client) -> None:
    first = printed_pages(confirmed)[0]
    files = [picture(b"%PDF-1.7", "scan.pdf"), picture(first, "one.png")]
    answer = alice.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": files})
    assert answer.status_code == 422
    assert "scan.pdf" in said(answer)
    assert "one.png" not in said(answer)
    assert "1 of " in said(answer)


def test_sending_without_a_picture_asks_for_one(confirmed: Story, alice: Client) -> None:
    answer = alice.post(UPLOAD, {"kind": "card", "sort": "1"})
    assert answer.status_code == 422
    assert "Please choose a picture first" in said(answer)


@pytest.mark.parametrize(
    "where",
    [
        {"kind": "signed", "sort": "1"},
        {"kind": "card", "sort": "0"},
        {"kind": "card", "sort": "4"},
        {"kind": "../../etc", "sort": "0"},
        {},
    ],
)
def test_a_place_that_no_form_names_is_unknown(confirmed: Story, alice: Client, where: dict[str, str]) -> None:
    assert alice.post(UPLOAD, {**where, "pictures": [picture(jpeg())]}).status_code == 404
    assert not UploadedPicture.objects.exists()


def test_a_picture_without_a_code_is_to_be_photographed_again_or_taken_out(confirmed: Story, alice: Client) -> None:
    answer = alice.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": [picture(jpeg())]}, follow=True)
    assert "The code at the top cannot be read" in said(answer)
    (odd,) = contract_of(confirmed).odd_pictures
    looked = alice.get(place(f"pictures/{odd.file_id}"))
    assert "The code at the top cannot be read" in said(looked)
    alice.post(place(f"pictures/{odd.file_id}/remove"))
    assert not contract_of(confirmed).odd_pictures


def test_a_page_of_another_contract_is_told_apart(confirmed: Story, alice: Client) -> None:
    other = Story(88, 1002)
    other.propose()
    other.submit()
    other.declare()
    other.fill_in()
    other.confirm()
    foreign = printed_pages(other)[0]
    files = [picture(foreign), picture(printed_pages(confirmed)[0])]
    words = said(alice.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": files}, follow=True))
    assert "This page belongs to another contract" in words
    assert "1 of " in words


def test_a_document_has_its_own_place_and_can_be_replaced(confirmed: Story, alice: Client) -> None:
    shown = alice.get(place("pages"))
    assert "Passport, photo page" in said(shown)
    for _ in range(2):
        alice.post(UPLOAD, {"kind": "card", "sort": "1", "pictures": [picture(jpeg())]})
    (document,) = contract_of(confirmed).documents
    assert UploadedPicture.objects.filter(removed_at=None).count() == 1
    assert alice.get(place(f"pictures/{document.file_id}.jpg")).content.startswith(b"\xff\xd8\xff")


def test_pictures_are_our_own_bytes_and_never_guessed_at(confirmed: Story, alice: Client) -> None:
    tail = b"<script>alert(1)</script>"
    alice.post(UPLOAD, {"kind": "card", "sort": "1", "pictures": [picture(jpeg() + tail)]})
    (document,) = contract_of(confirmed).documents
    answer = alice.get(place(f"pictures/{document.file_id}.jpg"))
    assert tail not in answer.content
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_another_author_sees_and_changes_nothing(confirmed: Story, alice: Client, bea: Client) -> None:
    alice.post(UPLOAD, {"kind": "card", "sort": "1", "pictures": [picture(jpeg())]})
    (document,) = contract_of(confirmed).documents
    before = contract_of(confirmed)
    for page in ("pages", "pages/print.pdf", f"pictures/{document.file_id}", f"pictures/{document.file_id}.jpg"):
        assert bea.get(place(page)).status_code == 404
    assert bea.post(place(f"pictures/{document.file_id}/remove")).status_code == 404
    assert bea.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": [picture(jpeg())]}).status_code == 404
    assert bea.post(place("pages/hand-in"), form(alice.get(place("pages")))).status_code == 404
    assert contract_of(confirmed) == before


def test_a_picture_that_is_not_of_this_contract_is_unknown(confirmed: Story, alice: Client) -> None:
    for number in ("1", "9" * 18, "9" * 40):
        assert alice.get(place(f"pictures/{number}")).status_code == 404
        assert alice.get(place(f"pictures/{number}.jpg")).status_code == 404
        assert alice.post(place(f"pictures/{number}/remove")).status_code == 404


def test_a_hostile_file_name_stays_text(confirmed: Story, alice: Client) -> None:
    chosen = SimpleUploadedFile('"><img src=x onerror=alert(1)>.jpg', b"%PDF", content_type="image/jpeg")
    answer = alice.post(UPLOAD, {"kind": "signed", "sort": "0", "pictures": [chosen]})
    assert "<img src=x" not in text(answer)
