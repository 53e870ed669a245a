"""An author's data as lines, waiting times, checks and decisions as they are read: no database, no clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils.translation import override

from inkseal.contracts.checks import Check, Outcome
from inkseal.contracts.enums import Agreement, SendReason
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.fields import FIELDS
from inkseal.contracts.send_back import NewFinding
from inkseal.contracts.states import Action
from inkseal.contracts.terms import TERMS
from inkseal.desk import words
from inkseal.desk.check_words import check_line
from inkseal.desk.data import birthday_words, data_rows
from inkseal.desk.decision import Choice, read_decision
from inkseal.desk.spans import span_words
from inkseal.desk.terms_form import read_terms, terms_form, terms_lines

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ALICE = {
    "realname": "Alice Tan",
    "cardtype": "1",
    "cardid": "E••••567K",
    "birthday": "1999-09-09",
    "telpre": "+65",
    "mobile": "••• ••• 0142",
    "is_alone": "1",
    "sex": "2",
    "guarder_card_type": "0",
    "zipcode": "",
}


def lines(values: dict[str, str]) -> dict[str, str]:
    rows = data_rows(values, pen_name="Tan Lanyue", today=TODAY)
    return {str(row.label): str(row.value) for row in rows}


def test_name_and_pen_name_stand_first() -> None:
    assert list(lines(ALICE))[:2] == ["Name", "Pen name"]


def test_the_kind_of_document_names_the_line_of_its_number() -> None:
    assert lines(ALICE)["Passport"] == "E••••567K"
    assert "Document" not in lines(ALICE)


def test_the_dialling_code_stands_before_its_number() -> None:
    assert lines(ALICE)["Mobile"] == "+65 ••• ••• 0142"
    assert "Dialling code" not in lines(ALICE)


def test_codes_are_shown_as_words() -> None:
    shown = lines(ALICE)
    assert (shown["Sole author"], shown["Sex"]) == ("yes", "Female")


def test_empty_lines_are_left_out_but_not_those_an_auditor_looks_for() -> None:
    shown = lines(ALICE)
    assert "Postcode" not in shown
    assert not shown["Account"]


def test_a_guardians_lines_are_shown_for_a_minor_only() -> None:
    assert "Guardian’s document" not in lines(ALICE)
    assert lines({**ALICE, "birthday": "2010-01-01"})["Guardian’s document"] == "Identity card"


def test_nothing_written_is_nothing_shown() -> None:
    assert data_rows({}, pen_name="Tan Lanyue", today=TODAY) == ()
    assert data_rows({"realname": ""}, pen_name="Tan Lanyue", today=TODAY) == ()


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1999-09-09", "9 Sep 1999, 27 years"), ("2025-11-21", "21 Nov 2025, 1 year"), ("••••", "••••"), ("", "")],
)
def test_a_birthday_is_said_with_the_age(value: str, shown: str) -> None:
    assert birthday_words(value, TODAY) == shown


def test_every_field_has_a_short_name() -> None:
    assert {field.name for field in FIELDS} <= set(words.FIELDS)


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(0), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=64), "64 d"),
        (timedelta(minutes=-5), "now"),
    ],
)
def test_waiting_is_said_in_its_largest_unit(span: timedelta, shown: str) -> None:
    assert span_words(NOW - span, NOW) == shown


def test_what_never_began_does_not_wait() -> None:
    assert not span_words(None, NOW)


@pytest.mark.parametrize(
    ("check", "detail"),
    [
        (Check("pages_complete", Outcome.PASS, "7/8"), "7 of 8"),
        (Check("of_age", Outcome.PASS, "27"), "27 years"),
        (Check("of_age", Outcome.LOOK, ""), ""),
        (Check("pages_of_this_print", Outcome.PASS, "9f3c7a1052be"), "9f3c…52be"),
        (Check("nothing_left_over", Outcome.PASS, "0"), ""),
        (Check("nothing_left_over", Outcome.LOOK, "2"), "2"),
    ],
)
def test_a_checks_figure_is_readable(check: Check, detail: str) -> None:
    line = check_line(check)
    assert line.detail == detail
    assert line.passed == (check.outcome is Outcome.PASS)


def test_a_check_that_wants_a_look_says_something_else() -> None:
    passed = check_line(Check("documents_complete", Outcome.PASS, ""))
    look = check_line(Check("documents_complete", Outcome.LOOK, ""))
    assert str(passed.words) != str(look.words)


def test_a_new_check_shows_its_code_until_it_has_words() -> None:
    assert check_line(Check("ink_in_boxes", Outcome.LOOK, "")).words == "ink_in_boxes"


def test_a_decision_is_read_whole() -> None:
    sent = QueryDict(
        "decision=info&reason_id=3&reason=+Hello+&target=realname&target=page:2&note:realname=Both&reason:page:2=4"
    )
    decision = read_decision(sent)
    assert (decision.choice, decision.reason_id, decision.reason) == (Choice.INFORMATION, 3, "Hello")
    assert decision.findings == (NewFinding("realname", 3, "Both"), NewFinding("page:2", 4, ""))
    assert decision.fitting_findings == (NewFinding("realname", 3, "Both"),)


@pytest.mark.parametrize("sent", ["", "decision=", "decision=seal", "decision=PASS", "decision=info%00"])
def test_an_unknown_choice_is_no_choice(sent: str) -> None:
    assert read_decision(QueryDict(sent)).choice is None


@pytest.mark.parametrize("number", ["", "x", "-3", "1e3", "٣", "9" * 10])
def test_a_reason_that_is_no_number_is_none(number: str) -> None:
    post = QueryDict(mutable=True)
    post["reason_id"] = number
    assert read_decision(post).reason_id == 0


def test_a_thing_marked_twice_is_sent_back_once() -> None:
    assert len(read_decision(QueryDict("decision=info&target=realname&target=realname")).findings) == 1


def test_a_note_without_its_mark_is_no_finding() -> None:
    assert read_decision(QueryDict("decision=info&note:realname=Both")).findings == ()


def test_only_terms_of_the_form_are_read() -> None:
    agreement, terms = read_terms(QueryDict("agreement=1&share_ratio=50&status=9&editor_id=1"))
    assert agreement is Agreement.STANDARD_SHARE
    assert terms["share_ratio"] == "50"
    assert set(terms) == {term.name for needed in TERMS.values() for term in needed}


@pytest.mark.parametrize("agreement", ["", "x", "99", "1.0"])
def test_an_unknown_agreement_is_none(agreement: str) -> None:
    assert read_terms(QueryDict(f"agreement={agreement}"))[0] is Agreement.NONE


def test_a_fault_stands_at_its_term() -> None:
    form = terms_form(Agreement.STANDARD_SHARE, {"share_ratio": "101"}, (FieldFault("share_ratio", "choice", "1-100"),))
    faults = {field.name: str(field.fault) for field in form.fields if field.fault}
    assert faults == {"share_ratio": "Please write a number from 1 to 100."}


def test_each_term_knows_the_types_that_have_it() -> None:
    form = terms_form(Agreement.STANDARD_BUYOUT, {})
    of = {field.name: field.of for field in form.fields}
    assert set(of["share_ratio"].split()) == {"of-1", "of-3"}
    assert set(of["currency"].split()) == {"of-1", "of-2", "of-3", "of-4"}
    assert [choice.value for choice in form.choices if choice.chosen] == [2]


def test_terms_are_read_with_their_units() -> None:
    shown = dict(terms_lines({"share_ratio": "50", "term_years": 10, "words_per_month": 30000, "currency": "USD"}))
    assert {str(label): value for label, value in shown.items()} == {
        "Author’s share": "50 %",
        "Currency": "USD",
        "Term": "10 years",
        "At least": "30,000 words a month",
    }


def test_every_reason_to_write_has_words() -> None:
    assert set(words.SEND_REASONS) == set(SendReason)


def test_every_step_of_the_desk_has_words() -> None:
    assert {Action.PROPOSE, Action.SUBMIT, Action.PASS_AUDIT} <= set(words.ACTIONS)


def test_an_unknown_fault_still_has_a_sentence() -> None:
    with override("en"):
        assert str(words.fault_words(FieldFault("currency", "something_new"))) == str(words.FAULTS["choice"])
