"""Looks at tables as a whole: what is in them, what changed, and that nothing did."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db.models import Model

#: Packages whose tables a refused attempt must leave alone.
BUSINESS = ("catalog", "contracts", "notices", "evidence", "outbox")

Snapshot = dict[str, frozenset[tuple[str, ...]]]


def rows_of(model: type[Model]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(str, row)) for row in model._default_manager.values_list())


def snapshot() -> Snapshot:
    """Return every row of every business table."""
    return {
        model._meta.db_table: rows_of(model) for name in BUSINESS for model in apps.get_app_config(name).get_models()
    }


def changed_tables(before: Snapshot) -> dict[str, int]:
    """Return the tables that differ from `before`, each with the number of rows that are new or other."""
    return {table: len(rows - before[table]) for table, rows in snapshot().items() if rows != before[table]}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Fail when any row of a business table is other after the block."""
    before = snapshot()
    yield
    assert changed_tables(before) == {}
