"""Which numbers come from which sequence (R87, R91, R92)."""

from datetime import datetime

import pytest
from django.conf import settings
from django.db import models

from inkseal import ids, vault
from inkseal.contracts.models import Contract
from inkseal.ids.models import IdBlock
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey

pytestmark = pytest.mark.django_db


def counters() -> dict[str, int]:
    return dict(IdBlock.objects.values_list("name", "next"))


def test_r87_the_primary_key_of_a_contract_comes_from_the_generator(now: datetime) -> None:
    assert not isinstance(Contract._meta.pk, models.AutoField)
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    journey = Journey(now)
    before = ids.next_id("row")
    journey.propose()
    journey.submit()
    number = Contract.objects.get().id
    assert number > before
    assert number % 10 == settings.REGION


def test_r91_numbers_of_contracts_are_a_sequence_of_their_own() -> None:
    numbers = [ids.next_id("serial") for _ in range(2)]
    for _ in range(5):
        ids.next_id("row")
        ids.next_id("file")
    assert [*numbers, ids.next_id("serial")] == [numbers[0], numbers[0] + 10, numbers[0] + 20]
    assert len(str(numbers[0])) >= 10


def test_r92_uploaded_pages_get_numbers_of_a_sequence_of_their_own(now: datetime) -> None:
    def put() -> int:
        return vault.put_file("author:1001", b"page", media_type="image/jpeg", now=now).file_id

    first = put()
    for _ in range(5):
        ids.next_id("row")
        ids.next_id("serial")
    assert put() == first + 10
    assert set(counters()) == {"row", "serial", "file"}
