"""A minor's contract: the guardian's own words, boxes and document; an adult's has nothing of them."""

import re

import pytest

from inkseal.documents.typeset import Place, typeset
from tests.unit.documents.typeset.buyout_kit import (
    BUYOUT,
    SHARE,
    VARIANTS,
    Data,
    codes_of,
    pages_of,
    printed_sample,
    sample_of,
    shipped,
)

BY_HAND = "Written by hand on the signature page"
DECLARES = "I am the Author’s parent or other legal guardian. I have read this agreement, consent to it"
DECLARES_ZH = "本人系作者的父母或其他法定监护人"


def unnamed(data: Data) -> None:
    """What the service prints: it keeps the guardian's document, not his name."""
    data["guardian"]["name"] = ""


def place(name: str, kind: str) -> Place:
    (found,) = (place for place in printed_sample(name, "minor").places if place.kind == kind)
    return found


@pytest.mark.parametrize("name", [SHARE, BUYOUT])
def test_an_unnamed_guardian_is_asked_to_write_his_name(name: str) -> None:
    pages = pages_of(name, "minor", unnamed)
    assert BY_HAND in pages[0]
    assert "以签署页亲笔填写为准" in pages[0]
    signing = pages[-1].partition("The Guardian")[2].partition("The Publisher")[0]
    assert "Name in full, as on the document" in signing
    assert "Name as on the document" not in signing


@pytest.mark.parametrize("name", [SHARE, BUYOUT])
def test_the_guardians_document_is_printed_beside_his_boxes_and_with_the_parties(name: str) -> None:
    pages = pages_of(name, "minor", unnamed)
    for text in (pages[0], pages[-1].partition("The Guardian")[2]):
        assert re.search("Passport ?护照", text)
        assert "E7700112M" in text


@pytest.mark.parametrize("name", [SHARE, BUYOUT])
def test_the_guardian_declares_consent_above_his_signature_in_both_languages(name: str) -> None:
    last = pages_of(name, "minor")[-1]
    assert DECLARES in last
    assert DECLARES_ZH in last.replace(" ", "")


@pytest.mark.parametrize("name", [SHARE, BUYOUT])
def test_a_guardian_whose_name_is_known_is_named(name: str) -> None:
    def named(data: Data) -> None:
        data["guardian"]["name"] = "Nguyễn Văn Cường"

    pages = pages_of(name, "minor", named)
    assert BY_HAND not in pages[0]
    assert "Nguyễn Văn Cường" in pages[0]
    assert "Nguyễn Văn Cường" in pages[-1]


@pytest.mark.parametrize("name", [SHARE, BUYOUT])
def test_an_adults_contract_has_no_guardian_to_sign(name: str) -> None:
    pages = pages_of(name, "adult")
    for text in (pages[0], pages[-1]):
        assert "Guardian" not in text
        assert "监护人" not in text


@pytest.mark.parametrize("name", [SHARE, BUYOUT])
def test_the_guardians_boxes_are_as_large_as_the_authors_and_on_his_page(name: str) -> None:
    for what in ("signature", "name"):
        author, guardian = place(name, f"author_{what}"), place(name, f"guardian_{what}")
        assert guardian.page == author.page
        assert guardian.right - guardian.left == pytest.approx(author.right - author.left, abs=0.1)
        assert guardian.top - guardian.bottom == pytest.approx(author.top - author.bottom, abs=0.1)
        assert guardian.top < author.bottom


def test_only_a_minors_buyout_has_the_guardians_article() -> None:
    adult, minor = (" ".join(pages_of(BUYOUT, who)) for who in ("adult", "minor"))
    for english, chinese in (
        ("17 The guardian", "第十七条"),
        ("17.6", "17.6"),
        ("as article 17 says", "依第十七条与作者"),
    ):
        assert english in minor
        assert english not in adult
        assert chinese in minor.replace(" ", "")
        assert chinese not in adult.replace(" ", "")


def test_the_guardian_consents_guarantees_and_is_paid_for_the_minor() -> None:
    text = " ".join(pages_of(BUYOUT, "minor"))
    squeezed = text.replace(" ", "")
    for english, chinese in (
        ("The guardian has read this agreement and consents to it", "监护人已通读本协议，同意本协议"),
        ("guarantees that he or she is entitled to represent the Author", "监护人担保，其有权代理作者"),
        ("receives each instalment for the Author’s account", "监护人为作者代收各期款项"),
    ):
        assert english in text
        assert chinese in squeezed


def test_whose_account_it_is_depends_on_the_guardian() -> None:
    adult, minor = (" ".join(pages_of(BUYOUT, who)) for who in ("adult", "minor"))
    assert "must be held in the Author’s name. " in adult
    assert "or of the guardian who signs below" not in adult
    assert "must be held in the name of the Author or of the guardian who signs below" in minor


def test_the_articles_before_the_guardians_are_the_same_for_everybody() -> None:
    adult, minor = (shipped(BUYOUT).wording(frozenset(given)).clauses for given in ((), ("guardian",)))
    for one, other in zip(adult, minor, strict=True):
        assert [article.heading for article in one.articles] == [article.heading for article in other.articles[:-1]]
        for_minors = {clause.number: clause for article in other.articles for clause in article.clauses}
        changed = [c.number for article in one.articles for c in article.clauses if for_minors[c.number] != c]
        assert changed == ["11.2"]


@pytest.mark.parametrize("name", [SHARE, BUYOUT])
def test_a_guardian_without_any_document_still_gets_boxes(name: str) -> None:
    data = sample_of(name, "minor")
    data["guardian"] = {"name": "", "document_type": "other", "document_number": ""}
    result = typeset(shipped(name), data, codes=codes_of(data))
    assert len(result.places) == 6


@pytest.mark.parametrize(("name", "who"), VARIANTS)
def test_a_name_in_another_script_does_not_move_the_boxes_off_the_page(name: str, who: str) -> None:
    data = sample_of(name, who)
    data["author"]["name"] = "प्रिया " * 15
    data["author"]["document_number"] = "UT-" + "2010" * 14
    result = typeset(shipped(name), data, codes=codes_of(data))
    assert {place.page for place in result.places} == {result.page_count}
    assert result.page_count == printed_sample(name, who).page_count
