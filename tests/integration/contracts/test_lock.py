"""The rename lock on the real tables: recomputed with every change, sent only when the value changed (R64, C8.20)."""

import json
from collections.abc import Callable

import pytest
from django.core.cache import cache

from inkseal.catalog.models import Author, Book, BookKind
from inkseal.contracts.enums import RenameLockValue, SendBackTo
from inkseal.contracts.models import RenameLock
from inkseal.contracts.rename_lock import present_value, recompute_lock
from inkseal.outbox import Effect
from inkseal.outbox.models import OutboxEffect
from inkseal.project.demo.people import write_book
from inkseal.project.events import publish_author
from tests.integration.contracts.journey import Journey


def lock() -> int:
    return int(RenameLock.objects.get(author_id=1001).change_penname)


def sent() -> list[int]:
    events = OutboxEffect.objects.filter(kind="event.author").order_by("id")
    payloads = [json.loads(event.payload) for event in events]
    assert not any(payload["downstream"] for payload in payloads)
    return [payload["changePenname"] for payload in payloads if "changePenname" in payload]


def test_the_lock_follows_the_whole_walk(journey: Journey) -> None:
    seen = []
    steps: list[Callable[[], object]] = [
        *(journey.propose, journey.submit, journey.declare, journey.fill_in, journey.confirm, journey.lay_pages),
        *(journey.hand_in, journey.send_back, journey.correct_and_hand_in, journey.approve, journey.seal),
    ]
    for step in steps:
        step()
        seen.append(lock())
    assert seen == [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1]


def test_c8_20_an_event_is_sent_when_the_value_changes_and_only_then(journey: Journey) -> None:
    journey.to_audit()
    assert sent() == [1, -1]
    journey.send_back(SendBackTo.PAGES)
    assert sent() == [1, -1, 1]
    journey.resume()
    journey.hand_in()
    journey.approve()
    journey.seal()
    assert sent() == [1, -1, 1, -1]


def test_the_author_may_rename_while_pages_are_sent_back(journey: Journey) -> None:
    """The literal rule of section 6; C3.5 calls it the hole that T11 closes."""
    journey.to_audit()
    journey.send_back(SendBackTo.PAGES)
    journey.resume()
    assert lock() == 1


def test_c8_11_confirming_locks_in_every_round(journey: Journey) -> None:
    journey.to_upload()
    assert lock() == -1
    journey.lay_pages()
    journey.hand_in()
    journey.send_back()
    journey.resume()
    journey.fill_in()
    assert lock() == 1
    journey.confirm()
    assert lock() == -1


def test_c8_12_one_locked_book_locks_an_author_with_an_open_one(journey: Journey) -> None:
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    Journey(journey.now, book_id=78).to_information()
    journey.to_upload()
    assert lock() == -1
    assert present_value(1002) is RenameLockValue.OPEN


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (BookKind.ORIGINAL, RenameLockValue.LOCKED),
        (BookKind.FANFIC, RenameLockValue.LOCKED),
        (BookKind.TRANSLATION, RenameLockValue.OPEN),
        (BookKind.COMIC, RenameLockValue.OPEN),
    ],
)
def test_only_original_novels_and_fanfic_count(journey: Journey, kind: BookKind, value: RenameLockValue) -> None:
    write_book(78, 1001, "Signed long ago", now=journey.now)
    Book.objects.filter(id=78).update(sign_type=249, kind=kind)
    assert present_value(1001) is value


def test_another_authors_books_do_not_count(journey: Journey) -> None:
    write_book(78, 1002, "灰港", now=journey.now)
    Book.objects.filter(id=78).update(sign_type=249)
    assert present_value(1001) is RenameLockValue.OPEN
    assert present_value(1002) is RenameLockValue.LOCKED


def test_a_missing_row_is_computed_and_written(journey: Journey) -> None:
    journey.to_upload()
    RenameLock.objects.all().delete()
    author = Author.objects.get(id=1001)
    assert recompute_lock(author, now=journey.now) is RenameLockValue.LOCKED
    assert lock() == -1


def test_r30_r63_the_event_updates_the_main_cache(journey: Journey) -> None:
    cache.clear()
    payload = {"cauthorid": 1001, "changePenname": -1, "downstream": False}
    publish_author(Effect(1, "event.author", "event.author:1001:1", payload, 1), journey.now)
    assert cache.get("author:1001:changePenname") == -1
    assert cache.get("author:1001:contracted") is None
