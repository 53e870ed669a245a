"""A server that does not answer costs a whole time limit; it is left alone for a while instead of being asked by all.

Decided here: which silence makes a server rest, in this process only. Without it a hundred letters behind a hanging
mail server would keep a seal waiting for a hundred time limits.
"""

from datetime import datetime, timedelta
from typing import Final

from inkseal.notices.errors import RouteRestsError

#: Counted from the start of the attempt that met silence; longer than any one attempt's time limit.
REST: Final = timedelta(seconds=60)

_resting: Final[dict[str, datetime]] = {}


def require_awake(server: str, *, now: datetime) -> None:
    """Raise `RouteRestsError` while `server` rests."""
    if now < _resting.get(server, now):
        raise RouteRestsError(server)


def let_rest(server: str, *, now: datetime) -> None:
    """Leave `server` alone until `REST` is over."""
    _resting[server] = now + REST
