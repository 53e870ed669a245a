"""Checks a whole chain against its hashes and its recorded end (A-59)."""

from typing import TYPE_CHECKING

from inkseal.evidence.hashing import ORIGIN, event_hash
from inkseal.evidence.verdict import ChainFault, ChainVerdict

if TYPE_CHECKING:
    from inkseal.evidence.models import EvidenceEvent


def verify_chain(chain: str) -> ChainVerdict:
    """Return whether every row of `chain` stands as it was written; otherwise the first row that does not."""
    from inkseal.evidence.models import EvidenceChain, EvidenceEvent

    length, previous = 0, ORIGIN
    for event in EvidenceEvent.objects.filter(chain=chain).order_by("sequence").iterator():
        fault = _row_fault(event, expected=length + 1, previous=previous)
        if fault is not None:
            at = length + 1 if fault is ChainFault.MISSING else event.sequence
            return ChainVerdict(intact=False, length=length, first_fault=at, reason=fault)
        length, previous = event.sequence, event.hash
    head = EvidenceChain.objects.filter(chain=chain).values_list("length", "head_hash").first()
    return _against_head(length, previous, head=head or (0, ORIGIN))


def _row_fault(event: "EvidenceEvent", *, expected: int, previous: str) -> ChainFault | None:
    if event.sequence > expected:
        return ChainFault.MISSING
    if not _is_as_hashed(event):
        return ChainFault.EDITED
    if event.sequence < expected or event.previous_hash != previous:
        return ChainFault.INSERTED
    return None


def _is_as_hashed(event: "EvidenceEvent") -> bool:
    try:
        return event_hash(event) == event.hash
    except ValueError:
        return False


def _against_head(length: int, last_hash: str, *, head: tuple[int, str]) -> ChainVerdict:
    recorded, head_hash = head
    if length < recorded:
        return ChainVerdict(intact=False, length=length, first_fault=length + 1, reason=ChainFault.CUT_OFF)
    if length > recorded:
        return ChainVerdict(intact=False, length=length, first_fault=recorded + 1, reason=ChainFault.INSERTED)
    if last_hash != head_hash:
        return ChainVerdict(intact=False, length=length, first_fault=length, reason=ChainFault.HEAD_CHANGED)
    return ChainVerdict(intact=True, length=length)
