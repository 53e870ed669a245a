"""The request as author pages see it: who asks is already known."""

from datetime import datetime

from django.http import HttpRequest

from inkseal.catalog.models import Author
from inkseal.core.actor import Actor


class AuthorRequest(HttpRequest):
    """A request that came through `session.author_only`."""

    author: Author
    actor: Actor
    #: The database's time, read once by the middleware.
    now: datetime
