"""One product for all browser tests: served as `inkseal serve --demo` does, with people and unproposed books."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tools.browser import Server, browser, chromium, environment, server

#: Books of Alice that nobody has proposed: one for each walk.
BOOKS = {"phone": 7001, "desktop": 7002}

PREPARE = """
from inkseal.project.cli import ensure_django
ensure_django()
from django.core.management import call_command
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
call_command("migrate", verbosity=0)
write_world(database_now())
write_book(7001, 1001, "The Lantern Ferry", now=database_now())
write_book(7002, 1001, "Salt Roads North", now=database_now())
"""


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a fresh installation."""
    if chromium() is None:
        pytest.skip("Chromium is not installed; apt-get install chromium, or set INKSEAL_TEST_CHROMIUM")
    folder = tmp_path_factory.mktemp("product")
    subprocess.run([sys.executable, "-c", PREPARE], env=environment(folder), check=True)
    with server(folder) as running:
        yield running


@pytest.fixture(scope="session")
def running_browser() -> Iterator[Browser]:
    """Start one Chromium."""
    with browser() as started:
        yield started


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Return a folder for photographs."""
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder
