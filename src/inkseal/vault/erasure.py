"""Erases one subject: its key is dropped, and with it everything sealed for it, in every table and every backup.

The vault decides only what it holds itself. Why a person was erased, and what else goes with him, is recorded by the
caller in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Sum

from inkseal.core.failpoint import failpoint
from inkseal.vault.errors import UnknownSubjectError
from inkseal.vault.files import delete_file
from inkseal.vault.keys import drop_key


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the vault holds of a subject. Sealed values stand in other tables and are not counted."""

    subject: str
    #: None while the subject's key is there.
    erased_at: datetime | None
    index_entries: int
    files: int
    #: Of the plain content.
    size_bytes: int


def select_holdings(subject: str) -> Holdings:
    """Return what there is to erase; raises `UnknownSubjectError` when nothing was ever sealed for the subject."""
    from inkseal.vault.models import BlindIndexEntry, DataKey, VaultFile

    key = DataKey.objects.filter(subject=subject).first()
    if key is None:
        raise UnknownSubjectError(subject)
    files = VaultFile.objects.filter(subject=subject)
    return Holdings(
        subject=subject,
        erased_at=key.erased_at,
        index_entries=BlindIndexEntry.objects.filter(subject=subject).count(),
        files=files.count(),
        size_bytes=files.aggregate(total=Sum("size_bytes"))["total"] or 0,
    )


def erase(subject: str, *, now: datetime) -> Holdings:
    """Drop the subject's key and its index entries; return what there was before. Repeating it changes nothing.

    The content of its files is unreadable at once, and deleted by `delete_remains` after the commit. Other processes
    may hold the key in memory for `CACHE_SECONDS` more. Raises `UnknownSubjectError`.
    """
    from inkseal.vault.models import BlindIndexEntry, DataKey

    with transaction.atomic():
        key = DataKey.objects.select_for_update().filter(subject=subject).first()
        if key is None:
            raise UnknownSubjectError(subject)
        before = select_holdings(subject)
        _overwrite_what_is_deleted()
        BlindIndexEntry.objects.filter(subject=subject).delete()
        if before.erased_at is None:
            drop_key(key, now)
        failpoint("vault.erased")
    return before


def delete_remains(subject: str) -> int:
    """Delete files and index entries of an erased subject, also those that came late; return how many files.

    May be killed and repeated at any point. Of a subject that is not erased it deletes nothing.
    """
    from inkseal.vault.models import BlindIndexEntry, DataKey, VaultFile

    if not DataKey.objects.filter(subject=subject, erased_at__isnull=False).exists():
        return 0
    BlindIndexEntry.objects.filter(subject=subject).delete()
    deleted = 0
    for row in VaultFile.objects.filter(subject=subject).order_by("file_id"):
        delete_file(row)
        deleted += 1
    _empty_write_ahead_log()
    return deleted


def select_with_files(subjects: Iterable[str]) -> tuple[str, ...]:
    """Return those of `subjects` that have files, in order."""
    from inkseal.vault.models import VaultFile

    found = VaultFile.objects.filter(subject__in=list(subjects)).values_list("subject", flat=True)
    return tuple(found.order_by("subject").distinct())


def _overwrite_what_is_deleted() -> None:
    """Have SQLite write zeros over what it deletes, or the wrapped key would stand in the file until it is reused."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _empty_write_ahead_log() -> None:
    """Have SQLite drop its log, which holds former pages too. Where others are reading, it does so later by itself."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
