"""The outbox handler of "portal.code": mails a sign-in code to its author, in his language.

At least once: a mail may go out twice after a crash, with one Message-ID, so that readers show it once.
A code that is spent or too old by now is not sent any more.
"""

from datetime import datetime
from email.utils import parseaddr
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from inkseal import vault
from inkseal.catalog.models import AuthorAccount
from inkseal.core.errors import RetryableError
from inkseal.outbox import Effect
from inkseal.portal.models import SignInCode
from inkseal.portal.sign_in import CODE_LIFE, SEAL_COLUMN, SEAL_TABLE

ADDRESS_TABLE: Final = "author_account"
ADDRESS_COLUMN: Final = "email_en"


class MailServerAwayError(RetryableError):
    """The mail server did not take the message; the outbox tries again."""


def send_code(effect: Effect, now: datetime) -> None:
    """Send the code, unless it opens nothing any more."""
    row = SignInCode.objects.filter(id=int(str(effect.payload["code_id"])), used_at=None, expires_at__gt=now).first()
    account = AuthorAccount.objects.filter(author_id=row.author_id).first() if row else None
    if row is None or account is None:
        return
    subject = vault.author_subject(row.author_id)
    code = vault.open_sealed(subject, SEAL_TABLE, SEAL_COLUMN, str(effect.payload["code"]))
    address = vault.open_sealed(subject, ADDRESS_TABLE, ADDRESS_COLUMN, account.email_sealed)
    with translation.override(account.language):
        message = _message(code, address, row.id)
    try:
        message.send()
    except (SMTPException, OSError) as err:
        raise MailServerAwayError from err


def _message(code: str, address: str, code_id: int) -> EmailMessage:
    minutes = int(CODE_LIFE.total_seconds() // 60)
    context = {"code": code, "minutes": minutes, "base_url": settings.BASE_URL}
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject=gettext("Your sign-in code"),
        body=render_to_string("portal/mail/code.txt", context),
        to=[address],
        headers={"Message-ID": f"<sign-in-code-{code_id}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
