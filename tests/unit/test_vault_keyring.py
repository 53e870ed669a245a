"""The installation's keys as the settings give them, and the digests made with them."""

import base64
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from inkseal import vault
from inkseal.project.production import production_faults
from inkseal.vault.framing import framed
from inkseal.vault.keyring import (
    active_master_key,
    blind_index_key,
    blind_index_keys,
    mark_of,
    master_key,
    master_key_ids,
)

KEY_A, KEY_B = b"a" * 32, b"b" * 32


def in_base64(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_the_first_master_key_is_the_active_one(settings: Settings) -> None:
    settings.MASTER_KEYS = f"2026b:{in_base64(KEY_B)}, 2026a:{in_base64(KEY_A)}"
    assert active_master_key() == ("2026b", KEY_B)
    assert master_key("2026a") == KEY_A
    assert master_key_ids() == ("2026b", "2026a")


def test_a_master_key_that_is_gone_is_named(settings: Settings) -> None:
    settings.MASTER_KEYS = f"2026b:{in_base64(KEY_B)}"
    with pytest.raises(vault.KeyringError) as caught:
        master_key("2026a")
    assert (caught.value.setting, caught.value.key_id) == ("INKSEAL_MASTER_KEYS", "2026a")


@pytest.mark.parametrize(
    "text", ["", in_base64(KEY_A), "a:", f"a:{in_base64(b'short')}", f"a:{in_base64(KEY_A)},", "a:é"]
)
def test_unusable_master_keys_are_refused_without_being_quoted(settings: Settings, text: str) -> None:
    settings.MASTER_KEYS = text
    with pytest.raises(vault.KeyringError) as caught:
        active_master_key()
    assert caught.value.setting == "INKSEAL_MASTER_KEYS"
    assert caught.value.args == ("INKSEAL_MASTER_KEYS", None)


def test_an_absent_blind_index_key_is_named(settings: Settings) -> None:
    settings.BLIND_INDEX_KEY = ""
    with pytest.raises(vault.KeyringError) as caught:
        blind_index_key()
    assert caught.value.setting == "INKSEAL_BLIND_INDEX_KEY"


def test_old_index_keys_stand_behind_the_active_one(settings: Settings) -> None:
    settings.BLIND_INDEX_KEY, settings.BLIND_INDEX_OLD_KEYS = in_base64(KEY_B), [in_base64(KEY_A)]
    assert blind_index_keys() == (KEY_B, KEY_A)


def test_an_unusable_old_index_key_is_named_at_start_and_at_use(settings: Settings) -> None:
    settings.BLIND_INDEX_OLD_KEYS = ["short"]
    with pytest.raises(vault.KeyringError) as caught:
        blind_index_keys()
    assert caught.value.setting == "INKSEAL_BLIND_INDEX_OLD_KEYS"
    nothing_else = defaultdict[str, str](str)
    faults = production_faults(nothing_else | {"BLIND_INDEX_OLD_KEYS": f"{in_base64(KEY_A)},short"})
    assert len([fault for fault in faults if "BLIND_INDEX_OLD_KEYS" in fault]) == 1


def test_a_mark_tells_keys_apart_and_nothing_of_them() -> None:
    assert mark_of(KEY_A) != mark_of(KEY_B)
    assert mark_of(KEY_A) not in {KEY_A.hex()[:16], in_base64(KEY_A)[:16]}


@pytest.mark.parametrize("same", [" Alice@Example.org", "alice@example.org\n", "ＡＬＩＣＥ@example.org"])
def test_case_space_and_width_do_not_change_a_digest(same: str) -> None:
    assert vault.blind_index("email", same) == vault.blind_index("email", "alice@example.org")


def test_a_digest_depends_on_kind_and_key(settings: Settings) -> None:
    settings.BLIND_INDEX_KEY = in_base64(KEY_A)
    first = vault.blind_index("email", "alice@example.org")
    assert vault.blind_index("phone", "alice@example.org") != first
    settings.BLIND_INDEX_KEY = in_base64(KEY_B)
    assert vault.blind_index("email", "alice@example.org") != first
    assert len(first) == 64


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_texts_are_never_framed_alike(some: list[str], others: list[str]) -> None:
    assert (framed(*some) == framed(*others)) == (some == others)


def test_subjects_name_ids_only() -> None:
    assert vault.author_subject(1001) == "author:1001"
    assert vault.contract_subject(77) == "contract:77"
