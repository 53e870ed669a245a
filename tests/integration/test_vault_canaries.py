"""A-58 for the lower layers: what is personal stands in clear in no table and no file."""

from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from inkseal import evidence, vault
from inkseal.core.actor import SYSTEM

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
    master = settings.MASTER_KEYS.partition(":")[2]
    rows = raw_rows()
    assert "author:1001" in rows
    assert master not in rows
    assert settings.BLIND_INDEX_KEY not in rows
