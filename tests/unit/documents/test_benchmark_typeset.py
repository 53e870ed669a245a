"""The benchmark of typesetting compares like with like, and reports one line for each figure."""

import re
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks._weasyprint_contract import document, style_sheet
from benchmarks.figures import Figure, interleaved
from benchmarks.typeset import MORE_CLAUSES, PAGES, codes, contract, twelve_pages
from inkseal.documents.typeset import load_template, typeset
from inkseal.documents.typeset.values import shown
from tests.unit.documents.typeset_kit import FONT_DIRS


def test_the_measured_contract_has_twelve_pages(tmp_path: Path) -> None:
    template = load_template(twelve_pages(tmp_path / "contract"), FONT_DIRS)
    assert typeset(template, contract(0), codes=codes()).page_count == PAGES


def test_the_alternative_gets_every_clause_and_every_value(tmp_path: Path) -> None:
    template = load_template(twelve_pages(tmp_path / "contract"), FONT_DIRS)
    texts = {language: shown(template.schema, contract(3), language) for language in ("en", "zh")}
    page = document(template, texts, ["M0 0h1v1h-1z"] * PAGES)
    plain = re.sub(r"<[^>]+>", "", page)
    for clauses in template.clauses:
        for _, span in clauses.numbered_spans():
            assert (texts[clauses.language][span.path] if span.path else span.text) in plain
    assert page.count("data:image/svg+xml") == PAGES
    assert MORE_CLAUSES["zh"][1] in plain


def test_the_alternative_uses_the_same_font_files(tmp_path: Path) -> None:
    template = load_template(twelve_pages(tmp_path / "contract"), FONT_DIRS)
    sheet = style_sheet(template)
    assert all(Path(stamp[0]).as_uri() in sheet for _, stamp in template.font_files)


def test_text_of_the_data_is_no_markup_for_the_alternative_either(tmp_path: Path) -> None:
    template = load_template(twelve_pages(tmp_path / "contract"), FONT_DIRS)
    data = contract(0)
    data["author"]["name"] = "<img src=x>"
    texts = {language: shown(template.schema, data, language) for language in ("en", "zh")}
    assert "<img" not in document(template, texts, [])


def test_both_sides_run_in_turn_and_the_warm_up_does_not_count() -> None:
    order: list[str] = []
    medians = interleaved(
        {"a": lambda n: order.append(f"a{n}"), "b": lambda n: order.append(f"b{n}")}, rounds=2, warm_up=1
    )
    assert order == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert set(medians) == {"a", "b"}
    assert all(value >= 0 for value in medians.values())


def test_a_figure_is_one_line_with_its_command() -> None:
    figure = Figure("typeset_new_contract", 94.04, "ms", "WeasyPrint 750 ms", 7.98, "python -m benchmarks typeset")
    name, value, unit, *_, ratio, _, _, _, last = figure.line().split()
    assert (name, value, unit, ratio, last) == ("typeset_new_contract", "94.0", "ms", "8.0x", "typeset")
    assert "-  python" in Figure("x", 1.0, "ms", "", None, "python -m benchmarks x").line()


def test_a_benchmark_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(["nothing"])
    assert caught.value.code == 2
    assert "no benchmark named nothing" in capsys.readouterr().err


def test_typesetting_is_among_the_benchmarks_and_the_tools_are_not() -> None:
    assert "typeset" in command.names()
    assert not {"figures", "__main__", "_weasyprint_contract"} & set(command.names())
