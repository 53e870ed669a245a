"""Data that does not fit is refused field by field: every missing one, every wrong kind, every limit, by its path."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.documents.typeset import DataFaultsError, LayoutError, MissingGlyphsError, Template, typeset
from inkseal.documents.typeset.values import check_data, has_field, shown, typed_texts
from tests.unit.documents.typeset_kit import CODES, STANDARD, Data, sample

SCHEMA: dict[str, Any] = json.loads((STANDARD / "schema.json").read_text(encoding="utf-8"))


def paths(data: Data, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every field of the data, groups and what is in them."""
    for name, value in data.items():
        yield (*prefix, name)
        if isinstance(value, dict):
            yield from paths(value, (*prefix, name))


FIELDS = sorted(paths(sample("minor")))
LEAVES = [path for path in FIELDS if len(path) == 2]


def parent(data: Data, path: tuple[str, ...]) -> Data:
    for name in path[:-1]:
        data = data[name]
    return data


def faults(data: object) -> dict[str, str]:
    """Return path and rule of every fault; none for data that fits."""
    try:
        check_data(SCHEMA, data)  # type: ignore[arg-type]  # wrong kinds are the attack
    except DataFaultsError as err:
        return {fault.path: fault.rule for fault in err.faults}
    return {}


@pytest.mark.parametrize("path", FIELDS, ids=".".join)
def test_a_missing_field_is_named_by_its_path(path: tuple[str, ...]) -> None:
    data = sample("minor")
    del parent(data, path)[path[-1]]
    assert faults(data) == {".".join(path): "required"}


def test_all_missing_fields_are_named_at_once() -> None:
    assert faults({}) == dict.fromkeys(SCHEMA["required"], "required")
    data = sample("minor")
    data["author"] = {}
    data["guardian"] = {}
    wanted = [f"author.{name}" for name in sample("minor")["author"]]
    wanted += [f"guardian.{name}" for name in sample("minor")["guardian"]]
    assert faults(data) == dict.fromkeys(wanted, "required")


@pytest.mark.parametrize("path", LEAVES, ids=".".join)
@pytest.mark.parametrize("wrong", [[], {}, ["x"], {"a": 1}, 3.5, True], ids=str)
def test_a_value_of_another_kind_is_named_by_its_path(path: tuple[str, ...], wrong: object) -> None:
    data = sample("minor")
    parent(data, path)[path[-1]] = wrong
    assert list(faults(data)) == [".".join(path)]


@pytest.mark.parametrize("path", LEAVES, ids=".".join)
def test_an_endless_text_is_refused(path: tuple[str, ...]) -> None:
    data = sample("minor")
    parent(data, path)[path[-1]] = "9" * 10_000
    assert list(faults(data)) == [".".join(path)]


@pytest.mark.parametrize("group", sorted({path[0] for path in LEAVES}))
@pytest.mark.parametrize("wrong", [[], "text", 7, True])
def test_a_group_of_another_kind_is_named(group: str, wrong: object) -> None:
    data = sample("minor")
    data[group] = wrong
    assert list(faults(data)) == [group]


@pytest.mark.parametrize("path", LEAVES, ids=".".join)
def test_a_field_that_nobody_asked_for_is_refused(path: tuple[str, ...]) -> None:
    data = sample("minor")
    parent(data, path)[f"{path[-1]}_2"] = "x"
    assert set(faults(data).values()) == {"additionalProperties"}


@pytest.mark.parametrize(
    ("path", "value", "fits"),
    [
        ("contract.number", "1" * 10, True),
        ("contract.number", "1" * 29, True),
        ("contract.number", "1" * 9, False),
        ("contract.number", "1" * 30, False),
        ("contract.number", "１" * 15, False),
        ("contract.date", "2026-02-29", False),
        ("contract.date", "2028-02-29", True),
        ("contract.date", "20261121", False),
        ("contract.date", "2026-11-21T00:00", False),
        ("author.birthday", "0000-01-01", False),
        ("terms.currency", "usd", False),
        ("terms.currency", "USDT", False),
        ("terms.term_years", 1, True),
        ("terms.term_years", 0, False),
        ("terms.term_years", 100, False),
        ("terms.term_years", "10", False),
        ("terms.words_per_month", -1, False),
        ("author.document_type", "library_card", False),
        ("author.name", "x" * 120, True),
        ("author.name", "x" * 121, False),
        ("author.name", "", False),
        ("author.address", "x" * 300, True),
        ("author.address", "x" * 301, False),
        ("book.title", "x" * 200, True),
        ("book.title", "x" * 201, False),
        ("author.email", "x" * 255, False),
    ],
)
def test_limits_hold_to_the_character(path: str, value: object, *, fits: bool) -> None:
    data = sample("adult")
    group, name = path.split(".")
    data[group][name] = value
    assert list(faults(data)) == ([] if fits else [path])


def test_the_shipped_samples_fit() -> None:
    assert faults(sample("adult")) == faults(sample("minor")) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(FIELDS), JSON)
def test_any_json_anywhere_fits_or_is_named_there(path: tuple[str, ...], value: object) -> None:
    data = sample("minor")
    parent(data, path)[path[-1]] = value
    assert all(found == path[0] or found.startswith(f"{path[0]}.") for found in faults(data))


@given(JSON)
def test_any_json_at_all_is_judged_without_another_error(value: object) -> None:
    assert faults(value) or value == sample("minor")


@given(st.sampled_from(LEAVES), st.text(max_size=400))
def test_no_error_carries_what_was_typed(path: tuple[str, ...], text: str) -> None:
    data = sample("minor")
    marked = f"Secret{text}Secret"
    parent(data, path)[path[-1]] = marked
    said = ""
    try:
        check_data(SCHEMA, data)
    except DataFaultsError as err:
        said = f"{err} {err.args} {err.faults}"
    assert "Secret" not in said


@given(st.sampled_from(LEAVES), st.text(max_size=40))
def test_what_is_shown_is_one_line(path: tuple[str, ...], text: str) -> None:
    data = sample("minor")
    parent(data, path)[path[-1]] = text
    typed = typed_texts(SCHEMA, data).get(".".join(path))
    assert typed == " ".join(text.split())
    if not faults(data):
        printed = shown(SCHEMA, data, "en")[".".join(path)]
        assert printed == " ".join(printed.split())


def test_every_field_can_be_a_placeholder_and_no_group_can() -> None:
    assert all(has_field(SCHEMA, ".".join(path)) == (len(path) == 2) for path in FIELDS)


def test_optional_terms_are_shown_only_when_given() -> None:
    data = sample("adult")
    assert "terms.min_words" not in shown(SCHEMA, data, "en")
    data["terms"]["min_words"] = 1_000_000
    assert shown(SCHEMA, data, "en")["terms.min_words"] == "1,000,000"


@pytest.mark.parametrize("path", [("author", "birthday"), ("guardian", "name"), ("terms", "currency")], ids=".".join)
def test_typesetting_refuses_what_the_check_refuses(template: Template, path: tuple[str, ...]) -> None:
    data = sample("minor")
    del parent(data, path)[path[-1]]
    before = copy.deepcopy(data)
    with pytest.raises(DataFaultsError) as caught:
        typeset(template, data, codes=CODES)
    assert [fault.path for fault in caught.value.faults] == [".".join(path)]
    assert not isinstance(caught.value, LayoutError | MissingGlyphsError)
    assert data == before
