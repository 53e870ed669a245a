"""Decides which number comes next: a process takes a block of counters at once and hands them out from memory.

A number is counter * 10 + region, so two regions never meet. The one rule that must hold is that a number is never
given twice; gaps are normal (a crash or a rollback loses what was left of a block).
"""

import os
from collections import defaultdict
from threading import Lock
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from inkseal.core.errors import PermanentError

#: Each name is a sequence of its own, with the number of counters a process takes at once. A block taken inside a
#: transaction keeps others from taking one until it commits, so the busy sequence has large blocks.
BLOCK_SIZES: Final = MappingProxyType({"row": 1000, "serial": 20, "file": 100})
#: The first counter: with the region's digit behind it a number has ten digits (R91).
FIRST_COUNTER: Final = 100_000_000
REGIONS: Final = range(10)


class UnknownSequenceError(PermanentError):
    """There is no sequence of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class RegionError(PermanentError):
    """The configured region does not fit: not one digit, or not the one that this database's numbers were made for."""

    def __init__(self, *, configured: int, stored: int | None = None) -> None:
        super().__init__(configured, stored)
        self.configured = configured
        self.stored = stored


class _Block:
    """Counters that belong to this process. Several holders may share one block: each counter leaves it once."""

    def __init__(self, *, name: str, region: int, counters: range) -> None:
        self.sequence = (name, region)
        self._next, self._end = counters.start, counters.stop
        self._lock = Lock()

    def take(self) -> int | None:
        with self._lock:
            if self._next == self._end:
                return None
            self._next += 1
            return self._next - 1

    def is_empty(self) -> bool:
        return self._next == self._end

    def __call__(self) -> None:
        """Join the pool; this is what the transaction calls once it has committed."""
        _pool[self.sequence] = [*(block for block in _pool[self.sequence] if not block.is_empty()), self]


_pool: defaultdict[tuple[str, int], list[_Block]] = defaultdict(list)


def forget_blocks() -> None:
    """Drop what this process holds: in a forked child, whose parent goes on using the same counters."""
    _pool.clear()


os.register_at_fork(after_in_child=forget_blocks)


def next_id(name: str) -> int:
    """Return a number of the sequence `name` that was never given before and never will be again.

    Inside a transaction it may come from a block that this transaction allocated; such a block serves only this
    transaction until it has committed, because a rollback gives its counters back to the database.
    """
    if name not in BLOCK_SIZES:
        raise UnknownSequenceError(name)
    region = settings.REGION
    if region not in REGIONS:
        raise RegionError(configured=region)
    counter = _from_held_blocks(name, region)
    if counter is None:
        counter = _from_new_block(name, region)
    return counter * 10 + int(region)


def _from_held_blocks(name: str, region: int) -> int | None:
    # Django drops a commit hook when its savepoint or transaction is rolled back, and nothing else does: a block is
    # still this transaction's exactly as long as its hook stands in the list.
    waiting = [hook for _, hook, *_ in connection.run_on_commit if isinstance(hook, _Block)]
    for block in (*_pool[name, region], *waiting):
        if block.sequence == (name, region) and (counter := block.take()) is not None:
            return counter
    return None


def _from_new_block(name: str, region: int) -> int:
    with transaction.atomic():
        counters = _reserve(name, region)
        transaction.on_commit(_Block(name=name, region=region, counters=counters[1:]))
    return counters[0]


def _reserve(name: str, region: int) -> range:
    from inkseal.ids.models import IdBlock

    size = BLOCK_SIZES[name]
    row = IdBlock.objects.filter(name=name)
    if not row.update(next=F("next") + size):  # the UPDATE locks the row until the transaction ends
        _begin(name, region)
        row.update(next=F("next") + size)
    stored, end = row.values_list("region", "next").get()
    if stored != region:
        raise RegionError(configured=region, stored=stored)
    return range(end - size, end)


def _begin(name: str, region: int) -> None:
    from inkseal.ids.models import IdBlock

    # An upsert, because several processes may begin at once: a plain INSERT that meets the row locks it shared on
    # MariaDB, and two of them would then wait for each other in their UPDATE.
    IdBlock.objects.bulk_create(
        [IdBlock(name=name, region=region, next=FIRST_COUNTER)],
        update_conflicts=True,
        update_fields=["region"],
        unique_fields=["name"] if connection.features.supports_update_conflicts_with_target else None,
    )
