"""The pool: the same result as in this process, from a child that may be killed without harm."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inkseal.core.errors import PermanentError, RetryableError
from inkseal.documents.typeset import (
    DataFaultsError,
    LayoutError,
    MissingGlyphsError,
    Typeset,
    TypesetPool,
    TypesetTimeoutError,
    TypesetWorkerLostError,
)
from inkseal.documents.typeset.pool import JOBS_PER_CHILD, _Child
from tests.unit.documents.typeset_kit import CODES, FONT_DIRS, SMALL_DATA, SMALL_MAIN, STANDARD, Data, sample

ENDLESS = SMALL_MAIN + "#for a in range(100000) { for b in range(100000) { let c = a * b } }"
Maker = Callable[..., Path]


@pytest.fixture
def pool() -> Iterator[TypesetPool]:
    with TypesetPool(font_dirs=FONT_DIRS) as opened:
        yield opened


def child_of(pool: TypesetPool) -> _Child:
    child = pool._places.get()
    assert isinstance(child, _Child)
    pool._places.put(child)
    return child


def test_a_pool_gives_the_same_file_as_this_process(pool: TypesetPool, printed: Typeset, data: Data) -> None:
    assert pool.typeset(STANDARD, data, CODES) == printed


def test_the_child_stays_for_the_next_contract(pool: TypesetPool, data: Data) -> None:
    pool.typeset(STANDARD, data, CODES)
    first = child_of(pool)
    pool.typeset(STANDARD, sample("minor"), CODES)
    assert child_of(pool) is first
    assert first.jobs_done == 2


def test_a_killed_child_is_reported_and_replaced(pool: TypesetPool, small: Maker) -> None:
    folder = small()
    pool.typeset(folder, SMALL_DATA, None)
    os.kill(child_of(pool).process.pid, signal.SIGKILL)
    with pytest.raises(TypesetWorkerLostError) as caught:
        pool.typeset(folder, SMALL_DATA, None)
    assert isinstance(caught.value, RetryableError)
    assert caught.value.exit_code == -signal.SIGKILL
    assert pool.typeset(folder, SMALL_DATA, None).page_count == 1


def test_a_layout_that_does_not_end_is_killed_at_the_limit(small: Maker) -> None:
    with TypesetPool(font_dirs=FONT_DIRS, limit_seconds=1.0) as pool:
        with pytest.raises(TypesetTimeoutError) as caught:
            pool.typeset(small(**{"main.typ": ENDLESS}), SMALL_DATA, None)
        assert isinstance(caught.value, RetryableError)
        assert caught.value.limit_seconds == 1.0
        pool.limit_seconds = 60.0
        assert pool.typeset(small(), SMALL_DATA, None).page_count == 1


def test_a_layout_that_wants_all_memory_dies_alone(small: Maker) -> None:
    greedy = '#let all = "x" * 4000000000\n' + SMALL_MAIN
    with TypesetPool(font_dirs=FONT_DIRS) as pool:
        with pytest.raises(TypesetWorkerLostError):
            pool.typeset(small(**{"main.typ": greedy}), SMALL_DATA, None)
        assert pool.typeset(small(), SMALL_DATA, None).page_count == 1


def test_what_typst_refuses_is_permanent_and_leaves_the_child_alive(pool: TypesetPool, small: Maker) -> None:
    pool.typeset(small(), SMALL_DATA, None)
    first = child_of(pool)
    with pytest.raises(LayoutError) as caught:
        pool.typeset(small(**{"main.typ": "#panic()"}), SMALL_DATA, None)
    assert isinstance(caught.value, PermanentError)
    assert child_of(pool) is first


def test_bad_data_is_refused_before_any_child_starts(pool: TypesetPool, data: Data) -> None:
    data["author"]["name"] = "\U00020bb7"
    with pytest.raises(MissingGlyphsError):
        pool.typeset(STANDARD, data, CODES)
    with pytest.raises(DataFaultsError):
        pool.typeset(STANDARD, {}, CODES)
    assert pool._places.get() is None
    pool._places.put(None)


def test_the_child_has_limits_and_sees_nothing_of_the_environment(
    pool: TypesetPool, small: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKSEAL_TEST_SECRET", "secret")
    pool.typeset(small(), SMALL_DATA, None)
    proc = Path("/proc") / str(child_of(pool).process.pid)
    limits = {line[:26].strip(): line[26:].split()[0] for line in (proc / "limits").read_text().splitlines()[1:]}
    assert limits["Max address space"] == "1500000000"
    assert limits["Max file size"] == "4096"
    assert limits["Max core file size"] == "0"
    assert b"secret" not in (proc / "environ").read_bytes()


def test_the_child_holds_no_socket(pool: TypesetPool, small: Maker) -> None:
    pool.typeset(small(), SMALL_DATA, None)
    links = [entry.readlink() for entry in (Path("/proc") / str(child_of(pool).process.pid) / "fd").iterdir()]
    assert links
    assert not [link for link in links if str(link).startswith("socket:")]


def test_a_child_that_has_done_its_share_is_replaced(pool: TypesetPool, small: Maker) -> None:
    pool.typeset(small(), SMALL_DATA, None)
    first = child_of(pool)
    first.jobs_done = JOBS_PER_CHILD - 1
    pool.typeset(small(), SMALL_DATA, None)
    assert first.process.poll() is not None
    assert pool.typeset(small(), SMALL_DATA, None).page_count == 1


def test_threads_share_one_child(pool: TypesetPool, small: Maker) -> None:
    folder, results = small(), []
    threads = [
        threading.Thread(target=lambda: results.append(pool.typeset(folder, SMALL_DATA, None))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 1
    assert child_of(pool).jobs_done == 4


def test_closing_ends_the_child(small: Maker) -> None:
    pool = TypesetPool(font_dirs=FONT_DIRS)
    pool.typeset(small(), SMALL_DATA, None)
    child = child_of(pool)
    pool.close()
    assert child.process.poll() is not None
