"""Personal values behind an event: whether one was committed to, and how that knowledge is erased."""

import hmac
import json

from inkseal.evidence.hashing import commitment


def is_committed(event_id: int, name: str, value: str) -> bool:
    """Tell whether the event committed to exactly this value; after `erase_salts` the answer is always no."""
    from inkseal.evidence.models import EvidenceSalt

    row = EvidenceSalt.objects.filter(event_id=event_id, name=name).select_related("event").first()
    if row is None:
        return False
    recorded: dict[str, str] = json.loads(row.event.commitments)
    return hmac.compare_digest(recorded.get(name, ""), commitment(row.salt, value))


def erase_salts(chain: str) -> int:
    """Make the personal values behind a chain unprovable and unguessable; return how many there were."""
    from inkseal.evidence.models import EvidenceSalt

    return EvidenceSalt.objects.filter(event__chain=chain).delete()[0]
