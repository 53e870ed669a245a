"""The workflow as one table: a move that is not in `MOVES` cannot happen (contracts-2, C3.3).

Pure: facts in, a move or a refusal out. Who may act, and whether what he saw still holds, is asked by the verbs.
"""

from dataclasses import dataclass, replace
from enum import StrEnum, unique
from typing import Final

from inkseal.contracts.enums import SIGNED_ONLINE, Page, Progress, Review, SendReason


@unique
class Action(StrEnum):
    """Every verb of the workflow that is built, by its name in the table."""

    PROPOSE = "propose"
    SUBMIT = "submit"
    SAVE_BASIC = "save_basic"
    SAVE_DRAFT = "save_draft"
    SAVE_INFORMATION = "save_information"
    BACK_TO_BASIC = "back_to_basic"
    BACK_TO_INFORMATION = "back_to_information"
    PREVIEW = "preview"
    CONFIRM = "confirm"
    UPLOAD_PICTURE = "upload_picture"
    HAND_IN = "hand_in"
    RECONFIRM = "reconfirm"
    RESUME = "resume"
    PASS_AUDIT = "pass_audit"  # noqa: S105  # not a password
    SEND_BACK_INFORMATION = "send_back_information"
    SEND_BACK_PAGES = "send_back_pages"
    REGISTER_SEAL = "register_seal"
    MARK_SIGNED = "mark_signed"
    MARK_SYNCED = "mark_synced"
    COMPLETE = "complete"
    ASSIGN_TRACKER = "assign_tracker"
    TALK_CONTACT = "talk_contact"
    TALK_NEGOTIATE = "talk_negotiate"
    TALK_AGREE = "talk_agree"
    TALK_TRANSFER = "talk_transfer"
    SUSPEND = "suspend"
    ABANDON = "abandon"
    MARK_UNREACHABLE = "mark_unreachable"
    RESUME_TALKS = "resume_talks"
    AGREE_OFFLINE = "agree_offline"
    COMPLETE_OFFLINE = "complete_offline"
    REFUSE = "refuse"
    CONFIRM_AGE = "confirm_age"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class State:
    """Where a contract stands: C, S, O and T of contracts-2, C3.2. None means there is no row."""

    progress: Progress | None
    page: Page | None
    review: Review | None
    sign_type: int = 0
    #: The agreement type is 7: signed on paper, outside of this system.
    offline: bool = False

    @property
    def signed(self) -> bool:
        """Whether the book carries the online-signed sign type."""
        return self.sign_type == SIGNED_ONLINE


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. An empty source set stands for "any"; a target of None leaves the value as it is."""

    transition: str
    action: Action
    progress: frozenset[Progress | None]
    page: frozenset[Page | None] = frozenset()
    review: frozenset[Review | None] = frozenset()
    signed: bool | None = None
    offline: bool | None = None
    to_progress: Progress | None = None
    to_page: Page | None = None
    to_review: Review | None = None
    message: SendReason | None = None
    #: One scontractlog row is written even where the progress stays.
    logged: bool = False
    #: Leads back to the progress before the pause, which only the log knows (pauses.live_before).
    to_earlier: bool = False

    def fits(self, state: State) -> bool:
        """Return whether this row may start from `state`."""
        return (
            (not self.progress or state.progress in self.progress)
            and (not self.page or state.page in self.page)
            and (not self.review or state.review in self.review)
            and (self.signed is None or self.signed == state.signed)
            and (self.offline is None or self.offline == state.offline)
        )

    def leading_to(self, progress: Progress) -> "Move":
        """Return this row with the progress that the log gave."""
        return replace(self, to_progress=progress)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an action cannot happen now, and what can."""

    action: Action
    transitions: tuple[str, ...]
    state: State
    possible: tuple[Action, ...]


