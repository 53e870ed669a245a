"""Addresses of the author's pages, below /author/."""

from typing import Final

from django.urls import path, register_converter

from inkseal.portal.views import (
    basic,
    contracts,
    go_back,
    information,
    pages,
    picture,
    preview,
    sent_back,
    sign_in,
    upload,
    waiting,
)


class DigestConverter:
    """A SHA-256 in hexadecimal, so that nothing else reaches the views."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """Return the digest as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the digest as it is written in an address."""
        return value


register_converter(DigestConverter, "sha256")

app_name: Final = "portal"
urlpatterns: Final = [
    path("", contracts.contracts, name="contracts"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/code", sign_in.code, name="code"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("<int:book_id>", contracts.contract, name="contract"),
    path("<int:book_id>/basic", basic.basic, name="basic"),
    path("<int:book_id>/information", information.information, name="information"),
    path("<int:book_id>/information/field", information.field, name="field"),
    path("<int:book_id>/back", go_back.back, name="back"),
    path("<int:book_id>/preview", preview.preview, name="preview"),
    path(
        "<int:book_id>/preview/<sha256:content_hash>/<int:number>.png",
        preview.preview_page,
        name="preview-page",
    ),
    path("<int:book_id>/preview/<sha256:content_hash>.pdf", preview.preview_file, name="preview-file"),
    path("<int:book_id>/confirm", preview.confirm, name="confirm"),
    path("<int:book_id>/pages", pages.pages, name="pages"),
    path("<int:book_id>/pages/print.pdf", pages.print_file, name="print"),
    path("<int:book_id>/pages/upload", upload.upload, name="upload"),
    path("<int:book_id>/pages/hand-in", pages.hand_in, name="hand-in"),
    path("<int:book_id>/pictures/<int:file_id>", picture.look, name="look"),
    path("<int:book_id>/pictures/<int:file_id>.jpg", picture.picture, name="picture"),
    path("<int:book_id>/pictures/<int:file_id>/remove", picture.remove, name="remove"),
    path("<int:book_id>/waiting", waiting.waiting, name="waiting"),
    path("<int:book_id>/sent-back", sent_back.sent_back, name="sent-back"),
    path("<int:book_id>/complete", waiting.complete, name="complete"),
    path("<int:book_id>/complete/sealed.pdf", waiting.sealed_file, name="sealed"),
    path("<int:book_id>/signed.pdf", waiting.signed_file, name="signed"),
    path("<int:book_id>/resting", waiting.resting, name="resting"),
]
