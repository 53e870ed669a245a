"""Whom reminders prompt, how often, and where they stop (T27, T28, R58, R112, AMB-24)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from inkseal.contracts.enums import Page, Progress, SendReason
from inkseal.contracts.states import State
from inkseal.notices.regions import zone_of
from inkseal.notices.reminders import CADENCE, PROMPTED, Judgement, Standing, Verdict, judge, prompt_for

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILL, UPLOAD = SendReason.PROMPT_INFORMATION, SendReason.PROMPT_UPLOAD
#: T27 and T28 written out once more, by numbers.
TO_FILL = set(product((5, 10, 20, 30, 70, 110), (None, 0, 70, 80, 90, 110)))
TO_UPLOAD = {(50, 100), (100, 100), (100, 110)}
SILENT = Standing(FILL, 0, 1, FILL, 1, NOON - CADENCE, UTC)


@pytest.mark.parametrize("progress", [None, *Progress])
@pytest.mark.parametrize("page", [None, *Page])
def test_r58_the_state_alone_says_what_is_prompted(progress: Progress | None, page: Page | None) -> None:
    expected = FILL if (progress, page) in TO_FILL else UPLOAD if (progress, page) in TO_UPLOAD else None
    assert prompt_for(State(progress, page, None)) is expected


@pytest.mark.parametrize("progress", [1, 4, 15, 40, 60, 80, 90])
@pytest.mark.parametrize("page", [None, *Page])
def test_r112_these_states_stop_reminders(progress: int, page: Page | None) -> None:
    assert prompt_for(State(Progress(progress), page, None)) is None
    assert progress not in PROMPTED


def test_t27_a_book_that_is_signed_is_not_to_be_filled_in() -> None:
    assert prompt_for(State(Progress.SIGNING_STARTED, Page.BASIC, None, 249)) is None


def test_the_first_prompt_comes_after_three_days_of_silence() -> None:
    assert judge(SILENT, NOON) == Judgement(Verdict.SEND, 1, NOON + CADENCE)
    early = judge(SILENT, NOON - timedelta(seconds=1))
    assert early == Judgement(Verdict.WAIT, 0, NOON)


def test_what_the_author_does_begins_the_three_days_anew() -> None:
    busy = replace(SILENT, sent=2, changed_at=NOON - timedelta(hours=1))
    assert judge(busy, NOON) == Judgement(Verdict.WAIT, 2, NOON + CADENCE - timedelta(hours=1))


@pytest.mark.parametrize("sent", [0, 1, 2, 3])
def test_further_prompts_follow_every_three_days(sent: int) -> None:
    assert judge(replace(SILENT, sent=sent), NOON) == Judgement(Verdict.SEND, sent + 1, NOON + timedelta(days=3))


def test_the_fifth_prompt_of_a_round_is_the_last() -> None:
    assert judge(replace(SILENT, sent=4), NOON) == Judgement(Verdict.SEND, 5, None)
    assert judge(replace(SILENT, sent=5), NOON) == Judgement(Verdict.REST, 5)


def test_a_new_round_counts_from_one() -> None:
    assert judge(replace(SILENT, sent=5, round=2), NOON) == Judgement(Verdict.SEND, 1, NOON + CADENCE)


@pytest.mark.parametrize("wanted", [None, UPLOAD])
def test_a_prompt_for_what_is_done_rests(wanted: SendReason | None) -> None:
    assert judge(replace(SILENT, sent=2, wanted=wanted), NOON) == Judgement(Verdict.REST, 2)


def test_at_night_the_prompt_waits_for_the_authors_morning() -> None:
    night = replace(SILENT, zone=zone_of("US"), changed_at=NOON - timedelta(days=9))
    judgement = judge(night, NOON)  # seven in the morning
    assert judgement == Judgement(Verdict.WAIT, 0, NOON + timedelta(hours=1))
    assert judge(night, NOON + timedelta(hours=1)).verdict is Verdict.SEND


def test_every_judgement_leads_on_or_ends() -> None:
    for sent, hours, country in product(range(7), range(0, 96, 5), ("", "SG", "US")):
        now = NOON + timedelta(hours=hours)
        found = judge(replace(SILENT, sent=sent, zone=zone_of(country)), now)
        assert found.due_at is None or found.due_at > now
        assert (found.verdict is Verdict.WAIT) <= (found.due_at is not None)
