"""What staff may write into a message, and what a hostile title cannot do in it (A-42)."""

import re
from collections.abc import Mapping

import pytest

from inkseal.contracts.enums import SendReason
from inkseal.notices.texts import built_in
from inkseal.notices.wording import (
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Fault,
    Wording,
    WordingFault,
    WordingFaultsError,
    faults_of,
    fill,
)

FACTS: Mapping[str, str] = {
    "title": "灯渡",
    "reason": "Names.",
    "details": "",
    "link": "https://sign.example/author/77",
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("reason", list(SendReason))
def test_the_built_in_words_obey_their_own_rules(reason: SendReason, language: str) -> None:
    assert faults_of(built_in(reason, language)) == ()


def test_the_four_places_are_filled() -> None:
    letter = fill(Wording("{title}", "{title}|{reason}|{details}|{link}"), FACTS)
    assert letter.subject == "灯渡"
    assert letter.text == "灯渡|Names.||https://sign.example/author/77"


@pytest.mark.parametrize("place", ["name", "", "title.__class__", "title!r", "title:>9999999", "0", "Title", " title"])
def test_an_unknown_place_is_refused_by_its_name(place: str) -> None:
    assert faults_of(Wording("S", f"Dear {{{place}}}")) == (Fault("text", WordingFault.UNKNOWN_PLACE, place),)


@pytest.mark.parametrize("place", ["reason", "details", "link"])
def test_only_the_title_may_stand_in_a_subject(place: str) -> None:
    assert faults_of(Wording(f"About {{{place}}}", "T")) == (Fault("subject", WordingFault.UNKNOWN_PLACE, place),)


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("shape", ["About{}Bcc: mallory@example.org", "About{}", "{}About"])
def test_a_42_a_line_break_in_a_subject_is_refused(shape: str, ending: str) -> None:
    assert Fault("subject", WordingFault.LINE_BREAK) in faults_of(Wording(shape.format(ending), "T"))


def test_lengths_and_emptiness_are_told_together() -> None:
    assert faults_of(Wording(" ", "x" * (LONGEST_TEXT + 1))) == (
        Fault("subject", WordingFault.EMPTY),
        Fault("text", WordingFault.TOO_LONG),
    )
    assert faults_of(Wording("s" * LONGEST_SUBJECT, "x" * LONGEST_TEXT)) == ()


def test_each_unknown_place_is_told_once() -> None:
    assert len(faults_of(Wording("S", "{a} {a} {b}"))) == 2


def test_the_error_names_part_kind_and_place() -> None:
    error = WordingFaultsError(faults_of(Wording("S\nS", "{name}")))
    assert str(error) == "subject: line_break, text: unknown_place name"
    assert [fault.part for fault in error.faults] == ["subject", "text"]


def test_a_title_that_looks_like_a_place_stays_what_it_is() -> None:
    letter = fill(Wording("{title}", "{title} {link}"), {**FACTS, "title": "{link} {reason} %s {"})
    assert letter.subject == "{link} {reason} %s {"
    assert letter.text == "{link} {reason} %s { https://sign.example/author/77"


def test_a_42_a_title_with_line_ends_leaves_the_subject_in_one_line() -> None:
    letter = fill(Wording("“{title}”", "T"), {**FACTS, "title": "Ferry\r\nBcc: m@example.org\u2028x"})
    assert letter.subject == "“Ferry Bcc: m@example.org x”"


def test_empty_details_leave_no_gap() -> None:
    assert fill(Wording("S", "a\n\n{reason}\n\n{details}\n\nb"), FACTS).text == "a\n\nNames.\n\nb"


def test_single_braces_are_only_signs() -> None:
    assert faults_of(Wording("S", "if { then }")) == (Fault("text", WordingFault.UNKNOWN_PLACE, " then "),)
    assert faults_of(Wording("a {", "b } c")) == ()


@pytest.mark.parametrize("reason", SendReason)
def test_a_chinese_message_has_no_english_line(reason: SendReason) -> None:
    """A text inside an f-string was once not extracted, so nobody could translate it."""
    wording = built_in(reason, "zh-hans")
    lines = [line for line in f"{wording.subject}\n{wording.text}".splitlines() if "{link}" not in line]
    assert lines
    for line in lines:
        assert not re.search(r"[A-Za-z]{4}", re.sub(r"\{\w+\}", "", line))
