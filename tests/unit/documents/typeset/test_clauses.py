"""Clauses: what Markdown may stand in them, how they are numbered, and that the two languages agree."""

import re

import pytest

from inkseal.documents.typeset import ClauseFault, ClauseFaultsError, ClauseReason, Template
from inkseal.documents.typeset.clauses import ClauseText, Listing, Paragraph, Span, Table, parse_clauses
from inkseal.documents.typeset.template import differing_clauses, unknown_placeholders

SCHEMA = {"properties": {"author": {"properties": {"name": {"type": "string"}}}}}


def clauses(text: str, language: str = "en") -> ClauseText:
    return parse_clauses(text, language)


def only_clause(text: str) -> tuple[object, ...]:
    return clauses(f"# T\n\n## A\n\n1. {text}\n").articles[0].clauses[0].blocks


def faults_of(text: str) -> tuple[ClauseFault, ...]:
    with pytest.raises(ClauseFaultsError) as caught:
        clauses(text)
    return caught.value.faults


def test_clauses_are_numbered_by_their_order_whatever_the_text_says() -> None:
    text = clauses("# T\n\n## A\n\n4. a\n4. b\n\n## B\n\n9. c\n")
    assert [article.number for article in text.articles] == ["1", "2"]
    assert [clause.number for article in text.articles for clause in article.clauses] == ["1.1", "1.2", "2.1"]


def test_a_clause_after_a_table_goes_on_counting() -> None:
    text = clauses("# T\n\n## A\n\n1. a\n\n   | x | y |\n   |---|--:|\n   | 1 | 2 |\n\n2. b\n")
    assert [clause.number for clause in text.articles[0].clauses] == ["1.1", "1.2"]
    table = text.articles[0].clauses[0].blocks[1]
    assert table == Table(("left", "right"), (((Span("x"),), (Span("y"),)), ((Span("1"),), (Span("2"),))))


def test_what_stands_before_the_first_article_is_title_and_preamble() -> None:
    text = clauses("# The title\n\nFirst.\n\nSecond.\n\n## A\n\n1. a\n")
    assert text.title == (Span("The title"),)
    assert text.preamble == (Paragraph((Span("First."),)), Paragraph((Span("Second."),)))


def test_a_list_inside_a_clause_keeps_its_kind() -> None:
    _, ordered = only_clause("uses:\n   1. one\n   2. two")
    assert ordered == Listing(ordered=True, items=((Paragraph((Span("one"),)),), (Paragraph((Span("two"),)),)))
    _, bullets = only_clause("uses:\n   - one")
    assert isinstance(bullets, Listing)
    assert not bullets.ordered


def test_emphasis_and_placeholders_become_spans() -> None:
    (paragraph,) = only_clause("**{{author.name}}** and *{{ author.name }}* **x *y***")
    assert paragraph == Paragraph(
        (
            Span(path="author.name", bold=True),
            Span(" and "),
            Span(path="author.name", italic=True),
            Span(" "),
            Span("x ", bold=True),
            Span("y", bold=True, italic=True),
        )
    )


def test_a_bold_placeholder_between_chinese_letters_is_bold() -> None:
    """CommonMark would not open emphasis between a letter and a brace."""
    (paragraph,) = only_clause("由**{{author.name}}**与")
    assert paragraph == Paragraph((Span("由"), Span(path="author.name", bold=True), Span("与")))


def test_line_ends_in_a_paragraph_are_spaces() -> None:
    assert only_clause("a\n   b") == (Paragraph((Span("a"), Span(" "), Span("b"))),)


@pytest.mark.parametrize("literal", ['#eval("1")', "$x$", "@ref", "#import", "<b>x</b>", "&amp;x", "~"])
def test_markup_of_other_languages_stays_literal(literal: str) -> None:
    (paragraph,) = only_clause(f"see {literal}")
    assert isinstance(paragraph, Paragraph)
    assert "".join(span.text for span in paragraph.spans) == f"see {literal}".replace("&amp;", "&")


