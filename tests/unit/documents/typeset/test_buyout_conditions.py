"""Clauses that depend on a contract's data: what is left out, that numbers stay, and what a template may not do."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from inkseal.documents.typeset import ClauseFault, ClauseFaultsError, ClauseReason, load_template, typeset
from inkseal.documents.typeset.clauses import Clause, ClauseText, Listing, Paragraph, Span, Table, parse_clauses
from inkseal.documents.typeset.conditions import condition_paths, differing_conditions, missing_numbers, worded
from inkseal.documents.typeset.values import given_paths, has_path
from tests.unit.documents.typeset_kit import FONT_DIRS, SMALL_DATA, page_texts

Maker = Callable[..., Path]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "contract": {"type": "object", "properties": {"number": {"type": "string"}, "date": {"type": "string"}}},
        "author": {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}},
        "guardian": {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"card": {"type": "string"}}}]},
    },
}
#: Sets the numbers of all clauses and the text of their first paragraphs.
MAIN = """#set document(title: "Small")
#set text(font: json(bytes(sys.inputs.at("print"))).fonts, lang: "en", fallback: false)
#for article in json(bytes(sys.inputs.at("clauses"))).en.articles {
  for clause in article.clauses [#clause.number #clause.blocks.first().spans.map(span => span.text).join() \\ ]
}
#context [#metadata((kind: "pages", count: counter(page).final().first())) <inkseal>]
"""


def one_clause(text: str, *given: str) -> tuple[object, ...]:
    (article,) = worded(parse_clauses(f"# T\n\n## A\n\n1. {text}\n", "en"), frozenset(given)).articles
    (clause,) = article.clauses
    return clause.blocks


def said(text: ClauseText, *given: str) -> list[str]:
    """Return "number words" of every clause that is left."""
    chosen = worded(text, frozenset(given))
    return [f"{number} {span.text}".strip() for number, span in chosen.numbered_spans() if number and span.text]


def gaps(text: str) -> list[tuple[str, ClauseReason]]:
    return [(fault.clause, fault.reason) for fault in missing_numbers([parse_clauses(text, "en")])]


def parse_faults(text: str) -> tuple[ClauseFault, ...]:
    with pytest.raises(ClauseFaultsError) as caught:
        parse_clauses(text, "en")
    return caught.value.faults


@pytest.mark.parametrize(("given", "words"), [(("a.b",), "There is one."), ((), "There is none.")])
def test_one_of_two_wordings_is_left(given: tuple[str, ...], words: str) -> None:
    text = "{{if a.b}} There is one.\n\n   {{unless a.b}} There is none."
    assert one_clause(text, *given) == (Paragraph((Span(words),)),)


def test_a_condition_before_bold_text_or_a_value_keeps_both() -> None:
    assert one_clause("{{if a}} **x** y", "a") == (Paragraph((Span(""), Span("x", bold=True), Span(" y"))),)
    assert one_clause("{{ if a }}{{a.b}} y", "a") == (Paragraph((Span(path="a.b"), Span(" y"))),)


def test_a_field_may_be_called_if() -> None:
    assert one_clause("{{if}} y") == (Paragraph((Span(path="if"), Span(" y"))),)


def test_a_table_row_is_left_out_and_the_head_stays() -> None:
    text = "t\n\n   | x | y |\n   |---|---|\n   | {{if a}} 1 | 2 |\n   | {{unless a}} 3 | 4 |\n"
    _, table = one_clause(text, "a")
    assert isinstance(table, Table)
    assert table.rows == (((Span("x"),), (Span("y"),)), ((Span("1"),), (Span("2"),)))


def test_a_table_without_rows_is_left_out() -> None:
    assert one_clause("t\n\n   | x |\n   |---|\n   | {{if a}} 1 |\n") == (Paragraph((Span("t"),)),)


def test_an_item_of_a_list_is_left_out_and_an_empty_list_too() -> None:
    text = "t\n   1. {{if a}} one\n   2. {{if b}} two"
    _, listing = one_clause(text, "b")
    assert listing == Listing(ordered=True, items=((Paragraph((Span("two"),)),),))
    assert one_clause(text) == (Paragraph((Span("t"),)),)


def test_a_paragraph_before_the_articles_may_be_conditional() -> None:
    text = parse_clauses("# T\n\n{{if a}} Young.\n\nAll.\n\n## A\n\n1. a\n", "en")
    assert worded(text, frozenset()).preamble == (Paragraph((Span("All."),)),)
    assert worded(text, frozenset({"a"})).preamble == (Paragraph((Span("Young."),)), Paragraph((Span("All."),)))


def test_the_last_clause_and_the_last_article_may_be_missing() -> None:
    text = parse_clauses("# T\n\n## A\n\n1. one\n2. {{if a}} two\n\n## {{if b}} B\n\n1. three\n", "en")
    assert said(text) == ["1 A", "1.1 one"]
    assert said(text, "a", "b") == ["1 A", "1.1 one", "1.2 two", "2 B", "2.1 three"]
    assert missing_numbers([text]) == ()


def test_an_article_is_left_out_with_its_last_clause() -> None:
    text = parse_clauses("# T\n\n## A\n\n1. one\n\n## B\n\n1. {{if a}} two\n", "en")
    assert said(text) == ["1 A", "1.1 one"]


def test_what_has_no_condition_is_left_as_it_is() -> None:
    text = parse_clauses("# T\n\nAll.\n\n## A\n\n1. one\n   - x\n\n   | y |\n   |---|\n   | z |\n", "en")
    assert worded(text, frozenset()) == text
    assert text.conditions == ()


def test_a_number_that_would_be_missing_is_a_fault_of_the_next_one() -> None:
    assert gaps("# T\n\n## A\n\n1. {{if a}} one\n2. two\n") == [("1.2", ClauseReason.NUMBER_MISSING)]
    assert gaps("# T\n\n## {{unless a}} A\n\n1. one\n\n## B\n\n1. two\n") == [("2", ClauseReason.NUMBER_MISSING)]


def test_a_gap_that_needs_two_conditions_is_found() -> None:
    """Each wording alone leaves the clause in place; both absent together leave a hole."""
    text = "# T\n\n## A\n\n1. {{if a}} one\n\n   {{if b}} other\n2. two\n"
    assert gaps(text) == [("1.2", ClauseReason.NUMBER_MISSING)]
    assert gaps(text.replace("{{if b}}", "{{unless a}}")) == []


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("# {{if a}} T\n\n## A\n\n1. a\n", ""),
        ("# T\n\n## A {{if a}}\n\n1. a\n", "1"),
        ("# T\n\n## A\n\n1. one {{if a}} two\n", "1.1"),
        ("# T\n\n## A\n\n1. {{if a}} {{if b}} two\n", "1.1"),
        ("# T\n\n## A\n\n1. t\n\n   | {{if a}} x |\n   |---|\n   | 1 |\n", "1.1"),
        ("# T\n\n## A\n\n1. t\n\n   | x | y |\n   |---|---|\n   | 1 | {{if a}} 2 |\n", "1.1"),
    ],
    ids=["title", "end of heading", "middle of sentence", "second", "table head", "second cell"],
)
def test_a_condition_elsewhere_is_named_with_its_clause(text: str, clause: str) -> None:
    (fault,) = parse_faults(text)
    assert (fault.clause, fault.reason) == (clause, ClauseReason.CONDITION_MISPLACED)


def test_both_languages_must_have_the_same_conditions() -> None:
    english = parse_clauses("# T\n\n## A\n\n1. {{if a}} one\n\n   {{unless a}} none\n", "en")
    chinese = parse_clauses("# T\n\n## A\n\n1. {{if a}} 一\n\n   无\n", "zh")
    assert differing_conditions([english, chinese]) == (
        ClauseFault("zh", "1.1", ClauseReason.LANGUAGES_DIFFER, "unless a"),
    )
    assert differing_conditions([english, english]) == ()
    assert condition_paths([english, chinese]) == ("a",)


@pytest.mark.parametrize(
    ("path", "known"), [("guardian", True), ("guardian.card", True), ("author.age", True), ("parent", False)]
)
def test_a_condition_may_ask_for_a_field_or_a_group(small: Maker, path: str, *, known: bool) -> None:
    assert has_path(SCHEMA, path) is known
    folder = small(
        **{"schema.json": json.dumps(SCHEMA), "clauses.en.md": f"# T\n\n## A\n\n1. x\n2. {{{{if {path}}}}} y\n"}
    )
    if known:
        assert load_template(folder, FONT_DIRS).conditions == (path,)
        return
    with pytest.raises(ClauseFaultsError) as caught:
        load_template(folder, FONT_DIRS)
    assert caught.value.faults == (ClauseFault("en", "1.2", ClauseReason.UNKNOWN_PLACEHOLDER, path),)


def test_an_empty_text_is_not_given_and_a_zero_is() -> None:
    assert given_paths({"a.b": "", "c.d.e": "0"}) == {"c", "c.d", "c.d.e"}
    assert given_paths({}) == frozenset()


@pytest.fixture
def choosy(small: Maker) -> Path:
    """A small template whose second clause needs an age and whose third needs a guardian."""
    second = "2. {{if author.age}} Aged.\n\n   {{unless author.age}} Ageless.\n"
    text = f"# T\n\n## A\n\n1. One.\n{second}3. {{{{if guardian}}}} Young.\n"
    return small(**{"schema.json": json.dumps(SCHEMA), "clauses.en.md": text, "main.typ": MAIN})


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        ({}, ["1.1 One.", "1.2 Ageless."]),
        ({"author": {"name": "Bob", "age": 17}}, ["1.1 One.", "1.2 Aged."]),
        ({"guardian": None}, ["1.1 One.", "1.2 Ageless."]),
        ({"guardian": {"card": ""}}, ["1.1 One.", "1.2 Ageless."]),
        ({"guardian": {"card": "E1"}}, ["1.1 One.", "1.2 Ageless.", "1.3 Young."]),
    ],
)
def test_the_print_follows_the_data(choosy: Path, changed: Mapping[str, object], lines: list[str]) -> None:
    result = typeset(load_template(choosy, FONT_DIRS), {**SMALL_DATA, **changed}, codes=None)
    (text,) = page_texts(result.pdf)
    assert [line.strip() for line in text.splitlines() if line.strip()] == lines


def test_contracts_with_the_same_answers_share_their_wording(choosy: Path) -> None:
    """typst need not read a text again that it has read for another contract."""
    template = load_template(choosy, FONT_DIRS)
    one = template.wording(frozenset({"author", "author.age", "author.name"}))
    assert template.wording(frozenset({"author.age"})) is one
    assert template.wording(frozenset()) is not one


def test_a_value_is_wanted_only_where_its_clause_is_printed(small: Maker) -> None:
    text = "# T\n\n## A\n\n1. One.\n2. {{if author.age}} {{author.age}} years.\n"
    folder = small(**{"schema.json": json.dumps(SCHEMA), "clauses.en.md": text, "main.typ": MAIN})
    assert typeset(load_template(folder, FONT_DIRS), SMALL_DATA, codes=None).page_count == 1
    (folder / "clauses.en.md").write_text(text.replace("{{if author.age}} ", ""), encoding="utf-8")
    with pytest.raises(ClauseFaultsError) as caught:
        typeset(load_template(folder, FONT_DIRS), SMALL_DATA, codes=None)
    assert caught.value.faults == (ClauseFault("en", "1.2", ClauseReason.MISSING_DATA, "author.age"),)


def test_a_clause_left_without_words_is_no_clause() -> None:
    text = parse_clauses("# T\n\n## A\n\n1. one\n2. {{if a}} two\n", "en")
    (article,) = worded(text, frozenset()).articles
    assert article.clauses == (Clause("1.1", (Paragraph((Span("one"),)),)),)
