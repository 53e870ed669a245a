# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""The bytes behind a signature: whether the tables of the later revisions account for every one of them.

pyHanko looks at what the tables name. Objects that no table names are invisible to it, and a viewer that rebuilds
broken tables shows them: an old table's address at the end of the file is enough to hide them from the one and not
from the other (incremental saving attack). So nothing may stand between the objects and tables that are named.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pyhanko.pdf_utils.reader import PdfFileReader

_OBJECT: Final = re.compile(rb"\d+\s+\d+\s+obj\b.*?\bendobj\b(?P<rest>.*)", re.DOTALL)
_TABLE: Final = re.compile(rb"xref\s[\dfn\s]*trailer\b(?:(?!startxref|obj\b).)*(?P<rest>startxref.*)", re.DOTALL)
_CLOSE: Final = re.compile(rb"\s*startxref\s+(\d+)\s+%%EOF\s*")


def are_accounted_for(pdf: bytes, reader: PdfFileReader, *, revision: int, end: int) -> bool:
    """Say whether all of `pdf` from `end` on is objects and tables of the revisions after `revision`, and blanks."""
    tables = set(_tables(reader, revision))
    starts = sorted(start for start in {*tables, *_objects(reader, revision)} if start >= end)
    chunks = ((start, pdf[start:stop]) for start, stop in pairwise([*starts, len(pdf)]))
    first = starts[0] if starts else len(pdf)
    return not pdf[end:first].strip() and all(_is_whole(chunk, start, start in tables) for start, chunk in chunks)


def _tables(reader: PdfFileReader, revision: int) -> Iterator[int]:
    for later in range(revision + 1, reader.xrefs.total_revisions):
        yield reader.xrefs.get_xref_container_info(later).declared_startxref


def _objects(reader: PdfFileReader, revision: int) -> Iterator[int]:
    for later in range(revision + 1, reader.xrefs.total_revisions):
        for reference in reader.xrefs.explicit_refs_in_revision(later):
            place = reader.xrefs.get_historical_ref(reference, later)
            # Anything else is inside an object stream, which has a place of its own.
            if isinstance(place, int):
                yield place


def _is_whole(chunk: bytes, start: int, is_table: bool) -> bool:  # noqa: FBT001 - which of two kinds it has to be
    """Say whether `chunk` is one object or one table and nothing else; a table ends the revision it opens."""
    found = _OBJECT.fullmatch(chunk) or (_TABLE.fullmatch(chunk) if is_table else None)
    if found is None:
        return False
    if not is_table:
        return not found["rest"].strip()
    close = _CLOSE.fullmatch(found["rest"])
    return close is not None and int(close[1]) == start
