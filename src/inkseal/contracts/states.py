"""The workflow as one table: a move that is not in `MOVES` cannot happen (contracts-2, C3.3).

Pure: facts in, a move or a refusal out. Who may act, and whether what he saw still holds, is asked by the verbs.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class State:
    """Where a contract stands: C, S, O and T of contracts-2, C3.2. None means there is no row."""

    progress: Progress | None
    page: Page | None
    review: Review | None
    sign_type: int = 0

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
    to_progress: Progress | None = None
    to_page: Page | None = None
    to_review: Review | None = None
    message: SendReason | None = None
    #: One scontractlog row is written even where the progress stays.
    logged: bool = False

    def fits(self, state: State) -> bool:
        """Return whether this row may start from `state`."""
        return (
            state.progress in self.progress
            and (not self.page or state.page in self.page)
            and (not self.review or state.review in self.review)
            and (self.signed is None or self.signed == state.signed)
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an action cannot happen now, and what can."""

    action: Action
    transitions: tuple[str, ...]
    state: State
    possible: tuple[Action, ...]


P = Progress
_TALKS: Final = frozenset({P.CHIEF_SUBMITTED, P.CONTACT_STARTED, P.NEGOTIATING, P.AGREED})
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
)  # fmt: skip


def decide(state: State, action: Action) -> Move | Refusal:
    """Return the row of the table that `action` takes from `state`, or why there is none."""
    rows = [move for move in MOVES if move.action is action]
    for move in rows:
        if move.fits(state):
            return move
    return Refusal(action, tuple(dict.fromkeys(move.transition for move in rows)), state, possible(state))


def possible(state: State) -> tuple[Action, ...]:
    """Return every action that the table allows from `state`, in the table's order."""
    return tuple(dict.fromkeys(move.action for move in MOVES if move.fits(state)))


def after(state: State, move: Move) -> State:
    """Return where `move` leads from `state`; a submission does not create a page row that is not there."""
    page = state.page if move.to_page is None else move.to_page
    if move.action is Action.SUBMIT and state.page is None:
        page = None
    return State(
        state.progress if move.to_progress is None else move.to_progress,
        page,
        state.review if move.to_review is None else move.to_review,
        state.sign_type,
    )
