"""Child processes of `inkseal serve`: started, restarted when they die, ended together.

Decided here: a child that keeps dying young ends the whole service with a reason instead of flapping for
ever; a killed supervisor takes its children along (Linux), so that no port stays taken by an orphan.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from inkseal.core.errors import PermanentError

GRACE_SECONDS: Final = 10.0
POLL_SECONDS: Final = 0.2
#: A child that lives shorter than this died young.
YOUNG_SECONDS: Final = 10.0
YOUNG_DEATHS_ALLOWED: Final = 4
_PR_SET_PDEATHSIG: Final = 1

log = structlog.get_logger(__name__)


class ChildKeepsDyingError(PermanentError):
    """A child process ended several times in a row shortly after its start."""

    def __init__(self, name: str, exit_code: int) -> None:
        super().__init__(f"{name} ended {YOUNG_DEATHS_ALLOWED + 1} times in a row, the last time with {exit_code}")
        self.name = name
        self.exit_code = exit_code


def die_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent dies, even by SIGKILL; other systems cannot be asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() == 1:  # it died before we asked
            sys.exit(0)


@dataclass
class Child:
    """One command that has to be running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    young_deaths: int = field(default=0)

    def start(self, environment: Mapping[str, str] | None = None) -> None:
        """Start the command in a session of its own: a Ctrl-C reaches it through the supervisor only."""
        self.process = subprocess.Popen(self.command, start_new_session=True, env=environment)
        self.started = time.monotonic()
        log.info("child_started", child=self.name, pid=self.process.pid)

    def has_died(self) -> bool:
        """Tell whether the command ended, and count a young death."""
        if self.process is None or self.process.poll() is None:
            return False
        was_killed = self.process.returncode == -signal.SIGKILL  # by a person or a full memory: not its own fault
        young = time.monotonic() - self.started < YOUNG_SECONDS and not was_killed
        self.young_deaths = self.young_deaths + 1 if young else 0
        log.warning("child_died", child=self.name, exit_code=self.process.returncode, young_deaths=self.young_deaths)
        return True

    @property
    def exit_code(self) -> int:
        """The exit code, negative for a signal; 0 while it runs."""
        return 0 if self.process is None else self.process.returncode or 0


def supervise(
    children: Sequence[Child], stop: threading.Event, *, on_start: Callable[[Child], None] = lambda _: None
) -> None:
    """Keep all children running until `stop` is set, then end them; raises `ChildKeepsDyingError`."""
    try:
        for child in children:
            child.start()
            on_start(child)
        while not stop.wait(POLL_SECONDS):
            for child in children:
                if child.has_died():
                    _restart(child)
                    on_start(child)
    finally:
        end(children)


def _restart(child: Child) -> None:
    if child.young_deaths > YOUNG_DEATHS_ALLOWED:
        raise ChildKeepsDyingError(child.name, child.exit_code)
    child.start()


def end(children: Sequence[Child]) -> None:
    """Ask all children to end at once, wait, kill what does not."""
    running = [child.process for child in children if child.process is not None and child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def stop_on_signals() -> threading.Event:
    """Return an event that SIGTERM, SIGINT and SIGHUP set."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop
