"""The demo mail box: an SMTP server on this machine only, whose messages a local page shows.

Decided here: each message is one .eml file that only its owner reads, named by the time it came; the newest
200 are kept. It runs as a child of `inkseal serve --demo` and never leaves 127.0.0.1.
"""

import os
import signal
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

HOST: Final = "127.0.0.1"
KEPT: Final = 200
LARGEST_MESSAGE_BYTES: Final = 10 * 1024 * 1024
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mail:
    """One received message, as the local page shows it."""

    at: datetime
    to: str
    subject: str
    text: str


class MailFolder:
    """Keeps messages as files; SMTP calls it from one thread."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self.folder = folder
        self.kept = kept
        self._numbers = count()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd
        """Keep the message; a full disk is answered as "try again", so the sender's outbox does."""
        try:
            self.keep(envelope.original_content or b"", envelope.rcpt_tos)
        except OSError:
            return "452 Requested action not taken: insufficient system storage"
        return "250 Message accepted for delivery"

    def keep(self, content: bytes, recipients: list[str]) -> None:
        """Write one message under its time of receipt and drop the oldest ones beyond the limit."""
        microseconds = (datetime.now(UTC) - _EPOCH) // timedelta(microseconds=1)
        name = f"{microseconds:017d}-{os.getpid()}-{next(self._numbers):04d}"
        head = f"X-Envelope-To: {', '.join(recipients)}\r\n".encode()
        draft = self.folder / f".{name}"
        draft.touch(mode=0o600)
        draft.write_bytes(head + content)
        draft.rename(self.folder / f"{name}.eml")
        for old in sorted(self.folder.glob("*.eml"))[: -self.kept]:
            old.unlink(missing_ok=True)


def received(limit: int, folder: Path | None = None) -> list[Mail]:
    """Return the newest messages first, at most `limit`, from `folder` or the one of the settings."""
    place = folder or mail_folder()
    return [_read(path) for path in sorted(place.glob("*.eml"), reverse=True)[:limit]]


def mail_folder() -> Path:
    """Return the folder that the settings give the mail box."""
    from django.conf import settings

    return Path(settings.VAR_DIR) / "mailbox"


def start(folder: Path, port: int) -> Controller:
    """Listen on 127.0.0.1 and keep every message in `folder`; the caller stops the controller."""
    controller = Controller(
        MailFolder(folder), hostname=HOST, port=port, data_size_limit=LARGEST_MESSAGE_BYTES, decode_data=False
    )
    controller.start()
    return controller


def main(arguments: list[str]) -> int:
    """Run as a process: `python -m inkseal.project.mailbox FOLDER PORT`, until SIGTERM or SIGINT."""
    from inkseal.project.children import die_with_parent

    die_with_parent()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    controller = start(Path(arguments[0]), int(arguments[1]))
    stop.wait()
    controller.stop()
    return 0


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    at = _EPOCH + timedelta(microseconds=int(path.name.split("-", 1)[0]))
    return Mail(at, str(message["X-Envelope-To"]), str(message["Subject"] or ""), _text(message))


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
