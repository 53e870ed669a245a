"""Staff sign in with account name and password; axes counts the tries (ten in fifteen minutes)."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inkseal.desk.access import staff_of


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or let somebody in and lead him where he wanted to go."""
    if request.method == "POST":
        return _try(request)
    if staff_of(request) is not None:
        return redirect(destination(request))
    return _form(request, status=HTTPStatus.OK)


def destination(request: HttpRequest) -> str:
    """Return the page of this site that was asked for before, else the queue."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _try(request: HttpRequest) -> HttpResponse:
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    user = authenticate(request, username=name.strip(), password=password)
    if user is not None:
        login(request, user)
        return redirect(destination(request))
    if getattr(request, "axes_locked_out", False):
        # Answered here, in the reader's language; left set, axes would replace this page by its own.
        request.axes_locked_out = False  # type: ignore[attr-defined]
        return _form(request, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _form(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _form(request: HttpRequest, *, status: HTTPStatus) -> HttpResponse:
    context = {
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "username": request.POST.get("username", ""),
        "refused": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "locked": status == HTTPStatus.TOO_MANY_REQUESTS,
    }
    return render(request, "desk/sign_in.html", context, status=status)
