"""Every action from every state, against C3.3 of contracts-2 written down here a second time, as conditions."""

from itertools import product

import pytest

from inkseal.contracts.enums import Page, Progress, Review, SendReason
from inkseal.contracts.states import MOVES, Action, Move, Refusal, State, after, decide, possible, refusal

#: Every value that a column of C3.3 may have, and none.
ANY_PAGE = frozenset({None, *Page})
ANY_REVIEW = frozenset({None, *Review})
ANY_SIGN_TYPE = frozenset({0, 249})
ANY_PROGRESS = frozenset({None, *Progress})
UNSIGNED, SIGNED = frozenset({0}), frozenset({249})
#: Where an author's form may stand before the confirmation: no row, not begun, 70, 80, 90.
FORM = frozenset({None, 0, 70, 80, 90})
TALKS = frozenset({5, 10, 20, 30})
IDLE = frozenset({None, -1, 1, 4, 15})
UNDER_WAY = TALKS | {50, 70, 100, 110}
#: "C not in (40,90)"; where there is no row, there is nothing to suspend or to abandon.
STOPPABLE = frozenset(Progress) - {40, 90}
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
    Action.ASSIGN_TRACKER: (UNDER_WAY | {15, 80, 90}, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.TALK_CONTACT: (TALKS | {60}, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.TALK_NEGOTIATE: (TALKS | {60}, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.TALK_AGREE: (TALKS | {60}, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.TALK_TRANSFER: (TALKS | {60}, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.SUSPEND: (STOPPABLE, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.ABANDON: (STOPPABLE, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.MARK_UNREACHABLE: (UNDER_WAY, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.RESUME_TALKS: (frozenset({1, 15}), ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.AGREE_OFFLINE: (TALKS, ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.COMPLETE_OFFLINE: (frozenset({30}), ANY_PAGE, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.REFUSE: (TALKS | {70, 110}, FORM, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.CONFIRM_AGE: (ANY_PROGRESS, ANY_PAGE - {None}, ANY_REVIEW, ANY_SIGN_TYPE),
    Action.REOPEN: (frozenset({50}), frozenset({100}), ANY_REVIEW, ANY_SIGN_TYPE),
}
#: T29 is for agreement type 7 only; nothing else asks for the type.
OFFLINE_ONLY = {Action.AGREE_OFFLINE, Action.COMPLETE_OFFLINE}

#: Where it leads: C, S, O. Four actions ask first where they start; see `target_of`.
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
    Action.ASSIGN_TRACKER: (SAME, SAME, SAME),
    Action.TALK_CONTACT: (10, SAME, SAME),
    Action.TALK_NEGOTIATE: (20, SAME, SAME),
    Action.TALK_AGREE: (30, SAME, SAME),
    Action.TALK_TRANSFER: (60, SAME, SAME),
    Action.SUSPEND: (1, SAME, SAME),
    Action.ABANDON: (4, 0, SAME),
    Action.MARK_UNREACHABLE: (15, SAME, SAME),
    Action.RESUME_TALKS: (SAME, SAME, SAME),  # the log says where to: test_pauses.py
    Action.AGREE_OFFLINE: (30, SAME, SAME),
    Action.COMPLETE_OFFLINE: (40, 60, SAME),
    Action.REFUSE: (4, 11, SAME),
    Action.CONFIRM_AGE: (SAME, SAME, SAME),
    Action.REOPEN: (110, 80, SAME),
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
    Action.ASSIGN_TRACKER,
    Action.TALK_CONTACT,
    Action.TALK_NEGOTIATE,
    Action.TALK_AGREE,
    Action.TALK_TRANSFER,
    Action.SUSPEND,
    Action.ABANDON,
    Action.MARK_UNREACHABLE,
    Action.RESUME_TALKS,
    Action.AGREE_OFFLINE,
    Action.COMPLETE_OFFLINE,
    Action.REFUSE,
    Action.REOPEN,
}

STATES = [
    State(*values) for values in product([None, *Progress], [None, *Page], [None, *Review], [0, 249], [False, True])
]


def may_start(action: Action, state: State) -> bool:
    if action in OFFLINE_ONLY and not state.offline:
        return False
    values = (state.progress, state.page, state.review, state.sign_type)
    return all(value in allowed for value, allowed in zip(values, GUARDS[action], strict=True))


def target_of(action: Action, state: State) -> tuple[int | str | None, ...]:
    before = (state.progress, state.page, state.review)
    target: list[int | str | None] = [
        old if new == SAME else new for old, new in zip(before, TARGETS[action], strict=True)
    ]
    if action in {Action.SUBMIT, Action.ABANDON} and state.page is None:
        target[1] = None  # "an existing row -> 0": neither makes one
    if action is Action.ABANDON and state.review == 0:
        target[2] = 2
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
        assert (target.sign_type, target.offline) == (state.sign_type, state.offline)


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
    small = TALKS | {60, 15, -1, None}
    for state in STATES:
        if state.progress == progress:
            reached = {after(state, taken(state, action)).progress for action in possible(state)}
            assert not reached & small, state


@pytest.mark.parametrize("progress", [90, 40])
def test_what_was_approved_is_neither_suspended_nor_abandoned(progress: int) -> None:
    reached = {
        after(state, taken(state, action)).progress
        for state in STATES
        if state.progress == progress
        for action in possible(state)
    }
    assert reached == ({90, 40} if progress == 90 else {40})


@pytest.mark.parametrize("progress", [1, 4, 15])
def test_a_resting_contract_is_left_by_a_new_round_another_rest_or_t25_only(progress: int) -> None:
    leaving = {
        action
        for state in STATES
        if state.progress == progress
        for action in possible(state)
        if after(state, taken(state, action)).progress != progress
    }
    assert leaving == {Action.SUBMIT, Action.SUSPEND, Action.ABANDON} - (
        {Action.SUSPEND} if progress == 1 else {Action.ABANDON} if progress == 4 else set()
    )
    assert any(move.to_earlier and progress in move.progress for move in MOVES) is (progress != 4)


def test_only_t25_takes_its_target_from_the_log() -> None:
    assert [move.action for move in MOVES if move.to_earlier] == [Action.RESUME_TALKS]
    state = State(Progress.UNREACHABLE, Page.UPLOAD, None)
    back = taken(state, Action.RESUME_TALKS).leading_to(Progress.INFORMATION_CONFIRMED)
    assert after(state, back) == State(Progress.INFORMATION_CONFIRMED, Page.UPLOAD, None)


def test_a_refusal_offers_every_other_action_but_never_the_refused_one() -> None:
    state = State(Progress.SUSPENDED, None, None)
    assert refusal(state, Action.RESUME_TALKS).possible == tuple(
        action for action in possible(state) if action is not Action.RESUME_TALKS
    )
    assert refusal(state, Action.RESUME_TALKS).transitions == ("T25",)


@pytest.mark.parametrize("action", [Action.PROPOSE, Action.SUBMIT])
def test_a_signed_book_is_never_proposed_or_submitted_again(action: Action) -> None:
    assert all(isinstance(decide(state, action), Refusal) for state in STATES if state.sign_type == 249)


def test_a_complete_contract_only_repeats_the_mark_on_the_book_and_the_note_on_age() -> None:
    complete = State(Progress.COMPLETE, Page.COMPLETE, Review.SYNCED, 249)
    assert possible(complete) == (Action.MARK_SIGNED, Action.CONFIRM_AGE)


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
