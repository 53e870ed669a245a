"""The pool when things end badly: killed at work, answering nonsense, closed, asked by many at once."""

import io
import os
import signal
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inkseal.core.errors import RetryableError
from inkseal.documents.typeset import (
    TypesetPool,
    TypesetPoolClosedError,
    TypesetTimeoutError,
    TypesetWorkerLostError,
)
from inkseal.documents.typeset.pool import ENVIRONMENT, _Child
from tests.unit.documents.typeset_kit import FONT_DIRS, SMALL_DATA, SMALL_MAIN

Maker = Callable[..., Path]
ENDLESS = SMALL_MAIN + "#for a in range(100000) { for b in range(100000) { let c = a * b } }"


@pytest.fixture
def folder(small: Maker) -> Path:
    return small()


@pytest.fixture
def pool() -> Iterator[TypesetPool]:
    with TypesetPool(font_dirs=FONT_DIRS) as opened:
        yield opened


def child_of(pool: TypesetPool) -> _Child:
    child = pool._places.get()
    assert isinstance(child, _Child)
    pool._places.put(child)
    return child


def named(name: str) -> dict[str, object]:
    return {**SMALL_DATA, "author": {"name": name}}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_a_child_killed_between_two_contracts_is_replaced(pool: TypesetPool, folder: Path, number: int) -> None:
    first = pool.typeset(folder, SMALL_DATA, None)
    victim = child_of(pool)
    os.kill(victim.process.pid, number)
    with pytest.raises(TypesetWorkerLostError) as caught:
        pool.typeset(folder, SMALL_DATA, None)
    assert isinstance(caught.value, RetryableError)
    assert caught.value.exit_code == -number
    assert pool.typeset(folder, SMALL_DATA, None) == first
    assert child_of(pool) is not victim


def test_a_child_killed_at_work_is_replaced(pool: TypesetPool, small: Maker) -> None:
    pool.typeset(small(), SMALL_DATA, None)
    victim = child_of(pool)
    with ThreadPoolExecutor(1) as threads:
        failing = threads.submit(pool.typeset, small(**{"main.typ": ENDLESS}), SMALL_DATA, None)
        while pool._places.qsize():
            pass
        os.kill(victim.process.pid, signal.SIGKILL)
        with pytest.raises(TypesetWorkerLostError):
            failing.result()
    assert pool.typeset(small(), SMALL_DATA, None).page_count == 1


@pytest.mark.parametrize(
    "answer",
    [
        struct.pack("!II", 2, 0) + b"[]",
        struct.pack("!II", 2, 0) + b"{}",
        struct.pack("!II", 4, 0) + b"\xff\xfe{}",
        struct.pack("!II", 24, 0) + b'{"page_count":1,"places":',
        struct.pack("!II", 38, 0) + b'{"page_count": 1, "places": [{"x": 1}]}'[:38],
        b"short",
        b"",
    ],
    ids=["a list", "nothing in it", "no text", "half of it", "another place", "no length", "silence"],
)
def test_nonsense_from_a_child_is_a_lost_child(
    pool: TypesetPool, folder: Path, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool.typeset(folder, SMALL_DATA, None)
    strange = child_of(pool)
    stream = io.BytesIO(answer)

    def read(length: int, _: float) -> bytes:
        if len(piece := stream.read(length)) < length:
            raise EOFError
        return piece

    monkeypatch.setattr(strange, "read", read)
    with pytest.raises(TypesetWorkerLostError):
        pool.typeset(folder, SMALL_DATA, None)
    assert strange.process.poll() is not None
    assert pool.typeset(folder, SMALL_DATA, None).page_count == 1
    assert child_of(pool) is not strange


def test_a_closed_pool_turns_everybody_away(folder: Path) -> None:
    pool = TypesetPool(font_dirs=FONT_DIRS)
    pool.typeset(folder, SMALL_DATA, None)
    pool.close()
    for _ in range(2):
        with pytest.raises(TypesetPoolClosedError) as caught:
            pool.typeset(folder, SMALL_DATA, None)
        assert isinstance(caught.value, RetryableError)


def test_a_pool_can_be_closed_twice_and_without_having_worked(folder: Path) -> None:
    pool = TypesetPool(font_dirs=FONT_DIRS)
    pool.close()
    pool.close()
    with pytest.raises(TypesetPoolClosedError):
        pool.typeset(folder, SMALL_DATA, None)


def test_closing_waits_for_the_contract_at_hand_and_frees_who_waits(folder: Path) -> None:
    pool = TypesetPool(font_dirs=FONT_DIRS)
    pool.typeset(folder, SMALL_DATA, None)
    outcomes: list[object] = []

    def ask() -> None:
        try:
            outcomes.append(pool.typeset(folder, SMALL_DATA, None).page_count)
        except TypesetPoolClosedError as err:
            outcomes.append(type(err))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    pool.close()
    for thread in threads:
        thread.join(20)
    assert len(outcomes) == 5
    assert set(outcomes) <= {1, TypesetPoolClosedError}


def test_many_callers_of_few_children_each_get_their_own_contract(folder: Path) -> None:
    names = [f"Charlie {number}" for number in range(8)]
    with TypesetPool(processes=2, font_dirs=FONT_DIRS) as pool, ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda name: pool.typeset(folder, named(name), None), names))
        alone = [pool.typeset(folder, named(name), None) for name in names]
    assert together == alone
    assert len({result.pdf for result in together}) == 8


def test_one_endless_contract_does_not_hold_up_another_child(small: Maker, tmp_path: Path) -> None:
    quick = small()
    slow = tmp_path / "slow"
    slow.mkdir()
    for file in quick.iterdir():
        (slow / file.name).write_bytes(file.read_bytes())
    (slow / "main.typ").write_text(ENDLESS, encoding="utf-8")
    with TypesetPool(processes=2, font_dirs=FONT_DIRS, limit_seconds=60.0) as pool, ThreadPoolExecutor(1) as threads:
        for _ in range(2):
            pool.typeset(quick, SMALL_DATA, None)
        pool.limit_seconds = 1.5
        endless = threads.submit(pool.typeset, slow, SMALL_DATA, None)
        while pool._places.qsize() > 1:
            pass
        pool.limit_seconds = 60.0
        assert pool.typeset(quick, SMALL_DATA, None).page_count == 1
        with pytest.raises(TypesetTimeoutError):
            endless.result()


def test_an_error_says_its_facts_and_no_data() -> None:
    assert str(TypesetTimeoutError(1.5)) == "1.5"
    assert str(TypesetWorkerLostError(-9)) == "-9"


def test_the_child_s_environment_names_no_place_of_this_machine() -> None:
    assert not any(value.startswith("/") for value in ENVIRONMENT.values())
    assert {value for name, value in ENVIRONMENT.items() if "PROXY" in name.upper()} == {"http://127.0.0.1:9"}
