"""Lays a job out with typst and exports it: the only place that runs typst, at home in a worker process.

The codes cover the page count, which is known only after layout. Codes have a fixed size, so they never move the
text: the layout is made with a guess, and made again, from typst's memory, only if the guess was wrong.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from inkseal.documents.codes import modules, outline, page_payload
from inkseal.documents.codes.payload import MAX_PAGES
from inkseal.documents.typeset import fonts
from inkseal.documents.typeset.errors import LayoutError
from inkseal.documents.typeset.job import Job, PageCodes, Place, Typeset, prepare
from inkseal.documents.typeset.template import Template

#: ISO 19005-2 level A (tagged, readable text) and ISO 14289-1.
PDF_STANDARDS: Final = ("a-2a", "ua-1")
_FIRST_GUESS: Final = 12
#: Does not exist, so that a package cannot be found locally; templates that name one are refused on loading.
_NO_PACKAGES: Final = "/nonexistent/typst-packages"


def typeset(template: Template, data: Mapping[str, Any], *, codes: PageCodes | None) -> Typeset:
    """Set `data` in `template` in this process.

    With `codes` the result is a print with a code on every page; without, a preview marked as not for signing.
    Raises `DataFaultsError`, `MissingGlyphsError`, `ClauseFaultsError` (what the data lacks) or `LayoutError`.
    """
    return lay_out(prepare(template, data, codes))


class _Press:
    """typst with one template's files and fonts in memory; remembers its last inputs and page count."""

    def __init__(self, main: str, font_files: tuple[str, ...]) -> None:
        import typst

        self.compiler = typst.Compiler(
            main,
            root=str(Path(main).parent),
            font_paths=fonts.load(font_files),
            ignore_system_fonts=True,
            package_path=_NO_PACKAGES,
            package_cache_path=_NO_PACKAGES,
        )
        self.inputs: dict[str, str] = {}
        self.page_count = _FIRST_GUESS

    def lay_out(self, job: Job) -> Typeset:
        """Lay out until the codes were made for the page count that came out."""
        guess = self.page_count
        result = self.laid_out(job, guess)
        if result.page_count > MAX_PAGES:
            raise LayoutError(f"{result.page_count} pages")
        self.page_count = result.page_count
        return result if job.codes is None or guess == result.page_count else self.laid_out(job, result.page_count)

    def laid_out(self, job: Job, page_count: int) -> Typeset:
        pdf: Any = self.compiler.compile(
            sys_inputs=self.changed({**job.inputs, "codes": json.dumps(code_outlines(job, page_count))}),
            format="pdf",
            pdf_standards=list(PDF_STANDARDS),
            timestamp=job.timestamp,
        )
        found = [item["value"] for item in json.loads(self.compiler.query("<inkseal>"))]
        count = next(item["count"] for item in found if item["kind"] == "pages")
        places = tuple(_place(item) for item in found if item["kind"] != "pages")
        return Typeset(_with_final_newline(pdf), count, places)

    def changed(self, inputs: dict[str, str]) -> Any:
        """Assigning inputs, even equal ones, makes typst forget its layout; `...` leaves them as they are."""
        if inputs == self.inputs:
            return ...
        self.inputs = inputs
        return inputs


@lru_cache(maxsize=4)
def _press(main: str, font_files: tuple[str, ...], _version: str) -> _Press:
    return _Press(main, font_files)


def forget_layouts() -> None:
    """Make the next layout start from nothing, as in a fresh process."""
    _press.cache_clear()


def lay_out(job: Job) -> Typeset:
    """Return the finished file of a prepared job, or raise `LayoutError`."""
    import typst

    try:
        return _press(job.main, job.font_files, job.version).lay_out(job)
    except typst.TypstError as err:
        forget_layouts()
        raise LayoutError(_hint(err.diagnostic)) from err


def code_outlines(job: Job, page_count: int) -> list[str]:
    """Return the outline of the code of every page; none for a preview."""
    facts = job.facts(page_count)
    if facts is None or job.codes is None:
        return []
    pages = range(1, page_count + 1)
    return [outline(modules(page_payload(facts, page, key=job.codes.key))) for page in pages]


def _place(item: Mapping[str, Any]) -> Place:
    """typst measures from the top left, PDF from the bottom left (ISO 32000-1, 8.3.2.3)."""
    top = item["page_height"] - item["y"]
    return Place(
        item["kind"],
        item["page"],
        left=round(item["x"], 2),
        bottom=round(top - item["height"], 2),
        right=round(item["x"] + item["width"], 2),
        top=round(top, 2),
    )


def _with_final_newline(pdf: bytes) -> bytes:
    """Signing appends an increment; some validators want a line end between `%%EOF` and what follows."""
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"


def _hint(diagnostic: str) -> str:
    """Keep what typst says was wrong, leave out what it quotes or repeats: that may be the author's name."""
    first = diagnostic.strip().partition("\n")[0].removeprefix("error: ")
    said, _, _ = re.sub(r"`[^`]*`|\"[^\"]*\"", "…", first).partition(" with: ")
    return said or "typst failed"
