"""`inkseal serve --demo` on data that is there already: it starts at once, offers every role, and cleans up."""

import json
import os
import queue
import signal
import smtplib
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from inkseal.project.demo.people import AUTHORS, PASSWORD, STAFF
from inkseal.project.mailbox import received
from tools.browser import free_port

PATIENCE_SECONDS = 90
#: Two books instead of nine: how long it takes to write all is not the point here.
SEED = """
from inkseal.project.cli import ensure_django; ensure_django()
from django.core.management import call_command
from inkseal.project.demo import seed
call_command("migrate", verbosity=0)
seed._tell = lambda stories: stories[7002].propose()
seed.seed_demo()
"""


def environment(folder: Path, mail_port: int) -> Mapping[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    own = {"INKSEAL_VAR_DIR": str(folder), "INKSEAL_DEMO": "yes", "INKSEAL_SMTP_PORT": str(mail_port)}
    return plain | own | {"INKSEAL_LOG_LEVEL": "INFO"}


@dataclass
class Demo:
    """A running demo: its output so far, its ports, and its children by name."""

    process: "subprocess.Popen[str]"
    folder: Path
    port: int
    mail_port: int
    said: list[str] = field(default_factory=list)
    pids: dict[str, int] = field(default_factory=dict)
    lines: "queue.SimpleQueue[str | None]" = field(default_factory=queue.SimpleQueue)

    def read(self) -> None:
        """Hand over every line; runs in a thread of its own."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def wait_for(self, child: str) -> int:
        """Read on until a child was started; return its process id."""
        while child not in self.pids:
            line = self.lines.get(timeout=PATIENCE_SECONDS)
            assert line is not None, "".join(self.said)
            event = json.loads(line) if line.startswith("{") else {}
            if event.get("event") == "child_started":
                self.pids[event["child"]] = event["pid"]
            self.said.append(line)
        return self.pids.pop(child)

    def children(self) -> list[str]:
        """Return the command lines of all processes below this one (Linux)."""
        found = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [pid for path in found for pid in path.read_text(encoding="utf-8").split()]
        return [Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ") for pid in pids]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with demo data."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    subprocess.run([sys.executable, "-c", SEED], env=environment(folder, 1), check=True)
    return folder


@pytest.fixture(scope="module")
def demo(seeded: Path) -> Iterator[Demo]:
    """The demo, started for the second time."""
    port, mail_port = free_port(), free_port()
    command = [sys.executable, "-m", "inkseal.project.cli", "serve", "--demo", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(seeded, mail_port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    running = Demo(process, seeded, port, mail_port)
    reader = threading.Thread(target=running.read)
    reader.start()
    for child in ("web", "worker", "mail box"):
        running.pids[child] = running.wait_for(child)
    yield running
    process.terminate()
    process.wait(PATIENCE_SECONDS)
    reader.join()
    assert process.stdout is not None
    process.stdout.close()


def test_a_second_start_writes_no_data_again(demo: Demo) -> None:
    assert not [line for line in demo.said if "Invented data is written" in line]
    assert not (demo.folder / "demo-seeding").exists()


def test_it_tells_where_to_look_and_who_to_be(demo: Demo) -> None:
    said = "".join(demo.said)
    assert f"http://127.0.0.1:{demo.port}" in said
    assert PASSWORD in said
    for person in STAFF:
        assert f" {person.user} " in said
    for author in AUTHORS:
        assert author.email in said


def test_only_its_three_parts_run_below_it(demo: Demo) -> None:
    """The process that set the type of invented contracts has ended with the seeding."""
    commands = demo.children()
    assert len(commands) == 3
    assert not [command for command in commands if "typeset" in command]


def post(demo: Demo, message: bytes) -> None:
    """Send a message, waiting until the mail box listens."""
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", demo.mail_port) as server:
                server.sendmail("a@example.org", ["alice@example.org"], message)
                return
        except ConnectionError:
            assert demo.process.poll() is None


def test_its_mail_box_takes_messages(demo: Demo) -> None:
    post(demo, b"Subject: Hello\r\n\r\nHello\r\n")
    assert "Hello" in {mail.subject for mail in received(10, demo.folder / "mailbox")}


def page(demo: Demo, path: str) -> str:
    """Return a page, waiting until the web server listens."""
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}{path}", timeout=30) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            assert demo.process.poll() is None
        except urllib.error.URLError as err:
            if not isinstance(err.reason, ConnectionError):
                raise
            assert demo.process.poll() is None


def test_every_door_is_open(demo: Demo) -> None:
    assert "/author/" in page(demo, "/")
    assert 'name="email"' in page(demo, "/author/sign-in")
    assert 'name="username"' in page(demo, "/desk/sign-in")
    assert "alive" in page(demo, "/health/live")


def test_its_pages_have_their_styles(demo: Demo) -> None:
    from re import findall

    for path in findall(r'(?:href|src)="(/static/[^"]+)"', page(demo, "/")):
        assert page(demo, path)


@pytest.mark.parametrize("part", ["worker", "mail box"])
def test_a_part_that_is_killed_is_started_again(demo: Demo, part: str) -> None:
    killed = demo.pids[part]
    os.kill(killed, signal.SIGKILL)
    del demo.pids[part]
    demo.pids[part] = demo.wait_for(part)
    assert demo.pids[part] != killed
