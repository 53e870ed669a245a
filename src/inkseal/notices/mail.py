"""The e-mail route: hands one letter to the mail server."""

import hashlib
import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage

from inkseal.notices.errors import MailServerError
from inkseal.notices.rests import let_rest, require_awake
from inkseal.notices.wording import Letter

#: The server spoke: it refuses this letter, and may take the next one.
_SPOKEN = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)


def deliver(written: Letter, address: str, key: str, *, now: datetime) -> None:
    """Hand one letter over, or raise `MailServerError`; `RouteRestsError` while the server is left alone.

    The Message-ID is made from the effect's key, so a copy that a crash makes is recognised as one.
    """
    server = f"smtp:{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    require_awake(server, now=now)
    try:
        _letter(written, address, key).send()
    except (OSError, smtplib.SMTPException) as err:
        if not isinstance(err, _SPOKEN):
            let_rest(server, now=now)
        raise MailServerError(type(err).__name__) from err


def _letter(written: Letter, address: str, key: str) -> EmailMessage:
    message_id = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@inkseal>"
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(written.subject, written.text, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)
