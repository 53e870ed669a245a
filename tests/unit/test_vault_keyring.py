"""The installation's keys as the settings give them, and the digests made with them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from inkseal import vault
from inkseal.vault.framing import framed
from inkseal.vault.keyring import active_master_key, blind_index_key, master_key

KEY_A, KEY_B = b"a" * 32, b"b" * 32


def in_base64(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_the_first_master_key_is_the_active_one(settings: Settings) -> None:
    settings.MASTER_KEYS = f"2026b:{in_base64(KEY_B)}, 2026a:{in_base64(KEY_A)}"
    assert active_master_key() == ("2026b", KEY_B)
    assert master_key("2026a") == KEY_A


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
