"""Where each state of a contract is shown: the four steps of the author, and the pages beside them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.author_view import AuthorContract, AuthorSummary, page_to_show
from inkseal.contracts.enums import Page
from inkseal.contracts.states import Action, State, possible

Words = str | Promise

STEP_NAME: Final = MappingProxyType(
    {
        Page.BASIC: _("First questions"),
        Page.INFORMATION: _("Signing information"),
        Page.PREVIEW: _("Preview"),
        Page.UPLOAD: _("Signed pages"),
    }
)
STEPS: Final = tuple(STEP_NAME)

URL_NAME: Final = MappingProxyType(
    {
        Page.BASIC: "portal:basic",
        Page.INFORMATION: "portal:information",
        Page.PREVIEW: "portal:preview",
        Page.UPLOAD: "portal:pages",
        Page.WAITING: "portal:waiting",
        Page.SENT_BACK: "portal:sent-back",
        Page.COMPLETE: "portal:complete",
        Page.INTENTION: "portal:resting",
    }
)
#: What the author must be able to do on a page; a paused contract keeps its page but allows nothing.
_NEEDS: Final = MappingProxyType(
    {
        Page.BASIC: Action.SAVE_BASIC,
        Page.INFORMATION: Action.SAVE_DRAFT,
        Page.PREVIEW: Action.PREVIEW,
        Page.UPLOAD: Action.UPLOAD_PICTURE,
        Page.SENT_BACK: Action.RESUME,
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps: "done", "now" or "to come"."""

    name: Words
    state: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The progress line: "Step 2 of 4: Signing information", "Next: Preview"."""

    number: int
    total: int
    name: Words
    next_name: Words
    all: tuple[Step, ...]


def present_page(contract: AuthorContract) -> Page:
    """Return the page to show; INTENTION when there is nothing that the author can do or see."""
    return _page_for(contract.page, contract.possible)


def summary_page(summary: AuthorSummary) -> Page:
    """Return the page to show for one line of the author's list."""
    state = State(summary.progress, summary.page, summary.review)
    return _page_for(page_to_show(state), possible(state))


def _page_for(page: Page, allowed: tuple[Action, ...]) -> Page:
    needed = _NEEDS.get(page)
    if page not in URL_NAME or (needed is not None and needed not in allowed):
        return Page.INTENTION
    return page


def address_of(contract: AuthorContract) -> str:
    """Return the address of the page to show."""
    return reverse(URL_NAME[present_page(contract)], args=[contract.book_id])


def steps_at(page: Page) -> Steps | None:
    """Return the progress line of one of the four pages, None for the others."""
    if page not in STEPS:
        return None
    here = STEPS.index(page)
    states = ["done" if n < here else "now" if n == here else "to-come" for n in range(len(STEPS))]
    return Steps(
        number=here + 1,
        total=len(STEPS),
        name=STEP_NAME[page],
        next_name=STEP_NAME[STEPS[here + 1]] if here + 1 < len(STEPS) else "",
        all=tuple(Step(STEP_NAME[step], state) for step, state in zip(STEPS, states, strict=True)),
    )
