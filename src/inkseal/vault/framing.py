"""Puts several texts into one byte string from which they could be read back: ("a", "bc") never equals ("ab", "c")."""


def framed(*parts: str) -> bytes:
    """Return each part as UTF-8 behind its length in four bytes, big endian."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
