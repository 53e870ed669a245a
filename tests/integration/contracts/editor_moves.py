"""The moves that editors make by hand, called by name, and a contract put where each may start."""

from collections.abc import Callable
from functools import partial
from typing import Final

from inkseal.catalog.models import TrackerSetting
from inkseal.contracts.abandon import abandon
from inkseal.contracts.assign_tracker import assign_tracker
from inkseal.contracts.confirm_age import confirm_age
from inkseal.contracts.enums import Agreement, Page, Progress
from inkseal.contracts.mark_unreachable import mark_unreachable
from inkseal.contracts.models import Contract, ContractLog, SigningStep
from inkseal.contracts.reopen import reopen
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.resume_talks import resume_talks
from inkseal.contracts.set_talks import set_talks
from inkseal.contracts.sign_offline import sign_offline
from inkseal.contracts.suspend import suspend
from inkseal.core.actor import Actor, Role
from tests.integration.contracts.journey import Journey, staff

SIGNING, CHIEF, RESPONSIBLE = Role.SIGNING_EDITOR, Role.CHIEF_EDITOR, Role.RESPONSIBLE_EDITOR
NOTE: Final = "Called twice"

#: Verb, where it starts (progress, page), who may make it, and whether the tracker may in any duty.
Verb = Callable[..., Moved]
MOVES: Final[dict[str, tuple[Verb, Progress, Page, frozenset[Role]]]] = {
    "T3": (assign_tracker, Progress.NEGOTIATING, Page.INTENTION, frozenset({SIGNING, CHIEF})),
    "T4": (set_talks, Progress.CHIEF_SUBMITTED, Page.INTENTION, frozenset({SIGNING, CHIEF})),
    "T22": (suspend, Progress.SIGNING_STARTED, Page.INFORMATION, frozenset({SIGNING, CHIEF})),
    "T23": (abandon, Progress.SIGNING_STARTED, Page.INFORMATION, frozenset({SIGNING, CHIEF})),
    "T24": (mark_unreachable, Progress.SIGNING_STARTED, Page.INFORMATION, frozenset({SIGNING, CHIEF})),
    "T25": (resume_talks, Progress.SUSPENDED, Page.INFORMATION, frozenset({SIGNING, CHIEF})),
    "T29": (sign_offline, Progress.NEGOTIATING, Page.INTENTION, frozenset({SIGNING})),
    "T31": (confirm_age, Progress.UPLOADED, Page.WAITING, frozenset({SIGNING, CHIEF, RESPONSIBLE})),
    "T33": (reopen, Progress.INFORMATION_CONFIRMED, Page.UPLOAD, frozenset()),
}
#: C3.9 names these as decided on what a person saw.
REVISED: Final = frozenset({"T4", "T22", "T23", "T24", "T29", "T33"})
#: The tracker makes these whatever his duty is (ED6, ED15).
FOLLOWED: Final = frozenset({"T4", "T22", "T23", "T24", "T25", "T33"})


def put(journey: Journey, progress: Progress, page: Page | None) -> None:
    """Put a submitted contract where a move starts, past the acts that lead there (they have their own tests)."""
    if not Contract.objects.filter(book_id=journey.book_id).exists():
        journey.to_submitted()
    Contract.objects.filter(book_id=journey.book_id).update(progress=progress)
    SigningStep.objects.filter(book_id=journey.book_id).delete()
    if page is not None:
        SigningStep.objects.create(id=900 + journey.book_id, author_id=1001, book_id=journey.book_id, page=page)


def ready(journey: Journey, transition: str) -> None:
    """Put the contract where `transition` starts."""
    _verb, progress, page, _roles = MOVES[transition]
    put(journey, progress, page)
    if transition == "T29":
        Contract.objects.update(agreement=Agreement.OFFLINE)


def make(
    journey: Journey,
    transition: str,
    *,
    actor: Actor | None = None,
    revision: int | None = None,
    request: Request | None = None,
) -> Moved:
    """Make one move of `MOVES`; Dora does, with the revision that a page shown now carries."""
    verb = partial(MOVES[transition][0], journey.book_id)
    if transition == "T3":
        verb = partial(verb, staff("dora", SIGNING).id)
    elif transition in {"T4", "T29"}:
        verb = partial(verb, Progress.AGREED)
    if transition not in {"T3", "T31"}:
        verb = partial(verb, note=NOTE)
    if transition in REVISED:
        verb = partial(verb, revision=journey.revision if revision is None else revision)
    return verb(actor=actor or journey.dora, request=request, now=journey.tick())


def last_log(book_id: int = 77) -> ContractLog:
    """Return the newest log row."""
    return ContractLog.objects.filter(book_id=book_id).latest("id")


def set_up_as_tracker(user: str, *, status: int = 1) -> int:
    """Give a member of staff a row in oversea_editor_info and return his id."""
    setting = TrackerSetting.objects.earliest("id")
    member = staff(user, CHIEF).id
    setting.pk = None
    setting.staff_id, setting.status, setting.channels = member, status, "none"
    setting.save(force_insert=True)
    return member
