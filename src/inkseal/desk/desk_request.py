"""The request as the desk's views see it."""

from datetime import datetime

from django.http import HttpRequest

from inkseal.catalog.models import Staff
from inkseal.core.actor import Role


class DeskRequest(HttpRequest):
    """A request that came through `access.staff_only`."""

    staff: Staff
    #: His duties at this moment.
    roles: frozenset[Role]
    now: datetime
