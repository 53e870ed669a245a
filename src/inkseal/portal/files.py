"""Answers that carry a file: our own bytes only, never guessed at by the browser, never cached."""

from django.http import HttpResponse


def file_answer(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """Return a PDF to keep, or to read in the browser."""
    kind = "inline" if inline else "attachment"
    return _answer(content, "application/pdf", f'{kind}; filename="{name}"')


def picture_answer(content: bytes, media_type: str) -> HttpResponse:
    """Return a picture that a page shows."""
    return _answer(content, media_type, "inline")


def _answer(content: bytes, media_type: str, disposition: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
