"""The queue's sections: their words and order, and which page opens a contract that stands there."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.desk_view import Section
from inkseal.core.actor import Role

NAMES: Final = MappingProxyType(
    {
        Section.EVERYTHING: _("Everything"),
        Section.TO_AUDIT: _("To audit"),
        Section.TO_SUBMIT: _("To submit"),
        Section.TO_PROPOSE: _("To propose"),
        Section.AUTHOR_FILLS: _("Author fills in"),
        Section.AUTHOR_SIGNS: _("Author signs"),
        Section.AUTHOR_CORRECTS: _("Author corrects"),
        Section.SEALING: _("Being sealed"),
        Section.COMPLETE: _("Complete"),
        Section.RESTING: _("Resting"),
    }
)
MY_WORK: Final = _("Waiting for me")
GROUPS: Final = (
    (MY_WORK, (Section.EVERYTHING, Section.TO_AUDIT, Section.TO_SUBMIT, Section.TO_PROPOSE)),
    (
        _("Waiting for others"),
        (Section.AUTHOR_FILLS, Section.AUTHOR_SIGNS, Section.AUTHOR_CORRECTS, Section.SEALING),
    ),
    (_("Done and resting"), (Section.COMPLETE, Section.RESTING)),
)


@dataclass(frozen=True, slots=True)
class Work:
    """The page on which a duty does its step."""

    role: Role
    page: str
    invitation: Promise


WORK: Final = MappingProxyType(
    {
        Section.TO_PROPOSE: Work(Role.RESPONSIBLE_EDITOR, "desk:propose", _("Propose this book")),
        Section.TO_SUBMIT: Work(Role.CHIEF_EDITOR, "desk:submit", _("Look at the proposal")),
        Section.TO_AUDIT: Work(Role.SIGNING_EDITOR, "desk:audit", _("Open the audit")),
    }
)


def work_on(section: Section, roles: frozenset[Role]) -> Work | None:
    """Return the step that somebody with `roles` can do in `section`, or None."""
    work = WORK.get(section)
    return work if work is not None and work.role in roles else None


def address_of(book_id: int, section: Section, roles: frozenset[Role]) -> str:
    """Return the page that opens the contract for somebody with `roles`: his step, or the plain facts."""
    work = work_on(section, roles)
    return reverse("desk:contract" if work is None else work.page, args=[book_id])
