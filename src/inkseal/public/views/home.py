"""The start page: what Inkseal is, and the doors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inkseal.public.demo import mails, sign_ins


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the doors; in demo mode also who may go through them."""
    context = {"people": sign_ins(), "has_mailbox": mails(1) is not None}
    return render(request, "public/home.html", context)
