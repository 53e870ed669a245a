"""What can go wrong between a template, its data and the finished file.

No error carries the data itself: paths, rules and single characters are enough to show a person the field.
"""

from dataclasses import dataclass
from enum import Enum, unique

from inkseal.core.errors import PermanentError, RetryableError


@unique
class ClauseReason(Enum):
    """Why a clause cannot be set."""

    #: A placeholder names no field of the schema.
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    #: A placeholder's field is empty or absent in this contract.
    MISSING_DATA = "missing_data"
    #: Markdown beyond headings, numbered clauses, lists, emphasis and tables.
    UNSUPPORTED_MARKDOWN = "unsupported_markdown"
    #: A title, an article or a clause without any text: it would vanish from the print.
    EMPTY = "empty"
    #: The languages do not have the same clauses.
    LANGUAGES_DIFFER = "languages_differ"
    #: A condition stands elsewhere than at the start of a heading, paragraph or table row.
    CONDITION_MISPLACED = "condition_misplaced"
    #: Where a condition does not hold, a number is missing before this one.
    NUMBER_MISSING = "number_missing"


@unique
class TemplateReason(Enum):
    """Why a folder is not a contract template."""

    #: A file that every template has is not there.
    FILE_MISSING = "file_missing"
    #: A file is there but does not have its form.
    FILE_MALFORMED = "file_malformed"
    #: A font family of meta.toml is in none of the font folders.
    FONT_MISSING = "font_missing"
    #: main.typ or a file beside it wants a package from the network.
    PACKAGE_WANTED = "package_wanted"
    #: A link leads to something else than a file in the folder that templates share.
    LINK_ELSEWHERE = "link_elsewhere"


@dataclass(frozen=True, slots=True)
class ClauseFault:
    """`clause` is its printed number, such as "7.2"; empty before the first article. `detail`: path or token."""

    language: str
    clause: str
    reason: ClauseReason
    detail: str


@dataclass(frozen=True, slots=True)
class DataFault:
    """`path` is dotted, such as "author.birthday"; `rule` is the JSON Schema keyword that refused the value."""

    path: str
    rule: str


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character at `path` for which no font of the template has a sign."""

    path: str
    character: str


class TemplateError(PermanentError):
    """A folder cannot be used as a template; `detail` is the file, family or package."""

    def __init__(self, reason: TemplateReason, detail: str) -> None:
        super().__init__(reason.value, detail)
        self.reason = reason
        self.detail = detail


class ClauseFaultsError(PermanentError):
    """Clauses that cannot be set, all of them."""

    def __init__(self, faults: tuple[ClauseFault, ...]) -> None:
        super().__init__("; ".join(f"{f.language} {f.clause} {f.reason.value} {f.detail}" for f in faults))
        self.faults = faults


class DataFaultsError(PermanentError):
    """Data that does not fit the template's schema; every place is named, no value is."""

    def __init__(self, faults: tuple[DataFault, ...]) -> None:
        super().__init__("; ".join(f"{f.path}: {f.rule}" for f in faults))
        self.faults = faults


class MissingGlyphsError(PermanentError):
    """Characters that the fonts lack; the message names the fields only, the attribute also the characters."""

    def __init__(self, missing: tuple[MissingGlyph, ...]) -> None:
        super().__init__(", ".join(sorted({m.path for m in missing})))
        self.missing = missing


class LayoutError(PermanentError):
    """typst refused the template with this data. `hint` is typst's own message without text of the author."""

    def __init__(self, hint: str) -> None:
        super().__init__(hint)
        self.hint = hint


class TypesetWorkerLostError(RetryableError):
    """The worker process died over this contract, `exit_code` is negative for a signal, or answered nonsense: None."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class TypesetPoolClosedError(RetryableError):
    """The pool was closed: the service is about to end."""


class TypesetTimeoutError(RetryableError):
    """The worker process did not finish in time and was killed."""

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(limit_seconds)
        self.limit_seconds = limit_seconds
