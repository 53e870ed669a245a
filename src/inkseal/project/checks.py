"""Is this installation fit to work? Each check gives findings for `inkseal doctor` and `/health/ready`.

Decided here: what counts as failed (work stops) and what as a warning (somebody should look, work goes on).
"""

import shutil
import smtplib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from inkseal.outbox import backlog
from inkseal.project.clock import database_now

#: spec documents.md, "Seals and signatures": expiry within 60 days shows.
EXPIRY_NOTICE: Final = timedelta(days=60)
LITTLE_SPACE_BYTES: Final = 1024**3
SMTP_TIMEOUT_SECONDS: Final = 3
#: An idle worker looks every second; an effect that is due for longer is not being looked at.
LONG_WAIT: Final = timedelta(minutes=5)


@unique
class State(StrEnum):
    """How grave a finding is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and what to do about it where it is not in order."""

    check: str
    state: State
    fact: str
    advice: str = ""


def all_findings() -> Iterator[Finding]:
    """Run every check; those that need the database are left out when it does not answer."""
    yield mode()
    now = _ask_database()
    yield database(now)
    if now is not None:
        tables = migrations()
        yield tables
        if tables.state is State.OK:
            yield outbox_backlog(now)
        yield from _seal_checks(now)
    yield from (fonts(), storage(), mail())


def readiness() -> list[Finding]:
    """Run the checks that decide whether this process may be sent requests: quick ones only."""
    now = _ask_database()
    return [database(now)] if now is None else [database(now), migrations()]


def mode() -> Finding:
    """Say as what this installation runs; the settings were checked when they were loaded."""
    if settings.DEMO:
        return Finding("settings", State.WARN, "demo mode", "Do not use it with real people's data.")
    kind = "embedded database" if settings.EMBEDDED else f"database server ({connection.vendor})"
    return Finding("settings", State.OK, kind)


def database(now: datetime | None) -> Finding:
    """Say whether the database answered; `now` is its time."""
    if now is None:
        return Finding("database", State.FAIL, "no answer", "Start it, or correct INKSEAL_DATABASE_URL.")
    return Finding("database", State.OK, f"{connection.vendor} answers, its time is {now:%Y-%m-%d %H:%M:%S} UTC")


def missing_migrations() -> list[str]:
    """Return the names of migrations that are not applied yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrations() -> Finding:
    """Compare the tables with what this version of Inkseal needs."""
    missing = missing_migrations()
    if missing:
        return Finding("migrations", State.FAIL, f"{len(missing)} not applied", "Run: inkseal migrate")
    return Finding("migrations", State.OK, "all applied")


def outbox_backlog(now: datetime) -> Finding:
    """Look for effects that were given up, and for ones that wait although they are due."""
    waiting = backlog()
    if waiting.dead:
        return Finding("outbox", State.FAIL, f"{waiting.dead} effects were given up", "Read the worker's log lines.")
    if waiting.oldest_due is not None and now - waiting.oldest_due > LONG_WAIT:
        fact = f"{waiting.pending} effects wait, the oldest since {waiting.oldest_due:%Y-%m-%d %H:%M} UTC"
        return Finding("outbox", State.WARN, fact, "Is a worker running? Start one: inkseal worker")
    return Finding("outbox", State.OK, f"{waiting.pending} effects wait")


def fonts() -> Finding:
    """Look for font files in the configured folders."""
    files = [file for folder in settings.FONT_DIRS for file in Path(folder).glob("**/*.[ot]tf")]
    if not files:
        return Finding("fonts", State.FAIL, "none found", "Run `make setup`, or correct INKSEAL_FONT_DIRS.")
    return Finding("fonts", State.OK, f"{len(files)} files")


def storage() -> Finding:
    """Write and remove a file where documents are kept."""
    folder = Path(settings.VAR_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as err:
        return Finding("storage", State.FAIL, f"{folder}: {err.strerror}", "Make INKSEAL_VAR_DIR writable.")
    if free < LITTLE_SPACE_BYTES:
        return Finding("storage", State.WARN, f"{free // 1024**2} MB free", "Make room before files are refused.")
    return Finding("storage", State.OK, f"writable, {free // 1024**3} GB free")


def mail() -> Finding:
    """Greet the mail server; messages wait in the outbox while it is away, so that is a warning."""
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=SMTP_TIMEOUT_SECONDS) as server:
            server.noop()
    except OSError:
        advice = (
            "`inkseal serve --demo` brings one."
            if settings.DEMO or settings.EMBEDDED
            else "Messages wait until it is back."
        )
        return Finding("mail", State.WARN, f"no mail server at {place}", advice)
    return Finding("mail", State.OK, f"{place} answers")


def _ask_database() -> datetime | None:
    try:
        return database_now()
    except DatabaseError:
        return None


def _seal_checks(now: datetime) -> Iterator[Finding]:
    checks: tuple[Callable[[datetime], Finding], ...] = (seal_key, trust_roots)
    for check in checks:
        yield check(now)


def seal_key(now: datetime) -> Finding:
    """Open the company seal's key and look at its expiry."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    path = Path(settings.SEAL_KEY_FILE)
    if not path.is_file():
        return Finding(
            "seal key",
            State.FAIL,
            f"{path} is missing",
            "Run `inkseal keys init-demo`, or set INKSEAL_SEAL_KEY.",
        )
    try:
        opened = pkcs12.load_pkcs12(path.read_bytes(), settings.SEAL_KEY_PASSPHRASE.encode())
    except (OSError, ValueError):
        return Finding("seal key", State.FAIL, f"{path} does not open", "Correct INKSEAL_SEAL_KEY_PASSPHRASE.")
    if opened.cert is None:
        return Finding("seal key", State.FAIL, f"{path} holds no certificate", "Export the key with its certificate.")
    return expiry(opened.cert.certificate.not_valid_after_utc, now)


def expiry(end: datetime, now: datetime) -> Finding:
    """Judge the end of the seal certificate's validity."""
    advice = "Order a new certificate, then replace the file that INKSEAL_SEAL_KEY names."
    if end <= now:
        return Finding("seal key", State.FAIL, f"expired on {end:%Y-%m-%d}", advice)
    state = State.WARN if end - now <= EXPIRY_NOTICE else State.OK
    return Finding("seal key", state, f"valid until {end:%Y-%m-%d}", advice if state is State.WARN else "")


def trust_roots(now: datetime) -> Finding:
    """Read the certificates that verification trusts."""
    from cryptography import x509

    path = Path(settings.TRUST_ROOTS)
    try:
        roots = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        return Finding("roots", State.FAIL, f"{path} holds no certificates", "Set INKSEAL_TRUST_ROOTS to a PEM file.")
    old = [root for root in roots if root.not_valid_after_utc <= now]
    if old:
        return Finding("roots", State.WARN, f"{len(old)} of {len(roots)} expired", "Take them out of the file.")
    return Finding("roots", State.OK, f"{len(roots)} trusted")
