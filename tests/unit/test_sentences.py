"""What authors read: a sentence for everything that can happen, in the voice of the design, in both languages."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.errors import (
    ContentChangedError,
    FieldFault,
    RequestReusedError,
    StaleRevisionError,
)
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.states import State
from inkseal.documents.intake import PictureFault
from inkseal.documents.scan import ForeignReason
from inkseal.portal.places import STEPS, URL_NAME
from inkseal.portal.sentences import (
    VERDICT_SENTENCE,
    field_sentence,
    odd_sentence,
    overtaken,
    picture_sentence,
    situation_of,
)
from inkseal.portal.sign_in import Verdict

#: Words of machines, and of people who blame.
UNWANTED = re.compile(r"invalid|illegal|oops|error|failed|sorry|unfortunately|非法|错误代码|抱歉|您", re.IGNORECASE)
LANGUAGES = ["en", "zh-hans"]


def every_sentence() -> Iterator[str]:
    for code in FaultCode:
        yield field_sentence(FieldFault("bank", code, "7"))
    for fault in PictureFault:
        yield picture_sentence(fault)
    for reason in ("unreadable", *ForeignReason):
        yield str(odd_sentence(reason).title)
        yield str(odd_sentence(reason).text)
    yield from (str(VERDICT_SENTENCE[verdict]) for verdict in Verdict if verdict is not Verdict.RIGHT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_plain_and_polite(language: str) -> None:
    with translation.override(language):
        for sentence in every_sentence():
            assert sentence
            assert "!" not in sentence
            assert "！" not in sentence
            assert not UNWANTED.search(sentence), sentence


def test_every_sentence_has_a_chinese_one() -> None:
    with translation.override("zh-hans"):
        for sentence in every_sentence():
            assert re.search(r"[\u4e00-\u9fff]", sentence), sentence


def test_chinese_sentences_have_full_width_marks_and_spaces_around_latin_words() -> None:
    with translation.override("zh-hans"):
        for sentence in every_sentence():
            assert not re.search(r"[\u4e00-\u9fff][,;:?!.]", sentence), sentence
            assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", sentence), sentence


def test_a_proposal_stands_in_its_sentence() -> None:
    fault = FieldFault("cardid", FaultCode.LETTER_FOR_DIGIT, "E1204567K")
    assert field_sentence(fault).endswith("Did you mean E1204567K?")


def test_a_hint_with_a_percent_sign_does_no_harm() -> None:
    fault = FieldFault("realname", FaultCode.NOT_PRINTABLE, "%(x)s%")
    assert "“%(x)s%”" in field_sentence(fault)


def test_a_field_may_have_a_sentence_of_its_own() -> None:
    general = field_sentence(FieldFault("bank", FaultCode.REQUIRED))
    assert field_sentence(FieldFault("birthday", FaultCode.REQUIRED)) != general


@pytest.mark.parametrize("page", URL_NAME)
def test_every_page_has_words_for_the_list(page: Page) -> None:
    shown = situation_of(Progress.SIGNING_STARTED, page)
    assert shown.words
    assert shown.tone in {"ok", "fix", "look", "live", "plain"}
    assert (shown.tone == "live") == (page in STEPS)


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress.AUDITED, "Approved; the company’s seal follows"),
        (Progress.SUSPENDED, "Paused by your editor"),
        (Progress.ABANDONED, "Ended without a contract"),
    ],
)
def test_some_states_are_told_by_the_progress_alone(progress: Progress, words: str) -> None:
    assert situation_of(progress, Page.INTENTION).words == words


def test_only_the_authors_own_turn_is_said_to_be_his() -> None:
    assert situation_of(Progress.SIGNING_STARTED, Page.PREVIEW).words == "Your turn: Preview"
    assert situation_of(Progress.UPLOADED, Page.WAITING).words == "Your editor is looking at it"


def test_each_way_of_being_overtaken_is_told_apart() -> None:
    state = State(Progress.SIGNING_STARTED, Page.PREVIEW, None)
    errors = [ContentChangedError(), RequestReusedError(), StaleRevisionError(1, 2, state)]
    assert len({overtaken(error) for error in errors}) == len(errors)
