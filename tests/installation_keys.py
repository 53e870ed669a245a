"""Keys of an installation as its settings write them, for tests that change them."""

import base64
from typing import Final


def in_base64(letter: str) -> str:
    """Return a key of 32 equal bytes as settings hold it."""
    return base64.b64encode(letter.encode() * 32).decode()


def master(*names: str) -> str:
    """Return master keys with these ids, the first one active; each key is made of its id's last letter."""
    return ",".join(f"{name}:{in_base64(name[-1])}" for name in names)


OLD: Final = "key-a"
NEW: Final = "key-b"
