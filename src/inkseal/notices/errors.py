"""What can keep a message from its author; the outbox tries each of them again."""

from inkseal.core.errors import RetryableError


class RouteError(RetryableError):
    """One attempt by one route failed; `kind` is the class of what happened, never the server's words."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class MailServerError(RouteError):
    """The mail server is away, slow or refuses."""


class PushGatewayError(RouteError):
    """The push gateway is away, slow or refuses."""


class RouteRestsError(RetryableError):
    """The server was silent a moment ago; nothing was attempted, so that what stands behind is not held up."""

    def __init__(self, server: str) -> None:
        super().__init__(server)
        self.server = server


class NoRouteError(RetryableError):
    """The author has neither an e-mail address nor a push route yet."""

    def __init__(self, author_id: int) -> None:
        super().__init__(author_id)
        self.author_id = author_id
