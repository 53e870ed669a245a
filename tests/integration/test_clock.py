"""There is one clock, the database's: a wrong clock of this process moves nothing (A-46)."""

import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from inkseal.project import clock
from inkseal.project.clock import database_now

TRUE_TIME = time.time
SKEWS = [timedelta(hours=-1), timedelta(hours=1), timedelta(days=3), timedelta(days=365 * 30)]


def shift(monkeypatch: pytest.MonkeyPatch, skew: timedelta) -> None:
    """Make this process believe that it is earlier or later."""
    seconds = skew.total_seconds()
    monkeypatch.setattr(time, "time", lambda: TRUE_TIME() + seconds)
    monkeypatch.setattr(time, "time_ns", lambda: int((TRUE_TIME() + seconds) * 1e9))


@pytest.mark.django_db
def test_the_time_is_aware_and_in_utc() -> None:
    now = database_now()
    assert now.tzinfo is UTC
    assert now.utcoffset() == timedelta(0)


@pytest.mark.django_db
def test_the_time_is_now() -> None:
    """Database and tests run on one machine here."""
    before = datetime.now(UTC)
    now = database_now()
    assert before - timedelta(seconds=1) <= now <= datetime.now(UTC) + timedelta(seconds=1)


@pytest.mark.django_db
def test_the_time_never_goes_back() -> None:
    times = [database_now() for _ in range(50)]
    assert times == sorted(times)


@pytest.mark.django_db
def test_the_time_is_finer_than_a_second() -> None:
    assert any(database_now().microsecond for _ in range(20))


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["+05:30", "-08:00", "+13:00"])
def test_the_zone_of_the_connection_does_not_move_it(zone: str) -> None:
    before = database_now()
    if connection.vendor == "mysql":
        with connection.cursor() as cursor:
            cursor.execute("SET time_zone = %s", [zone])
    try:
        assert timedelta(0) <= database_now() - before < timedelta(seconds=5)
    finally:
        if connection.vendor == "mysql":
            with connection.cursor() as cursor:
                cursor.execute("SET time_zone = '+00:00'")


CHILD = """
import os, time
os.environ["TZ"] = "Pacific/Kiritimati"; time.tzset()
from inkseal.project.cli import ensure_django; ensure_django()
from inkseal.project.clock import database_now
print(database_now().isoformat())
"""


def test_the_zone_of_the_process_does_not_move_it(child_environment: Mapping[str, str]) -> None:
    """Fourteen hours ahead of UTC, as a machine that was set up by somebody else."""
    answer = subprocess.run(
        [sys.executable, "-c", CHILD], env=child_environment, capture_output=True, text=True, check=True
    )
    told = datetime.fromisoformat(answer.stdout.strip())
    assert told.utcoffset() == timedelta(0)
    assert abs(told - database_now()) < timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_a_wrong_clock_of_the_process_does_not_move_it(monkeypatch: pytest.MonkeyPatch, skew: timedelta) -> None:
    before = database_now()
    shift(monkeypatch, skew)
    assert timedelta(0) <= database_now() - before < timedelta(seconds=5)


@pytest.mark.django_db
@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_a_request_carries_the_database_s_time(monkeypatch: pytest.MonkeyPatch, skew: timedelta) -> None:
    seen: list[datetime] = []

    def view(request: Any) -> object:
        seen.append(request.now)
        raise PermissionError

    from inkseal.project.middleware import clock_middleware

    before = database_now()
    shift(monkeypatch, skew)
    with pytest.raises(PermissionError):
        clock_middleware(view)(request_for("/author/"))  # type: ignore[arg-type]  # it never answers
    assert timedelta(0) <= seen[0] - before < timedelta(seconds=5)


def request_for(path: str) -> Any:
    from django.test import RequestFactory

    return RequestFactory().get(path)


@pytest.mark.django_db
@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_a_sign_in_code_lives_by_the_database_s_clock(monkeypatch: pytest.MonkeyPatch, skew: timedelta) -> None:
    from inkseal.portal.models import SignInCode
    from inkseal.portal.sign_in import CODE_LIFE

    before = database_now()
    shift(monkeypatch, skew)
    Client().post("/author/sign-in", {"email": "alice@example.org"})
    (code,) = SignInCode.objects.all()
    assert before <= code.created_at < before + timedelta(seconds=30)
    assert code.expires_at - code.created_at == CODE_LIFE


@pytest.mark.django_db
def test_a_time_in_a_request_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A-45"""
    from inkseal.portal.models import SignInCode

    before = database_now()
    sent = {"email": "alice@example.org", "now": "2020-01-01T00:00:00Z", "created_at": "2020-01-01"}
    Client(headers={"date": "Wed, 01 Jan 2020 00:00:00 GMT"}).post("/author/sign-in", sent)
    assert SignInCode.objects.get().created_at >= before


def source_files() -> list[Any]:
    from pathlib import Path

    root = Path(clock.__file__).resolve().parents[1]
    return [path for path in root.rglob("*.py") if "migrations" not in path.parts]


#: Where the process's own clock is right: no database there, or a measure of time that passes.
OWN_CLOCK = {"mailbox.py", "verify.py", "keys.py", "init_demo.py"}


def test_only_faces_without_a_database_ask_the_process_for_the_time() -> None:
    asked = ("datetime.now(", "timezone.now(", "utcnow(", "time.time(", "date.today(")
    found = {path.name for path in source_files() for word in asked if word in path.read_text(encoding="utf-8")}
    assert found <= OWN_CLOCK
