"""`inkseal serve` as a person runs it: a process, its children, a port, signals."""

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, **more: str) -> Mapping[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    return plain | {"INKSEAL_VAR_DIR": str(folder), "INKSEAL_LOG_LEVEL": "INFO"} | more


class Service:
    """A running `inkseal serve` on an embedded database of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "inkseal.project.cli", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def started(self, child: str) -> int:
        """Wait until the log says that `child` was started; return its process id."""
        while (line := self.lines.get(timeout=PATIENCE_SECONDS)) is not None:
            event = json.loads(line) if line.startswith("{") else {}
            if event.get("event") == "child_started" and event.get("child") == child:
                return int(event["pid"])
        raise AssertionError(f"the service ended before {child} was started")

    def answer(self) -> int:
        """Return the status of an answer, waiting for the port to be listened on."""
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/no-such-page", timeout=10) as page:
                    return int(page.status)
            except urllib.error.HTTPError as err:
                with err:
                    return err.code
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None

    def end(self, number: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def close(self) -> None:
        """End it whatever state it is in."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    running = Service(tmp_path / "var")
    yield running
    running.close()


def has_ended(pid: int) -> bool:
    """Wait for a process that is not our child."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    import select

    ready, _, _ = select.select([descriptor], [], [], PATIENCE_SECONDS)
    os.close(descriptor)
    return bool(ready)


def can_listen(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_it_answers_restarts_a_killed_worker_and_ends_everything_when_asked(service: Service) -> None:
    web, worker = service.started("web"), service.started("worker")
    assert service.answer() == 404
    os.kill(worker, signal.SIGKILL)
    again = service.started("worker")
    assert again != worker
    assert service.end(signal.SIGTERM) == 0
    assert all(has_ended(pid) for pid in (web, worker, again))
    assert can_listen(service.port)


def test_ctrl_c_ends_it_like_a_request(service: Service) -> None:
    web, worker = service.started("web"), service.started("worker")
    assert service.end(signal.SIGINT) == 0
    assert has_ended(web)
    assert has_ended(worker)


def test_killing_it_takes_its_children_along(service: Service) -> None:
    web, worker = service.started("web"), service.started("worker")
    assert service.answer() == 404
    assert service.end(signal.SIGKILL) == -signal.SIGKILL
    assert has_ended(web)
    assert has_ended(worker)


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inkseal.project.cli", "serve", *arguments]
    return subprocess.run(
        command,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


def test_a_taken_port_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = run(tmp_path / "var", "--port", str(port))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"inkseal: Port {port} on 127.0.0.1 cannot be used (Address already in use).")
    assert "inkseal serve --port" in answer.stderr
    assert not (tmp_path / "var").exists()


def test_an_address_that_is_not_this_machines_is_named(tmp_path: Path) -> None:
    answer = run(tmp_path / "var", "--host", "192.0.2.1", "--port", "8000")
    assert answer.returncode == 1
    assert "Port 8000 on 192.0.2.1 cannot be used" in answer.stderr


def test_a_taken_mail_port_is_named_before_anything_is_served(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        mail = str(other.getsockname()[1])
        answer = run(tmp_path / "var", "--demo", "--port", str(free_port()), INKSEAL_SMTP_PORT=mail)
    assert answer.returncode == 1
    assert f"Port {mail} on 127.0.0.1" in answer.stderr
    assert "INKSEAL_SMTP_PORT" in answer.stderr
    assert not (tmp_path / "var" / "inkseal.db").exists()


def test_wrong_settings_are_listed_and_nothing_is_served(tmp_path: Path) -> None:
    answer = run(tmp_path / "var", "--port", str(free_port()), INKSEAL_DEMMO="1", INKSEAL_FOUR_EYES="perhaps")
    assert answer.returncode == 78
    assert "\n  INKSEAL_FOUR_EYES: write yes or no" in answer.stderr
    assert "\n  INKSEAL_DEMMO: no such setting" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused_by_the_command_line(tmp_path: Path, port: str) -> None:
    answer = run(tmp_path / "var", "--port", port)
    assert answer.returncode == 2
    assert "--port" in answer.stderr
