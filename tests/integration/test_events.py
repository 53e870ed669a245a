"""Book and author events: CloudEvents 1.0 as JSON, once per effect, with nothing personal in them (R11, R30)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings
from structlog.testing import capture_logs

from inkseal.outbox import Effect
from inkseal.outbox.models import OutboxEffect
from inkseal.project.demo.people import write_book, write_world
from inkseal.project.demo.story import BASIC, INFORMATION
from inkseal.project.events import cloud_event, publish_author, publish_book
from tests.integration.contracts.journey import Journey

BOOK = Effect(7, "event.book", "event.book:77:3", {"cbid": 77, "downstream": False, "signonlineStatus": 1}, 1)
AUTHOR = Effect(8, "event.author", "event.author:1001:3", {"cauthorid": 1001, "downstream": False}, 1)


@pytest.fixture(autouse=True)
def _own_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def of_author(**facts: object) -> Effect:
    return Effect(8, "event.author", "event.author:1001:3", {"cauthorid": 1001, **facts}, 1)


def published(effect: Effect, now: datetime) -> dict[str, Any]:
    """Return the one event that is published for an effect."""
    publish = publish_book if effect.kind == "event.book" else publish_author
    with capture_logs() as lines:
        publish(effect, now)
    (line,) = lines
    event: dict[str, Any] = line["cloudevent"]
    return event


def test_an_event_has_the_attributes_that_cloudevents_requires(now: datetime, settings: Settings) -> None:
    settings.REGION = 3
    event = cloud_event("inkseal.book.changed", "book/77", BOOK, now)
    assert event["specversion"] == "1.0"
    assert event["id"] == "event.book:77:3"
    assert event["source"] == "/inkseal/region/3"
    assert event["type"] == "inkseal.book.changed"
    assert event["subject"] == "book/77"
    assert event["datacontenttype"] == "application/json"


def test_attribute_names_are_lower_case_letters_and_digits(now: datetime) -> None:
    """CloudEvents 1.0, 3.1: naming conventions."""
    names = set(cloud_event("inkseal.book.changed", "book/77", BOOK, now))
    assert all(name.isascii() and name.isalnum() and name == name.lower() for name in names)


def test_the_time_of_an_event_is_in_rfc_3339_with_its_zone(now: datetime) -> None:
    time = cloud_event("inkseal.book.changed", "book/77", BOOK, now)["time"]
    assert time == "2026-11-21T09:30:00+00:00"
    assert datetime.fromisoformat(time) == now.astimezone(UTC)


def test_an_event_is_json_and_its_data_stays_as_it_was(now: datetime) -> None:
    event = json.loads(json.dumps(cloud_event("inkseal.book.changed", "book/77", BOOK, now)))
    assert event["data"] == {"cbid": 77, "downstream": False, "signonlineStatus": 1}


def test_a_repeated_effect_is_recognised_by_its_id(now: datetime) -> None:
    again = Effect(BOOK.id, BOOK.kind, BOOK.key, BOOK.payload, 2)
    assert published(BOOK, now)["id"] == published(again, now)["id"]


def test_the_book_event_names_its_book(now: datetime) -> None:
    event = published(BOOK, now)
    assert (event["type"], event["subject"]) == ("inkseal.book.changed", "book/77")


def test_the_author_event_names_its_author(now: datetime) -> None:
    event = published(AUTHOR, now)
    assert (event["type"], event["subject"]) == ("inkseal.author.changed", "author/1001")


@pytest.mark.parametrize("value", [1, -1])
def test_the_rename_lock_is_taken_into_the_author_s_cache(now: datetime, value: int) -> None:
    published(of_author(changePenname=value), now)
    assert cache.get("author:1001:changePenname") == value


def test_the_newest_value_wins_in_the_cache(now: datetime) -> None:
    for value in (1, -1):
        published(of_author(changePenname=value), now)
    assert cache.get("author:1001:changePenname") == -1


def test_a_contracted_author_is_remembered_beside_the_lock(now: datetime) -> None:
    published(of_author(changePenname=-1), now)
    published(of_author(contracted=True), now)
    assert (cache.get("author:1001:contracted"), cache.get("author:1001:changePenname")) == (True, -1)


def test_what_the_event_does_not_say_stays_as_it_was_in_the_cache(now: datetime) -> None:
    cache.set("author:1001:changePenname", -1)
    published(AUTHOR, now)
    assert cache.get("author:1001:changePenname") == -1
    assert cache.get("author:1001:contracted") is None


def test_the_cache_of_another_author_is_left_alone(now: datetime) -> None:
    cache.set("author:1002:changePenname", 1)
    published(of_author(changePenname=-1), now)
    assert cache.get("author:1002:changePenname") == 1


def test_only_facts_of_the_cache_get_into_it(now: datetime) -> None:
    published(of_author(realname="Alice Tan", downstream=False), now)
    assert cache.get("author:1001:realname") is None
    assert cache.get("author:1001:downstream") is None


@pytest.fixture
def finished(db: None, now: datetime) -> Journey:
    """A book that went all the way, with one send-back."""
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    journey = Journey(now).to_audit()
    journey.send_back()
    journey.correct_and_hand_in()
    journey.approve()
    journey.seal()
    return journey


def payloads(kind: str) -> list[dict[str, Any]]:
    rows = OutboxEffect.objects.filter(kind=kind).order_by("id").values_list("payload", flat=True)
    return [json.loads(text) for text in rows]


def test_no_event_of_the_whole_way_tells_downstream(finished: Journey) -> None:
    """R11, R30: the flag is there, and it is off."""
    events = [*payloads("event.book"), *payloads("event.author")]
    assert len(events) >= 5
    assert {event["downstream"] for event in events} == {False}


def test_every_change_of_the_review_has_its_book_event(finished: Journey) -> None:
    told = [event["signonlineStatus"] for event in payloads("event.book")]
    assert told[0] == 0
    assert [value for value, before in zip(told, [None, *told], strict=False) if value != before] == [0, 2, 0, 1, 3]


def test_the_author_is_contracted_once(finished: Journey) -> None:
    assert [event for event in payloads("event.author") if "contracted" in event] == [
        {"cauthorid": 1001, "contracted": True, "downstream": False}
    ]


def test_no_effect_of_the_whole_way_holds_anything_personal(finished: Journey) -> None:
    """Payloads are ids and codes; what a person typed is read from the vault when it is needed."""
    plain = {"nationality", "is_alone", "is_all_copyright", "is_exclusive_sign", "sex", "cardtype", "telpre", "country"}
    typed = {value for name, value in {**BASIC, **INFORMATION}.items() if name not in plain and len(value) > 3}
    text = "\n".join(f"{row.kind} {row.key} {row.payload}" for row in OutboxEffect.objects.all())
    assert "event.book" in text
    assert [value for value in sorted(typed) if value in text] == []
