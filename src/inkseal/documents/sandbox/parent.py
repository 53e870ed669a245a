"""Start a child, wait for its answer, and judge how it ended."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum, unique
from typing import IO, Final

from inkseal.core.errors import PermanentError
from inkseal.documents.sandbox.frames import Answer, FrameError, pack, unpack
from inkseal.documents.sandbox.limits import PICTURE_LIMITS, Limits

_CHUNK_BYTES: Final = 1 << 20
_NAMED_SIGNALS: Final = frozenset(signal.Signals)


@unique
class ChildFault(StrEnum):
    """Why a child gave no usable answer."""

    #: It ended by a signal: a crash of the decoder, or the processor time was used up.
    KILLED = "killed"
    #: No answer within the wall time; the child was killed by the parent.
    TOO_SLOW = "too_slow"
    #: The decoder raised; `detail` is the type of the exception.
    RAISED = "raised"
    #: It ended without one whole frame, or the frame was too long.
    NO_ANSWER = "no_answer"


class ChildFailedError(PermanentError):
    """The child gave no usable answer: the bytes it was given are refused."""

    def __init__(self, fault: ChildFault, detail: str = "") -> None:
        super().__init__(f"{fault.value} {detail}".rstrip())
        self.fault = fault
        self.detail = detail


def run_in_child(
    function: str,
    content: bytes,
    arguments: Mapping[str, object] | None = None,
    *,
    limits: Limits = PICTURE_LIMITS,
) -> Answer:
    """Call `function` ("package.module:name") on `content` in a fresh child and return its answer.

    The named function takes (content: bytes, arguments: Mapping) and returns `Answer`; `arguments` must be
    JSON. Raises `ChildFailedError`. The caller still has to check what comes back: see `Answer`.
    """
    deadline = time.monotonic() + limits.wall_seconds
    with _request(pack(arguments or {}, content)) as request, _child(function, limits, request) as child:
        frame = _read(child, deadline=deadline, limit=limits.answer_bytes)
        _judge_end(child, deadline)
    return _answer_in(frame)


@contextmanager
def _request(frame: bytes) -> Iterator[int]:
    """Hold `frame` in memory under a descriptor: no foreign file reaches a disk, and no pipe can block."""
    descriptor = os.memfd_create("inkseal-request", os.MFD_CLOEXEC)
    try:
        with os.fdopen(descriptor, "wb", closefd=False) as file:
            file.write(frame)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _child(function: str, limits: Limits, request: int) -> Iterator[subprocess.Popen[bytes]]:
    module_name, function_name = function.split(":")
    command = [sys.executable, "-I", "-m", "inkseal.documents.sandbox.child"]
    with subprocess.Popen(
        [*command, module_name, function_name, json.dumps(asdict(limits))],
        stdin=request,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LANG": "C.UTF-8"},
        start_new_session=True,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def _read(child: subprocess.Popen[bytes], *, deadline: float, limit: int) -> bytes:
    pipe: IO[bytes] | None = child.stdout
    assert pipe is not None  # noqa: S101 - tells mypy what stdout=PIPE means
    parts: list[bytes] = []
    size_bytes = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            part = os.read(pipe.fileno(), _CHUNK_BYTES)
            if not part:
                return b"".join(parts)
            parts.append(part)
            size_bytes += len(part)
            if size_bytes > limit:
                raise ChildFailedError(ChildFault.NO_ANSWER, f"more than {limit} bytes")
    raise ChildFailedError(ChildFault.TOO_SLOW)


def _judge_end(child: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        code = child.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as err:
        raise ChildFailedError(ChildFault.TOO_SLOW) from err
    if code < 0:
        raise ChildFailedError(ChildFault.KILLED, _signal_name(-code))
    if code > 0:
        raise ChildFailedError(ChildFault.NO_ANSWER, f"exit {code}")


def _signal_name(number: int) -> str:
    # Real-time signals have numbers only, and a taken-over child may send itself one.
    return signal.Signals(number).name if number in _NAMED_SIGNALS else f"signal {number}"


def _answer_in(frame: bytes) -> Answer:
    try:
        envelope = unpack(frame)
    except FrameError as err:
        raise ChildFailedError(ChildFault.NO_ANSWER, "not one frame") from err
    facts = envelope.facts.get("returned")
    if isinstance(facts, dict):
        return Answer(facts, envelope.content)
    raise ChildFailedError(ChildFault.RAISED, str(envelope.facts.get("raised", ""))[:64])
