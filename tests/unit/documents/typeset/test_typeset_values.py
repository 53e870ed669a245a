"""How data becomes printed text, and what is refused before anything is printed."""

from typing import Any

import pytest

from inkseal.documents.typeset import DataFault, DataFaultsError, Template
from inkseal.documents.typeset.values import check_data, has_field, right_to_left, shown, typed_texts

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["day"],
    "properties": {
        "day": {"type": "string", "format": "date"},
        "words": {"type": "integer"},
        "id": {"type": ["string", "integer"]},
        "kind": {"$ref": "#/$defs/kind"},
        "name": {"type": "string", "minLength": 1},
        "guardian": {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"name": {"type": "string"}}}]},
    },
    "$defs": {"kind": {"enum": ["pass"], "x-names": {"en": {"pass": "Passport"}, "zh": {"pass": "护照"}}}},
}


def faults_of(data: dict[str, Any], schema: dict[str, Any] = SCHEMA) -> tuple[DataFault, ...]:
    with pytest.raises(DataFaultsError) as caught:
        check_data(schema, data)
    return caught.value.faults


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "21 November 2026"), ("zh", "2026年11月21日"), ("fr", "2026-11-21")]
)
def test_a_date_is_written_in_the_language(language: str, expected: str) -> None:
    assert shown(SCHEMA, {"day": "2026-11-21"}, language) == {"day": expected}


@pytest.mark.parametrize(("month", "name"), [("01", "January"), ("05", "May"), ("12", "December")])
def test_every_month_has_its_name(month: str, name: str) -> None:
    assert shown(SCHEMA, {"day": f"2026-{month}-02"}, "en")["day"] == f"2 {name} 2026"


def test_a_count_is_grouped_and_an_identifier_is_not() -> None:
    assert shown(SCHEMA, {"words": 30000, "id": 30000}, "en") == {"words": "30,000", "id": "30000"}


def test_a_code_is_printed_by_its_name() -> None:
    assert shown(SCHEMA, {"kind": "pass"}, "en")["kind"] == "Passport"
    assert shown(SCHEMA, {"kind": "pass"}, "zh")["kind"] == "护照"


def test_line_ends_and_tabs_become_single_spaces() -> None:
    assert shown(SCHEMA, {"name": " 14 Example Walk\r\n\tSingapore "}, "en")["name"] == "14 Example Walk Singapore"


def test_absent_and_null_fields_are_left_out() -> None:
    assert shown(SCHEMA, {"guardian": None, "name": None}, "en") == {}


def test_a_field_behind_a_choice_is_found() -> None:
    assert shown(SCHEMA, {"guardian": {"name": "Bob"}}, "en") == {"guardian.name": "Bob"}


def test_what_was_typed_is_read_from_a_form_that_is_not_valid() -> None:
    typed = typed_texts(SCHEMA, {"day": "not yet", "name": "Al\n", "words": 3, "kind": "nothing"})
    assert typed == {"day": "not yet", "name": "Al", "kind": "nothing"}


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("day", True),
        ("guardian.name", True),
        ("guardian", False),
        ("guardian.age", False),
        ("day.x", False),
        ("x", False),
    ],
)
def test_only_fields_can_be_placeholders(path: str, *, known: bool) -> None:
    assert has_field(SCHEMA, path) is known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ليلى", True),
        ("שרה", True),
        ("14 ليلى", True),
        ("Alice ليلى", False),
        ("谭岚月", False),
        ("", False),
        ("12", False),
    ],
)
def test_the_first_strong_letter_gives_the_direction(text: str, *, expected: bool) -> None:
    assert right_to_left(text) is expected


def test_every_fault_is_named_with_its_rule() -> None:
    assert faults_of({"words": "x", "name": ""}) == (
        DataFault("day", "required"),
        DataFault("name", "minLength"),
        DataFault("words", "type"),
    )


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert faults_of({"day": "2026-02-30"}) == (DataFault("day", "format"),)


def test_an_error_never_carries_the_value(template: Template, data: dict[str, Any]) -> None:
    data["author"]["name"] = "Charlie Secret " * 40
    data["author"]["birthday"] = "Charlie Secret"
    with pytest.raises(DataFaultsError) as caught:
        check_data(template.schema, data)
    assert "Secret" not in f"{caught.value} {caught.value.faults} {caught.value.args}"
    assert {fault.path for fault in caught.value.faults} == {"author.name", "author.birthday"}


@pytest.mark.parametrize("section", ["contract", "book", "publisher", "author", "bank", "terms", "guardian"])
def test_the_shipped_schema_wants_every_section(template: Template, data: dict[str, Any], section: str) -> None:
    del data[section]
    assert faults_of(data, dict(template.schema)) == (DataFault(section, "required"),)


@pytest.mark.parametrize("share", ["0", "50", "12.5", "99.99", "100"])
def test_shares_of_a_whole_are_accepted(template: Template, data: dict[str, Any], share: str) -> None:
    data["terms"]["share_ratio"] = share
    check_data(template.schema, data)


@pytest.mark.parametrize("share", ["101", "-1", "050", "12.345", "fifty", "", "50%"])
def test_other_shares_are_refused(template: Template, data: dict[str, Any], share: str) -> None:
    data["terms"]["share_ratio"] = share
    assert faults_of(data, dict(template.schema)) == (DataFault("terms.share_ratio", "pattern"),)


def test_a_misspelt_field_is_refused(template: Template, data: dict[str, Any]) -> None:
    data["author"]["penname"] = "Bob"
    assert faults_of(data, dict(template.schema)) == (DataFault("author", "additionalProperties"),)
