"""What a production installation must be told; embedded and demo installations make their secrets."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

KEY_BYTES: Final = 32
SHORTEST_SECRET: Final = 32


def production_faults(values: Mapping[str, str]) -> list[str]:
    """Return every reason why these settings (names without prefix) must not serve people, as sentences."""
    return [
        *_secret_key_faults(values["SECRET_KEY"]),
        *_key_faults("BLIND_INDEX_KEY", values["BLIND_INDEX_KEY"]),
        *(
            fault
            for key in values.get("BLIND_INDEX_OLD_KEYS", "").split(",")
            if key
            for fault in _key_faults("BLIND_INDEX_OLD_KEYS", key)
        ),
        *_key_faults("PAGE_CODE_KEY", values["PAGE_CODE_KEY"]),
        *_master_key_faults(values["MASTER_KEYS"]),
        *_address_faults(values["BASE_URL"], values["ALLOWED_HOSTS"].split(",")),
    ]


def is_key(text: str) -> bool:
    """Tell whether `text` is 32 bytes in base64."""
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _secret_key_faults(value: str) -> list[str]:
    if len(value) >= SHORTEST_SECRET:
        return []
    return [f"INKSEAL_SECRET_KEY: give at least {SHORTEST_SECRET} random characters"]


def _key_faults(name: str, value: str) -> list[str]:
    return [] if is_key(value) else [f"INKSEAL_{name}: give 32 random bytes in base64 (openssl rand -base64 32)"]


def _master_key_faults(value: str) -> list[str]:
    pairs = [part.strip().partition(":") for part in value.split(",")]
    if all(name and is_key(key) for name, _, key in pairs):
        return []
    return ["INKSEAL_MASTER_KEYS: give id:key[,id:key...], 32 random bytes in base64 each, the active one first"]


def _address_faults(value: str, hosts: Sequence[str]) -> list[str]:
    host = _host(value)
    if not host:
        return ["INKSEAL_BASE_URL: give the public address; it starts with https://"]
    if any(name == host or (name.startswith(".") and f".{host}".endswith(name)) for name in hosts):
        return []
    return [f"INKSEAL_ALLOWED_HOSTS: give {host} too, the host of INKSEAL_BASE_URL; no page is answered otherwise"]


def _host(address: str) -> str:
    """Return the host of an https address, "" for anything else."""
    try:
        url = urlsplit(address)
    except ValueError:
        return ""
    return (url.hostname or "") if url.scheme == "https" else ""
