"""The machine's checks in words: what holds, or what a person must look at, with the figure beside it."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inkseal.contracts.checks import Check, Outcome
from inkseal.contracts.labels import Words

_WORDS: Final = MappingProxyType(
    {
        "print": (gettext_lazy("The print is there"), gettext_lazy("There is no print to compare with")),
        "pages_complete": (gettext_lazy("All pages, none twice"), gettext_lazy("Pages are missing")),
        "pages_of_this_print": (
            gettext_lazy("Pages belong to this version"),
            gettext_lazy("A page of another version is among them"),
        ),
        "nothing_left_over": (
            gettext_lazy("Every picture is a page"),
            gettext_lazy("Pictures that are no page of it"),
        ),
        "documents_complete": (
            gettext_lazy("Identity documents are there"),
            gettext_lazy("An identity document is missing"),
        ),
        "of_age": (gettext_lazy("Of age"), gettext_lazy("Under age: the guardian signs too")),
        "account_holder": (
            gettext_lazy("Account is the author’s own"),
            gettext_lazy("The account has another holder"),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check as it is read."""

    passed: bool
    words: Words
    detail: str


def check_line(check: Check) -> CheckLine:
    """Return the line for one check; a check without words of its own shows its code."""
    passed = check.outcome is Outcome.PASS
    right, look = _WORDS.get(check.code, (check.code, check.code))
    return CheckLine(passed, right if passed else look, _detail(check))


def _detail(check: Check) -> str:
    if check.code == "pages_complete":
        there, _slash, wanted = check.detail.partition("/")
        return _("%(there)s of %(wanted)s") % {"there": there, "wanted": wanted}
    if check.code == "of_age" and check.detail:
        return ngettext("%(count)d year", "%(count)d years", int(check.detail)) % {"count": int(check.detail)}
    if check.code == "pages_of_this_print":
        return f"{check.detail[:4]}…{check.detail[-4:]}" if check.detail else ""
    return "" if check.code == "nothing_left_over" and check.detail == "0" else check.detail
