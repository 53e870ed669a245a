"""Verification for anybody: drop a file, read the verdict. The file is read in memory and then forgotten."""

from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from inkseal.documents.validate import Report, TrustRootsError, verify_isolated
from inkseal.public.intake import HOPELESS_BYTES, LARGEST_BYTES, MemoryIntake, declared_bytes
from inkseal.public.verdict import ADVICE, HEADLINES, SHAPES, facts_of, seal_of, signature_lines

#: Verifying takes a processor for seconds: strangers get two at a time and the rest of the house stays quick.
_turns: Final = BoundedSemaphore(2)
_PATIENCE_SECONDS: Final = 20


@csrf_exempt  # the token is checked below, once the body is read by our own intake
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    """Show the drop field, or the verdict on a file."""
    if declared_bytes(request) > HOPELESS_BYTES:
        return _again(request, _too_large(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    intake = MemoryIntake(request)
    request.upload_handlers = [intake]
    return _checked(request, intake)


@csrf_protect
def _checked(request: HttpRequest, intake: MemoryIntake) -> HttpResponse:
    if request.method != "POST":
        return _again(request, "", HTTPStatus.OK)
    file = request.FILES.get("file")
    if intake.too_large:
        return _again(request, _too_large(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not isinstance(file, UploadedFile) or not file.size:
        return _again(request, _("Please choose a file first."), HTTPStatus.UNPROCESSABLE_ENTITY)
    if not _turns.acquire(timeout=_PATIENCE_SECONDS):
        busy = _("Many files are being checked just now. Please try again in a minute.")
        return _again(request, busy, HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        roots = Path(settings.TRUST_ROOTS).read_bytes()
        now: datetime = request.now  # type: ignore[attr-defined]  # set by the clock middleware
        report = verify_isolated(file.read(), roots=roots, now=now)
    except (OSError, TrustRootsError):
        lacking = _("Verification is not set up here yet: nobody is named whose seals are trusted.")
        return _again(request, lacking, HTTPStatus.SERVICE_UNAVAILABLE)
    finally:
        _turns.release()
    return render(request, "public/verdict.html", verdict_context(report, file.name or ""))


def verdict_context(report: Report, name: str) -> dict[str, Any]:
    """Return what the verdict page shows."""
    seal = seal_of(report)
    return {
        "report": report,
        "shape": SHAPES[report.verdict].value,
        "headline": HEADLINES[report.verdict],
        "advice": ADVICE.get(report.verdict, ""),
        "facts": facts_of(report),
        "signatures": signature_lines(report),
        "seal": seal,
        "sealed_at": None if seal is None else seal.proven_time or seal.claimed_time,
        "name": name,
        "digest": [report.sha256[start : start + 8] for start in range(0, len(report.sha256), 8)],
    }


def _too_large() -> str:
    return _("The file is larger than %(limit)d MB. No contract is; please choose another file.") % {
        "limit": LARGEST_BYTES // 1_000_000
    }


def _again(request: HttpRequest, fault: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "public/verify.html", {"fault": fault}, status=status)
