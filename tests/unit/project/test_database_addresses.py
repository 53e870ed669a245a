"""INKSEAL_DATABASE_URL: a file or a server; what cannot be read is a fault that shows no password."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.project.environment import Reader, mysql_entry

FAULT = ["INKSEAL_X: write sqlite:///file or mysql://user:password@host/name"]


def read(address: str) -> tuple[dict[str, object], list[str]]:
    reader = Reader({"INKSEAL_X": address})
    return reader.database("X", "sqlite:////unused"), reader.faults


def test_an_absolute_file_has_four_strokes() -> None:
    entry, faults = read("sqlite:////data/inkseal.db")
    assert (entry["NAME"], faults) == ("/data/inkseal.db", [])


def test_a_relative_file_is_where_the_command_was_called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    entry, _ = read("sqlite:///var/inkseal.db")
    assert entry["NAME"] == str(tmp_path / "var" / "inkseal.db")


def test_a_file_below_the_home_folder_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    entry, _ = read("sqlite:///~/inkseal.db")
    assert entry["NAME"] == str(tmp_path / "inkseal.db")


@pytest.mark.parametrize("name", ["c#/ink seal.db", "what?.db", "100%.db", "%20.db", "书.db", "a=b&c.db", "x;y.db"])
def test_a_file_name_is_taken_as_it_stands(name: str) -> None:
    entry, faults = read(f"sqlite:////data/{name}")
    assert (entry["NAME"], faults) == (f"/data/{name}", [])


def test_sqlite_queues_writers_and_keeps_each_commit() -> None:
    entry, _ = read("sqlite:////data/inkseal.db")
    options = entry["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]
    assert options["timeout"] >= 20


def test_a_database_server_is_read_from_its_address() -> None:
    entry, _ = read("mysql://inkseal:p%40ss@db.example:3307/contracts")
    named = {name: entry[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "contracts",
        "USER": "inkseal",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "3307",
    }


def test_mariadb_is_another_word_for_mysql() -> None:
    address = "inkseal:x@db.example/contracts"
    assert read(f"mariadb://{address}") == read(f"mysql://{address}")


def test_a_server_behind_a_socket_has_no_port() -> None:
    entry = mysql_entry("mysql://root@localhost/test?socket=/run/mariadb.sock")
    assert (entry["HOST"], entry["PORT"], entry["PASSWORD"]) == ("/run/mariadb.sock", "", "")


def test_a_server_without_a_port_is_asked_at_the_usual_one() -> None:
    assert mysql_entry("mysql://root@db.example/test")["PORT"] == "3306"


def test_a_server_of_the_new_internet_protocol_is_read() -> None:
    entry = mysql_entry("mysql://root@[2001:db8::1]:3307/test")
    assert (entry["HOST"], entry["PORT"]) == ("2001:db8::1", "3307")


def test_rows_are_locked_on_purpose_never_by_gaps() -> None:
    options = mysql_entry("mysql://root@localhost/test")["OPTIONS"]
    assert isinstance(options, dict)
    assert options["isolation_level"] == "read committed"
    assert options["charset"] == "utf8mb4"


def test_a_connection_that_the_server_dropped_is_made_again() -> None:
    entry = mysql_entry("mysql://root@localhost/test")
    assert entry["CONN_HEALTH_CHECKS"] is True


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_every_password_comes_through_when_it_is_percent_escaped(password: str) -> None:
    entry = mysql_entry(f"mysql://inkseal:{quote(password, safe='')}@db.example/contracts")
    assert (entry["PASSWORD"], entry["HOST"], entry["NAME"]) == (password, "db.example", "contracts")


@pytest.mark.parametrize(
    "address",
    [
        "postgres://db/x",
        "sqlite://",
        "sqlite:///",
        "sqlite:/data/x.db",
        "/data/x.db",
        "mysql://db.example",
        "mysql://db.example/",
        "mysql:db.example/x",
        "mysql://u:p@db.example:port/x",
        "mysql://u:p@db.example:99999/x",
        "mysql://u:se/cret@db.example/x",
        "mysql://u:se#cret@db.example/x",
        "mysql://u:se?cret@db.example/x",
        "mysql://u:p@[2001:db8::1/x",
        "",
    ],
)
def test_an_address_that_cannot_be_read_is_a_fault_without_its_password(address: str) -> None:
    entry, faults = read(address)
    assert faults == FAULT
    assert entry["NAME"] == ":memory:"
