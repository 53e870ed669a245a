"""Sends messages to authors; run by the outbox, at least once (R47, R110).

Decided here: both routes where both are there (AMB-38). Each is an effect of its own, so that one that fails is
tried again without sending the other a second time.
"""

from datetime import datetime

from django.db import transaction

from inkseal import outbox, vault
from inkseal.notices.attempt import attempt, is_delivered, new_message
from inkseal.notices.errors import NoRouteError
from inkseal.notices.mail import deliver
from inkseal.notices.models import Route
from inkseal.notices.notice import Notice, read_notice
from inkseal.notices.push import Push, is_pushable, push_gateway, request_id
from inkseal.notices.reminders import TRANSITION
from inkseal.notices.standings import still_wanted
from inkseal.outbox import Effect


def send_notice(effect: Effect, now: datetime) -> None:
    """Send the message that a transition queued by e-mail, and queue it for push; an earlier run's is not repeated."""
    if is_delivered(effect.key):
        return
    notice = read_notice(effect)
    if _is_overtaken(notice):
        return
    pushable = is_pushable(notice.book.author)
    if pushable:
        with transaction.atomic():
            outbox.enqueue("notice.push", f"{effect.key}:push", effect.payload, now=now)
    if notice.account is not None and notice.account.email_sealed:
        _send_email(notice, notice.account.email_sealed, now)
    elif not pushable:
        raise NoRouteError(notice.book.author_id)


def send_push(effect: Effect, now: datetime) -> None:
    """Send a message by push, unless an earlier run did, or the route was taken away meanwhile."""
    gateway = push_gateway()
    if is_delivered(effect.key) or gateway is None:
        return
    notice = read_notice(effect)
    guid = notice.book.author.guid
    if guid is None or _is_overtaken(notice):
        return
    push = Push(request_id(effect.key), guid, notice.letter.subject, notice.letter.text)
    attempt(new_message(notice, Route.PUSH, now=now), effect.key, lambda: gateway.send(push, now=now))


def _is_overtaken(notice: Notice) -> bool:
    """Return whether a prompt asks for what the author has done while it waited (R112)."""
    return notice.reason in TRANSITION and not still_wanted(notice.book.id, notice.reason)


def _send_email(notice: Notice, sealed: str, now: datetime) -> None:
    subject = vault.author_subject(notice.book.author_id)
    address = vault.open_sealed(subject, "author_account", "email_en", sealed)
    kept = vault.seal(subject, "oversea_signonline_msg", "email_en", address)
    message = new_message(notice, Route.EMAIL, now=now, address=kept)
    attempt(message, notice.key, lambda: deliver(notice.letter, address, notice.key, now=now))
