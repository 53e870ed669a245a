"""What a load balancer asks: is the process alive, may it be sent requests? Nothing private is answered."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inkseal.project.checks import State, readiness


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process answers at all; the database is not asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when requests can be served, else 503; names of checks and their state, no details."""
    findings = readiness()
    is_ready = all(finding.state is not State.FAIL for finding in findings)
    body = {"ready": is_ready, "checks": {finding.check: finding.state.value for finding in findings}}
    return JsonResponse(body, status=200 if is_ready else 503)
