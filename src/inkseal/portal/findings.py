"""What an editor asked to change, as cards: the thing, the reason, what was sent and what is right."""

from dataclasses import dataclass

from django.utils.functional import Promise

from inkseal.contracts.author_view import AuthorContract
from inkseal.contracts.enums import Page
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.labels import target_label
from inkseal.contracts.send_back_view import Finding
from inkseal.portal.forms import Filled, ShownField, shown_field


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One card; `field` is the control to correct it in, where it is a field of page 80."""

    finding: Finding
    label: str | Promise
    field: ShownField | None


def shown_findings(contract: AuthorContract) -> tuple[ShownFinding, ...]:
    """Return the cards of the last send-back, in the editor's order."""
    found = contract.send_back.findings if contract.send_back else ()
    return tuple(
        ShownFinding(finding, target_label(finding.target), _field(contract, finding.target)) for finding in found
    )


def _field(contract: AuthorContract, target: str) -> ShownField | None:
    if target not in BY_NAME or BY_NAME[target].page is not Page.INFORMATION:
        return None
    return shown_field(target, Filled(contract.values))
