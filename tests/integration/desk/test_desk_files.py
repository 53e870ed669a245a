"""Pictures and PDFs: from our own bytes, of this contract only, never kept by a cache."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from inkseal.contracts.enums import PictureKind
from inkseal.contracts.models import UploadedPicture
from tests.integration.contracts.journey import Journey
from tests.integration.desk.pages import IN_AUDIT, TOLD


def page(number: int, size: str, book_id: int = IN_AUDIT) -> str:
    return reverse("desk:page", args=[book_id, number, size])


def file_id(kind: PictureKind = PictureKind.CARD) -> int:
    return UploadedPicture.objects.filter(book_id=IN_AUDIT, kind=kind).values_list("file_id", flat=True)[0]


@pytest.mark.parametrize(("size", "width"), [("thumb", 198), ("view", 909), ("zoom", 1653)])
def test_a_page_is_drawn_in_three_sizes(dora: Client, size: str, width: int) -> None:
    response = dora.get(page(1, size))
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(response.content)) as picture:
        assert abs(picture.width - width) <= 2


def test_two_pages_are_not_the_same(dora: Client) -> None:
    assert dora.get(page(1, "thumb")).content != dora.get(page(2, "thumb")).content


@pytest.mark.parametrize(("number", "size"), [(0, "view"), (12, "view"), (999_999, "view"), (1, "huge"), (1, "300")])
def test_a_page_or_size_that_is_not_there_is_not_there(dora: Client, number: int, size: str) -> None:
    assert dora.get(page(number, size)).status_code == 404


def test_a_book_without_print_has_no_pages(dora: Client) -> None:
    assert dora.get(page(1, "view", TOLD)).status_code == 404


@pytest.mark.parametrize("kind", [PictureKind.CARD, PictureKind.SIGNED])
def test_a_picture_comes_as_jpeg_and_no_cache_keeps_it(dora: Client, kind: PictureKind) -> None:
    response = dora.get(reverse("desk:picture", args=[IN_AUDIT, file_id(kind)]))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.content.startswith(b"\xff\xd8")
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_not_found_under_another_book(dora: Client) -> None:
    assert dora.get(reverse("desk:picture", args=[TOLD, file_id()])).status_code == 404


def test_a_file_that_is_no_picture_of_the_book_is_not_there(case: Journey, dora: Client) -> None:
    printed = case.present_print().file_id
    assert dora.get(reverse("desk:picture", args=[IN_AUDIT, printed])).status_code == 404


@pytest.mark.parametrize("kind", ["print", "signed"])
def test_pdfs_are_handed_out_inline_under_a_plain_name(dora: Client, kind: str) -> None:
    response = dora.get(reverse("desk:file", args=[IN_AUDIT, kind]))
    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="{IN_AUDIT}-{kind}.pdf"'


@pytest.mark.parametrize("kind", ["sealed", "other", "__class__"])
def test_a_file_that_does_not_exist_yet_or_never_is_not_there(dora: Client, kind: str) -> None:
    assert dora.get(reverse("desk:file", args=[IN_AUDIT, kind])).status_code == 404


def test_nothing_is_written_to_a_file(dora: Client) -> None:
    assert dora.post(page(1, "view")).status_code == 405
    assert dora.delete(reverse("desk:picture", args=[IN_AUDIT, file_id()])).status_code == 405
