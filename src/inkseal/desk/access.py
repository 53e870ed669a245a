"""Who stands at the desk: a signed-in account with a staff row, and the duties it has at this moment.

Duties are read from the database on every request, so a duty taken away is gone with the next click (A-08).
What a duty may do is decided by the verbs of `contracts`; here only who is asking.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from inkseal.catalog.models import Staff
from inkseal.contracts.access import roles_of
from inkseal.desk.answers import answer_error, typed_in
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.errors import ANSWERED

P = ParamSpec("P")


def staff_of(request: HttpRequest) -> Staff | None:
    """Return the staff row of the signed-in account, or None."""
    if not request.user.is_authenticated:
        return None
    return Staff.objects.select_related("user").filter(user_id=request.user.pk).first()


def staff_only(
    view: Callable[Concatenate[DeskRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let staff in; send others to sign-in, or tell them that their account has no desk.

    Pages of the desk show personal data, so no cache keeps them.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        staff = staff_of(request)
        if staff is None:
            return _turned_away(request)
        desk_request = cast("DeskRequest", request)
        desk_request.staff = staff
        desk_request.roles = roles_of(staff)
        try:
            response = view(desk_request, *args, **kwargs)
        except ANSWERED as error:
            response = answer_error(desk_request, error)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return wrapped


def _turned_away(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "desk/no_desk.html", status=HTTPStatus.FORBIDDEN)
    typed = typed_in(request)
    if not typed:
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "")
    context = {"typed": typed, "back": request.path}
    return render(request, "desk/signed_out.html", context, status=HTTPStatus.UNAUTHORIZED)
