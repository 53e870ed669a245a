"""Brings every data key under the active master key and every index entry under the active index key, online.

Rows are taken in batches, each batch one transaction, each row changed only if it still is as it was read: readers,
writers, erasures and a second rotation go on beside it. Nothing is remembered between batches, because what is left
to do stands in the rows themselves; so a killed run is continued by starting another. Passes are repeated until one
finds nothing: processes that still run with the former settings go on making keys under the former master key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction

from inkseal.core.failpoint import failpoint
from inkseal.vault.errors import ErasedSubjectError, KeyringError, SealedValueError
from inkseal.vault.fields import open_sealed
from inkseal.vault.index import TABLE, digest_under
from inkseal.vault.keyring import active_master_key, blind_index_key, mark_of, master_key_ids
from inkseal.vault.wrapping import unwrap, wrap

if TYPE_CHECKING:
    from inkseal.vault.models import BlindIndexEntry, DataKey

BATCH_SIZE: Final = 500

Report = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows one call of `rotate` changed."""

    data_keys: int
    index_entries: int


def rotate(*, batch_size: int = BATCH_SIZE, report: Report = lambda _rows: None) -> Rotated:
    """Re-wrap data keys and re-digest index entries; `report` hears after each batch how many rows it changed.

    What no configured key opens is left as it is: `key_usage` names it afterwards.
    """
    active = active_master_key()[0]
    mark = mark_of(blind_index_key())
    return Rotated(
        data_keys=_until_none(lambda: _rewrap_all(active, batch_size, report)),
        index_entries=_until_none(lambda: _redigest_all(mark, batch_size, report)),
    )


def _until_none(run_pass: Callable[[], int]) -> int:
    total = 0
    while changed := run_pass():
        total += changed
    return total


def _rewrap_all(active: str, batch_size: int, report: Report) -> int:
    from inkseal.vault.models import DataKey

    # Keys under a master key that is gone could only be read, again and again.
    former = [key_id for key_id in master_key_ids() if key_id != active]
    waiting = DataKey.objects.filter(master_key_id__in=former, erased_at=None).order_by("key_id")
    return _pass(lambda last: list(waiting.filter(key_id__gt=last)[:batch_size]), _rewrap, name="rewrap", report=report)


def _redigest_all(mark: str, batch_size: int, report: Report) -> int:
    from inkseal.vault.models import BlindIndexEntry

    waiting = BlindIndexEntry.objects.exclude(key_mark=mark).order_by("id")
    return _pass(lambda last: list(waiting.filter(id__gt=last)[:batch_size]), _redigest, name="redigest", report=report)


def _pass(read: Callable[[int], Sequence[Any]], turn: Callable[[Any], bool], *, name: str, report: Report) -> int:
    changed, last = 0, 0
    while rows := read(last):
        failpoint(f"vault.{name}-read")
        with transaction.atomic():
            turned = sum(turn(row) for row in rows)
            failpoint(f"vault.{name}-before-commit")
        failpoint(f"vault.{name}-committed")
        report(turned)
        changed, last = changed + turned, rows[-1].pk
    return changed


def _rewrap(row: "DataKey") -> bool:
    from inkseal.vault.models import DataKey

    try:
        secret = unwrap(row)
    except (InvalidTag, ValueError):
        return False  # damaged: it opened nothing before, and opens nothing afterwards
    master_key_id, wrapped = wrap(secret, key_id=row.key_id, subject=row.subject)
    as_read = DataKey.objects.filter(key_id=row.key_id, wrapped=row.wrapped)  # not erased, not re-wrapped meanwhile
    turned = as_read.update(master_key_id=master_key_id, wrapped=wrapped)
    failpoint("vault.rewrap-row")
    return bool(turned)


def _redigest(row: "BlindIndexEntry") -> bool:
    from inkseal.vault.models import BlindIndexEntry

    try:
        normal = open_sealed(row.subject, TABLE, row.kind, row.value_en)
    except (SealedValueError, ErasedSubjectError, KeyringError):
        return False
    key = blind_index_key()
    as_read = BlindIndexEntry.objects.filter(id=row.id, digest=row.digest)
    try:
        with transaction.atomic():
            turned = as_read.update(digest=digest_under(key, row.kind, normal), key_mark=mark_of(key))
    except IntegrityError:
        # It was remembered again under the active key, which `remember` refuses for another subject while it sees
        # the old key. Should two subjects have it all the same, the one that `find` answers keeps it.
        turned = as_read.delete()[0]
    failpoint("vault.redigest-row")
    return bool(turned)
