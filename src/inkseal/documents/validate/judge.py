"""From findings to the verdict. Pure: the table below is the whole rule."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from inkseal.documents.validate.report import Finding, Report, SignatureKind, SignatureReport, Verdict

_NOT_READABLE: Final = frozenset({Finding.NOT_A_PDF, Finding.ENCRYPTED, Finding.DAMAGED, Finding.TOO_COSTLY})
_INVALID: Final = frozenset(
    {
        Finding.SIGNED_BUT_DAMAGED,
        Finding.BYTES_AFTER_END,
        Finding.BYTE_RANGE,
        Finding.CONTAINER,
        Finding.DIGEST,
        Finding.SIGNATURE_VALUE,
        Finding.CHANGED_AFTER,
        Finding.TIME_STAMP_BROKEN,
    }
)
_REMARKS: Final = frozenset({Finding.TIME_NOT_TRUSTED, Finding.TIME_IN_FUTURE})


def judge(findings: Iterable[Finding], signatures: Iterable[SignatureReport]) -> Verdict:
    """Return the verdict on a file with these findings (its own and its signatures') and signatures.

    Green needs every fact, not only the absence of findings: a fact that nobody established is not proven.
    """
    found = frozenset(findings)
    if found & _NOT_READABLE:
        return Verdict.NOT_READABLE
    if found & _INVALID:
        return Verdict.INVALID
    if Finding.NO_SIGNATURE in found:
        return Verdict.UNSIGNED
    seals = [one for one in signatures if one.kind is not SignatureKind.TIME_STAMP]
    if seals and all(map(_is_green, seals)) and found <= _REMARKS:
        return Verdict.VALID
    return Verdict.NOT_PROVEN


def conclude(pdf: bytes, findings: Sequence[Finding], signatures: Sequence[SignatureReport] = ()) -> Report:
    """Return the report on `pdf` with these findings of the file and these signatures."""
    everything = [*findings, *(finding for one in signatures for finding in one.findings)]
    return Report(
        verdict=judge(everything, signatures),
        findings=tuple(dict.fromkeys(everything)),
        sha256=hashlib.sha256(pdf).hexdigest(),
        size_bytes=len(pdf),
        signatures=tuple(signatures),
    )


def _is_green(one: SignatureReport) -> bool:
    return one.kind is SignatureKind.SIGNATURE and one.intact and one.trusted and one.unmodified
