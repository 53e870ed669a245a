"""The demo's mail box: what would have been sent, so that codes can be read. There is none outside demo mode."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inkseal.public.demo import Mail, mails

SHOWN: Final = 50
#: Only addresses that a browser opens as a page; applied to text that is escaped already.
_ADDRESS: Final = re.compile(r"https?://[^\s<>&\"']+")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it is read."""

    at: datetime
    to: str
    subject: str
    text: SafeString


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the newest messages first."""
    found = mails(SHOWN)
    if found is None:
        raise Http404
    return render(request, "public/mailbox.html", {"letters": [letter(mail) for mail in found]})


def letter(mail: Mail) -> Letter:
    """Return a message with its addresses as links; everything else in it is text."""
    linked = _ADDRESS.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', escape(mail.text.strip()))
    return Letter(mail.at, mail.to, mail.subject, mark_safe(linked))  # noqa: S308  # escaped in the line before
