"""Signing in by e-mail code: asking for one and giving it back.

Decided here: six digits, ten minutes, once; at most ten tries and five codes per address in fifteen minutes.
An address of nobody takes the same path through the same tables and the same outbox, so that neither the answer
nor its time tells whether an address is known. How the code travels is `send_code.py`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import Final

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from inkseal import outbox, vault
from inkseal.portal.models import SignInCode, SignInDoor

CODE_DIGITS: Final = 6
CODE_LIFE: Final = timedelta(minutes=10)
WINDOW: Final = timedelta(minutes=15)
MOST_TRIES: Final = 10
MOST_CODES: Final = 5
#: Spent codes stay this long, so that a late one is told from a wrong one.
KEPT: Final = timedelta(days=1)
EFFECT: Final = "portal.code"
#: Under these names the vault binds a code to its place.
SEAL_TABLE: Final = "portal_sign_in_code"
SEAL_COLUMN: Final = "code"
NOBODY: Final = 0


@unique
class Verdict(StrEnum):
    """What became of one attempt."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    USED = "used"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Asked:
    """The keyed digest under which the code is waiting; `granted` is false when too many were asked for."""

    address_digest: str
    granted: bool


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The verdict on a code, and whose it is when it is right."""

    verdict: Verdict
    author_id: int = NOBODY


def ask_code(address: str, *, now: datetime) -> Asked:
    """Make a code for `address` and leave it to the outbox to send it."""
    digest = vault.blind_index("email", address)
    author_id = _author_of(address)
    with transaction.atomic():
        door = _locked_door(digest, now)
        asked = _recent(door.asked_at, now)
        if len(asked) >= MOST_CODES:
            return Asked(digest, granted=False)
        door.asked_at = [*asked, now.isoformat()]
        door.save()
        _sweep(now)
        _send(digest, author_id, now)
    return Asked(digest, granted=True)


def redeem(address_digest: str, code: str, *, now: datetime) -> Redeemed:
    """Spend `code`; every attempt counts, right or wrong, before it is looked at."""
    with transaction.atomic():
        door = _locked_door(address_digest, now)
        tried = _recent(door.tried_at, now)
        if len(tried) >= MOST_TRIES:
            return Redeemed(Verdict.TOO_MANY)
        door.tried_at = [*tried, now.isoformat()]
        door.save()
        return _spend(address_digest, code, now)


def _spend(address_digest: str, code: str, now: datetime) -> Redeemed:
    wanted = _code_digest(address_digest, code)
    rows = SignInCode.objects.filter(address_digest=address_digest).order_by("-id")
    found = [row for row in rows if constant_time_compare(row.code_digest, wanted)]
    if not found or found[0].author_id == NOBODY:
        return Redeemed(Verdict.WRONG)
    if found[0].used_at is not None:
        return Redeemed(Verdict.USED)
    if found[0].expires_at <= now:
        return Redeemed(Verdict.EXPIRED)
    # One right code spends all that were sent: a second mail in the box opens nothing any more.
    SignInCode.objects.filter(address_digest=address_digest, used_at=None).update(used_at=now)
    return Redeemed(Verdict.RIGHT, found[0].author_id)


def _send(digest: str, author_id: int, now: datetime) -> None:
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    row = SignInCode.objects.create(
        address_digest=digest,
        author_id=author_id,
        code_digest=_code_digest(digest, code),
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    sealed = vault.seal(vault.author_subject(author_id), SEAL_TABLE, SEAL_COLUMN, code)
    payload = {"author": author_id, "code": sealed, "code_id": row.id}
    outbox.enqueue(EFFECT, f"{EFFECT}:{row.id}", payload, now=now)


def _author_of(address: str) -> int:
    """Return whose address it is; the vault's subject of an author reads "author:1001"."""
    subject = vault.find("email", address) or ""
    kind, _colon, number = subject.partition(":")
    return int(number) if kind == "author" and number.isdigit() else NOBODY


def _locked_door(digest: str, now: datetime) -> SignInDoor:
    SignInDoor.objects.get_or_create(address_digest=digest, defaults={"updated_at": now})
    door = SignInDoor.objects.select_for_update().get(address_digest=digest)
    door.updated_at = now
    return door


def _recent(times: list[str], now: datetime) -> list[str]:
    return [time for time in times if now - datetime.fromisoformat(time) < WINDOW]


def _sweep(now: datetime) -> None:
    """Forget what no rule asks for any more."""
    SignInCode.objects.filter(expires_at__lt=now - KEPT).delete()
    SignInDoor.objects.filter(updated_at__lt=now - KEPT).delete()


def _code_digest(address_digest: str, code: str) -> str:
    return salted_hmac("inkseal.portal.code", f"{address_digest}:{code}", algorithm="sha256").hexdigest()
