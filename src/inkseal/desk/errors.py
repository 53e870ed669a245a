"""Which refusals of the verbs the desk answers with a page of its own."""

from typing import Final

from inkseal.contracts.errors import (
    ConfigurationError,
    ContentChangedError,
    MoveRefusedError,
    NotCompleteError,
    NotYoursError,
    RequestReusedError,
    RoleRefusedError,
    SealRefusedError,
    StaleRevisionError,
)
from inkseal.vault import ErasedSubjectError

#: The page was right when it was shown; meanwhile something moved, so the present state is shown (409).
OVERTAKEN: Final = (
    StaleRevisionError,
    MoveRefusedError,
    ContentChangedError,
    RequestReusedError,
    NotCompleteError,
    SealRefusedError,
)
ANSWERED: Final = (NotYoursError, RoleRefusedError, ConfigurationError, ErasedSubjectError, *OVERTAKEN)
