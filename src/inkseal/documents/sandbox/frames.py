"""The one shape of what passes between parent and child: a length, a JSON object, and bytes."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Length of the JSON part in bytes, unsigned, big-endian.
_LENGTH: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sandboxed function returns. From a taken-over child it may hold anything: check before use."""

    facts: Mapping[str, object]
    content: bytes = b""


class FrameError(ValueError):
    """The bytes are not one whole frame."""


def pack(facts: Mapping[str, object], content: bytes) -> bytes:
    """Return one frame: 4 bytes length of the JSON, the JSON in UTF-8, then `content`."""
    head = json.dumps(dict(facts)).encode()
    return _LENGTH.pack(len(head)) + head + content


def unpack(frame: bytes) -> Answer:
    """Read one frame or raise `FrameError`; trusts nothing in it."""
    if len(frame) < _LENGTH.size:
        raise FrameError(f"{len(frame)} bytes")
    (length,) = _LENGTH.unpack_from(frame)
    end = _LENGTH.size + length
    if end > len(frame):
        raise FrameError(f"{length} bytes of JSON announced, {len(frame)} bytes in all")
    try:
        facts = json.loads(frame[_LENGTH.size : end])
    except (ValueError, RecursionError) as err:
        raise FrameError("no JSON") from err
    if not isinstance(facts, dict):
        raise FrameError("no JSON object")
    return Answer(facts, frame[end:])
