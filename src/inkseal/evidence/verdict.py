"""What a check of a chain found."""

from dataclasses import dataclass
from enum import Enum, unique


@unique
class ChainFault(Enum):
    """Why a chain is not intact."""

    #: The row's content is not what was hashed.
    EDITED = "edited"
    #: Rows between this one and the one before it are gone.
    MISSING = "missing"
    #: The row does not follow the row before it, or nothing announced it.
    INSERTED = "inserted"
    #: The chain's last rows are gone.
    CUT_OFF = "cut off"
    #: The recorded end of the chain is not the hash of its last row.
    HEAD_CHANGED = "head changed"


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """Whether a chain is whole; `first_fault` is the sequence number at which it is not."""

    intact: bool
    length: int
    first_fault: int | None = None
    reason: ChainFault | None = None
