"""Watches the demonstration: one entry per transition, with the rows that each table got."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.db import connection, transaction

from inkseal.contracts.board import chain_of
from inkseal.core.actor import RESPONSIBILITY, Role
from inkseal.evidence.models import EvidenceEvent

_WRITE: Final = re.compile(r'^\s*(?P<verb>INSERT INTO|UPDATE)\s+["`](?P<table>\w+)["`]', re.IGNORECASE)
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@dataclass(slots=True)
class Entry:
    """One transition. Values are the original's numbers; None means there is no row."""

    at: str
    actor: str
    transition: str
    contract: int | None
    step: int | None
    review_status: int | None
    wrote: dict[str, int]


@dataclass
class Timeline:
    """The entries so far; `book_id` tells which evidence chain is watched."""

    book_id: int
    entries: list[Entry] = field(default_factory=list)
    _wrote: Counter[str] = field(default_factory=Counter)
    _seen: int = 0

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count every row written inside; what is written after a transition belongs to it."""
        with connection.execute_wrapper(self._count):
            yield
        self.settle()

    def settle(self) -> None:
        """Add what was written since the last transition to that transition."""
        if self.entries:
            total = Counter(self.entries[-1].wrote) + self._wrote
            self.entries[-1].wrote = dict(sorted(total.items()))
            self._wrote.clear()

    def as_rows(self) -> list[dict[str, Any]]:
        """Return the entries as JSON values."""
        return [asdict(entry) for entry in self.entries]

    def _count(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001  # Django's wrapper signature
        result = execute(sql, params, many, context)
        if match := _WRITE.match(sql):
            # The driver counts updated rows; of an INSERT with RETURNING it knows nothing.
            inserted = sql.count("), (") + 1
            self._wrote[match["table"]] += inserted if match["verb"] == "INSERT INTO" else context["cursor"].rowcount
            if match["table"] == EvidenceEvent._meta.db_table:
                transaction.on_commit(self._close)
        return result

    def _close(self) -> None:
        """Turn the newest evidence rows of the chain into entries; called when their transaction has committed."""
        events = EvidenceEvent.objects.filter(chain=chain_of(self.book_id), sequence__gt=self._seen)
        for event in events.order_by("sequence"):
            self._seen = event.sequence
            facts = json.loads(event.facts)
            if "transition" in facts:
                self.entries.append(
                    Entry(
                        at=event.happened_at.isoformat(),
                        actor=RESPONSIBILITY[Role(event.actor_role)],
                        transition=facts["transition"],
                        contract=facts["contract"],
                        step=facts["step"],
                        review_status=facts["review_status"],
                        wrote=dict(sorted(self._wrote.items())),
                    )
                )
                self._wrote.clear()
