"""Every action from every state, against C3.3 of contracts-2 written down here a second time, as conditions."""

from itertools import product

import pytest

from inkseal.contracts.enums import Page, Progress, Review, SendReason
from inkseal.contracts.states import MOVES, Action, Move, Refusal, State, after, decide, possible

#: Every value that a column of C3.3 may have, and none.
ANY_PAGE = frozenset({None, *Page})
ANY_REVIEW = frozenset({None, *Review})
ANY_SIGN_TYPE = frozenset({0, 249})
UNSIGNED, SIGNED = frozenset({0}), frozenset({249})
#: Where an author's form may stand before the confirmation: no row, not begun, 70, 80, 90.
FORM = frozenset({None, 0, 70, 80, 90})
TALKS = frozenset({5, 10, 20, 30})
IDLE = frozenset({None, -1, 1, 4, 15})
SAME = "-"

Values = frozenset[int | None]

#: Which states an action may start from: C, S, O and T.
GUARDS: dict[Action, tuple[Values, Values, Values, frozenset[int]]] = {
    Action.PROPOSE: (IDLE, ANY_PAGE, ANY_REVIEW, UNSIGNED),
    Action.SUBMIT: (IDLE, ANY_PAGE, ANY_REVIEW, UNSIGNED),
    Action.SAVE_BASIC: (TALKS | {70, 110}, FORM, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.SAVE_DRAFT: (frozenset({70, 110}), frozenset({80, 90}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.SAVE_INFORMATION: (frozenset({70, 110}), frozenset({80, 90}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.BACK_TO_BASIC: (frozenset({70, 110}), frozenset({80, 90}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.BACK_TO_INFORMATION: (frozenset({70, 110}), frozenset({90}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.PREVIEW: (frozenset({70, 110}), frozenset({90}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.CONFIRM: (frozenset({70, 110}), frozenset({90}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.UPLOAD_PICTURE: (frozenset({50, 100}), frozenset({100}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.HAND_IN: (frozenset({50, 100}), frozenset({100}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.RECONFIRM: (frozenset({50, 100}), frozenset({100}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.RESUME: (frozenset({100, 110}), frozenset({110}), ANY_REVIEW, ANY_SIGN_TYPE),
    Action.PASS_AUDIT: (frozenset({80}), ANY_PAGE, frozenset({0}), ANY_SIGN_TYPE),
    Action.SEND_BACK_INFORMATION: (frozenset({80}), ANY_PAGE, frozenset({0}), ANY_SIGN_TYPE),
    Action.SEND_BACK_PAGES: (frozenset({80}), ANY_PAGE, frozenset({0}), ANY_SIGN_TYPE),
    Action.REGISTER_SEAL: (frozenset({90}), ANY_PAGE, frozenset({1, 3}), ANY_SIGN_TYPE),
    Action.MARK_SIGNED: (frozenset({90, 40}), ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.MARK_SYNCED: (frozenset({90}), ANY_PAGE, frozenset({1}), ANY_SIGN_TYPE),
    Action.COMPLETE: (frozenset({90}), ANY_PAGE, frozenset({3}), SIGNED),
}

#: Where it leads: C, S, O. Three actions ask first where they start; see `target_of`.
TARGETS: dict[Action, tuple[int | str, int | str, int | str]] = {
    Action.PROPOSE: (SAME, SAME, SAME),
    Action.SUBMIT: (5, 0, SAME),
    Action.SAVE_BASIC: (70, 80, SAME),
    Action.SAVE_DRAFT: (SAME, 80, SAME),
    Action.SAVE_INFORMATION: (SAME, 90, SAME),
    Action.BACK_TO_BASIC: (SAME, 70, SAME),
    Action.BACK_TO_INFORMATION: (SAME, 80, SAME),
    Action.PREVIEW: (SAME, SAME, SAME),
    Action.CONFIRM: (50, 100, SAME),
    Action.UPLOAD_PICTURE: (SAME, SAME, SAME),
    Action.HAND_IN: (80, 50, 0),
    Action.RECONFIRM: (110, 90, SAME),
    Action.RESUME: (SAME, 80, SAME),
    Action.PASS_AUDIT: (90, SAME, 1),
    Action.SEND_BACK_INFORMATION: (110, 110, 2),
    Action.SEND_BACK_PAGES: (100, 110, 2),
    Action.REGISTER_SEAL: (SAME, SAME, SAME),
    Action.MARK_SIGNED: (SAME, SAME, SAME),
    Action.MARK_SYNCED: (SAME, SAME, 3),
    Action.COMPLETE: (40, 60, SAME),
}

#: The column "message" of C3.3; every other transition sends none.
MESSAGES = {
    Action.SUBMIT: SendReason.CHIEF_SUBMITTED,
    Action.SEND_BACK_INFORMATION: SendReason.AUDIT_REFUSED,
    Action.SEND_BACK_PAGES: SendReason.AUDIT_REFUSED,
    Action.COMPLETE: SendReason.SIGNING_COMPLETE,
}

#: The column "log rows": these always write one; T6 only when it changes C; the others none.
LOGGED = {
    Action.SUBMIT,
    Action.CONFIRM,
    Action.HAND_IN,
    Action.RECONFIRM,
    Action.PASS_AUDIT,
    Action.SEND_BACK_INFORMATION,
    Action.SEND_BACK_PAGES,
    Action.REGISTER_SEAL,
    Action.COMPLETE,
}

STATES = [
    State(progress, page, review, sign_type)
    for progress, page, review, sign_type in product([None, *Progress], [None, *Page], [None, *Review], [0, 249])
]


def may_start(action: Action, state: State) -> bool:
    values = (state.progress, state.page, state.review, state.sign_type)
    return all(value in allowed for value, allowed in zip(values, GUARDS[action], strict=True))


def target_of(action: Action, state: State) -> tuple[int | str | None, ...]:
    before = (state.progress, state.page, state.review)
    target: list[int | str | None] = [
        old if new == SAME else new for old, new in zip(before, TARGETS[action], strict=True)
    ]
    if action is Action.SUBMIT and state.page is None:
        target[1] = None  # "an existing row -> 0": a submission makes none
    if action is Action.SAVE_BASIC and state.progress == 110:
        target[0] = 110
    if action is Action.RESUME and state.progress == 100:
        target[1] = 100
    return tuple(target)


def taken(state: State, action: Action) -> Move:
    found = decide(state, action)
    assert isinstance(found, Move)
    return found


def test_every_action_stands_in_the_table_and_in_this_test() -> None:
    assert {move.action for move in MOVES} == set(Action) == set(GUARDS) == set(TARGETS)


@pytest.mark.parametrize("action", list(Action))
def test_an_action_starts_where_the_specification_says_and_nowhere_else(action: Action) -> None:
    wrong = [state for state in STATES if isinstance(decide(state, action), Move) != may_start(action, state)]
    assert wrong == []


@pytest.mark.parametrize("action", list(Action))
def test_an_action_leads_where_the_specification_says(action: Action) -> None:
    starts = [state for state in STATES if may_start(action, state)]
    assert starts
    for state in starts:
        target = after(state, taken(state, action))
        assert (target.progress, target.page, target.review) == target_of(action, state), state
        assert target.sign_type == state.sign_type


@pytest.mark.parametrize("action", list(Action))
def test_messages_and_logs_are_those_of_the_specification(action: Action) -> None:
    rows = [move for move in MOVES if move.action is action]
    assert {move.message for move in rows} == {MESSAGES.get(action)}
    assert {move.logged for move in rows} == {action in LOGGED}


def test_no_two_rows_of_one_action_fit_one_state() -> None:
    for state in STATES:
        fitting = [move.action for move in MOVES if move.fits(state)]
        assert len(fitting) == len(set(fitting)), state


@pytest.mark.parametrize("action", list(Action))
def test_a_refusal_names_the_rule_the_state_and_what_can_be_done(action: Action) -> None:
    for state in STATES:
        found = decide(state, action)
        if isinstance(found, Refusal):
            assert found.action is action
            assert found.state == state
            assert found.transitions == tuple(dict.fromkeys(m.transition for m in MOVES if m.action is action))
            assert found.possible == possible(state)
            assert action not in found.possible


def test_possible_lists_each_action_once_in_the_order_of_the_table() -> None:
    order = list(dict.fromkeys(move.action for move in MOVES))
    for state in STATES:
        listed = possible(state)
        assert list(listed) == [action for action in order if may_start(action, state)]


@pytest.mark.parametrize("progress", [80, 90, 40])
def test_what_was_handed_in_never_falls_back_to_a_talk_state(progress: int) -> None:
    small = TALKS | {60, 1, 4, 15, -1, None}
    for state in STATES:
        if state.progress == progress:
            reached = {after(state, taken(state, action)).progress for action in possible(state)}
            assert not reached & small, state


@pytest.mark.parametrize("action", [Action.PROPOSE, Action.SUBMIT])
def test_a_signed_book_is_never_proposed_or_submitted_again(action: Action) -> None:
    assert all(isinstance(decide(state, action), Refusal) for state in STATES if state.sign_type == 249)


def test_a_complete_contract_only_repeats_the_mark_on_the_book() -> None:
    complete = State(Progress.COMPLETE, Page.COMPLETE, Review.SYNCED, 249)
    assert possible(complete) == (Action.MARK_SIGNED,)


def test_the_straight_path_with_one_send_back_shows_the_values_of_the_issue() -> None:
    """Contract values 5, 70, 50, 80, 110, 50, 80, 90, 40."""
    steps = [
        Action.SUBMIT, Action.SAVE_BASIC, Action.SAVE_INFORMATION, Action.CONFIRM, Action.HAND_IN,
        Action.SEND_BACK_INFORMATION, Action.RESUME, Action.SAVE_INFORMATION, Action.CONFIRM, Action.HAND_IN,
        Action.PASS_AUDIT, Action.REGISTER_SEAL, Action.MARK_SYNCED,
    ]  # fmt: skip
    state = State(None, None, None)
    seen: list[int | None] = []
    for action in steps:
        move = taken(state, action)
        state = after(state, move)
        if not seen or seen[-1] != state.progress:
            seen.append(state.progress)
    signed = State(state.progress, state.page, state.review, 249)
    seen.append(after(signed, taken(signed, Action.COMPLETE)).progress)
    assert seen == [5, 70, 50, 80, 110, 50, 80, 90, 40]
