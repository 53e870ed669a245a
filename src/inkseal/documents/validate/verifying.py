"""One file is verified: everything that is in it is examined, then the whole is judged.

Stricter than any one signature: what carries no whole-file coverage by its last signature (but for validation data,
which proves and shows nothing), has bytes behind its end, or holds a signature of an unknown kind, is not green.
"""

import asyncio
import codecs
import logging
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import Any, Final, TypeVar

from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from inkseal.documents.validate.additions import are_accounted_for
from inkseal.documents.validate.judge import conclude
from inkseal.documents.validate.report import Change, Finding, PadesLevel, Report, SignatureKind, SignatureReport
from inkseal.documents.validate.signature import Evidence, Examined, examine
from inkseal.documents.validate.structure import MAGIC, ends_cleanly, has_signature_trace
from inkseal.documents.validate.trust import read_roots

T = TypeVar("T")
_LATE_MODULES: Final = (
    "lxml.etree",
    "pyhanko.keys.internal",
    "pyhanko.pdf_utils.crypt._saslprep",
    "pyhanko.pdf_utils.crypt.pdfmac",
    "pyhanko.pdf_utils.filters",
    "pyhanko.pdf_utils.metadata.xmp_xml",
    "pyhanko.sign.signers.pdf_cms",
    "pyhanko_certvalidator.validate",
)
_LATE_CODECS: Final = ("ascii", "cp1252", "hex", "idna", "latin1", "utf-16", "utf-16be", "utf-8-sig", "teletex")

# pyHanko logs the names of signers and whole tracebacks for every file that is not in order: both are answers here.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_prepared = threading.local()


def verify(pdf: bytes, *, roots: bytes, now: datetime) -> Report:
    """Say what is proven of `pdf` as of `now` (aware), trusting `roots` (PEM, one or more certificates) and no others.

    Opens hostile bytes in this process: for anything uploaded use `verify_isolated`. Fetches nothing.
    Never raises for what is in `pdf`; `TrustRootsError` when `roots` are none.
    Source: ETSI EN 319 102-1 (validation), ETSI EN 319 142-1 (PAdES), ISO 32000-1, 12.8.
    """
    trusted = tuple(read_roots(roots))
    findings: tuple[Finding, ...]
    signatures: tuple[SignatureReport, ...] = ()
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        if reader.encrypted:
            findings = (Finding.ENCRYPTED,)
        else:
            findings, signatures = _examine_all(Evidence(pdf, reader, trusted, now))
    except PdfDecodeLimitError:
        findings = (Finding.TOO_COSTLY,)
    except Exception:  # noqa: BLE001 - whatever breaks the reader is a damage of the file
        findings = (_damage(pdf),)
    return conclude(pdf, findings, signatures)


def prepare() -> None:
    """Do now what needs a file descriptor: make the event loop, import what pyHanko and asn1crypto import late.

    A late import that fails in the child would look like a broken signature.
    """
    for module in _LATE_MODULES:
        import_module(module)
    for name in _LATE_CODECS:
        codecs.lookup(name)
    _prepared.loop = asyncio.new_event_loop()


def _run(work: Coroutine[Any, Any, T]) -> T:
    loop: asyncio.AbstractEventLoop | None = getattr(_prepared, "loop", None)
    return asyncio.run(work) if loop is None else loop.run_until_complete(work)


def _damage(pdf: bytes) -> Finding:
    if has_signature_trace(pdf):
        return Finding.SIGNED_BUT_DAMAGED
    return Finding.DAMAGED if pdf.startswith(MAGIC) else Finding.NOT_A_PDF


def _examine_all(evidence: Evidence) -> tuple[tuple[Finding, ...], tuple[SignatureReport, ...]]:
    fields = list(enumerate_sig_fields(evidence.reader, filled_status=True))
    examined = _run(_examine_fields(fields, evidence))
    examined.sort(key=lambda one: (one.revision, one.signed_end))
    if not examined:
        _read_pages(evidence.reader)
    findings = [] if ends_cleanly(evidence.pdf) else [Finding.BYTES_AFTER_END]
    if all(one.report.kind is SignatureKind.TIME_STAMP for one in examined):
        # A signature that no field leads to any more was taken out of the form, or its name was.
        lost = not examined and has_signature_trace(evidence.pdf)
        findings.append(Finding.SIGNED_BUT_DAMAGED if lost else Finding.NO_SIGNATURE)
    elif not _is_closed(examined, evidence):
        findings.append(Finding.CHANGED_AFTER)
    has_store = "/DSS" in evidence.reader.root
    return tuple(findings), tuple(_with_time(one, examined, has_store=has_store) for one in examined)


async def _examine_fields(fields: Sequence[tuple[str, Any, Any]], evidence: Evidence) -> list[Examined]:
    return [await examine(name, field, evidence) for name, _, field in fields]


def _read_pages(reader: PdfFileReader) -> None:
    """Trip over a PDF that is one in name only."""
    _ = reader.root["/Pages"]["/Count"]


def _is_closed(examined: Sequence[Examined], evidence: Evidence) -> bool:
    """Say whether nothing but signed revisions and validation data follow the first signature.

    Where a signature could not be read its own finding says why the file is not green.
    """
    if any(one.signed_end == 0 for one in examined):
        return True
    first, last = (choose(examined, key=lambda one: one.signed_end) for choose in (min, max))
    return (last.report.covers_whole_file or last.report.changed_after <= Change.PROOF) and are_accounted_for(
        evidence.pdf, evidence.reader, revision=first.revision, end=first.signed_end
    )


def _with_time(one: Examined, all_of_them: Sequence[Examined], *, has_store: bool) -> SignatureReport:
    """Add the proof of time and the level, which also later document time-stamps give."""
    closing = [
        other.stamped
        for other in all_of_them
        if other.report.kind is SignatureKind.TIME_STAMP and other.revision > one.revision and other.stamped
    ]
    times = [time for time in (one.stamped, *closing) if time is not None]
    if not times or not one.report.intact:
        return replace(one.report, level=_level(one, has_store=False, closed=False))
    proven = min(times)
    findings = one.report.findings
    if one.not_before is not None and proven < one.not_before:
        findings = (*findings, Finding.NOT_YET_VALID)
    level = _level(replace(one, stamped=proven), has_store=has_store, closed=bool(closing))
    return replace(one.report, proven_time=proven, findings=findings, level=level)


def _level(one: Examined, *, has_store: bool, closed: bool) -> PadesLevel | None:
    if one.report.kind is not SignatureKind.SIGNATURE or not one.is_pades or not one.report.intact:
        return None
    if one.stamped is None:
        return PadesLevel.B_B
    if not has_store:
        return PadesLevel.B_T
    return PadesLevel.B_LTA if closed else PadesLevel.B_LT
