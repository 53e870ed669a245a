"""Sealing and opening one value of a person, against AES-256-GCM of `cryptography` alone with one fixed key.

The alternative does what no design can leave out: a random nonce, the encryption, base64. The vault adds the key per
person, the binding to subject, table and column, and a token that has one spelling only.
"""

import base64
import os
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.figures import Figure, interleaved

COMMAND: Final = "python -m benchmarks vault"
#: A round is shorter than a slice of the scheduler, so that most rounds run through on a busy machine too.
VALUES: Final = 200
ROUNDS: Final = 151
PLACE: Final = ("author:1001", "signonline_exp", "realname_en")
#: A name and an address, as forms hold them.
TEXTS: Final = {"name": "Alice Example Tan", "address": "灯笼路十二号三单元，新加坡 " * 2}
NONCE_BYTES: Final = 12


def figures() -> Iterator[Figure]:
    """Measure and return the figures of the vault."""
    with TemporaryDirectory() as folder:
        _start(folder)
        for name, text in TEXTS.items():
            yield from _field(name, text)
        yield _cold_key()


def _start(folder: str) -> None:
    """Set up an installation of its own, unless another benchmark of this run has set one up."""
    import django
    from django.apps import apps
    from django.core.management import call_command

    if not apps.ready:
        os.environ |= {"INKSEAL_VAR_DIR": folder, "INKSEAL_KEYS_DIR": folder}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inkseal.project.settings")
        django.setup()
        call_command("migrate", verbosity=0)


def _field(name: str, text: str) -> Iterator[Figure]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from inkseal import vault

    cipher, place = AESGCM(bytes(32)), ".".join(PLACE).encode()

    def encrypt() -> str:
        nonce = os.urandom(NONCE_BYTES)
        return base64.urlsafe_b64encode(nonce + cipher.encrypt(nonce, text.encode(), place)).decode()

    def decrypt() -> str:
        sealed = base64.urlsafe_b64decode(plain)
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place).decode()

    token, plain = vault.seal(*PLACE, text), encrypt()
    sides: dict[str, Callable[[], str]] = {
        "seal": lambda: vault.seal(*PLACE, text),
        "open": lambda: vault.open_sealed(*PLACE, token),
        "encrypt": encrypt,
        "decrypt": decrypt,
    }
    taken = _microseconds(sides)
    for act, other in (("seal", "encrypt"), ("open", "decrypt")):
        alone = f"AES-GCM alone {taken[other]:.1f} us"
        yield Figure(f"vault_{act}_{name}", taken[act], "us", alone, taken[other] / taken[act], COMMAND)


def _cold_key() -> Figure:
    from inkseal import vault

    token = vault.seal(*PLACE, "Alice")

    def open_cold() -> str:
        vault.forget_cached_keys()
        return vault.open_sealed(*PLACE, token)

    return Figure("vault_open_cold_key", _microseconds({"cold": open_cold})["cold"], "us", "", None, COMMAND)


def _microseconds(sides: dict[str, Callable[[], str]]) -> dict[str, float]:
    """Return what one call of each side takes: the median round of many, divided by its calls."""

    def repeated(work: Callable[[], str]) -> Callable[[int], object]:
        return lambda _round: [work() for _ in range(VALUES)]

    medians = interleaved({name: repeated(work) for name, work in sides.items()}, rounds=ROUNDS)
    return {name: milliseconds * 1000 / VALUES for name, milliseconds in medians.items()}
