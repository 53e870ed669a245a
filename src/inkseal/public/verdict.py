"""What a verification report says in plain words, and in which of three shapes: genuine, changed, unknown."""

from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from inkseal.contracts.labels import Words
from inkseal.documents.validate import Change, Report, SignatureKind, SignatureReport, Verdict
from inkseal.public.findings import FINDINGS


@unique
class Shape(StrEnum):
    """The seal's three pictures: filled, broken outline, dashed outline."""

    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN = "unknown"


SHAPES: Final = MappingProxyType(
    {
        Verdict.VALID: Shape.GENUINE,
        Verdict.INVALID: Shape.CHANGED,
        Verdict.NOT_PROVEN: Shape.UNKNOWN,
        Verdict.UNSIGNED: Shape.UNKNOWN,
        Verdict.NOT_READABLE: Shape.UNKNOWN,
    }
)
HEADLINES: Final = MappingProxyType(
    {
        Verdict.VALID: _("This contract is genuine and unchanged"),
        Verdict.INVALID: _("This is not the file that was sealed"),
        Verdict.NOT_PROVEN: _("Nothing is broken, but not everything is proven"),
        Verdict.UNSIGNED: _("This file carries no seal"),
        Verdict.NOT_READABLE: _("This file cannot be read"),
    }
)
ADVICE: Final = MappingProxyType(
    {
        Verdict.INVALID: _("Do not rely on it. Ask the publisher for the sealed contract."),
        Verdict.NOT_PROVEN: _("Whether to rely on it, a person must decide. What is not proven stands beside."),
        Verdict.UNSIGNED: _("It may be a print or a draft. A sealed contract carries the publisher’s seal inside."),
        Verdict.NOT_READABLE: _("Perhaps it was cut off on its way. Ask for it again, as a PDF."),
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line beside the verdict: `mark` is the icon and colour, ok, look or fix."""

    mark: str
    words: Words


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature or time-stamp as it is shown."""

    facts: SignatureReport
    is_stamp: bool
    mark: str
    words: Words
    findings: tuple[Words, ...]


def seal_of(report: Report) -> SignatureReport | None:
    """Return the last signature that is no time-stamp: the company's seal."""
    seals = [one for one in report.signatures if one.kind is SignatureKind.SIGNATURE]
    return seals[-1] if seals else None


def facts_of(report: Report) -> tuple[Fact, ...]:
    """Return the lines beside the verdict; for anything but a valid file, the reasons."""
    if report.verdict is not Verdict.VALID:
        mark = "fix" if report.verdict is Verdict.INVALID else "look"
        return tuple(Fact(mark, FINDINGS[finding]) for finding in report.findings)
    time = (
        Fact("ok", _("The time is proven by a third party"))
        if report.proven_time
        else Fact("look", _("The time is the sealing clock’s; no third party proves it"))
    )
    return (
        Fact("ok", _("Every signature is intact")),
        Fact("ok", _("The signers’ certificates were valid")),
        time,
        Fact("ok", _("Nothing was added after the last seal")),
        *(Fact("look", FINDINGS[finding]) for finding in report.findings),
    )


def signature_lines(report: Report) -> tuple[SignatureLine, ...]:
    """Return the signatures in the order of the file."""
    return tuple(_line(one) for one in report.signatures)


def _line(one: SignatureReport) -> SignatureLine:
    mark, words = _judged(one)
    findings = tuple(FINDINGS[finding] for finding in one.findings)
    return SignatureLine(one, one.kind is SignatureKind.TIME_STAMP, mark, words, findings)


def _judged(one: SignatureReport) -> tuple[str, Words]:
    if not one.intact:
        return "fix", _("Broken")
    if not one.unmodified or one.changed_after is Change.CONTENT:
        return "fix", _("Changed afterwards")
    return ("ok", _("Intact and trusted")) if one.trusted else ("look", _("Intact, not trusted"))
