"""The reasons for not passing that the demonstration's editors choose from (audit_reason_config)."""

import json
from datetime import datetime
from typing import Final

from inkseal.contracts.enums import Validity
from inkseal.contracts.models import AuditReason

#: Name for the drop-down, hint to the author, and a right example in words.
REASONS: Final = (
    (
        "Name differs from the document",
        "Please write the name exactly as on your identity document, family name included.",
        "Given name and family name, in the order of the passport.",
    ),
    (
        "Document cannot be read",
        "All four corners and every line of the document must show, without reflections.",
        "The whole page of the passport, lying flat, photographed from above.",
    ),
    (
        "Signature or name beside it missing",
        "Please sign in every signature box and write your full name beside it.",
        "Signature, full name and date, by hand, in ink.",
    ),
    (
        "Page changed by hand",
        "Please print the page again and sign it without striking anything out.",
        "Nothing on the page but your signature, name and date.",
    ),
    (
        "Bank details do not fit",
        "Please compare the account number and the SWIFT code with a statement of your bank.",
        "EXMPSGSG",
    ),
)


def write_reasons(now: datetime) -> None:
    """Write the reasons with hints as JSON parts: type 1 text, type 2 the right example (E19)."""
    AuditReason.objects.bulk_create(
        AuditReason(
            name=name,
            details=json.dumps(
                [{"sort": 1, "type": 1, "content": hint}, {"sort": 2, "type": 2, "content": right}],
                ensure_ascii=False,
            ),
            status=Validity.VALID,
            created_at=now,
            updated_at=now,
        )
        for name, hint, right in REASONS
    )
