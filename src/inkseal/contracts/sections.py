"""Where a contract waits, as the desk's queue sorts it. Pure."""

from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from inkseal.contracts.enums import Progress
from inkseal.core.actor import Role


@unique
class Section(StrEnum):
    """One list of the queue."""

    #: Everything that waits for the person who looks.
    EVERYTHING = "everything"
    TO_PROPOSE = "to_propose"
    TO_SUBMIT = "to_submit"
    TO_AUDIT = "to_audit"
    AUTHOR_FILLS = "author_fills"
    AUTHOR_SIGNS = "author_signs"
    AUTHOR_CORRECTS = "author_corrects"
    SEALING = "sealing"
    COMPLETE = "complete"
    RESTING = "resting"


P = Progress
PROGRESS_OF: Final = MappingProxyType(
    {
        Section.TO_AUDIT: frozenset({P.UPLOADED}),
        Section.AUTHOR_FILLS: frozenset(
            {
                P.CHIEF_SUBMITTED,
                P.CONTACT_STARTED,
                P.NEGOTIATING,
                P.AGREED,
                P.SIGNING_STARTED,
                P.SITE_TRANSFER,
            }
        ),
        Section.AUTHOR_SIGNS: frozenset({P.INFORMATION_CONFIRMED}),
        Section.AUTHOR_CORRECTS: frozenset({P.SENT_BACK_PAGES, P.SENT_BACK_INFORMATION}),
        Section.SEALING: frozenset({P.AUDITED}),
        Section.COMPLETE: frozenset({P.COMPLETE}),
        Section.RESTING: frozenset({P.SUSPENDED, P.ABANDONED, P.UNREACHABLE}),
    }
)

#: What waits for whom.
WAITS_FOR: Final = MappingProxyType(
    {
        Role.RESPONSIBLE_EDITOR: Section.TO_PROPOSE,
        Role.CHIEF_EDITOR: Section.TO_SUBMIT,
        Role.SIGNING_EDITOR: Section.TO_AUDIT,
    }
)


def section_of(progress: Progress | None, *, proposed: bool) -> Section:
    """Return the list that shows a contract with this progress."""
    for section, values in PROGRESS_OF.items():
        if progress in values:
            return section
    return Section.TO_SUBMIT if proposed else Section.TO_PROPOSE


def mine(roles: frozenset[Role]) -> tuple[Section, ...]:
    """Return the lists that wait for somebody with these duties."""
    return tuple(section for role, section in WAITS_FOR.items() if role in roles)
