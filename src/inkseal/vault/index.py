"""Finds the owner of an e-mail address (or another value) by a keyed digest; the value itself is not stored."""

import hashlib
import hmac
import unicodedata

from django.db import IntegrityError, transaction

from inkseal.ids import next_id
from inkseal.vault.errors import AlreadyRememberedError
from inkseal.vault.framing import framed
from inkseal.vault.keyring import blind_index_key


def blind_index(kind: str, value: str) -> str:
    """Return the digest of `value` among its kind ("email"), 64 hexadecimal digits; case and width do not matter."""
    normal = unicodedata.normalize("NFKC", value).strip().casefold()
    return hmac.new(blind_index_key(), framed(kind, normal), hashlib.sha256).hexdigest()


def remember(kind: str, value: str, subject: str) -> None:
    """Let `find` answer `subject` for this value; raises `AlreadyRememberedError` when it is another subject's."""
    from inkseal.vault.models import BlindIndexEntry

    try:
        with transaction.atomic():
            BlindIndexEntry.objects.create(
                id=next_id("row"), kind=kind, digest=blind_index(kind, value), subject=subject
            )
    except IntegrityError:
        if find(kind, value) != subject:
            raise AlreadyRememberedError(kind) from None


def forget(kind: str, value: str, subject: str) -> bool:
    """Take back `remember`, for this subject only; tell whether there was anything."""
    from inkseal.vault.models import BlindIndexEntry

    entry = BlindIndexEntry.objects.filter(kind=kind, digest=blind_index(kind, value), subject=subject)
    return bool(entry.delete()[0])


def find(kind: str, value: str) -> str | None:
    """Return the subject that this value was remembered for."""
    from inkseal.vault.models import BlindIndexEntry

    entry = BlindIndexEntry.objects.filter(kind=kind, digest=blind_index(kind, value))
    return entry.values_list("subject", flat=True).first()
