"""Signing in: the address, then the code. Known and unknown addresses get the same answers."""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from inkseal.portal import session
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.sentences import VERDICT_SENTENCE
from inkseal.portal.sign_in import Verdict, ask_code, redeem

LONGEST_ADDRESS: Final = 254


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: AuthorRequest) -> HttpResponse:
    """Ask for the address; leave a code on its way and go on to the code page."""
    if request.method == "GET":
        return _address_page(request)
    address = request.POST.get("email", "").strip()
    if not _is_address(address):
        sentence = gettext("Please write the whole address, such as name@example.org.")
        return _address_page(request, address, sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
    asked = ask_code(address, now=request.now)
    request.session[session.WAITING_KEY] = asked.address_digest
    if not asked.granted:
        sentence = gettext("Five codes were asked for. Please wait 15 minutes, or use the newest one.")
        return _code_page(request, "", sentence, HTTPStatus.TOO_MANY_REQUESTS)
    return HttpResponseRedirect(_with_next(request, reverse("portal:code")))


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: AuthorRequest) -> HttpResponse:
    """Take the code back and let the author in."""
    digest = request.session.get(session.WAITING_KEY)
    if digest is None:
        return redirect("portal:sign-in")
    if request.method == "GET":
        return _code_page(request)
    typed = "".join(request.POST.get("code", "").split())
    redeemed = redeem(digest, typed, now=request.now)
    if redeemed.verdict is Verdict.RIGHT:
        session.sign_in(request, redeemed.author_id)
        return HttpResponseRedirect(_next_of(request) or reverse("portal:contracts"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if redeemed.verdict is Verdict.TOO_MANY:
        status = HTTPStatus.TOO_MANY_REQUESTS
    return _code_page(request, typed, str(VERDICT_SENTENCE[redeemed.verdict]), status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    session.sign_out(request)
    return redirect("portal:sign-in")


def _address_page(
    request: HttpRequest, address: str = "", sentence: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"address": address, "sentence": sentence, "next": _next_of(request)}
    return render(request, "portal/sign_in.html", context, status=status)


def _code_page(request: HttpRequest, typed: str = "", sentence: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    again = _with_next(request, reverse("portal:sign-in"))
    context = {"typed": typed[:20], "sentence": sentence, "next": _next_of(request), "again": again}
    return render(request, "portal/code.html", context, status=status)


def _is_address(text: str) -> bool:
    name, at, domain = text.rpartition("@")
    return bool(name and at and "." in domain) and len(text) <= LONGEST_ADDRESS and " " not in text


def _next_of(request: HttpRequest) -> str:
    """Return the page to go to afterwards, only if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""


def _with_next(request: HttpRequest, address: str) -> str:
    wanted = _next_of(request)
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address
