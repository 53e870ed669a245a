"""A verb's refusal becomes a page: who may not (403), what moved meanwhile (409). Typed text is always shown again."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.errors import ConfigurationError, MoveRefusedError, NotYoursError, RoleRefusedError
from inkseal.contracts.labels import AGREEMENT_LABEL, TERM_LABEL, Words
from inkseal.core.errors import InksealError
from inkseal.desk import words
from inkseal.desk.desk_request import DeskRequest
from inkseal.desk.situation import situation
from inkseal.vault import ErasedSubjectError

#: Fields of our forms that a person does not type; "reason:realname" is a choice, "reason" is text.
_UNTYPED: Final = frozenset(
    {"csrfmiddlewaretoken", "request_id", "revision", "seen", "signed_file_sha256", "decision", "reason_id", "page"}
)
_AGREEMENTS: Final = {str(int(agreement)): label for agreement, label in AGREEMENT_LABEL.items()}
_TYPED_NAMES: Final = {
    "note": _("Note"),
    "reason": _("The author will read"),
    **TERM_LABEL,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing a person typed, to be copied from the answer."""

    name: Words
    text: Words


def answer_error(request: DeskRequest, error: InksealError) -> HttpResponse:
    """Return the page for a verb's refusal; what may not be known of is answered like an unknown address."""
    if isinstance(error, NotYoursError):
        raise Http404
    if isinstance(error, RoleRefusedError):
        sentence = words.REFUSED.get(error.rule, words.REFUSED["role"])
        context = {"sentence": sentence, "typed": typed_in(request)}
        return render(request, "desk/refused.html", context, status=HTTPStatus.FORBIDDEN)
    if isinstance(error, ConfigurationError):
        facts = {"fact": error.fact, "typed": typed_in(request)}
        return render(request, "desk/unconfigured.html", facts, status=HTTPStatus.CONFLICT)
    if isinstance(error, ErasedSubjectError):
        context = {"sentence": words.ERASED, "typed": typed_in(request)}
        return render(request, "desk/refused.html", context, status=HTTPStatus.GONE)
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


def typed_in(request: HttpRequest) -> list[Typed]:
    """Return what the person typed or marked in the refused form, in the form's order."""
    return [
        _typed(name, str(text))
        for name, values in request.POST.lists()
        for text in values
        if name not in _UNTYPED and not name.startswith("reason:") and str(text).strip()
    ]


def _typed(name: str, text: str) -> Typed:
    kind, _colon, target = name.partition(":")
    if name == "target":
        return Typed(_("Marked"), words.target_words(text))
    if name == "agreement" and text in _AGREEMENTS:
        return Typed(_("Agreement"), _AGREEMENTS[text])
    return Typed(words.target_words(target) if kind == "note" and target else _TYPED_NAMES.get(name, name), text)
