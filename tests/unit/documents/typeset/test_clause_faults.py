"""Every fault that legal staff can make in the clauses is named with language and clause; nothing else ever happens."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkseal.documents.typeset import ClauseFault, ClauseFaultsError, ClauseReason, Template, load_template
from inkseal.documents.typeset.clauses import ClauseText, parse_clauses
from inkseal.documents.typeset.template import differing_clauses, unknown_placeholders
from tests.unit.documents.typeset_kit import FONT_DIRS, SMALL_MAIN, SMALL_META, STANDARD

PLACEHOLDER = re.compile(r"\{\{([a-z_.]+)\}\}")
#: Lines of which any may follow any other.
LINES = """# T|## A|### H|1. a|2. |- b|   1. c|   - d|> q|```|***|{{author.name}}|{{|}}|{{x}}|**b|*i*|[l](u)|![i](u)|`c`
|<b>|&amp;|谭|\\|    code|~~s~~|https://example.org|a  |====|1) z|100000000. n""".replace("\n", "").split("|")
TABLE = ["| x | y |", "|---|---|", "| 1 |", "", "\t"]
MARKDOWN = st.lists(st.sampled_from(LINES + TABLE), max_size=14).map("\n".join)


@cache
def source(language: str) -> str:
    return (STANDARD / f"clauses.{language}.md").read_text(encoding="utf-8")


def faults_of(text: str, language: str = "en") -> tuple[ClauseFault, ...]:
    try:
        parse_clauses(text, language)
    except ClauseFaultsError as err:
        return err.faults
    return ()


def plain(text: ClauseText) -> str:
    return "".join(span.text for _, span in text.numbered_spans())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_typo_in_any_placeholder_is_named_with_its_clause(template: Template, language: str) -> None:
    """One after the other, each of them in the shipped clauses."""
    original = next(text for text in template.clauses if text.language == language)
    found = list(PLACEHOLDER.finditer(source(language)))
    assert len(found) == len(original.placeholders) >= 15
    for match, (number, path) in zip(found, original.placeholders, strict=True):
        assert match[1] == path
        typo = f"{path[:-1]}_" if path[-1] != "_" else f"{path}x"
        text = f"{source(language)[: match.start(1)]}{typo}{source(language)[match.end(1) :]}"
        (fault,) = unknown_placeholders([parse_clauses(text, language)], template.schema)
        assert fault == ClauseFault(language, number, ClauseReason.UNKNOWN_PLACEHOLDER, typo)


@pytest.mark.parametrize(
    "broken", ["{{author.name}", "{author.name}}", "{{ author name }}", "{{AUTHOR.NAME}}", "{{.}}"]
)
def test_broken_braces_are_named_or_plainly_literal(broken: str) -> None:
    faults = faults_of(f"# T\n\n## A\n\n1. fine\n2. by {broken}\n")
    if broken.startswith("{{"):
        assert [(fault.clause, fault.reason) for fault in faults] == [("1.2", ClauseReason.UNKNOWN_PLACEHOLDER)]
    else:
        assert faults == ()


@settings(deadline=None)
@given(MARKDOWN)
def test_any_markdown_is_read_or_refused_by_clause(text: str) -> None:
    for fault in faults_of(text):
        assert fault.language == "en"
        assert re.fullmatch(r"(\d+(\.\d+)?)?", fault.clause)
        assert fault.reason in {
            ClauseReason.UNSUPPORTED_MARKDOWN,
            ClauseReason.UNKNOWN_PLACEHOLDER,
            ClauseReason.EMPTY,
        }


@settings(deadline=None)
@given(MARKDOWN)
def test_what_is_read_has_text_in_every_clause_and_article(text: str) -> None:
    try:
        found = parse_clauses(text, "en")
    except ClauseFaultsError:
        return
    assert found.title
    for at, article in enumerate(found.articles, start=1):
        assert article.number == str(at)
        assert article.heading
        assert [clause.number for clause in article.clauses] == [f"{at}.{n + 1}" for n in range(len(article.clauses))]
        assert article.clauses
        assert all(clause.blocks for clause in article.clauses)


