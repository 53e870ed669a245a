"""What every test shares: an installation of its own in a temporary folder, a database, a fixed time.

`--database mariadb` starts one private server for the run; xdist workers share it, each with its own database.
Nothing of the developer's own INKSEAL_ settings or var/ is used.
"""

import importlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from axes import conf as axes_settings
from django.conf import settings
from django.db import connection, connections
from django.db.utils import ConnectionHandler
from django.utils.functional import empty

from inkseal import ids, vault
from inkseal.documents.demo_pki import init_demo_pki
from inkseal.project import settings as settings_module
from tests.private_mariadb import PrivateMariadb

#: How xdist's workers find the folder that the first process made.
FOLDER: Final = "INKSEAL_TEST_FOLDER"
KEPT: Final = ("INKSEAL_TEST_", "INKSEAL_FAILPOINT")
_started: Final[list[PrivateMariadb]] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of database."""
    parser.addoption("--database", choices=("sqlite", "mariadb"), default="sqlite", help="database of the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Give this run its own installation before any test module is imported."""
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="inkseal-test-"))
        _set_environment(folder, config.getoption("--database"))
        _read_settings_again()
        _make_seal_keys()
    _soften_settings(Path(os.environ[FOLDER]))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if hasattr(config, "workerinput"):
        return
    while _started:
        _started.pop().stop()
    if folder := os.environ.pop(FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


def _set_environment(folder: Path, database: str) -> None:
    for name in [name for name in os.environ if name.startswith("INKSEAL_") and not name.startswith(KEPT)]:
        del os.environ[name]
    (folder / "var" / "static").mkdir(parents=True)
    os.environ[FOLDER] = str(folder)
    os.environ["INKSEAL_VAR_DIR"] = str(folder / "var")
    if database == "mariadb":
        _started.append(PrivateMariadb(folder))
        os.environ["INKSEAL_DATABASE_URL"] = _started[-1].address("inkseal")
        os.environ["INKSEAL_DEMO"] = "yes"  # local secrets, as on SQLite; the flag itself is taken back below


def _read_settings_again() -> None:
    # pytest-django reads the settings before any conftest can say what they should be.
    importlib.reload(settings_module)
    settings._wrapped = empty
    # Axes wrote its defaults into the settings that were read first.
    importlib.reload(axes_settings)
    ConnectionHandler.__init__(connections)
    vars(connections).pop("settings", None)  # cached by the first reading


def _make_seal_keys() -> None:
    # Made once, for xdist's workers share the folder; valid in the past of every test, fixed times or the clock's.
    began = min(datetime.now(UTC), datetime(2026, 11, 1, tzinfo=UTC)) - timedelta(days=30)
    init_demo_pki(settings.KEYS_DIR, passphrase=settings.SEAL_KEY_PASSPHRASE, now=began)


def _soften_settings(folder: Path) -> None:
    settings.DEMO = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    database: dict[str, Any] = settings.DATABASES["default"]
    if settings.EMBEDDED:
        # A file: threads and child processes of a test see the same data. pytest-django adds the worker's name.
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.db")
    else:
        database.setdefault("TEST", {}).update(CHARSET="utf8mb4", COLLATION="utf8mb4_unicode_ci")


@pytest.fixture
def now() -> datetime:
    """The time that tests pass in."""
    return datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _memory_of_earlier_tests() -> None:
    # Their database was rolled back or flushed: its numbers and keys no longer exist.
    ids.forget_blocks()
    vault.forget_cached_keys()


@pytest.fixture
def child_environment(transactional_db: None) -> Mapping[str, str]:
    """The environment in which a child process works on this test's database."""
    name = connection.settings_dict["NAME"]
    address = f"sqlite:///{name}"
    if connection.vendor == "mysql":
        address = f"mysql://root@localhost/{name}?socket={connection.settings_dict['HOST']}"
    return {**os.environ, "INKSEAL_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "inkseal.project.settings"}
