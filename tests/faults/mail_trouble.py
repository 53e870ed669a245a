"""Mail servers on loopback that misbehave on purpose."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from tests.integration.mail_server import Letterbox


@dataclass
class Trouble(Letterbox):
    """Keeps what it accepts; hangs at a command as often as it is told to."""

    #: At RCPT: nothing was taken yet. At DATA: the letter was taken, the answer never comes.
    hang_at: str = ""
    asked: int = 0
    recipient_refusals: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: object, _session: Session, envelope: Envelope, to: str, _options: object
    ) -> str:
        """Take the recipient, refuse it, or say nothing."""
        self.asked += 1
        if self.hang_at == "RCPT":
            await asyncio.sleep(30)
        if self.recipient_refusals:
            return self.recipient_refusals.pop(0)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Take the letter; the answer may be a refusal, or never come."""
        answer = await super().handle_DATA(_server, _session, envelope)
        if self.hang_at == "DATA":
            await asyncio.sleep(30)
        return answer


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    return number


@contextmanager
def mail_server(port: int) -> Iterator[Trouble]:
    """Yield a mail server that listens on `port`."""
    box = Trouble()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield box
    finally:
        server.stop()


@contextmanager
def deaf_server(port: int) -> Iterator[None]:
    """Accept connections and never say a word, not even the greeting."""
    with socket.create_server(("127.0.0.1", port)):
        yield
