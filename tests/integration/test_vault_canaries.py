"""A-58 for the lower layers: what is personal stands in clear in no table and no file."""

import base64
import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.core.files.storage import default_storage
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from inkseal import evidence, vault
from inkseal.core.actor import SYSTEM
from inkseal.core.errors import PermanentError
from inkseal.vault import keys
from inkseal.vault.models import DataKey
from inkseal.vault.wrapping import unwrap
from tests.installation_keys import NEW, master

CANARIES = ("Canary-Alice", "canary.alice@example.org", "E1234567K", "+65 55500142", "1999-09-09")
ALICE = vault.author_subject(1001)


def raw_rows() -> str:
    """Every row of every table of these packages, as the database administrator sees it."""
    labels = ("ids", "vault", "evidence", "outbox")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return "\n".join(repr(row) for model in models for row in model._default_manager.values_list())


@pytest.mark.django_db
def test_a_58_canaries_stand_in_no_table_and_no_file(now: datetime) -> None:
    tokens = [vault.seal(ALICE, "signonline_exp", "realname_en", canary) for canary in CANARIES]
    for canary in CANARIES:
        vault.remember("email", canary, ALICE)
        vault.put_file(ALICE, canary.encode(), media_type="text/plain", now=now)
    with transaction.atomic():
        evidence.append(
            "contract:77",
            "submitted",
            SYSTEM,
            {"round": 1},
            personal=dict(zip("abcde", CANARIES, strict=True)),
            now=now,
        )
    stored = [path.read_bytes() for path in Path(default_storage.path("")).rglob("*") if path.is_file()]
    seen = "\n".join([raw_rows(), *tokens]).encode() + b"\n".join(stored)
    assert len(stored) >= len(CANARIES)
    assert b"contract:77" in seen
    assert not [canary for canary in CANARIES if canary.encode() in seen]


@pytest.mark.django_db
def test_a_58_keys_stand_in_no_table(now: datetime) -> None:
    vault.seal(ALICE, "signonline_exp", "realname_en", "Alice")
    wrapping = configured.MASTER_KEYS.partition(":")[2]
    rows = raw_rows()
    assert "author:1001" in rows
    assert wrapping not in rows
    assert configured.BLIND_INDEX_KEY not in rows


class Told:
    """Everything that could be told by accident: logs of all levels, errors with their causes, representations."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        self._log = caplog
        self._more: list[str] = []

    def see(self, thing: object) -> None:
        self._more.append(repr(thing))
        if isinstance(thing, BaseException):
            self._more += traceback.TracebackException.from_exception(thing, capture_locals=False).format()

    def text(self) -> str:
        return "\n".join([*(record.getMessage() for record in self._log.records), *self._more])


def refused(told: Told, act: Callable[[], object]) -> None:
    with pytest.raises(PermanentError) as caught:
        act()
    told.see(caught.value)


@pytest.mark.django_db
def test_a_58_no_log_error_or_representation_tells_a_value_or_a_key(
    now: datetime, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    told, place, canary = Told(caplog), ("signonline_exp", "realname_en"), CANARIES[0]
    token = vault.seal(ALICE, *place, canary)
    row = DataKey.objects.get()
    secret = unwrap(row)
    secrets = [*CANARIES, settings.BLIND_INDEX_KEY, settings.MASTER_KEYS.partition(":")[2]]
    secrets += [repr(secret)[2:-1], secret.hex(), base64.b64encode(secret).decode(), row.wrapped]
    vault.remember("email", canary, ALICE)
    file = vault.put_file(ALICE, canary.encode(), media_type="text/plain", now=now)
    for thing in (keys.key_of(ALICE), keys._cache, file, row, vault.key_usage(), vault.select_holdings(ALICE)):
        told.see(thing)
    vault.seal("author:1002", *place, "Bob")
    refused(told, lambda: vault.open_sealed("author:1002", *place, token))
    refused(told, lambda: vault.open_sealed(ALICE, "other", "column", token))
    refused(told, lambda: vault.remember("email", canary, "author:1002"))
    refused(told, lambda: vault.read_file("author:1002", file.file_id))
    settings.MASTER_KEYS = master(NEW)
    vault.forget_cached_keys()
    connection.run_on_commit.clear()
    refused(told, lambda: vault.open_sealed(ALICE, *place, token))
    vault.erase(ALICE, now=now)
    refused(told, lambda: vault.seal(ALICE, *place, canary))
    assert "author:1001" in told.text()
    assert not [at for at, secret in enumerate(secrets) if secret in told.text()]
