"""What a verb answers instead of moving. Each error keeps the facts; the sentence is made at the face."""

import dataclasses
from dataclasses import dataclass

from inkseal.contracts.states import Refusal, State
from inkseal.core.errors import PermanentError


class NotYoursError(PermanentError):
    """There is no such contract, or the actor may not know of it: the two are answered alike."""


class RoleRefusedError(PermanentError):
    """The actor's role may not do this."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class MoveRefusedError(PermanentError):
    """The workflow has no such move from the present state."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.action} refused by {', '.join(refusal.transitions)}")
        self.refusal = refusal


class StaleRevisionError(PermanentError):
    """What the caller saw no longer holds: somebody or something moved the contract since."""

    def __init__(self, seen: int, present: int, state: State) -> None:
        super().__init__(f"revision {seen} was seen, {present} is present")
        self.seen = seen
        self.present = present
        self.state = state


class ContentChangedError(PermanentError):
    """The contract's text is no longer the one that was confirmed; the author confirms again."""


class RequestReusedError(PermanentError):
    """The same request id came with another body."""


class ConfigurationError(PermanentError):
    """The desk's configuration leaves no single way on; `fact` names what is missing or doubled."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing to change in one field.

    `code` names the rule (see rules.FaultCode); `hint` is a proposal or the character that cannot be printed.
    """

    field: str
    code: str
    hint: str = dataclasses.field(default="", repr=False)


class FieldFaultsError(PermanentError):
    """Input to change before this can go on; nothing that was typed is lost."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults


class NotCompleteError(PermanentError):
    """Pages or documents are still missing; `missing` names them (`page:7`, `card:2`, `terms`)."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class SealRefusedError(PermanentError):
    """The file at hand is not the one that was approved, or a step before is missing."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact
