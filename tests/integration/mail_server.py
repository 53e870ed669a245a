"""An SMTP server on loopback for one test; it can refuse."""

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import Envelope


@dataclass
class Letterbox:
    """Keeps what it accepts; the first answers may be refusals."""

    refusals: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Refuse as long as refusals are left, then accept."""
        if self.refusals:
            return self.refusals.pop(0)
        self.letters.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 Accepted"
