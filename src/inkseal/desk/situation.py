"""Where a contract stands now and what happened since a page was shown, for pages that were overtaken."""

from dataclasses import dataclass
from datetime import datetime

from inkseal.catalog.models import Staff
from inkseal.contracts.desk_view import DeskContract, LogRow, desk_contract


@dataclass(frozen=True, slots=True)
class Situation:
    """The present state, and the log rows that the page did not know of."""

    contract: DeskContract
    since: tuple[LogRow, ...]

    @property
    def last(self) -> LogRow | None:
        """Return the newest thing that happened."""
        return max(self.since, key=lambda row: row.at, default=None)


def situation(book_id: int, staff: Staff, seen: str) -> Situation:
    """Return the situation of a contract for a page that was shown at `seen`; an unreadable time tells nothing."""
    contract = desk_contract(book_id, staff)
    try:
        shown = datetime.fromisoformat(seen)
    except ValueError:
        return Situation(contract, ())
    if shown.tzinfo is None:
        return Situation(contract, ())
    return Situation(contract, tuple(row for row in contract.log if row.at >= shown))
