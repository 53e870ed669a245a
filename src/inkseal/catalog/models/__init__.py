"""Tables that neighbouring systems own in the original (contracts-1, C1.1, C1.4, C1.14, C1.19)."""

from inkseal.catalog.models.books import Author, AuthorAccount, Book, BookKind
from inkseal.catalog.models.staff import EditorGroup, SealWay, SigningCompany, Staff, TrackerSetting

__all__ = [
    "Author",
    "AuthorAccount",
    "Book",
    "BookKind",
    "EditorGroup",
    "SealWay",
    "SigningCompany",
    "Staff",
    "TrackerSetting",
]
