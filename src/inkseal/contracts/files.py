"""A contract's files, for those who may see them: the author himself and the staff who audit."""

import json

from inkseal import vault
from inkseal.catalog.models import Book
from inkseal.contracts.access import STAFF_ROLES
from inkseal.contracts.drafts import find_draft, find_final
from inkseal.contracts.errors import NotYoursError
from inkseal.contracts.models import UploadedPicture
from inkseal.contracts.pages import file_of
from inkseal.contracts.personal import AuthorRows
from inkseal.core.actor import Actor, Role


def read_print(book_id: int, *, actor: Actor) -> bytes:
    """Return the numbered print of the present round, for printing and signing."""
    rows = _rows(book_id, actor)
    if not rows.main.print_file:
        raise NotYoursError
    return vault.read_file(rows.subject, int(rows.main.print_file))


def read_picture(book_id: int, file_id: int, *, actor: Actor) -> bytes:
    """Return one uploaded picture (JPEG) of this contract."""
    rows = _rows(book_id, actor)
    if not UploadedPicture.objects.filter(book_id=book_id, file_id=file_id).exists():
        raise NotYoursError
    return vault.read_file(rows.subject, file_id)


def read_signed(book_id: int, *, actor: Actor) -> bytes:
    """Return the assembled signed file as it was submitted."""
    rows = _final(book_id, actor)
    return vault.read_file(rows.subject, int(rows.main.signed_file))


def read_sealed(book_id: int, *, actor: Actor) -> bytes:
    """Return the sealed contract."""
    text = _final(book_id, actor).read_text("sealed_contract_en")
    if not text:
        raise NotYoursError
    return vault.read_file(vault.contract_subject(book_id), file_of(json.loads(text)[0]["url"]))


def access_book(book_id: int, actor: Actor) -> Book:
    """Return the book when the actor may see its contract: its author, or staff with a duty."""
    book = Book.objects.select_related("author").filter(id=book_id).first()
    owner = actor.role is Role.AUTHOR and book is not None and book.author_id == actor.id
    if book is None or not (owner or actor.role in STAFF_ROLES):
        raise NotYoursError
    return book


def _rows(book_id: int, actor: Actor) -> AuthorRows:
    access_book(book_id, actor)
    rows = find_draft(book_id)
    if rows is None:
        raise NotYoursError
    return rows


def _final(book_id: int, actor: Actor) -> AuthorRows:
    access_book(book_id, actor)
    rows = find_final(book_id)
    if rows is None or not rows.main.signed_file:
        raise NotYoursError
    return rows
