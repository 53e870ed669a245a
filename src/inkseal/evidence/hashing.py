"""The bytes an event's hash is made of; a verifier elsewhere needs only this and SHA-256."""

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Final

from inkseal.core.canonical import canonical_json, digest

if TYPE_CHECKING:
    from inkseal.evidence.models import EvidenceEvent

#: What the first event of a chain follows.
ORIGIN: Final = "0" * 64


def event_hash(event: "EvidenceEvent") -> str:
    """Return SHA-256 over the canonical JSON of the event with the previous hash in it, 64 hexadecimal digits.

    Raises `ValueError` when the stored JSON is not canonical: then somebody else wrote it.
    """
    return digest(
        {
            "previous_hash": event.previous_hash,
            "id": event.id,
            "chain": event.chain,
            "sequence": event.sequence,
            "kind": event.kind,
            "actor": {"role": int(event.actor_role), "id": event.actor_id},
            "happened_at": event.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "facts": _canonical(event.facts),
            "commitments": _canonical(event.commitments),
        }
    )


def commitment(salt: str, value: str) -> str:
    """Return SHA-256 of the salt's bytes followed by the value in UTF-8; all salts have one length."""
    return hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def _canonical(text: str) -> object:
    value: object = json.loads(text)
    if canonical_json(value).decode() != text:
        raise ValueError
    return value
