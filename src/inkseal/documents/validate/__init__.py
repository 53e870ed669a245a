"""Verification of any PDF: what is signed, by whom, whether it was changed, and what proves the time.

`verify` opens the file here and loads the PDF libraries on first use; `verify_isolated` opens it in a child process.
"""

from typing import TYPE_CHECKING, Any

from inkseal.documents.validate.errors import TrustRootsError
from inkseal.documents.validate.isolated import verify_isolated
from inkseal.documents.validate.report import (
    Change,
    Finding,
    PadesLevel,
    Report,
    SignatureKind,
    SignatureReport,
    Verdict,
)

if TYPE_CHECKING:
    from inkseal.documents.validate.verifying import verify

__all__ = [
    "Change",
    "Finding",
    "PadesLevel",
    "Report",
    "SignatureKind",
    "SignatureReport",
    "TrustRootsError",
    "Verdict",
    "verify",
    "verify_isolated",
]


def __getattr__(name: str) -> Any:
    if name == "verify":
        from inkseal.documents.validate.verifying import verify

        return verify
    raise AttributeError(name)
