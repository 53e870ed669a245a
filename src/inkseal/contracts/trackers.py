"""Finds who follows a book's contract up, by channel, category and language (T3; C1.14)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from inkseal.catalog.models import Book, TrackerSetting
from inkseal.contracts.enums import Validity


@dataclass(frozen=True, slots=True)
class TrackerChoice:
    """Who was chosen and why: the setting's id and what it matched."""

    staff_id: int
    setting_id: int
    matched: str


def choose_tracker(book: Book) -> TrackerChoice | None:
    """Return the first valid setting that names the book's channel, category and language; None if none does."""
    for setting in _valid_settings().order_by("id"):
        if _matches(setting, book):
            matched = f"channel {book.channel}, category {book.category_id}, language {book.language}"
            return TrackerChoice(setting.staff_id, setting.id, matched)
    return None


def is_tracker(staff_id: int) -> bool:
    """Return whether this member of staff may follow contracts up, whatever the book."""
    return _valid_settings().filter(staff_id=staff_id).exists()


def _valid_settings() -> QuerySet[TrackerSetting]:
    return TrackerSetting.objects.filter(status=Validity.VALID, staff__user__is_active=True)


def _matches(setting: TrackerSetting, book: Book) -> bool:
    return (
        _names(setting.channels, book.channel)
        and _names(setting.categories, str(book.category_id))
        and _names(setting.languages, book.language)
    )


def _names(listed: str, wanted: str) -> bool:
    return wanted in _parts(listed)


def _parts(listed: str) -> Iterable[str]:
    return (part.strip() for part in listed.split(","))
