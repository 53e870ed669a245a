"""Who is asking: the author's number in Django's session, and nothing that a request says."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from inkseal.catalog.models import Author
from inkseal.contracts.access import author_actor
from inkseal.portal.answers import ANSWERED, answer_error
from inkseal.portal.author_request import AuthorRequest

AUTHOR_KEY: Final = "portal_author"
#: The keyed digest of the address whose code is awaited.
WAITING_KEY: Final = "portal_waits_for"

P = ParamSpec("P")


def sign_in(request: HttpRequest, author_id: int) -> None:
    """Let the author in under a new session key, so that a key planted before is worth nothing."""
    request.session.cycle_key()
    request.session.pop(WAITING_KEY, None)
    request.session[AUTHOR_KEY] = author_id


def sign_out(request: HttpRequest) -> None:
    """End the author's part of the session; the old key is dead at once."""
    request.session.pop(AUTHOR_KEY, None)
    request.session.cycle_key()


def signed_in_author(request: HttpRequest) -> Author | None:
    """Return the signed-in author, None for anybody else."""
    author_id = request.session.get(AUTHOR_KEY)
    return None if author_id is None else Author.objects.filter(id=author_id).first()


def author_only(
    view: Callable[Concatenate[AuthorRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let authors in and send others to sign-in; refusals of the verbs become pages; no cache keeps anything."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        author = signed_in_author(request)
        if author is None:
            return _to_sign_in(request)
        author_request = cast("AuthorRequest", request)
        author_request.author = author
        author_request.actor = author_actor(author)
        try:
            response = view(author_request, *args, **kwargs)
        except ANSWERED as error:
            response = answer_error(author_request, error)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return wrapped


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = reverse("portal:sign-in")
    if request.method == "GET":
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        # A fragment cannot show the sign-in page; htmx follows this header instead.
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": reverse("portal:sign-in")})
    return HttpResponseRedirect(address)
