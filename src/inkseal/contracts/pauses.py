"""Where a paused contract goes on, and which acts of its author end the pause (T25). Pure."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.states import Action

#: An author who does one of these while he counts as unreachable has returned (C3.3, below the table). Going back
#: a page is one of them: the sentence there asks of T7b what it asks of T7.
RETURNING: Final = frozenset(
    {
        Action.SAVE_BASIC,
        Action.SAVE_DRAFT,
        Action.SAVE_INFORMATION,
        Action.BACK_TO_BASIC,
        Action.BACK_TO_INFORMATION,
        Action.CONFIRM,
        Action.UPLOAD_PICTURE,
        Action.HAND_IN,
        Action.RECONFIRM,
        Action.RESUME,
    }
)

_LIVE: Final = frozenset(Progress) - {
    Progress.NOT_STARTED,
    Progress.SUSPENDED,
    Progress.ABANDONED,
    Progress.UNREACHABLE,
    Progress.COMPLETE,
}
#: For contracts whose log begins with the pause, as history has them.
_BY_PAGE: Final = MappingProxyType(
    {
        Page.UPLOAD: Progress.INFORMATION_CONFIRMED,
        Page.BASIC: Progress.SIGNING_STARTED,
        Page.INFORMATION: Progress.SIGNING_STARTED,
        Page.PREVIEW: Progress.SIGNING_STARTED,
    }
)


def live_before(history: Iterable[int], page: Page | None) -> Progress | None:
    """Return the last live progress of `history` (scontractlog.contract, newest first), else what the page tells.

    None when there is nothing to go back to. A contract that was paused after it had been abandoned does not come
    alive this way: a new round does that (T26).
    """
    for value in history:
        if value in _LIVE:
            return Progress(value)
        if value == Progress.ABANDONED:
            return None
    return None if page is None else _BY_PAGE.get(page)
