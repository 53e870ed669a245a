"""The tables of contracts-1 as they stand in the database, against C1 written down a second time."""

import re
from dataclasses import dataclass
from typing import Final

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import NOT_PROVIDED, Field, Model

from tests.integration.specified_tables import ALL, COPIES, KEYS

#: What MariaDB calls each type.
MARIADB: Final = {
    "bigint": r"bigint(\(\d+\))?",
    "bigint+": r"bigint(\(\d+\))? unsigned",
    "int": r"int(\(\d+\))?",
    "tinyint": r"tinyint(\(\d+\))?",
    "text": r"longtext|text",
    "mediumtext": r"mediumtext",
    "datetime": r"datetime\(6\)",
    "json": r"longtext|json",
}


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    null: bool
    default: str


def columns_of(text: str) -> list[Column]:
    parts = [line.split() for line in text.strip().splitlines()]
    return [Column(name, kind, null == "Y", default) for name, kind, null, default in parts]


def model_of(table: str) -> type[Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def field_of(table: str, column: str) -> "Field[object, object]":
    return next(field for field in model_of(table)._meta.concrete_fields if field.column == column)


def default_of(field: "Field[object, object]") -> str:
    if getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED:
        return "now"
    if field.default is NOT_PROVIDED:
        return "-"
    return "''" if field.default == "" else str(field.get_default())  # noqa: PLC1901  # 0 is a default as well


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(ALL))
def test_a_table_has_exactly_the_columns_of_the_specification(table: str) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    assert {(column.name, bool(column.null_ok)) for column in found} == {
        (column.name, column.null) for column in columns_of(ALL[table])
    }


@pytest.mark.parametrize("table", sorted(ALL))
def test_a_new_row_has_the_defaults_of_the_specification(table: str) -> None:
    """Where C1 gives none, a default of ours does no harm: every writer gives the value."""
    wrong = [
        (column.name, column.default, default_of(field_of(table, column.name)))
        for column in columns_of(ALL[table])
        if column.default != "-" and default_of(field_of(table, column.name)) != column.default
    ]
    assert wrong == []


@pytest.mark.parametrize("table", sorted(ALL))
def test_texts_and_decimals_are_as_long_as_in_the_specification(table: str) -> None:
    for column in columns_of(ALL[table]):
        field = field_of(table, column.name)
        if match := re.fullmatch(r"varchar\((\d+)\)", column.type):
            assert getattr(field, "max_length", None) == int(match[1]), column.name
        if match := re.fullmatch(r"decimal\((\d+),(\d+)\)", column.type):
            assert (getattr(field, "max_digits", 0), getattr(field, "decimal_places", 0)) == (
                int(match[1]),
                int(match[2]),
            )


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(ALL))
def test_mariadb_has_the_types_of_the_specification(table: str) -> None:
    if connection.vendor != "mysql":
        pytest.skip("SQLite has no such types")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, column_type FROM information_schema.columns"
            " WHERE table_schema = DATABASE() AND table_name = %s",
            [table],
        )
        found = dict(cursor.fetchall())
    wrong = [
        (column.name, column.type, found[column.name])
        for column in columns_of(ALL[table])
        if not re.fullmatch(MARIADB.get(column.type, re.escape(column.type)), found[column.name])
    ]
    assert wrong == []


@pytest.mark.django_db
def test_mariadb_compares_and_stores_every_language() -> None:
    if connection.vendor != "mysql":
        pytest.skip("SQLite knows UTF-8 only")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_collation, engine FROM information_schema.tables WHERE table_schema = DATABASE()"
        )
        found = set(cursor.fetchall())
    assert found == {("utf8mb4_unicode_ci", "InnoDB")}


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "columns", "unique"), KEYS)
def test_a_table_has_the_keys_of_the_specification(*, table: str, columns: tuple[str, ...], unique: bool) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    fitting = [key for key in found.values() if tuple(key["columns"]) == columns]
    assert fitting, found
    assert any(key["unique"] for key in fitting) == unique


@pytest.mark.parametrize("table", sorted(ALL))
def test_primary_keys_are_the_first_columns(table: str) -> None:
    first = columns_of(ALL[table])[0].name
    pk = model_of(table)._meta.pk
    assert pk is not None
    assert pk.column == first


@pytest.mark.parametrize("table", sorted({*COPIES, *COPIES.values()}))
def test_r87_keys_of_these_tables_come_from_the_number_generator(table: str) -> None:
    pk = model_of(table)._meta.pk
    assert pk is not None
    assert pk.get_internal_type() == "BigIntegerField"  # not an automatic one


def test_signtype_can_hold_249() -> None:
    """C1.19: not a signed tinyint."""
    assert field_of("book_novels", "signtype").get_internal_type() == "IntegerField"


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["contract_control", "contract_request"])
def test_the_tables_of_the_board_are_there(table: str) -> None:
    """C1.20"""
    assert table in connection.introspection.table_names()


def test_every_table_of_the_workflow_is_either_specified_or_named_a_companion() -> None:
    companions = {
        *("signonline_audit_finding", "contract_print", "uploaded_picture", "seal_use"),
        *("contract_control", "contract_request", "notice_delivery", "notice_template"),
        *("notice_reminder", "notice_duty"),
    }
    ours = {
        model._meta.db_table for name in ("contracts", "notices") for model in apps.get_app_config(name).get_models()
    }
    assert ours - companions <= set(ALL)
