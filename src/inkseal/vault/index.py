"""Finds the owner of an e-mail address (or another value) by a keyed digest; the value stands nowhere in clear.

While the index key is being changed, values are found under the old keys too and remembered under the active one.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import Final

from django.db import IntegrityError, transaction

from inkseal.ids import next_id
from inkseal.vault.errors import AlreadyRememberedError
from inkseal.vault.fields import seal
from inkseal.vault.framing import framed
from inkseal.vault.keyring import blind_index_key, blind_index_keys, mark_of

TABLE: Final = "vault_blind_index"
#: Values looked up by one query.
QUERY_SIZE: Final = 300


def blind_index(kind: str, value: str) -> str:
    """Return the digest of `value` among its kind ("email"), 64 hexadecimal digits; case and width do not matter."""
    return digest_under(blind_index_key(), kind, normal_form(value))


def normal_form(value: str) -> str:
    """Return what all spellings of a value have in common."""
    return unicodedata.normalize("NFKC", value).strip().casefold()


def digest_under(key: bytes, kind: str, normal: str) -> str:
    """Return the digest of a value in its normal form under one index key."""
    return hmac.new(key, framed(kind, normal), hashlib.sha256).hexdigest()


def remember(kind: str, value: str, subject: str) -> None:
    """Let `find` answer `subject` for this value.

    Raises `AlreadyRememberedError` when it is another subject's, `ErasedSubjectError` when the subject was erased.
    """
    from inkseal.vault.models import BlindIndexEntry

    owner = find(kind, value)
    if owner is None:
        normal, key = normal_form(value), blind_index_key()
        try:
            with transaction.atomic():
                BlindIndexEntry.objects.create(
                    id=next_id("row"),
                    kind=kind,
                    digest=digest_under(key, kind, normal),
                    key_mark=mark_of(key),
                    subject=subject,
                    value_en=seal(subject, TABLE, kind, normal),
                )
        except IntegrityError:  # somebody remembered it in this moment
            owner = find(kind, value)
    if owner not in {None, subject}:
        raise AlreadyRememberedError(kind)


def forget(kind: str, value: str, subject: str) -> bool:
    """Take back `remember`, for this subject only; tell whether there was anything."""
    from inkseal.vault.models import BlindIndexEntry

    entries = BlindIndexEntry.objects.filter(kind=kind, digest__in=_digests(kind, value), subject=subject)
    return bool(entries.delete()[0])


def find(kind: str, value: str) -> str | None:
    """Return the subject that this value was remembered for."""
    return find_all(kind, [value]).get(value)


def find_all(kind: str, values: Iterable[str]) -> dict[str, str]:
    """Return {value: subject} of those values that were remembered; any number of them, in queries of bounded size."""
    remaining, found = iter(dict.fromkeys(values)), dict[str, str]()
    while part := list(islice(remaining, QUERY_SIZE)):
        found.update(_find_part(kind, part))
    return found


def _find_part(kind: str, values: list[str]) -> dict[str, str]:
    from inkseal.vault.models import BlindIndexEntry

    digests = {value: _digests(kind, value) for value in values}
    # All digests of a value in one query: an entry that is re-digested meanwhile is seen under one of them.
    rows = BlindIndexEntry.objects.filter(kind=kind, digest__in=[one for some in digests.values() for one in some])
    owners = dict(rows.values_list("digest", "subject"))
    found = {value: next((owners[one] for one in some if one in owners), None) for value, some in digests.items()}
    return {value: owner for value, owner in found.items() if owner is not None}


def _digests(kind: str, value: str) -> list[str]:
    normal = normal_form(value)
    return [digest_under(key, kind, normal) for key in blind_index_keys()]
