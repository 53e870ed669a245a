"""Erases a person: the vault's keys, the salts of the evidence if asked for, and the record of it, in one transaction.

What the law makes the publisher keep stays: the sealed contracts are files of the contract, not of its author, under a
key of their own. The record says on which basis they are kept, and until when (flows.md, Evidence).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from inkseal import evidence, outbox, vault
from inkseal.catalog.models import Book
from inkseal.contracts.board import chain_of
from inkseal.core.actor import Actor
from inkseal.core.errors import PermanentError
from inkseal.core.failpoint import failpoint

EFFECT: Final = "vault.delete-files"
DIGEST_DIGITS: Final = 32
#: A request that began before the erasure may still hold the key in memory and put a file or an index entry behind it;
#: a second deletion, when no such request can be left, takes them away.
LATE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Retention:
    """Why and until when the sealed contracts are kept."""

    basis: str
    until: date


@dataclass(frozen=True, slots=True)
class Scope:
    """What an erasure reaches, before it is carried out."""

    holdings: vault.Holdings
    #: Evidence chains with salts of the subject.
    chains: tuple[str, ...]
    #: Subjects of sealed contracts that stay.
    retained: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done. `repeated`: the subject had been erased before, and only what came after it was left."""

    scope: Scope
    salts: int
    repeated: bool


class RetentionUnstatedError(PermanentError):
    """Sealed contracts of this person stay, and nobody said on which basis and until when."""

    def __init__(self, subjects: tuple[str, ...]) -> None:
        super().__init__(*subjects)
        self.subjects = subjects


def select_scope(subject: str) -> Scope:
    """Return what an erasure of `subject` would reach; raises `UnknownSubjectError`."""
    books = list(_books_of(subject))
    own = {vault.contract_subject(book_id) for book_id in books} - {subject}
    return Scope(
        holdings=vault.select_holdings(subject),
        chains=tuple(chain_of(book_id) for book_id in books),
        retained=vault.select_with_files(own),
    )


def erase_person(
    subject: str, *, actor: Actor, basis: str, retention: Retention | None, erase_salts: bool, now: datetime
) -> Erasure:
    """Make everything sealed for `subject` unreadable for good, and record who did so on which legal basis.

    1. the key is dropped and index entries are forgotten, 2. salts of the evidence go, if asked for, 3. the act is
    recorded, 4. the deletion of files is left to the outbox: now, and once more for what comes late.
    Raises `RetentionUnstatedError` and `UnknownSubjectError`; nothing is changed then.
    """
    with transaction.atomic():
        scope = select_scope(subject)
        if scope.retained and retention is None:
            raise RetentionUnstatedError(scope.retained)
        before = vault.erase(subject, now=now)
        salts = sum(evidence.erase_salts(chain) for chain in scope.chains) if erase_salts else 0
        failpoint("erasure.erased")
        facts = _facts(scope, basis=basis, retention=retention, salts=salts)
        event = evidence.append(chain_of_subject(subject), "subject.erased", actor, facts, now=now)
        key = f"{event.chain}:{event.sequence}"
        outbox.enqueue(EFFECT, f"{key}:files", {"subject": subject}, now=now)
        outbox.enqueue(EFFECT, f"{key}:late-files", {"subject": subject}, now=now, due_at=now + LATE)
        failpoint("erasure.recorded")
    return Erasure(scope, salts, repeated=before.erased_at is not None)


def delete_files(effect: outbox.Effect, _now: datetime) -> None:
    """Carry out `vault.delete-files`."""
    vault.delete_remains(str(effect.payload["subject"]))


def chain_of_subject(subject: str) -> str:
    """Return the evidence chain on which what happened to a subject's keys stands."""
    return f"vault:{hashlib.sha256(subject.encode()).hexdigest()[:DIGEST_DIGITS]}"


def _facts(scope: Scope, *, basis: str, retention: Retention | None, salts: int) -> dict[str, str | int | bool | None]:
    return {
        "subject": scope.holdings.subject,
        "basis": basis,
        "files": scope.holdings.files,
        "index_entries": scope.holdings.index_entries,
        "salts": salts,
        "retained": " ".join(scope.retained),
        "retained_basis": retention.basis if retention else None,
        "retained_until": retention.until.isoformat() if retention else None,
    }


def _books_of(subject: str) -> Iterable[int]:
    kind, _colon, number = subject.partition(":")
    if kind == "contract":
        return [int(number)]
    return Book.objects.filter(author_id=int(number)).order_by("id").values_list("id", flat=True)
