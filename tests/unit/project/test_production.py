"""What production must be told: every fault is found, all of them together, and each says what to give."""

import pytest

from inkseal.project.production import is_key, production_faults

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SHORT_KEY = "MDEyMzQ1Njc4OTAxMjM0NQ=="
GOOD = {
    "SECRET_KEY": "x" * 50,
    "MASTER_KEYS": f"2026b:{KEY},2026a:{KEY}",
    "BLIND_INDEX_KEY": KEY,
    "PAGE_CODE_KEY": KEY,
    "BASE_URL": "https://contracts.example",
    "ALLOWED_HOSTS": "127.0.0.1,contracts.example",
}


def test_complete_settings_have_no_fault() -> None:
    assert production_faults(GOOD) == []


def test_all_faults_are_named_together() -> None:
    faults = production_faults(dict.fromkeys(GOOD, ""))
    named = {fault.partition(":")[0] for fault in faults}
    assert named == {f"INKSEAL_{name}" for name in GOOD} - {"INKSEAL_ALLOWED_HOSTS"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "x" * 31),
        ("MASTER_KEYS", ""),
        ("MASTER_KEYS", KEY),
        ("MASTER_KEYS", f":{KEY}"),
        ("MASTER_KEYS", f"a:{SHORT_KEY}"),
        ("MASTER_KEYS", f"a:{KEY},b:"),
        ("MASTER_KEYS", f"a:{KEY},"),
        ("BLIND_INDEX_KEY", SHORT_KEY),
        ("BLIND_INDEX_KEY", "not base64!"),
        ("PAGE_CODE_KEY", KEY[:-1]),
        ("PAGE_CODE_KEY", "ключ"),
        ("BASE_URL", "http://contracts.example"),
        ("BASE_URL", "contracts.example"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://[contracts"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "127.0.0.1,localhost"),
        ("ALLOWED_HOSTS", "example"),
        ("ALLOWED_HOSTS", "evil-contracts.example"),
        ("ALLOWED_HOSTS", ".other.example"),
    ],
)
def test_one_wrong_value_is_one_fault_that_names_its_setting(name: str, value: str) -> None:
    (fault,) = production_faults(GOOD | {name: value})
    assert fault.startswith(f"INKSEAL_{name}: give ")


@pytest.mark.parametrize("hosts", ["contracts.example", ".example", "a.example,.contracts.example"])
def test_the_public_host_is_allowed_by_its_name_or_its_domain(hosts: str) -> None:
    assert production_faults(GOOD | {"ALLOWED_HOSTS": hosts}) == []


def test_a_public_address_with_a_port_is_allowed_by_its_host() -> None:
    assert production_faults(GOOD | {"BASE_URL": "https://contracts.example:8443"}) == []


def test_a_fault_never_shows_the_value() -> None:
    faults = production_faults(GOOD | {"SECRET_KEY": "too-short-a-secret", "PAGE_CODE_KEY": SHORT_KEY})
    assert len(faults) == 2
    assert "too-short-a-secret" not in "".join(faults)
    assert SHORT_KEY not in "".join(faults)


def test_a_key_is_32_bytes_in_base64() -> None:
    assert is_key(KEY)
    assert not is_key(SHORT_KEY)
    assert not is_key("")
    assert not is_key(KEY + "AAAA")
