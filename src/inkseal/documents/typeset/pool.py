"""Warm worker processes for typesetting: checks in the parent, layout in a child that may die without harm.

Decided here: a child that crashes or overruns is killed and replaced, and the caller learns which it was. Both may
be tried again; what typst itself refuses may not.
"""

import json
import os
import queue
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self, cast

from inkseal.documents.typeset.errors import TypesetPoolClosedError, TypesetTimeoutError, TypesetWorkerLostError
from inkseal.documents.typeset.frames import LENGTHS, decode_result, encode_job, send
from inkseal.documents.typeset.job import Job, PageCodes, Typeset, prepare
from inkseal.documents.typeset.template import load_template

LIMIT_SECONDS: Final = 30.0
#: typst keeps layouts in memory; a fresh child now and then keeps a long-lived one from growing.
JOBS_PER_CHILD: Final = 200
#: The discard port on loopback: nothing listens there.
_NO_NETWORK: Final = "http://127.0.0.1:9"
#: All that a child sees of the environment: no secret of the service is in it.
ENVIRONMENT: Final = {
    "LC_ALL": "C.UTF-8",
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), _NO_NETWORK),
}


class TypesetPool:
    """Sets contracts in `processes` child processes; safe to share between threads.

    Children start at the first contract. `limit_seconds` is the wall-clock limit for one contract.
    """

    def __init__(self, processes: int = 1, *, font_dirs: Sequence[Path], limit_seconds: float = LIMIT_SECONDS) -> None:
        self.font_dirs = tuple(font_dirs)
        self.limit_seconds = limit_seconds
        self._places: queue.SimpleQueue[_Child | _Closed | None] = queue.SimpleQueue()
        self._processes = processes
        for _ in range(processes):
            self._places.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def typeset(self, folder: Path, data: Mapping[str, Any], codes: PageCodes | None) -> Typeset:
        """Set `data` in the template in `folder`, as `typeset` does in the caller's process.

        Raises what `load_template` and `typeset` raise, and `TypesetTimeoutError` or `TypesetWorkerLostError`,
        after which the same call may succeed; `TypesetPoolClosedError` after `close`.
        """
        job = prepare(load_template(folder, self.font_dirs), data, codes)
        with self._child() as child:
            return child.exchange(job, limit_seconds=self.limit_seconds)

    def close(self) -> None:
        """End all children; waits for contracts that are being set. Whoever comes later is turned away."""
        for _ in range(self._processes):
            if isinstance(child := self._places.get(), _Child):
                child.kill()
        self._processes = 0
        self._places.put(_Closed())

    @contextmanager
    def _child(self) -> Iterator["_Child"]:
        place = self._places.get()
        if isinstance(place, _Closed):
            self._places.put(place)
            raise TypesetPoolClosedError
        child = place or _Child()
        keep: _Child | None = None
        try:
            yield child
            keep = child
        except (TypesetTimeoutError, TypesetWorkerLostError):
            raise
        except Exception:
            # typst refused the job; the child itself is well.
            keep = child
            raise
        finally:
            if keep is None or keep.jobs_done >= JOBS_PER_CHILD:
                child.kill()
                keep = None
            self._places.put(keep)


class _Closed:
    """Stands in a pool's places for good after its end, so that nobody waits there for ever."""


class _Child:
    """One worker process. It has pipes only: no socket, no other file, nothing of the parent's environment."""

    def __init__(self) -> None:
        self.jobs_done = 0
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "inkseal.documents.typeset.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
        )
        self.jobs = cast("IO[bytes]", self.process.stdin)
        self.results = cast("IO[bytes]", self.process.stdout)

    def exchange(self, job: Job, *, limit_seconds: float) -> Typeset:
        """Send one job and wait for its result."""
        deadline = time.monotonic() + limit_seconds
        try:
            send(self.jobs, encode_job(job))
            head_length, body_length = LENGTHS.unpack(self.read(LENGTHS.size, deadline))
            raw = self.read(head_length + body_length, deadline)
        except TimeoutError as err:
            raise TypesetTimeoutError(limit_seconds) from err
        except (BrokenPipeError, EOFError) as err:
            # It may have closed its end and live on; the exit code of one that is dead stays its own.
            self.process.kill()
            raise TypesetWorkerLostError(self.process.wait()) from err
        self.jobs_done += 1
        try:
            return decode_result(json.loads(raw[:head_length]), raw[head_length:])
        except (KeyError, TypeError, ValueError) as err:
            raise TypesetWorkerLostError(None) from err

    def read(self, length: int, deadline: float) -> bytes:
        """Read exactly `length` bytes before the deadline."""
        pieces = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self.results, selectors.EVENT_READ)
            while len(pieces) < length:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                piece = os.read(self.results.fileno(), length - len(pieces))
                if not piece:
                    raise EOFError
                pieces += piece
        return bytes(pieces)

    def kill(self) -> None:
        """End the process now."""
        self.process.kill()
        self.process.wait()
        self.results.close()
        # What was not yet written has no reader any more.
        with suppress(BrokenPipeError):
            self.jobs.close()