@pytest.mark.parametrize(
    ("text", "clause", "what"),
    [
        ("## A\n\n1. a\n", "", "title"),
        ("# T\n\n## A\n\n## B\n\n1. b\n", "1", "article"),
        ("# T\n\n## A\n\n1. a\n\n##\n\n1. b\n", "2", "article"),
        ("# T\n\n## A\n\n1. a\n2.\n3. c\n", "1.2", "clause"),
        ("#\n\n## A\n\n1. a\n", "", "title"),
    ],
)
def test_what_would_vanish_from_the_print_is_named(text: str, clause: str, what: str) -> None:
    assert faults_of(text) == (ClauseFault("en", clause, ClauseReason.EMPTY, what),)


def test_a_second_title_is_refused() -> None:
    assert [fault.detail for fault in faults_of("# T\n\n# U\n\n## A\n\n1. a\n")] == ["heading"]


@pytest.mark.parametrize("depth", [3, 4, 5, 6])
def test_deeper_headings_are_refused_where_they_stand(depth: int) -> None:
    (fault,) = faults_of(f"# T\n\n## A\n\n1. a\n\n{'#' * depth} H\n")
    assert (fault.clause, fault.detail) == ("1.1", "heading")


@given(st.text("abc谭é #$*_<>[]@\\~^", min_size=1, max_size=40))
def test_what_is_read_as_text_comes_out_as_that_text(text: str) -> None:
    words = " ".join(text.split())
    try:
        found = parse_clauses(f"# T\n\n## A\n\n1. start {words} end\n", "en")
    except ClauseFaultsError:
        return
    letters = [sign for sign in plain(found) if sign.isalpha()]
    assert letters == [sign for sign in f"TAstart{words}end" if sign.isalpha()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_clause_taken_from_one_language_is_missed_in_it(template: Template, language: str) -> None:
    """For every article in turn, its last clause."""
    english, chinese = template.clauses
    changed = english if language == "en" else chinese
    for at, article in enumerate(changed.articles):
        shorter = type(article)(article.number, article.heading, article.clauses[:-1])
        articles = (*changed.articles[:at], shorter, *changed.articles[at + 1 :])
        text = ClauseText(changed.language, changed.title, changed.preamble, articles)
        pair = [text, chinese] if language == "en" else [english, text]
        (fault,) = differing_clauses(pair)
        assert (fault.clause, fault.reason) == (article.clauses[-1].number, ClauseReason.LANGUAGES_DIFFER)


def test_an_article_more_in_one_language_is_named_by_its_first_clause(template: Template) -> None:
    english, chinese = template.clauses
    longer = parse_clauses(f"{source('zh')}\n\n## 附则\n\n1. 无。\n2. 无。\n", "zh")
    count = len(english.articles)
    assert differing_clauses([english, longer]) == (
        ClauseFault("zh", f"{count + 1}.1", ClauseReason.LANGUAGES_DIFFER, ""),
    )
    assert differing_clauses([english, chinese]) == ()


def test_the_shipped_languages_have_equal_articles_clauses_and_lists(template: Template) -> None:
    english, chinese = template.clauses
    assert len(english.articles) == len(chinese.articles) >= 15
    for one, other in zip(english.articles, chinese.articles, strict=True):
        assert [clause.number for clause in one.clauses] == [clause.number for clause in other.clauses]
        for left, right in zip(one.clauses, other.clauses, strict=True):
            assert [block.kind for block in left.blocks] == [block.kind for block in right.blocks], left.number


def test_a_folder_with_faults_in_both_languages_names_them_all(tmp_path: Path) -> None:
    (tmp_path / "meta.toml").write_text(SMALL_META.replace('["en"]', '["en", "zh"]'), encoding="utf-8")
    (tmp_path / "main.typ").write_text(SMALL_MAIN, encoding="utf-8")
    (tmp_path / "schema.json").write_text('{"properties": {"a": {"type": "string"}}}', encoding="utf-8")
    (tmp_path / "clauses.en.md").write_text("# T\n\n## A\n\n1. {{b}}\n2. x\n", encoding="utf-8")
    (tmp_path / "clauses.zh.md").write_text("# T\n\n## A\n\n1. {{c}}\n", encoding="utf-8")
    with pytest.raises(ClauseFaultsError) as caught:
        load_template(tmp_path, FONT_DIRS)
    assert [(fault.language, fault.clause, fault.reason.value, fault.detail) for fault in caught.value.faults] == [
        ("en", "1.1", "unknown_placeholder", "b"),
        ("zh", "1.1", "unknown_placeholder", "c"),
        ("zh", "1.2", "languages_differ", ""),
    ]
    assert "zh 1.2 languages_differ" in str(caught.value)
