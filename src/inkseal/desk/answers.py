"""A verb's refusal becomes a page: who may not (403), what moved meanwhile (409). Typed text is always shown again."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.errors import ConfigurationError, MoveRefusedError, NotYoursError, RoleRefusedError
from inkseal.contracts.labels import TERM_LABEL, Words
from inkseal.core.errors import InksealError
from inkseal.desk import words
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.situation import situation

#: Fields of our forms that a person does not type.
_UNTYPED: Final = frozenset(
    {"csrfmiddlewaretoken", "request_id", "revision", "seen", "signed_file_sha256", "decision", "reason_id", "page"}
)
_TYPED_NAMES: Final = {
    "note": _("Note"),
    "reason": _("The author will read"),
    "agreement": _("Agreement"),
    **TERM_LABEL,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing a person typed, to be copied from the answer."""

    name: Words
    text: str


def answer_error(request: DeskRequest, error: InksealError) -> HttpResponse:
    """Return the page for a verb's refusal; what may not be known of is answered like an unknown address."""
    if isinstance(error, NotYoursError):
        raise Http404
    if isinstance(error, RoleRefusedError):
        sentence = words.REFUSED.get(error.rule, words.REFUSED["role"])
        return render(request, "desk/refused.html", {"sentence": sentence}, status=HTTPStatus.FORBIDDEN)
    if isinstance(error, ConfigurationError):
        return render(request, "desk/unconfigured.html", {"fact": error.fact}, status=HTTPStatus.CONFLICT)
    return conflict(request, error)


def conflict(request: DeskRequest, error: InksealError) -> HttpResponse:
    """Return the page that says who did what since, where the contract stands, and what was typed."""
    book_id = 0 if request.resolver_match is None else int(request.resolver_match.kwargs["book_id"])
    context = {
        "situation": situation(book_id, request.staff, request.POST.get("seen", "")),
        "typed": typed_in(request),
        "action": words.ACTIONS.get(error.refusal.action) if isinstance(error, MoveRefusedError) else None,
    }
    return render(request, "desk/conflict.html", context, status=HTTPStatus.CONFLICT)


def typed_in(request: DeskRequest) -> list[Typed]:
    """Return what the person typed into the refused form, in the form's order."""
    return [
        Typed(_typed_name(name), text)
        for name, values in request.POST.lists()
        for text in values
        if name not in _UNTYPED and str(text).strip()
    ]


def _typed_name(name: str) -> Words:
    kind, _colon, rest = name.partition(":")
    if kind == "note" and rest:
        return words.target_words(rest)
    return _TYPED_NAMES.get(name, name)
