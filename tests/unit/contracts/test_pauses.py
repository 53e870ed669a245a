"""T25: where a paused contract goes on, and which acts of an author end a pause."""

import pytest

from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.pauses import RETURNING, live_before
from inkseal.contracts.states import MOVES

LIVE = [5, 10, 20, 30, 50, 60, 70, 80, 90, 100, 110]
FORMS = [Page.BASIC, Page.INFORMATION, Page.PREVIEW]


@pytest.mark.parametrize("value", LIVE)
@pytest.mark.parametrize("pauses", [[], [1], [15], [15, 1, 15]])
def test_t25_the_last_live_value_before_the_pause_counts(value: int, pauses: list[int]) -> None:
    for page in (None, *Page):
        assert live_before([*pauses, value, 5, 10, 50], page) == value


def test_t25_without_an_earlier_value_the_upload_page_means_50() -> None:
    assert live_before([15], Page.UPLOAD) is Progress.INFORMATION_CONFIRMED


@pytest.mark.parametrize("page", FORMS)
def test_t25_without_an_earlier_value_a_form_page_means_70(page: Page) -> None:
    assert live_before([1], page) is Progress.SIGNING_STARTED
    assert live_before([], page) is Progress.SIGNING_STARTED


@pytest.mark.parametrize("page", sorted(set(Page) - {*FORMS, Page.UPLOAD}))
def test_t25_without_value_and_form_there_is_nothing_to_go_back_to(page: Page) -> None:
    assert live_before([15, 1], page) is None
    assert live_before([], None) is None


def test_t25_an_early_log_row_without_progress_is_no_live_value() -> None:
    assert live_before([15, -1, 0], None) is None
    assert live_before([15, -1, 20], None) is Progress.NEGOTIATING


def test_t26_an_abandoned_contract_does_not_come_alive_by_suspending_and_resuming_it() -> None:
    assert live_before([1, 4, 70, 5], Page.INTENTION) is None
    assert live_before([1, 4, 50], Page.UPLOAD) is None


def test_t26_an_older_round_that_was_abandoned_does_not_matter() -> None:
    assert live_before([15, 5, 4, 70], None) is Progress.CHIEF_SUBMITTED


def test_a_complete_value_is_never_gone_back_to() -> None:
    assert live_before([15, 40], None) is None


def test_the_acts_that_end_a_pause_are_the_authors_own_moves() -> None:
    transitions = {move.transition for move in MOVES if move.action in RETURNING}
    assert transitions == {"T6", "T7", "T7b", "T9", "T10", "T11", "T12"}
    mixed = {move.action for move in MOVES if move.transition in transitions} - RETURNING
    assert mixed == set()
