"""The terms of each agreement type: needed, bounded, stored without floats (AMB-39)."""

import pytest

from inkseal.contracts.enums import Agreement
from inkseal.contracts.terms import TERMS, faults_of_terms, tidy_terms

SHARE = {"share_ratio": "50", "currency": "USD", "term_years": "10", "words_per_month": "30000"}
BUYOUT = {"buyout_price": "1200.50", "currency": "SGD", "term_years": "5", "min_words": "100000", "max_words": "200000"}


def codes(agreement: Agreement, terms: dict[str, str]) -> dict[str, str]:
    return {fault.field: fault.code for fault in faults_of_terms(agreement, terms)}


@pytest.mark.parametrize("agreement", [Agreement.STANDARD_SHARE, Agreement.CONTEST_SHARE])
def test_a_shared_income_needs_share_currency_term_and_pace(agreement: Agreement) -> None:
    assert codes(agreement, SHARE) == {}
    assert codes(agreement, {}) == dict.fromkeys(SHARE, "required")


@pytest.mark.parametrize("agreement", [Agreement.STANDARD_BUYOUT, Agreement.CONTEST_BUYOUT])
def test_a_buyout_needs_a_price_and_the_fewest_words_but_no_most(agreement: Agreement) -> None:
    assert codes(agreement, BUYOUT) == {}
    assert codes(agreement, {}) == dict.fromkeys(["buyout_price", "currency", "term_years", "min_words"], "required")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("share_ratio", "0"),
        ("share_ratio", "0.99"),
        ("share_ratio", "100.01"),
        ("share_ratio", "101"),
        ("share_ratio", "-5"),
        ("share_ratio", "50.123"),
        ("share_ratio", "half"),
        ("share_ratio", "５０"),
        ("share_ratio", "5e1"),
        ("currency", "usd"),
        ("currency", "US"),
        ("currency", "USDT"),
        ("term_years", "0"),
        ("term_years", "100"),
        ("term_years", "1.5"),
        ("words_per_month", "0"),
        ("words_per_month", "1000001"),
    ],
)
def test_a_term_out_of_its_bounds_is_refused(name: str, value: str) -> None:
    assert codes(Agreement.STANDARD_SHARE, {**SHARE, name: value}) == {name: "choice"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("share_ratio", "1"),
        ("share_ratio", "100"),
        ("share_ratio", "100.00"),
        ("share_ratio", " 12.5 "),
        ("term_years", "99"),
        ("words_per_month", "1000000"),
    ],
)
def test_a_term_at_its_bounds_is_taken(name: str, value: str) -> None:
    assert codes(Agreement.STANDARD_SHARE, {**SHARE, name: value}) == {}


def test_the_bounds_are_the_hint() -> None:
    (fault,) = faults_of_terms(Agreement.STANDARD_SHARE, {**SHARE, "share_ratio": "150"})
    assert fault.hint == "1-100"


def test_the_most_words_are_not_fewer_than_the_fewest() -> None:
    assert codes(Agreement.STANDARD_BUYOUT, {**BUYOUT, "max_words": "99999"}) == {"max_words": "choice"}
    assert codes(Agreement.STANDARD_BUYOUT, {**BUYOUT, "max_words": "100000"}) == {}


def test_all_faults_are_said_at_once() -> None:
    assert codes(Agreement.STANDARD_SHARE, {"share_ratio": "200", "currency": "x"}) == {
        "share_ratio": "choice",
        "currency": "choice",
        "term_years": "required",
        "words_per_month": "required",
    }


def test_terms_are_stored_trimmed_whole_numbers_as_numbers_and_money_as_text() -> None:
    assert tidy_terms(Agreement.STANDARD_SHARE, {**SHARE, "share_ratio": " 12.50 ", "colour": "red"}) == {
        "share_ratio": "12.50",
        "currency": "USD",
        "term_years": 10,
        "words_per_month": 30000,
    }
    kept = tidy_terms(Agreement.STANDARD_BUYOUT, {**BUYOUT, "max_words": ""})
    assert kept == {"buyout_price": "1200.50", "currency": "SGD", "term_years": 5, "min_words": 100000}


@pytest.mark.parametrize("agreement", sorted(set(Agreement) - set(TERMS)))
def test_other_types_have_no_terms_here(agreement: Agreement) -> None:
    assert faults_of_terms(agreement, {}) == ()
    assert tidy_terms(agreement, SHARE) == {}
