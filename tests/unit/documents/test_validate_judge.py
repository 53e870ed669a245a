"""From findings to the verdict: green needs every fact, and every finding has its place."""

import pytest

from inkseal.documents.validate import Finding, SignatureKind, SignatureReport, Verdict
from inkseal.documents.validate.judge import conclude, judge

GREEN = SignatureReport("Seal", SignatureKind.SIGNATURE, intact=True, trusted=True, unmodified=True)
REMARKS = {Finding.TIME_NOT_TRUSTED, Finding.TIME_IN_FUTURE}


def without(fact: str) -> SignatureReport:
    intact, trusted, unmodified = (fact != name for name in ("intact", "trusted", "unmodified"))
    return SignatureReport("Seal", SignatureKind.SIGNATURE, intact=intact, trusted=trusted, unmodified=unmodified)


def test_a_signature_with_all_facts_and_no_finding_is_valid() -> None:
    assert judge([], [GREEN]) is Verdict.VALID


@pytest.mark.parametrize("finding", sorted(set(Finding) - REMARKS))
def test_no_finding_but_a_remark_leaves_the_verdict_green(finding: Finding) -> None:
    assert judge([finding], [GREEN]) is not Verdict.VALID


@pytest.mark.parametrize("finding", sorted(REMARKS))
def test_a_remark_about_time_takes_nothing_away(finding: Finding) -> None:
    assert judge([finding], [GREEN]) is Verdict.VALID


@pytest.mark.parametrize("lacking", ["intact", "trusted", "unmodified"])
def test_a_fact_that_nobody_established_is_not_proven(lacking: str) -> None:
    assert judge([], [without(lacking)]) is Verdict.NOT_PROVEN


def test_a_signature_of_an_unknown_kind_is_not_proven() -> None:
    odd = SignatureReport("Odd", SignatureKind.UNKNOWN, intact=True, trusted=True, unmodified=True)
    assert judge([], [GREEN, odd]) is Verdict.NOT_PROVEN


def test_time_stamps_alone_are_no_signature() -> None:
    stamp = SignatureReport("Time", SignatureKind.TIME_STAMP, intact=True, trusted=True, unmodified=True)
    assert judge([], [stamp]) is Verdict.NOT_PROVEN
    assert judge([Finding.NO_SIGNATURE], [stamp]) is Verdict.UNSIGNED


def test_no_signatures_and_no_findings_are_not_green() -> None:
    assert judge([], []) is Verdict.NOT_PROVEN


def test_what_is_broken_outweighs_what_is_not_proven() -> None:
    assert judge([Finding.UNKNOWN_AUTHORITY, Finding.DIGEST], [GREEN]) is Verdict.INVALID


def test_what_cannot_be_read_outweighs_everything() -> None:
    assert judge([Finding.DIGEST, Finding.TOO_COSTLY], [GREEN]) is Verdict.NOT_READABLE


def test_a_finding_is_told_once() -> None:
    twice = SignatureReport("Seal", SignatureKind.SIGNATURE, findings=(Finding.EXPIRED,))
    report = conclude(b"", [], [twice, twice])
    assert report.findings == (Finding.EXPIRED,)
    assert report.size_bytes == 0
