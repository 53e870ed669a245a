"""The push route: a gateway behind one method, over HTTP where settings name its address (C-MSG)."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from inkseal.catalog.models import Author
from inkseal.notices.errors import PushGatewayError
from inkseal.notices.rests import let_rest, require_awake

TIMEOUT_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Push:
    """One push message; `requestId` stays the same when it is sent again, so that the gateway shows it once."""

    requestId: str  # noqa: N815  # the gateway's name
    guid: int
    title: str
    text: str


class PushGateway(Protocol):
    """Where push messages are handed over."""

    def send(self, push: Push, *, now: datetime) -> None:
        """Hand one message over, or raise `PushGatewayError`; `RouteRestsError` while the gateway is left alone."""


@dataclass(frozen=True, slots=True)
class HttpPushGateway:
    """Takes messages as JSON by POST and answers 2xx when it has them; a redirection is a refusal."""

    url: str
    timeout_seconds: float = TIMEOUT_SECONDS

    def send(self, push: Push, *, now: datetime) -> None:
        """Post one message."""
        server = f"push:{self.url}"
        require_awake(server, now=now)
        try:
            status = self._post(json.dumps(asdict(push)).encode())
        except (OSError, HTTPException) as err:
            let_rest(server, now=now)
            raise PushGatewayError(type(err).__name__) from err
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise PushGatewayError(f"HTTP {status}")

    def _post(self, body: bytes) -> int:
        url = urlsplit(self.url)
        kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
        connection = kind(url.netloc, timeout=self.timeout_seconds)
        try:
            path = f"{url.path or '/'}{'?' + url.query if url.query else ''}"
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            return connection.getresponse().status
        finally:
            connection.close()


def push_gateway() -> PushGateway | None:
    """Return the configured gateway; None when there is no push route."""
    return HttpPushGateway(settings.PUSH_URL) if settings.PUSH_URL else None


def is_pushable(author: Author) -> bool:
    """Return whether `author` can be reached by push."""
    return bool(settings.PUSH_URL) and author.guid is not None


def request_id(key: str) -> str:
    """Return the id of the effect `key` for the gateway."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
