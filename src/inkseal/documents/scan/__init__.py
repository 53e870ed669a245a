"""From the codes read in pictures to the pages of a contract."""

from inkseal.documents.scan.pages import (
    ExpectedPages,
    ForeignPage,
    ForeignReason,
    Reading,
    SortedPages,
    sort_pages,
)

__all__ = ["ExpectedPages", "ForeignPage", "ForeignReason", "Reading", "SortedPages", "sort_pages"]
