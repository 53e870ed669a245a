"""A headless Chromium and a server of its own, for screenshots and for the browser tests."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

#: Nothing may be looked up or sent beyond this machine.
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
START_SECONDS: Final = 180


@dataclass(frozen=True)
class Server:
    """A running product: its address and its folder."""

    url: str
    folder: Path

    @property
    def mailbox(self) -> Path:
        """Return the folder of received mails."""
        return self.folder / "mailbox"

    @property
    def database(self) -> Path:
        """Return the database file."""
        return self.folder / "inkseal.db"


def chromium() -> str | None:
    """Return the browser to use: INKSEAL_TEST_CHROMIUM or the system's."""
    return os.environ.get("INKSEAL_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium and end it."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield started
        started.close()


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Serve the demo from `folder` on free ports until the block ends."""
    port, mail_port = free_port(), free_port()
    environ = environment(folder) | {"INKSEAL_SMTP_PORT": str(mail_port)}
    command = [sys.executable, "-m", "inkseal.project.cli", "serve", "--demo", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, process)
        yield Server(url, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def environment(folder: Path) -> dict[str, str]:
    """Return an environment whose installation is `folder` and nothing else."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    return own | {"INKSEAL_VAR_DIR": str(folder), "INKSEAL_DEMO": "yes", "INKSEAL_LOG_LEVEL": "WARNING"}


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5):  # noqa: S310  # a loopback address
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.3)
    raise RuntimeError("the server did not start")
