"""Typed values out of an environment, and what is wrong with them."""

from pathlib import Path

import pytest

from inkseal.project.environment import EnvironmentFaultsError, Reader, mysql_entry


@pytest.mark.parametrize("word", ["1", "true", "YES", "On"])
def test_yes_has_several_words(word: str) -> None:
    assert Reader({"INKSEAL_X": word}).flag("X", default=False)


@pytest.mark.parametrize("word", ["0", "false", "NO", "Off"])
def test_no_has_several_words(word: str) -> None:
    assert not Reader({"INKSEAL_X": word}).flag("X", default=True)


def test_a_flag_that_is_neither_is_a_fault_and_keeps_its_default() -> None:
    reader = Reader({"INKSEAL_X": "maybe"})
    assert reader.flag("X", default=True)
    assert reader.faults == ["INKSEAL_X: write yes or no, not 'maybe'"]


def test_a_number_that_is_none_is_a_fault() -> None:
    reader = Reader({"INKSEAL_X": "8o"})
    assert reader.number("X", 80) == 80
    assert reader.faults == ["INKSEAL_X: write a whole number, not '8o'"]


def test_lists_are_separated_by_commas_and_spaces_do_not_count() -> None:
    assert Reader({"INKSEAL_X": " a, b ,,c "}).words("X", "") == ["a", "b", "c"]


def test_paths_are_absolute_and_know_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Reader({"INKSEAL_X": "~/keys"}).path("X", Path("/")) == tmp_path / "keys"


def test_a_value_wins_over_its_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("from the file", encoding="utf-8")
    environ = {"INKSEAL_X": "given", "INKSEAL_X_FILE": str(tmp_path / "x")}
    assert Reader(environ).text("X") == "given"


def test_sqlite_queues_writers_and_keeps_each_commit() -> None:
    entry = Reader({}).database("X", "sqlite:////data/inkseal.db")
    options = entry["OPTIONS"]
    assert entry["NAME"] == "/data/inkseal.db"
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_a_database_server_is_read_from_its_address() -> None:
    entry = Reader({"INKSEAL_X": "mysql://inkseal:p%40ss@db.example:3307/contracts"}).database("X", "")
    named = {name: entry[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "contracts",
        "USER": "inkseal",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "3307",
    }


def test_a_database_server_behind_a_socket_has_no_port() -> None:
    entry = mysql_entry("mysql://root@localhost/test?socket=/run/mariadb.sock")
    assert (entry["HOST"], entry["PORT"]) == ("/run/mariadb.sock", "")


def test_rows_are_locked_on_purpose_never_by_gaps() -> None:
    options = mysql_entry("mysql://root@localhost/test")["OPTIONS"]
    assert isinstance(options, dict)
    assert options["isolation_level"] == "read committed"


def test_an_unknown_kind_of_database_is_a_fault() -> None:
    reader = Reader({"INKSEAL_X": "postgres://db/x"})
    reader.database("X", "sqlite:////x")
    assert reader.faults == ["INKSEAL_X: write sqlite:///file or mysql://user:password@host/name"]


def test_unknown_names_and_faults_are_refused_together() -> None:
    reader = Reader({"INKSEAL_X": "8o", "INKSEAL_Y": "1", "HOME": "/"})
    reader.number("X", 80)
    with pytest.raises(EnvironmentFaultsError) as caught:
        reader.done()
    assert caught.value.faults == ["INKSEAL_X: write a whole number, not '8o'", "INKSEAL_Y: no such setting"]


def test_names_for_tests_are_tolerated() -> None:
    Reader({"INKSEAL_FAILPOINT": "a:1", "INKSEAL_FAILPOINT_LOG": "x", "INKSEAL_TEST_CHROMIUM": "y"}).done()
