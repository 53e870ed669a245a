"""The measure of the house style is itself measured: on small trees whose figures are known."""

from pathlib import Path

import pytest

from tools import sizes


def write(path: Path, lines: int, *, line: str = "x = 1") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{line}\n" * lines, encoding="utf-8")


def function(name: str, lines: int) -> str:
    return f"def {name}():\n" + "    x = 1\n" * (lines - 1)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree that keeps to every limit: 10 lines of source, 20 of tests."""
    write(tmp_path / "src" / "inkseal" / "core" / "a.py", 10)
    write(tmp_path / "tests" / "unit" / "test_a.py", 20)
    return tmp_path


def figure(root: Path, name: str) -> sizes.Figure:
    return next(figure for figure in sizes.figures(root) if figure.name == name)


def test_a_tree_within_all_limits_passes(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sizes.main(tree) == 0
    assert "FAIL" not in capsys.readouterr().out


def test_a_file_of_401_lines_is_named_and_fails(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tree / "tests" / "unit" / "test_long.py", 401)
    assert sizes.main(tree) == 1
    assert "tests/unit/test_long.py (401 lines)" in capsys.readouterr().err


def test_a_file_of_400_lines_passes(tree: Path) -> None:
    write(tree / "tests" / "unit" / "test_long.py", 400)
    assert sizes.main(tree) == 0


@pytest.mark.parametrize("folder", sizes.PYTHON_FOLDERS)
def test_the_hard_limit_of_files_holds_in_every_folder(tree: Path, folder: str) -> None:
    write(tree / folder / "long.py", 401)
    assert [size.lines for size in sizes.too_long(tree)] == [401]


def test_a_function_of_41_lines_is_named_with_its_line_and_fails(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tree / "src" / "inkseal" / "core" / "b.py"
    path.write_text("import os\n\n\n" + function("walk", 41), encoding="utf-8")
    write(tree / "tests" / "unit" / "test_b.py", 200)
    assert sizes.main(tree) == 1
    assert "src/inkseal/core/b.py:4 walk (41 lines)" in capsys.readouterr().err


def test_a_function_of_40_lines_passes(tree: Path) -> None:
    (tree / "src" / "inkseal" / "core" / "b.py").write_text(function("walk", 40), encoding="utf-8")
    assert sizes.too_long(tree) == []


def test_methods_and_nested_functions_are_measured_too(tree: Path) -> None:
    source = "class A:\n    async def outer(self):\n        def inner():\n            return 1\n        return inner\n"
    (tree / "src" / "inkseal" / "core" / "b.py").write_text(source, encoding="utf-8")
    measured = {size.place.split()[-1]: size.lines for size in sizes.function_sizes(tree, ("src",))}
    assert measured == {"outer": 4, "inner": 2}


def test_decorators_do_not_count_but_docstrings_do(tree: Path) -> None:
    source = '@first\n@second\ndef f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    (tree / "src" / "inkseal" / "core" / "b.py").write_text(source, encoding="utf-8")
    assert [size.lines for size in sizes.function_sizes(tree, ("src",))] == [6]


def test_migrations_are_not_measured(tree: Path) -> None:
    write(tree / "src" / "inkseal" / "core" / "migrations" / "0001_initial.py", 900)
    assert sizes.main(tree) == 0


def test_empty_files_do_not_pull_the_median_down(tree: Path) -> None:
    for name in "bcdef":
        write(tree / "src" / "inkseal" / name / "__init__.py", 0)
    assert figure(tree, "file lines, median").value == 10


def test_the_median_of_files_is_limited(tree: Path) -> None:
    for name in "bc":
        write(tree / "src" / "inkseal" / "core" / f"{name}.py", 81)
    found = figure(tree, "file lines, median")
    assert (found.value, found.holds) == (81, False)


def test_the_ninth_tenth_of_files_is_limited(tree: Path) -> None:
    for number in range(7):
        write(tree / "src" / "inkseal" / "core" / f"b{number}.py", 10)
    write(tree / "src" / "inkseal" / "core" / "c.py", 251)
    assert figure(tree, "file lines, 90 %").value == 251
    for number in range(10):
        write(tree / "src" / "inkseal" / "core" / f"e{number}.py", 10)
    assert figure(tree, "file lines, 90 %").value == 10


def test_a_template_of_151_lines_is_named_and_fails(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tree / "src" / "inkseal" / "desk" / "templates" / "desk" / "audit.html", 151, line="<p>")
    assert sizes.main(tree) == 1
    assert "desk/templates/desk/audit.html (151 lines)" in capsys.readouterr().err


def test_a_template_of_150_lines_passes(tree: Path) -> None:
    write(tree / "src" / "inkseal" / "desk" / "templates" / "desk" / "audit.html", 150, line="<p>")
    assert sizes.main(tree) == 0


def test_pictures_among_templates_are_not_measured(tree: Path) -> None:
    write(tree / "src" / "inkseal" / "desk" / "templates" / "desk" / "seal.svg", 500, line="<g/>")
    assert sizes.template_sizes(tree) == []


def test_too_few_tests_fail(tree: Path) -> None:
    write(tree / "src" / "inkseal" / "core" / "b.py", 6)
    found = figure(tree, "tests : source lines")
    assert (found.value, found.holds) == (20 / 16, False)
    assert sizes.main(tree) == 1


def test_tools_count_as_source(tree: Path) -> None:
    write(tree / "tools" / "t.py", 10)
    assert figure(tree, "tests : source lines").value == 1.0


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.9, 0), ([7], 0.9, 7), (list(range(1, 11)), 0.9, 9), (list(range(1, 12)), 0.9, 10), ([3, 1, 2], 0.5, 2)],
)
def test_a_percentile_is_the_smallest_value_that_covers_the_share(
    values: list[int], share: float, expected: int
) -> None:
    assert sizes.percentile(values, share) == expected


def test_a_figure_says_its_limit_and_whether_it_holds() -> None:
    assert str(sizes.Figure("lines", 90, 80)).split() == ["FAIL", "lines", "90.00", "<=", "80"]
    assert str(sizes.Figure("ratio", 1.3, 1.3, at_least=True)).split() == ["ok", "ratio", "1.30", ">=", "1.3"]