@pytest.mark.parametrize(
    ("markdown", "token"),
    [
        ("[x](https://example.org)", "link"),
        ("![x](https://example.org/x.png)", "image"),
        ("`code`", "code_inline"),
        ("<https://example.org>", "link"),
        ("a  \n   b", "hardbreak"),
        ("a\n\n   > quoted", "blockquote"),
        ("a\n\n   ```\n   code\n   ```", "fence"),
        ("a\n\n   ***", "hr"),
    ],
)
def test_markdown_beyond_clauses_is_named_with_its_clause(markdown: str, token: str) -> None:
    found = faults_of(f"# T\n\n## A\n\n1. fine\n2. {markdown}\n")
    assert found == (ClauseFault("en", "1.2", ClauseReason.UNSUPPORTED_MARKDOWN, token),)


def test_a_paragraph_outside_the_numbered_list_is_refused() -> None:
    """Text without a number could not be cited, and would not be compared between the languages."""
    found = faults_of("# T\n\n## A\n\nloose\n\n1. a\n")
    assert found == (ClauseFault("en", "1", ClauseReason.UNSUPPORTED_MARKDOWN, "paragraph"),)


def test_all_faults_are_named_together() -> None:
    assert [fault.clause for fault in faults_of("# T\n\n## A\n\n1. `x`\n2. ok\n3. `y`\n")] == ["1.1", "1.3"]


@pytest.mark.parametrize("broken", ["{{Author.Name}}", "{{author name}}", "{{author.name}", "{{ }}", "{{7*7}}"])
def test_a_broken_placeholder_is_named_not_printed(broken: str) -> None:
    (fault,) = faults_of(f"# T\n\n## A\n\n1. by {broken}\n")
    assert fault.clause == "1.1"
    assert fault.reason is ClauseReason.UNKNOWN_PLACEHOLDER


def test_private_use_letters_are_refused() -> None:
    """They stand for placeholders while the Markdown is read."""
    assert faults_of("# T\n\n## A\n\n1. \ue000\n")[0].detail == "private use"


def test_a_placeholder_that_the_schema_does_not_have_is_named() -> None:
    text = clauses("# T {{author.nome}}\n\n## A\n\n1. {{author.name}}\n2. {{author}} {{book.title}}\n")
    assert [(fault.clause, fault.detail) for fault in unknown_placeholders([text], SCHEMA)] == [
        ("", "author.nome"),
        ("1.2", "author"),
        ("1.2", "book.title"),
    ]


def test_a_clause_that_one_language_lacks_is_named() -> None:
    english = clauses("# T\n\n## A\n\n1. a\n2. b\n\n## B\n\n1. c\n")
    chinese = clauses("# T\n\n## A\n\n1. a\n\n## B\n\n1. c\n", "zh")
    assert differing_clauses([english, chinese]) == (ClauseFault("zh", "1.2", ClauseReason.LANGUAGES_DIFFER, ""),)
    assert differing_clauses([english, english]) == ()


def test_the_shipped_languages_use_the_same_fields_in_the_same_clauses(template: Template) -> None:
    english, chinese = (sorted(set(text.placeholders)) for text in template.clauses)
    assert english == chinese


def test_every_clause_that_is_cited_exists_and_is_cited_in_both_languages(template: Template) -> None:
    cited = []
    for text in template.clauses:
        known = {clause.number for article in text.articles for clause in article.clauses}
        pattern = re.compile(r"[Cc]lauses? (\d+\.\d+)|第 (\d+\.\d+) 款")
        found = {
            (number, match[1] or match[2])
            for number, span in text.numbered_spans()
            for match in pattern.finditer(span.text)
        }
        assert {target for _, target in found} <= known
        cited.append(found)
    assert cited[0] == cited[1]
    assert len(cited[0]) >= 8


def test_the_shipped_clauses_have_no_typewriter_quotes(template: Template) -> None:
    text = "".join(span.text for clauses in template.clauses for _, span in clauses.numbered_spans())
    assert not set(text) & set("\"'`")
