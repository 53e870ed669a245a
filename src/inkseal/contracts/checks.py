"""What the machine can say about a submission before a person looks; it never refuses by itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from inkseal.contracts.pages import Gathered
from inkseal.contracts.personal import AuthorRows
from inkseal.contracts.rules import age_on, is_minor


@unique
class Outcome(StrEnum):
    """How one check ended."""

    PASS = "pass"  # noqa: S105  # not a password
    #: A person must look.
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Check:
    """One check; `detail` holds figures or codes, never personal data."""

    code: str
    outcome: Outcome
    detail: str


def checks_of(rows: AuthorRows, gathered: Gathered | None, *, day: date) -> tuple[Check, ...]:
    """Return the checks of a submitted contract in the order an auditor reads them."""
    if gathered is None:
        return (Check("print", Outcome.LOOK, ""),)
    pages, count = gathered.pages, gathered.print.page_count
    values = rows.read()
    age = age_on(values["birthday"], day)
    strange = len(pages.foreign) + len(pages.unreadable)
    holder = values["bank_openname"].casefold() == values["realname"].casefold()
    return (
        _check("pages_complete", not pages.missing, f"{len(pages.pages)}/{count}"),
        _check("pages_of_this_print", not pages.foreign, rows.main.content_hash[:12]),
        _check("nothing_left_over", strange == 0, str(strange)),
        _check("documents_complete", not gathered.missing, ""),
        _check("of_age", not is_minor(values["birthday"], day), "" if age is None else str(age)),
        _check("account_holder", holder, ""),
    )


def _check(code: str, passed: bool, detail: str) -> Check:  # noqa: FBT001  # reads as a sentence at every call
    return Check(code, Outcome.PASS if passed else Outcome.LOOK, detail)
