"""Numbers under rollback and savepoints: a number that was given is never given again."""

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from inkseal import ids
from inkseal.ids.blocks import BLOCK_SIZES
from inkseal.ids.models import IdBlock
from tests.undo import undone

BLOCK_SIZE = BLOCK_SIZES["row"]


def take(count: int) -> list[int]:
    return [ids.next_id("row") for _ in range(count)]


@pytest.mark.django_db(transaction=True)
def test_numbers_have_ten_digits_and_end_in_the_region(settings: Settings) -> None:
    settings.REGION = 7
    assert ids.next_id("serial") == 1_000_000_007


@pytest.mark.django_db(transaction=True)
def test_each_name_is_a_sequence_of_its_own() -> None:
    assert ids.next_id("row") == ids.next_id("serial") == ids.next_id("file")


@pytest.mark.django_db(transaction=True)
def test_numbers_go_on_behind_the_end_of_a_block() -> None:
    taken = take(2 * BLOCK_SIZE + 5)
    assert len(set(taken)) == len(taken)
    assert IdBlock.objects.get(name="row").next == 100_000_000 + 3 * BLOCK_SIZE


@pytest.mark.django_db(transaction=True)
def test_a_block_of_a_rolled_back_transaction_is_not_used_afterwards() -> None:
    with undone():
        take(3)
    kept = take(BLOCK_SIZE)
    ids.forget_blocks()
    assert not set(kept) & set(take(BLOCK_SIZE))


@pytest.mark.django_db(transaction=True)
def test_a_block_of_a_rolled_back_savepoint_is_not_used_in_the_same_transaction() -> None:
    with transaction.atomic():
        with undone():
            take(3)
        kept = take(BLOCK_SIZE + 1)
    ids.forget_blocks()
    later = take(BLOCK_SIZE)
    assert not set(kept) & set(later)
    assert IdBlock.objects.get(name="row").next == 100_000_000 + 3 * BLOCK_SIZE


@pytest.mark.django_db(transaction=True)
def test_a_block_of_a_transaction_serves_it_throughout_and_the_process_afterwards() -> None:
    with transaction.atomic():
        first = take(3)
    assert take(1)[0] == first[-1] + 10
    assert IdBlock.objects.get(name="row").next == 100_000_000 + BLOCK_SIZE


@pytest.mark.django_db(transaction=True)
def test_numbers_of_the_pool_are_lost_not_reused_when_a_transaction_rolls_back() -> None:
    before = ids.next_id("row")
    with undone():
        inside = take(2)
    assert before < inside[0] < inside[1] < ids.next_id("row")


@pytest.mark.django_db
def test_a_database_of_another_region_is_refused(settings: Settings) -> None:
    settings.REGION = 1
    ids.next_id("row")
    settings.REGION = 2
    with pytest.raises(ids.RegionError) as caught:
        ids.next_id("row")
    assert (caught.value.configured, caught.value.stored) == (2, 1)
