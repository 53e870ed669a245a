"""What every request gets: the one clock, read once, and the reader's language."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from inkseal.project.clock import database_now

Handler = Callable[[HttpRequest], HttpResponse]

#: What a load balancer asks has to be answered while the database is away; these pages need no time.
TIMELESS: Final = "/health/"


def clock_middleware(get_response: Handler) -> Handler:
    """Set `request.now` to the database's time (contracts-2, C3.9: there is one clock)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(TIMELESS):
            request.now = database_now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def language_middleware(get_response: Handler) -> Handler:
    """Choose the language by cookie, then by the browser; the answer says which it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware
