"""Addresses that anybody may open: the start page, verification, the language, and in demo mode the mail box."""

from typing import Final

from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from inkseal.public.views.home import home
from inkseal.public.views.mailbox import mailbox
from inkseal.public.views.verify import verify_page

app_name: Final = "public"
urlpatterns: Final = [
    path("", home, name="home"),
    path("verify", verify_page, name="verify"),
    path("demo/mail", mailbox, name="mailbox"),
    # Django's own view keeps the cookie and refuses to lead to another site.
    path("language", require_POST(set_language), name="language"),
]
