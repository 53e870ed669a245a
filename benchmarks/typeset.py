"""Typesetting a 12-page bilingual contract: warm worker against WeasyPrint in the same run, cold worker, same again."""

import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks._weasyprint_contract import document, style_sheet
from benchmarks.figures import Figure, interleaved
from inkseal.documents.typeset import PageCodes, TypesetPool, load_template
from inkseal.documents.typeset.job import prepare
from inkseal.documents.typeset.layout import code_outlines
from inkseal.documents.typeset.values import shown

ROOT: Final = Path(__file__).resolve().parents[1]
FONT_DIRS: Final = (ROOT / "node_modules" / "@expo-google-fonts",)
STANDARD: Final = ROOT / "contract-templates" / "standard-share"
COMMAND: Final = "python -m benchmarks typeset"
PAGES: Final = 12
ROUNDS: Final = 9
COLD_ROUNDS: Final = 5
#: The shipped contract is a page shorter than the one that the figures speak of.
MORE_CLAUSES: Final = {
    "en": (
        "Notes",
        "The parties have discussed this agreement before signing it and keep a copy of it with their papers.",
    ),
    "zh": ("附注", "双方在签署之前已就本协议进行了讨论，并各自妥善保存一份副本。"),
}


def figures() -> Iterator[Figure]:
    """Measure and return the figures of typesetting."""
    with TemporaryDirectory() as scratch, TypesetPool(font_dirs=FONT_DIRS) as pool:
        folder = twelve_pages(Path(scratch) / "contract")
        weasyprint = _Weasyprint(folder)
        pages = pool.typeset(folder, contract(0), codes()).page_count
        if pages != PAGES or abs(weasyprint.pages(0) - PAGES) > 1:
            raise SystemExit(f"not {PAGES} pages: {pages} by typst, {weasyprint.pages(0)} by WeasyPrint")
        new = interleaved(
            {"typst": lambda n: pool.typeset(folder, contract(n), codes()), "weasyprint": weasyprint.print},
            rounds=ROUNDS,
        )
        ratio = new["weasyprint"] / new["typst"]
        other = f"WeasyPrint {new['weasyprint']:.0f} ms"
        yield Figure("typeset_new_contract", new["typst"], "ms", other, ratio, COMMAND)
        same = interleaved({"same": lambda _: pool.typeset(folder, contract(0), codes())}, rounds=ROUNDS, warm_up=2)
        yield Figure("typeset_same_data_again", same["same"], "ms", other, new["weasyprint"] / same["same"], COMMAND)
        cold = interleaved({"cold": lambda n: first_of_a_new_worker(folder, n)}, rounds=COLD_ROUNDS)
        yield Figure("typeset_cold_worker", cold["cold"], "ms", "", None, COMMAND)


class _Weasyprint:
    """The alternative, warm: library, fonts and style sheet are loaded before the first round."""

    def __init__(self, folder: Path) -> None:
        self.library: Any = import_module("weasyprint")
        fonts: Any = import_module("weasyprint.text.fonts")
        self.template = load_template(folder, FONT_DIRS)
        self.fonts = fonts.FontConfiguration()
        self.css = self.library.CSS(string=style_sheet(self.template), font_config=self.fonts)

    def print(self, number: int) -> bytes:
        """Set contract `number`."""
        pdf: bytes = self.rendered(number).write_pdf(pdf_variant="pdf/a-2u")
        return pdf

    def pages(self, number: int) -> int:
        """Return how many pages contract `number` has."""
        return len(self.rendered(number).pages)

    def rendered(self, number: int) -> Any:
        job = prepare(self.template, contract(number), codes())
        texts = {language: shown(self.template.schema, contract(number), language) for language in ("en", "zh")}
        html = document(self.template, texts, code_outlines(job, PAGES))
        return self.library.HTML(string=html).render(stylesheets=[self.css], font_config=self.fonts)


def twelve_pages(folder: Path) -> Path:
    """Copy the shipped template and add an article, so that it fills twelve pages."""
    shutil.copytree(STANDARD, folder)
    for language, (heading, clause) in MORE_CLAUSES.items():
        with (folder / f"clauses.{language}.md").open("a", encoding="utf-8") as file:
            file.write(f"\n## {heading}\n\n" + "".join(f"{number}. {clause}\n" for number in range(1, 13)))
    return folder


def contract(number: int) -> dict[str, Any]:
    """Return data that differs from contract to contract."""
    data: dict[str, Any] = json.loads((STANDARD / "samples" / "adult.json").read_text(encoding="utf-8"))
    data["contract"]["number"] = codes().serial
    data["author"]["name"] = f"Alice Tan {number}"
    data["book"]["title"] = f"The Lantern Ferry {number}"
    return data


def codes() -> PageCodes:
    """Return what the page codes are made of."""
    return PageCodes("100000001101100", "A", "cd" * 32, bytes(32))


def first_of_a_new_worker(folder: Path, number: int) -> None:
    """Start a worker, set one contract in it, end it."""
    with TypesetPool(font_dirs=FONT_DIRS) as pool:
        pool.typeset(folder, contract(number), codes())
