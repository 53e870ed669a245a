"""The remark that an editor types with a move; it goes to scontractlog.note as typed (R41). Pure."""

from typing import Final

from inkseal.contracts.errors import FieldFault, FieldFaultsError
from inkseal.contracts.rules import FaultCode

#: scontractlog.note holds this many characters.
REMARK_LIMIT: Final = 512


def checked_remark(typed: str, *, required: bool = True) -> str:
    """Return the remark without outer white space; FieldFaultsError when it is missing or would be cut."""
    remark = typed.strip()
    if required and not remark:
        raise FieldFaultsError((FieldFault("note", FaultCode.REQUIRED),))
    if len(remark) > REMARK_LIMIT:
        raise FieldFaultsError((FieldFault("note", FaultCode.TOO_LONG, str(REMARK_LIMIT)),))
    return remark
