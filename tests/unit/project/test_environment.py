"""Typed values out of an environment, and what is wrong with them."""

from pathlib import Path

import pytest

from inkseal.project.environment import EnvironmentFaultsError, Reader


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


@pytest.mark.parametrize("value", ["INFO", "info", "Info"])
def test_one_of_a_few_words_is_read_in_any_case(value: str) -> None:
    assert Reader({"INKSEAL_X": value}).choice("X", "ERROR", ("INFO", "ERROR")) == "INFO"


def test_a_word_that_is_not_among_them_is_a_fault_that_names_them() -> None:
    reader = Reader({"INKSEAL_X": "LOUD"})
    assert reader.choice("X", "ERROR", ("INFO", "ERROR")) == "ERROR"
    assert reader.faults == ["INKSEAL_X: write one of INFO, ERROR"]


@pytest.mark.parametrize("content", ["secret\n", "  secret", "secret\r\n"])
def test_the_end_of_line_of_a_secret_file_is_no_part_of_the_secret(tmp_path: Path, content: str) -> None:
    (tmp_path / "x").write_text(content, encoding="utf-8")
    assert Reader({"INKSEAL_X_FILE": str(tmp_path / "x")}).text("X") == "secret"


def test_a_secret_file_that_is_no_text_is_a_fault_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfesecret")
    reader = Reader({"INKSEAL_X_FILE": str(tmp_path / "x")})
    assert reader.text("X", "default") == "default"
    (fault,) = reader.faults
    assert fault == f"INKSEAL_X_FILE: {tmp_path / 'x'} cannot be read (it is not UTF-8 text)"


def test_a_secret_file_that_is_a_folder_is_a_fault(tmp_path: Path) -> None:
    reader = Reader({"INKSEAL_X_FILE": str(tmp_path)})
    reader.text("X")
    assert reader.faults == [f"INKSEAL_X_FILE: {tmp_path} cannot be read (Is a directory)"]


def test_the_file_of_a_number_is_read_like_its_value(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("8026\n", encoding="utf-8")
    assert Reader({"INKSEAL_X_FILE": str(tmp_path / "x")}).number("X", 8025) == 8026


def test_unknown_names_and_faults_are_refused_together() -> None:
    reader = Reader({"INKSEAL_X": "8o", "INKSEAL_Y": "1", "HOME": "/"})
    reader.number("X", 80)
    with pytest.raises(EnvironmentFaultsError) as caught:
        reader.done()
    assert caught.value.faults == ["INKSEAL_X: write a whole number, not '8o'", "INKSEAL_Y: no such setting"]


def test_names_for_tests_are_tolerated() -> None:
    Reader({"INKSEAL_FAILPOINT": "a:1", "INKSEAL_FAILPOINT_LOG": "x", "INKSEAL_TEST_CHROMIUM": "y"}).done()


def test_the_error_says_all_faults_and_keeps_them_apart() -> None:
    with pytest.raises(EnvironmentFaultsError) as caught:
        Reader({"INKSEAL_A": "1", "INKSEAL_B": "1"}).done()
    assert caught.value.faults == ["INKSEAL_A: no such setting", "INKSEAL_B: no such setting"]
    assert str(caught.value) == "INKSEAL_A: no such setting; INKSEAL_B: no such setting"


def test_the_file_of_an_unknown_setting_is_unknown_too() -> None:
    with pytest.raises(EnvironmentFaultsError, match="INKSEAL_X_FILE: no such setting"):
        Reader({"INKSEAL_X_FILE": "/run/secrets/x"}).done()


def test_names_of_other_programs_are_left_alone() -> None:
    Reader({"INKSEALED": "1", "inkseal_x": "1", "DJANGO_SETTINGS_MODULE": "x"}).done()
