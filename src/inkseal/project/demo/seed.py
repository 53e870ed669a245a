"""What `make run` starts with: books at every station, so that each role finds something to do.

Decided here: a marker file says that seeding has begun and not ended. Nobody can have worked with such data, as
the server starts afterwards, so it is thrown away whole and written anew.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command

from inkseal import ids, vault
from inkseal.catalog.models import Author, Staff
from inkseal.core.errors import PermanentError
from inkseal.core.failpoint import failpoint
from inkseal.project.clock import database_now
from inkseal.project.demo.people import AUTHORS, write_book, write_world
from inkseal.project.demo.story import INFORMATION, Story

ALICE, BEA = AUTHORS[0].id, AUTHORS[1].id
#: What Bea writes otherwise than Alice.
BEAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "realname": "陈雨桐",
        "cardid": "K7654321Z",
        "email": "bea@example.org",
        "mobile": "55500177",
        "address": "7 Rain Lane, Singapore 000007",
        "bank_openname": "陈雨桐",
        "whatsapp": "",
        "wechat": "rain-lane-example",
    }
)


class HalfSeededError(PermanentError):
    """Seeding was interrupted on a database server, which is not ours to empty; `marker` is the file that says so."""

    def __init__(self, marker: Path) -> None:
        super().__init__(str(marker))
        self.marker = marker


def is_needed() -> bool:
    """Return whether there is nothing to work with: an empty database, or one whose seeding was interrupted."""
    return _marker().exists() or not (Staff.objects.exists() or Author.objects.exists())


def seed_demo() -> None:
    """Fill an empty database; one that has staff or authors is left alone.

    Raises HalfSeededError when an earlier seeding of a database server was interrupted.
    """
    if not is_needed():
        return
    marker = _marker()
    if marker.exists():
        _throw_away(marker)
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.touch()
    _write()
    marker.unlink()


def _marker() -> Path:
    return Path(settings.VAR_DIR) / "demo-seeding"


def _throw_away(marker: Path) -> None:
    if not settings.EMBEDDED:
        raise HalfSeededError(marker)
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(default_storage.path(""), ignore_errors=True)
    ids.forget_blocks()
    vault.forget_cached_keys()


def _write() -> None:
    write_world(database_now())
    failpoint("demo.world-written")
    titles = {
        7001: (ALICE, "The Lantern Ferry"),
        7002: (ALICE, "Salt Roads North"),
        7003: (ALICE, "A Clockmaker’s Orchard"),
        7004: (BEA, "雨巷三号"),
        7005: (BEA, "灰港"),
        7006: (ALICE, "The Ninth Tide"),
        7007: (BEA, "月下棋谱"),
        7008: (ALICE, "Paper Moons over Hanoi"),
        7009: (ALICE, "Seven Letters Home"),
    }
    stories = {}
    for book_id, (author_id, title) in titles.items():
        write_book(book_id, author_id, title, now=database_now())
        stories[book_id] = Story(
            book_id, author_id, {**INFORMATION, **BEAS} if author_id == BEA else INFORMATION, book_id
        )
    _tell(stories)


def _tell(stories: dict[int, Story]) -> None:
    """Bring each book to its station: nothing yet, proposed, told, filling, preview, to print, in audit, sent back."""
    for book_id in (7002, 7003, 7004, 7005, 7006, 7008, 7001, 7009):
        stories[book_id].propose()
    for book_id in (7003, 7004, 7005, 7006, 7008, 7001, 7009):
        stories[book_id].submit()
    stories[7004].declare()
    stories[7009].declare()
    stories[7009].fill_in()
    for book_id in (7005, 7001, 7008):
        _to_print(stories[book_id])
    _to_print(stories[7006], {"realname": "Alice"})
    for book_id in (7001, 7006, 7008):
        _to_audit(stories[book_id])
    stories[7006].send_back()
    stories[7008].approve()


def _to_print(story: Story, changes: Mapping[str, str] | None = None) -> None:
    story.declare()
    story.fill_in(changes)
    story.confirm()


def _to_audit(story: Story) -> None:
    story.upload(story.photograph())
    story.hand_in()
