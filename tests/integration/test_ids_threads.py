"""Numbers for many threads at once, and in forked children."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from inkseal import ids
from inkseal.ids.models import IdBlock


def take_and_leave(count: int) -> list[int]:
    try:
        return [ids.next_id("serial") for _ in range(count)]
    finally:
        connection.close()


def take_in_a_transaction(count: int) -> list[int]:
    try:
        with transaction.atomic():
            return [ids.next_id("serial") for _ in range(count)]
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_threads_never_get_the_same_number() -> None:
    with ThreadPoolExecutor(8) as pool:
        lists = list(pool.map(take_and_leave, [57] * 16))
    taken = [number for numbers in lists for number in numbers]
    assert len(set(taken)) == len(taken) == 16 * 57


@pytest.mark.django_db(transaction=True)
def test_transactions_in_threads_never_get_the_same_number() -> None:
    with ThreadPoolExecutor(4) as pool:
        lists = list(pool.map(take_in_a_transaction, [31] * 12))
    taken = [number for numbers in lists for number in numbers]
    assert len(set(taken)) == len(taken) == 12 * 31


@pytest.mark.django_db(transaction=True)
def test_the_first_numbers_of_a_new_database_are_not_given_twice() -> None:
    IdBlock.objects.all().delete()
    with ThreadPoolExecutor(6) as pool:
        lists = list(pool.map(take_and_leave, [1] * 6))
    assert len({numbers[0] for numbers in lists}) == 6


@pytest.mark.django_db(transaction=True)
def test_a_forked_child_forgets_its_parents_block() -> None:
    ids.next_id("row")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        from inkseal.ids.blocks import _pool

        os.write(writer, str(len(_pool)).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    assert os.read(reader, 10) == b"0"
    os.close(reader)
