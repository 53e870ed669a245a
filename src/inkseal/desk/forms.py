"""What every form of the desk carries: the attempt's id, the revision that was seen, and when it was shown."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from inkseal.contracts.requests import Request
from inkseal.desk.desk_request import DeskRequest

_REQUEST_ID: Final = re.compile(r"[0-9a-f]{32}")
#: Not part of what was asked for: the token changes with the session, `seen` with each showing.
_ENVELOPE: Final = frozenset({"csrfmiddlewaretoken", "request_id", "seen"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """The hidden fields of one form as it is shown."""

    revision: int
    #: ISO time of the showing; a conflict page tells what happened since.
    seen: str
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)


def envelope(request: DeskRequest, revision: int) -> Envelope:
    """Return fresh hidden fields for a form that shows `revision`."""
    return Envelope(revision, request.now.isoformat())


def attempt(request: HttpRequest) -> Request:
    """Return the attempt that a form was sent as; a form without an id is not ours."""
    request_id = request.POST.get("request_id", "")
    if not _REQUEST_ID.fullmatch(request_id):
        raise BadRequest
    body = {name: values for name, values in request.POST.lists() if name not in _ENVELOPE}
    return Request(request_id, body)


def seen_revision(request: HttpRequest) -> int:
    """Return the revision that the form was shown with."""
    try:
        return int(request.POST.get("revision", ""))
    except ValueError as err:
        raise BadRequest from err
