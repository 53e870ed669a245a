"""A page code as dark and light modules: QR (ISO/IEC 18004), 25 modules a side, level M, 22 mm."""

import re
from collections.abc import Sequence
from typing import Final

import zxingcpp

from inkseal.core.errors import PermanentError

#: 33-module codes failed on hard photographs where 25-module ones were all read (documents.md, page code).
SIDE_MODULES: Final = 25
CODE_SIZE_MM: Final = 22


class CodeTooLongError(PermanentError):
    """The text needs a finer code than phones read reliably."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


def modules(text: str) -> tuple[str, ...]:
    """Return the 25 rows of the code, top first, one "1" for each dark module and no quiet zone."""
    # Version 2 also where version 1 would do: its alignment pattern is what made bent pages readable.
    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", version=2)
    except ValueError as err:
        raise CodeTooLongError(len(text)) from err
    image = code.to_image(scale=1, add_quiet_zones=False)
    pixels = bytes(image)  # type: ignore[call-overload]  # a buffer, which its stub does not say
    bits = "".join("0" if light else "1" for light in pixels)
    return tuple(bits[start : start + SIDE_MODULES] for start in range(0, len(bits), SIDE_MODULES))


def outline(rows: Sequence[str]) -> str:
    """Return the dark modules as SVG path commands in module units, one rectangle for each horizontal run."""
    return "".join(
        f"M{run.start()} {top}h{len(run[0])}v1h-{len(run[0])}z"
        for top, row in enumerate(rows)
        for run in re.finditer("1+", row)
    )
