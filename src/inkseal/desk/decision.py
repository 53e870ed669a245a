"""What an auditor chose and typed: one decision, one reason, and the things to change."""

from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from django.http import QueryDict

from inkseal.contracts.enums import SendBackTo
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.send_back import NewFinding

#: Numbers of rows have fewer digits than this.
_LONGEST_NUMBER: Final = 9


@unique
class Choice(StrEnum):
    """The three decisions; values are those of the form."""

    PASS = "pass"  # noqa: S105  # not a password
    INFORMATION = "info"
    PAGES = "contract"


SEND_BACK_TO: Final = MappingProxyType({Choice.INFORMATION: SendBackTo.INFORMATION, Choice.PAGES: SendBackTo.PAGES})


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it was sent, complete or not; `findings` also holds what belongs to another choice."""

    choice: Choice | None = None
    reason_id: int = 0
    reason: str = ""
    findings: tuple[NewFinding, ...] = ()

    @property
    def fitting_findings(self) -> tuple[NewFinding, ...]:
        """Return the findings that go with the choice: fields with data, pages and documents with pages."""
        wants_fields = self.choice is Choice.INFORMATION
        return tuple(finding for finding in self.findings if (finding.target in BY_NAME) == wants_fields)

    def finding(self, target: str) -> NewFinding | None:
        """Return what was said of `target`."""
        return next((finding for finding in self.findings if finding.target == target), None)


def read_decision(post: QueryDict) -> Decision:
    """Read the form of the audit page; numbers that are none read as 0, unknown choices as none."""
    choice = post.get("decision", "")
    return Decision(
        Choice(choice) if choice in set(Choice) else None,
        _number(post.get("reason_id", "")),
        post.get("reason", "").strip(),
        tuple(
            NewFinding(
                target,
                _number(post.get(f"reason:{target}", "")) or _number(post.get("reason_id", "")),
                post.get(f"note:{target}", "").strip(),
            )
            for target in dict.fromkeys(post.getlist("target"))
        ),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0
