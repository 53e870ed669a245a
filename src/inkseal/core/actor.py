"""Who acts. Carried into every verb, written into every log and evidence row."""

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final


@unique
class Role(IntEnum):
    """The operator's identity code, scontractlog.editortype (decision AMB-31)."""

    UNKNOWN = -1
    RESPONSIBLE_EDITOR = 1
    CHIEF_EDITOR = 2
    SIGNING_EDITOR = 11
    AUTHOR = 100
    SYSTEM = 101
    PARTNER = 102


#: scontractlog.responsibility: the identity as the original's logs word it.
RESPONSIBILITY: Final[dict[Role, str]] = {
    Role.UNKNOWN: "unknown",
    Role.RESPONSIBLE_EDITOR: "responsible editor",
    Role.CHIEF_EDITOR: "chief editor",
    Role.SIGNING_EDITOR: "signing editor",
    Role.AUTHOR: "author",
    Role.SYSTEM: "system",
    Role.PARTNER: "domestic",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting person or duty.

    `id` is cauthorid for authors, the serviceuser id for staff and 0 for the system.
    `name` goes into logs, so it is a pen name, a staff name or "system": never an author's real name.
    """

    role: Role
    id: int
    name: str

    @property
    def responsibility(self) -> str:
        """Return the words of scontractlog.responsibility."""
        return RESPONSIBILITY[self.role]


SYSTEM: Final = Actor(Role.SYSTEM, 0, "system")
