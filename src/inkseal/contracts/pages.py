"""Which pages and documents of a contract are there: the uploaded pictures against the present print."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from inkseal.contracts.enums import CardType, PictureKind
from inkseal.contracts.models import ContractPrint, UploadedPicture
from inkseal.contracts.personal import PICTURE_COLUMN, AuthorRows
from inkseal.contracts.press import page_code_key
from inkseal.contracts.rules import missing_documents
from inkseal.documents.scan import ExpectedPages, Reading, SortedPages, sort_pages


@dataclass(frozen=True, slots=True)
class Gathered:
    """The present print, the pictures that are not removed, and what is still missing (`page:7`, `card:1`)."""

    print: ContractPrint
    pictures: tuple[UploadedPicture, ...]
    pages: SortedPages
    missing: tuple[str, ...]

    def documents(self, kind: PictureKind) -> dict[int, int]:
        """Return the newest picture of each side of a document, as {sort: file id}."""
        return {picture.sort: picture.file_id for picture in self.pictures if picture.kind == kind}


def live_pictures(book_id: int) -> tuple[UploadedPicture, ...]:
    """Return the pictures that count, oldest first."""
    rows = UploadedPicture.objects.filter(book_id=book_id, removed_at=None)
    return tuple(rows.order_by("uploaded_at", "file_id"))


def present_print(book_id: int, print_file: str) -> ContractPrint | None:
    """Return the print that a copy's `print_file` names."""
    return ContractPrint.objects.filter(book_id=book_id, file_id=int(print_file)).first() if print_file else None


def gather(rows: AuthorRows, *, minor: bool) -> Gathered | None:
    """Sort the uploaded pages by their codes; None before the contract was confirmed."""
    printed = present_print(rows.main.book_id, rows.main.print_file)
    if printed is None:
        return None
    pictures = live_pictures(rows.main.book_id)
    readings = [Reading(p.file_id, tuple(p.codes)) for p in pictures if p.kind == PictureKind.SIGNED]
    pages = sort_pages(readings, expected_pages(printed))
    documents = missing_documents(CardType(rows.main.cardtype), _documents(pictures), minor=minor)
    return Gathered(printed, pictures, pages, (*(f"page:{number}" for number in pages.missing), *documents))


def expected_pages(printed: ContractPrint) -> ExpectedPages:
    """Return what the page codes of `printed` must say."""
    return ExpectedPages(
        serial=printed.contract_no,
        revision=printed.revision,
        page_count=printed.page_count,
        template_version=printed.template_hash,
        content_hash=printed.content_hash,
        key=page_code_key(),
    )


def write_picture_lists(rows: AuthorRows, gathered: Gathered) -> None:
    """Write the sealed JSON lists of accepted pictures (C1.7, R18, R20)."""
    signed = [{"sort": page, "url": address(file_id)} for page, file_id in sorted(gathered.pages.pages.items())]
    rows.write_text(PICTURE_COLUMN[PictureKind.SIGNED], json.dumps(signed) if signed else "")
    for kind in (PictureKind.CARD, PictureKind.GUARDIAN_CARD):
        sides = sorted(gathered.documents(kind).items())
        listed = [{"sort": sort, "url": address(file_id), "type": sort} for sort, file_id in sides]
        rows.write_text(PICTURE_COLUMN[kind], json.dumps(listed) if listed else "")


def address(file_id: int) -> str:
    """Return the inner address of a stored file; addresses for others are made anew when asked for (R90)."""
    return f"vault:{file_id}"


def file_of(text: str) -> int:
    """Return the file id of an inner address."""
    return int(text.removeprefix("vault:"))


def _documents(pictures: Sequence[UploadedPicture]) -> frozenset[tuple[PictureKind, int]]:
    return frozenset((PictureKind(picture.kind), picture.sort) for picture in pictures)