P = Progress
_TALKS: Final = frozenset({P.CHIEF_SUBMITTED, P.CONTACT_STARTED, P.NEGOTIATING, P.AGREED})
_TALKING: Final = _TALKS | {P.SITE_TRANSFER}
_FILLING: Final = frozenset({P.SIGNING_STARTED, P.SENT_BACK_INFORMATION})
_RESTING: Final = frozenset({None, P.NOT_STARTED, P.SUSPENDED, P.ABANDONED, P.UNREACHABLE})
_UPLOADING: Final = frozenset({P.INFORMATION_CONFIRMED, P.SENT_BACK_PAGES})
_UPLOADED: Final = frozenset({P.UPLOADED})
_AUDITED: Final = frozenset({P.AUDITED})
_FORM_PAGES: Final[frozenset[Page | None]] = frozenset(
    {None, Page.INTENTION, Page.BASIC, Page.INFORMATION, Page.PREVIEW}
)
_AT_UPLOAD: Final[frozenset[Page | None]] = frozenset({Page.UPLOAD})
_AT_PREVIEW: Final[frozenset[Page | None]] = frozenset({Page.PREVIEW})
_IN_INFORMATION: Final[frozenset[Page | None]] = frozenset({Page.INFORMATION, Page.PREVIEW})
_PENDING: Final[frozenset[Review | None]] = frozenset({Review.WAITING})
_PASSED: Final[frozenset[Review | None]] = frozenset({Review.PASSED})
_UNDER_WAY: Final = _TALKS | _FILLING | _UPLOADING
_PAUSED: Final = frozenset({P.SUSPENDED, P.UNREACHABLE})
_STOPPABLE: Final = frozenset(Progress) - {P.COMPLETE, P.AUDITED}
_ANY_PROGRESS: Final[frozenset[Progress | None]] = frozenset()
_HAS_PAGE: Final[frozenset[Page | None]] = frozenset(Page)
_NOT_PENDING: Final[frozenset[Review | None]] = frozenset({None, *Review}) - _PENDING
_SEALABLE: Final[frozenset[Review | None]] = frozenset({Review.PASSED, Review.SYNCED})

