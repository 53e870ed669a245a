"""Local secrets are made once, read by their owner only, and never replaced by new ones."""

import base64
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inkseal.project import secrets
from inkseal.project.production import production_faults


def test_secrets_are_made_at_the_first_call_and_kept(tmp_path: Path) -> None:
    first = secrets.ensure_demo_secrets(tmp_path / "keys")
    assert secrets.ensure_demo_secrets(tmp_path / "keys") == first


def test_secrets_of_two_installations_differ_in_every_value(tmp_path: Path) -> None:
    one = secrets.ensure_demo_secrets(tmp_path / "one")
    other = secrets.ensure_demo_secrets(tmp_path / "other")
    same = [name for name in secrets.LocalSecrets.__slots__ if getattr(one, name) == getattr(other, name)]
    assert same == []


def test_only_the_owner_reads_the_file_and_its_folder(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        secrets.ensure_demo_secrets(tmp_path / "keys")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / secrets.FILE_NAME).stat().st_mode) == 0o600


def test_keys_are_32_bytes(tmp_path: Path) -> None:
    made = secrets.ensure_demo_secrets(tmp_path)
    name, _, master = made.master_keys.partition(":")
    assert name == "local1"
    assert {len(base64.b64decode(key)) for key in (master, made.blind_index_key, made.page_code_key)} == {32}


def test_made_secrets_would_do_for_production(tmp_path: Path) -> None:
    made = secrets.ensure_demo_secrets(tmp_path)
    values = {
        "SECRET_KEY": made.secret_key,
        "MASTER_KEYS": made.master_keys,
        "BLIND_INDEX_KEY": made.blind_index_key,
        "PAGE_CODE_KEY": made.page_code_key,
        "BASE_URL": "https://contracts.example",
        "ALLOWED_HOSTS": "contracts.example",
    }
    assert production_faults(values) == []


def test_processes_that_start_together_read_the_same_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda _: secrets.ensure_demo_secrets(tmp_path / "keys"), range(32)))
    assert len(set(read)) == 1


def test_no_draft_is_left_behind(tmp_path: Path) -> None:
    secrets.ensure_demo_secrets(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [secrets.FILE_NAME]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"secret_key": "only one"}', '{"unknown": "value"}'])
def test_a_damaged_file_is_refused_and_not_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / secrets.FILE_NAME
    path.write_text(content, encoding="utf-8")
    with pytest.raises(secrets.SecretsUnusableError) as caught:
        secrets.ensure_demo_secrets(tmp_path)
    assert caught.value.path == path
    assert path.read_text(encoding="utf-8") == content


def test_the_error_about_a_damaged_file_shows_none_of_its_values(tmp_path: Path) -> None:
    made = secrets.ensure_demo_secrets(tmp_path)
    path = tmp_path / secrets.FILE_NAME
    values = json.loads(path.read_text(encoding="utf-8"))
    del values["master_keys"]
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(secrets.SecretsUnusableError) as caught:
        secrets.ensure_demo_secrets(tmp_path)
    assert made.secret_key not in str(caught.value)
