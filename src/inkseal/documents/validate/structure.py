# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""What can be said of the bytes before any of them is believed: the end of the file, and the gap of each signature.

pyHanko compares lengths; an attacker who moves a gap keeps them. Here the gap has to be the signature's own
/Contents, at its place, with nothing but zeros behind the container (ISO 32000-1, 12.8.1 and table 252).
"""

import re
from collections.abc import Sequence
from typing import Final

from asn1crypto import core

from inkseal.documents.validate.report import Finding

MAGIC: Final = b"%PDF-"
_END: Final = re.compile(rb"%%EOF(\r\n|\n|\r)?\Z")
_EOLS: Final = frozenset({b"\n", b"\r", b"\r\n"})
_GAP: Final = re.compile(rb"<(?:[0-9a-f]{2})+>|<(?:[0-9A-F]{2})+>")
_SIGNATURE_TRACE: Final = re.compile(rb"/ByteRange\s*\[")


def ends_cleanly(pdf: bytes) -> bool:
    """Say whether nothing but one end of line stands behind the last %%EOF."""
    return _END.search(pdf, len(pdf) - 7) is not None


def has_signature_trace(pdf: bytes) -> bool:
    """Say whether the bytes hold what looks like a signature, readable or not."""
    return _SIGNATURE_TRACE.search(pdf) is not None


def signed_end(byte_range: Sequence[object]) -> int:
    """Return the offset behind the last signed byte; 0 when the range is not one."""
    match byte_range:
        case [_, _, int(second), int(second_length)]:
            return second + second_length
        case _:
            return 0


def covers_all(pdf: bytes, end: int) -> bool:
    """Say whether the signed bytes reach to the end of the file, but for one end of line after %%EOF."""
    return end == len(pdf) or (pdf[end:] in _EOLS and pdf[:end].endswith(b"%%EOF"))


def check_gap(pdf: bytes, byte_range: Sequence[object], contents: bytes) -> Finding | None:
    """Compare the unsigned gap with the signature's /Contents; `contents` is the decoded string, padding included.

    Everything from byte 0 to the end of the range has to be signed but for one hexadecimal string, and this string
    has to be `contents`: one DER value, then zeros.
    """
    match byte_range:
        case [int(start), int(first_length), int(second), int(second_length)] if min(first_length, second_length) > 0:
            gap = pdf[first_length:second]
        case _:
            return Finding.BYTE_RANGE
    if start != 0 or second < first_length or second + second_length > len(pdf) or not _GAP.fullmatch(gap):
        return Finding.BYTE_RANGE
    if bytes.fromhex(gap[1:-1].decode()) != contents:
        return Finding.BYTE_RANGE
    return check_container(contents)


def check_container(contents: bytes) -> Finding | None:
    """Refuse anything but one value with zeros behind it."""
    try:
        length = len(core.load(contents).dump())
    except ValueError:
        return Finding.CONTAINER
    return Finding.CONTAINER if contents[length:].strip(b"\0") else None