#: The first row that fits decides; rows of one action differ in where they start.
MOVES: Final[tuple[Move, ...]] = (
    Move("T1", Action.PROPOSE, _RESTING, signed=False),
    Move(
        "T2", Action.SUBMIT, _RESTING, signed=False, logged=True,
        to_progress=P.CHIEF_SUBMITTED, to_page=Page.INTENTION, message=SendReason.CHIEF_SUBMITTED,
    ),
    Move("T6", Action.SAVE_BASIC, _TALKS, _FORM_PAGES, to_progress=P.SIGNING_STARTED, to_page=Page.INFORMATION),
    Move("T6", Action.SAVE_BASIC, _FILLING, _FORM_PAGES, to_page=Page.INFORMATION),
    Move("T7", Action.SAVE_DRAFT, _FILLING, _IN_INFORMATION, to_page=Page.INFORMATION),
    Move("T7", Action.SAVE_INFORMATION, _FILLING, _IN_INFORMATION, to_page=Page.PREVIEW),
    Move("T7b", Action.BACK_TO_BASIC, _FILLING, _IN_INFORMATION, to_page=Page.BASIC),
    Move("T7b", Action.BACK_TO_INFORMATION, _FILLING, _AT_PREVIEW, to_page=Page.INFORMATION),
    Move("T8", Action.PREVIEW, _FILLING, _AT_PREVIEW),
    Move(
        "T9", Action.CONFIRM, _FILLING, _AT_PREVIEW, logged=True,
        to_progress=P.INFORMATION_CONFIRMED, to_page=Page.UPLOAD,
    ),
    Move("T10", Action.UPLOAD_PICTURE, _UPLOADING, _AT_UPLOAD),
    Move(
        "T11", Action.HAND_IN, _UPLOADING, _AT_UPLOAD, logged=True,
        to_progress=P.UPLOADED, to_page=Page.WAITING, to_review=Review.WAITING,
    ),
    # The hash rule of T11: what was confirmed is no longer what would be signed (contracts-2, C3.5, "Hole").
    Move(
        "T11", Action.RECONFIRM, _UPLOADING, _AT_UPLOAD, logged=True,
        to_progress=P.SENT_BACK_INFORMATION, to_page=Page.PREVIEW,
    ),
    Move("T12", Action.RESUME, frozenset({P.SENT_BACK_PAGES}), frozenset({Page.SENT_BACK}), to_page=Page.UPLOAD),
    Move(
        "T12", Action.RESUME, frozenset({P.SENT_BACK_INFORMATION}), frozenset({Page.SENT_BACK}),
        to_page=Page.INFORMATION,
    ),
    Move(
        "T13", Action.PASS_AUDIT, _UPLOADED, review=_PENDING, logged=True,
        to_progress=P.AUDITED, to_review=Review.PASSED,
    ),
    Move(
        "T14", Action.SEND_BACK_INFORMATION, _UPLOADED, review=_PENDING, logged=True,
        to_progress=P.SENT_BACK_INFORMATION, to_page=Page.SENT_BACK, to_review=Review.REFUSED,
        message=SendReason.AUDIT_REFUSED,
    ),
    Move(
        "T15", Action.SEND_BACK_PAGES, _UPLOADED, review=_PENDING, logged=True,
        to_progress=P.SENT_BACK_PAGES, to_page=Page.SENT_BACK, to_review=Review.REFUSED,
        message=SendReason.AUDIT_REFUSED,
    ),
    Move("T17", Action.REGISTER_SEAL, _AUDITED, review=_SEALABLE, logged=True),
    Move("T18", Action.MARK_SIGNED, _AUDITED | {P.COMPLETE}),
    Move("T19", Action.MARK_SYNCED, _AUDITED, review=_PASSED, to_review=Review.SYNCED),
    Move(
        "T20", Action.COMPLETE, _AUDITED, review=frozenset({Review.SYNCED}), signed=True, logged=True,
        to_progress=P.COMPLETE, to_page=Page.COMPLETE, message=SendReason.SIGNING_COMPLETE,
    ),
    Move("T3", Action.ASSIGN_TRACKER, _UNDER_WAY | _UPLOADED | _AUDITED | {P.UNREACHABLE}, logged=True),
    Move("T4", Action.TALK_CONTACT, _TALKING, logged=True, to_progress=P.CONTACT_STARTED),
    Move("T4", Action.TALK_NEGOTIATE, _TALKING, logged=True, to_progress=P.NEGOTIATING),
    Move("T4", Action.TALK_AGREE, _TALKING, logged=True, to_progress=P.AGREED),
    Move("T4", Action.TALK_TRANSFER, _TALKING, logged=True, to_progress=P.SITE_TRANSFER),
    Move("T22", Action.SUSPEND, _STOPPABLE, logged=True, to_progress=P.SUSPENDED),
    # The page goes back to the beginning: where nothing was signed, the author may rename again (AMB-8).
    Move(
        "T23", Action.ABANDON, _STOPPABLE, review=_PENDING, logged=True,
        to_progress=P.ABANDONED, to_page=Page.INTENTION, to_review=Review.REFUSED,
    ),
    Move(
        "T23", Action.ABANDON, _STOPPABLE, review=_NOT_PENDING, logged=True,
        to_progress=P.ABANDONED, to_page=Page.INTENTION,
    ),
    Move("T24", Action.MARK_UNREACHABLE, _UNDER_WAY, logged=True, to_progress=P.UNREACHABLE),
    Move("T25", Action.RESUME_TALKS, _PAUSED, logged=True, to_earlier=True),
    Move("T29", Action.AGREE_OFFLINE, _TALKS, offline=True, logged=True, to_progress=P.AGREED),
    # The page row closes the rename rule, which reads the page and not the progress (R102).
    Move(
        "T29", Action.COMPLETE_OFFLINE, frozenset({P.AGREED}), offline=True, logged=True,
        to_progress=P.COMPLETE, to_page=Page.COMPLETE,
    ),
    Move(
        "T30", Action.REFUSE, _TALKS | _FILLING, _FORM_PAGES, logged=True,
        to_progress=P.ABANDONED, to_page=Page.REFUSED,
    ),
    Move("T31", Action.CONFIRM_AGE, _ANY_PROGRESS, _HAS_PAGE),
    Move(
        "T33", Action.REOPEN, frozenset({P.INFORMATION_CONFIRMED}), _AT_UPLOAD, logged=True,
        to_progress=P.SENT_BACK_INFORMATION, to_page=Page.INFORMATION,
    ),
)  # fmt: skip


def decide(state: State, action: Action) -> Move | Refusal:
    """Return the row of the table that `action` takes from `state`, or why there is none."""
    fitting = (move for move in MOVES if move.action is action and move.fits(state))
    return next(fitting, None) or refusal(state, action)


def refusal(state: State, action: Action) -> Refusal:
    """Return the answer that `action` cannot happen now: the rules that refuse it, and what else is possible."""
    transitions = tuple(dict.fromkeys(move.transition for move in MOVES if move.action is action))
    return Refusal(action, transitions, state, tuple(other for other in possible(state) if other is not action))


def possible(state: State) -> tuple[Action, ...]:
    """Return every action that the table allows from `state`, in the table's order."""
    return tuple(dict.fromkeys(move.action for move in MOVES if move.fits(state)))


def after(state: State, move: Move) -> State:
    """Return where `move` leads from `state`; going back to the beginning makes no page row that is not there."""
    page = state.page if move.to_page is None else move.to_page
    if move.to_page is Page.INTENTION and state.page is None:
        page = None
    return State(
        state.progress if move.to_progress is None else move.to_progress,
        page,
        state.review if move.to_review is None else move.to_review,
        state.sign_type,
        state.offline,
    )
