"""Counts what the service refuses, and shows the counts to a monitor that knows the token.

Decided here: a refusal is an answer 403, 404, 409, 422 or 429; it is counted by route and status, and nothing of the
request is kept. Each process counts for itself.
"""

import hmac
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, Counter, generate_latest

Handler = Callable[[HttpRequest], HttpResponse]

REFUSALS: Final = frozenset(
    {
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
refusals: Final = Counter("inkseal_refusals", "Requests that were refused.", ["route", "status"])
_log: Final = structlog.get_logger(__name__)


def refusal_middleware(get_response: Handler) -> Handler:
    """Count and log every refused request under its route's name, never its address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in REFUSALS:
            match = request.resolver_match
            route = match.view_name if match is not None else "unknown"
            refusals.labels(route, str(response.status_code)).inc()
            _log.info("refused", route=route, status=response.status_code, method=request.method)
        return response

    return middleware


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the counts in the Prometheus text format; without the right token there is no such page."""
    given = request.headers.get("Authorization", "").encode()
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
