"""The buyout's terms in print: amounts, lengths, what is said when no greatest length was agreed, equal clauses."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from inkseal.contracts.enums import Agreement
from inkseal.contracts.terms import faults_of_terms, tidy_terms
from inkseal.documents.typeset import DataFault, DataFaultsError
from inkseal.documents.typeset.clauses import ClauseText, Table
from inkseal.documents.typeset.conditions import worded
from inkseal.documents.typeset.values import check_data, shown
from tests.unit.documents.typeset.buyout_kit import BUYOUT, Data, pages_of, sample_of, shipped

MONEY = {"type": "object", "properties": {"price": {"type": "string", "x-amount": True}}}
ONES = "一二三四五六七八九"
ARTICLE_NUMBERS = {number: at for at, number in enumerate([*ONES, "十", *(f"十{one}" for one in ONES)], start=1)}
CLAUSE_NUMBER = re.compile(r"(?<![\d.])\d{1,2}\.\d(?![\d%])")


def without_most(data: Data) -> None:
    del data["terms"]["max_words"]


def text_of(change: Callable[[Data], None] = lambda _: None, who: str = "adult") -> str:
    return " ".join(pages_of(BUYOUT, who, change))


def faults_of(**terms: object) -> tuple[DataFault, ...]:
    data = sample_of(BUYOUT, "adult")
    data["terms"] |= terms
    with pytest.raises(DataFaultsError) as caught:
        check_data(shipped(BUYOUT).schema, data)
    return caught.value.faults


def wording(language: str, *given: str) -> ClauseText:
    (text,) = (text for text in shipped(BUYOUT).clauses if text.language == language)
    return worded(text, frozenset(given))


def clause_texts(language: str, *given: str) -> dict[str, str]:
    """Return the words of each clause by its number, values as their paths."""
    found: dict[str, list[str]] = {}
    for number, span in wording(language, *given).numbered_spans():
        found.setdefault(number, []).append(f"<{span.path}>" if span.path else span.text)
    return {number: " ".join(pieces) for number, pieces in found.items()}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("8500", "8,500"),
        ("12000.00", "12,000.00"),
        ("12000.5", "12,000.50"),
        ("999", "999"),
        ("0.75", "0.75"),
        ("1234567890.12", "1,234,567,890.12"),
        ("999999999999", "999,999,999,999"),
    ],
)
def test_an_amount_is_grouped_and_never_rounded(typed: str, printed: str) -> None:
    assert shown(MONEY, {"price": typed}, "en") == {"price": printed}
    assert shown(MONEY, {"price": typed}, "zh") == {"price": printed}


def test_the_price_stands_with_its_currency_in_table_and_clause_of_both_languages() -> None:
    text = text_of()
    assert len(re.findall(r"USD ?12,000\.00", text)) == 4
    assert "12000" not in text


def test_lengths_are_grouped_in_both_languages() -> None:
    text = text_of()
    assert "at least 300,000 Counted Words (the least length) and at most 450,000 (the greatest length)" in text
    assert re.search(r"至少为 ?300,000（最低字数），至多为 ?450,000（最高字数）", text.replace(" ", ""))
    assert "300000" not in text
    assert "450000" not in text


def test_what_becomes_of_words_beyond_the_greatest_length_is_said() -> None:
    text = text_of()
    assert "Words beyond 450,000 are paid if the Publisher has asked for them" in text
    assert "Other words beyond 450,000 may be refused" in text
    assert "No greatest length" not in text


def test_without_a_greatest_length_the_clauses_read_as_whole_sentences() -> None:
    text = text_of(without_most)
    squeezed = text.replace(" ", "")
    assert "Counted Words (the least length). No greatest length is agreed." in text
    assert "Greatest length (art. 6) none agreed" in text
    assert "最高字数（第六条）未约定" in squeezed
    assert "（最低字数），未约定最高字数。" in squeezed
    assert "超出最低字数的部分已包含在价款之内" in squeezed
    for absent in ("450,000", "max_words", "None", "null", "{{"):
        assert absent not in text


def test_a_missing_greatest_length_moves_no_number() -> None:
    """Other clauses refer to these by number."""
    assert list(clause_texts("en", "terms", "terms.max_words")) == list(clause_texts("en", "terms"))


@pytest.mark.parametrize("given", [(), ("terms.max_words",), ("guardian",), ("guardian", "terms.max_words")])
def test_both_languages_use_the_same_values_in_the_same_clauses(given: tuple[str, ...]) -> None:
    paths = {
        language: {
            number: sorted(re.findall(r"<[^>]*>", words)) for number, words in clause_texts(language, *given).items()
        }
        for language in ("en", "zh")
    }
    assert paths["en"] == paths["zh"]


@pytest.mark.parametrize("given", [(), ("guardian", "terms.max_words")])
def test_both_languages_refer_to_the_same_clauses(given: tuple[str, ...]) -> None:
    chinese = clause_texts("zh", *given)
    for number, words in clause_texts("en", *given).items():
        english = set(CLAUSE_NUMBER.findall(words))
        assert english == set(CLAUSE_NUMBER.findall(chinese[number])), number
        articles = {int(found) for found in re.findall(r"(?:[Aa]rticle|art\.) (\d+)", words)}
        numerals = re.findall(r"第([一二三四五六七八九十]+)条", chinese[number])
        assert articles == {ARTICLE_NUMBERS[found] for found in numerals}, number


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_clause_that_is_referred_to_exists(language: str) -> None:
    texts = clause_texts(language, "guardian", "terms.max_words")
    wanted = {found for words in texts.values() for found in CLAUSE_NUMBER.findall(words)}
    assert len(wanted) > 20
    assert wanted <= set(texts)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_instalments_make_up_the_whole_price(language: str) -> None:
    (table,) = (
        block
        for article in wording(language).articles
        for clause in article.clauses
        for block in clause.blocks
        if clause.number == "5.1" and isinstance(block, Table)
    )
    *parts, whole = (int(row[1][0].text.rstrip("%")) for row in table.rows[1:])
    assert sum(parts) == whole == 100
    assert len(parts) == 4


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        ({"buyout_price": "12,000"}, DataFault("terms.buyout_price", "pattern")),
        ({"buyout_price": "1e6"}, DataFault("terms.buyout_price", "pattern")),
        ({"buyout_price": "1.234"}, DataFault("terms.buyout_price", "pattern")),
        ({"buyout_price": 12000}, DataFault("terms.buyout_price", "type")),
        ({"min_words": 0}, DataFault("terms.min_words", "minimum")),
        ({"max_words": None}, DataFault("terms.max_words", "type")),
        ({"share_ratio": "50"}, DataFault("terms", "additionalProperties")),
    ],
)
def test_terms_that_are_not_a_buyouts_are_refused(terms: dict[str, Any], fault: DataFault) -> None:
    assert faults_of(**terms) == (fault,)


@pytest.mark.parametrize("name", ["buyout_price", "currency", "term_years", "min_words"])
def test_a_term_that_every_buyout_has_is_wanted(name: str) -> None:
    def leave_out(data: Data, name: str) -> None:
        del data["terms"][name]

    with pytest.raises(DataFaultsError) as caught:
        pages_of(BUYOUT, "adult", partial(leave_out, name=name))
    assert caught.value.faults == (DataFault(f"terms.{name}", "required"),)


@pytest.mark.parametrize(
    "typed",
    [
        {"buyout_price": "1", "currency": "USD", "term_years": "1", "min_words": "1"},
        {
            "buyout_price": "12000.5",
            "currency": "SGD",
            "term_years": "10",
            "min_words": "300000",
            "max_words": "450000",
        },
        {"buyout_price": "8500", "currency": "EUR", "term_years": "99", "min_words": "9", "max_words": " "},
    ],
)
def test_terms_that_editors_may_give_are_terms_of_the_template(typed: dict[str, str]) -> None:
    assert faults_of_terms(Agreement.STANDARD_BUYOUT, typed) == ()
    data = sample_of(BUYOUT, "adult")
    data["terms"] = tidy_terms(Agreement.STANDARD_BUYOUT, typed)
    check_data(shipped(BUYOUT).schema, data)
    assert ("max_words" in data["terms"]) is bool(typed.get("max_words", "").strip())
