"""When an author is prompted (T27, T28, R58, R112; cadence of AMB-24). Pure: facts in, a judgement out.

Decided here: three days of silence bring the first prompt and each further one, five per reason and round; what the
author does begins the three days anew; nobody is prompted at night.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from inkseal.contracts.enums import Page, Progress, SendReason
from inkseal.contracts.states import State
from inkseal.notices.regions import end_of_quiet

CADENCE: Final = timedelta(days=3)
MOST_PER_ROUND: Final = 5
#: The transition that a prompt's effect is named by.
TRANSITION: Final = MappingProxyType({SendReason.PROMPT_INFORMATION: "T27", SendReason.PROMPT_UPLOAD: "T28"})
_TO_FILL: Final = frozenset(
    {
        Progress.CHIEF_SUBMITTED,
        Progress.CONTACT_STARTED,
        Progress.NEGOTIATING,
        Progress.AGREED,
        Progress.SIGNING_STARTED,
        Progress.SENT_BACK_INFORMATION,
    }
)
_TO_UPLOAD: Final = frozenset({Progress.INFORMATION_CONFIRMED, Progress.SENT_BACK_PAGES})
_FILLING_PAGES: Final[frozenset[Page | None]] = frozenset(
    {None, Page.INTENTION, Page.BASIC, Page.INFORMATION, Page.PREVIEW, Page.SENT_BACK}
)
#: Contracts in any other progress are never looked at (R112).
PROMPTED: Final = _TO_FILL | _TO_UPLOAD


def prompt_for(state: State) -> SendReason | None:
    """Return what an author whose contract stands at `state` is prompted to do; None where he is left in peace."""
    if state.progress in _TO_FILL:
        due = state.page in _FILLING_PAGES and not state.signed
        return SendReason.PROMPT_INFORMATION if due else None
    sent_back = state.progress is Progress.SENT_BACK_PAGES and state.page is Page.SENT_BACK
    if state.progress in _TO_UPLOAD and (state.page is Page.UPLOAD or sent_back):
        return SendReason.PROMPT_UPLOAD
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about one due prompt."""

    reason: SendReason
    #: Prompts for `reason` so far, and the round they belong to.
    sent: int
    sent_round: int
    #: What the contract's state calls for now, and its round.
    wanted: SendReason | None
    round: int
    #: When anybody last changed the contract.
    changed_at: datetime
    zone: tzinfo


@unique
class Verdict(StrEnum):
    """What becomes of a due prompt."""

    SEND = "send"
    #: Not yet: the author was here, or it is night where he lives.
    WAIT = "wait"
    #: Nothing more for this reason, until the contract's progress changes.
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict; `number` counts the prompts of the round with this one, `due_at` is the next look (None: none)."""

    verdict: Verdict
    number: int
    due_at: datetime | None = None


def sent_in_round(standing: Standing) -> int:
    """Return how many prompts the present round has had; those of earlier rounds do not count."""
    return standing.sent if standing.sent_round == standing.round else 0


def is_open(standing: Standing) -> bool:
    """Return whether a prompt may follow at all."""
    return standing.wanted is standing.reason and sent_in_round(standing) < MOST_PER_ROUND


def judge(standing: Standing, now: datetime) -> Judgement:
    """Judge one due prompt at `now`."""
    sent = sent_in_round(standing)
    if not is_open(standing):
        return Judgement(Verdict.REST, sent)
    if now < standing.changed_at + CADENCE:
        return Judgement(Verdict.WAIT, sent, standing.changed_at + CADENCE)
    if morning := end_of_quiet(now, standing.zone):
        return Judgement(Verdict.WAIT, sent, morning)
    number = sent + 1
    return Judgement(Verdict.SEND, number, now + CADENCE if number < MOST_PER_ROUND else None)
