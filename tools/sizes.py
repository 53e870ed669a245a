"""Measures the sizes of the house style and fails when one of them is broken: `python -m tools.sizes`.

Decided here: what is measured. A file is a Python file with at least one line, migrations left out because
Django writes them; a function runs from its `def` to its last line, without decorators, with its docstring.
Medians and 90th percentiles are those of src/; the hard limits hold everywhere. McCabe is ruff's.
"""

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PYTHON_FOLDERS: Final = ("src", "tools", "benchmarks", "tests")
FILE_LINES: Final = 400
FUNCTION_LINES: Final = 40
TEMPLATE_LINES: Final = 150
TEMPLATE_KINDS: Final = frozenset({".html", ".txt"})


@dataclass(frozen=True)
class Size:
    """One measured thing: where it is, and its lines."""

    place: str
    lines: int


@dataclass(frozen=True)
class Figure:
    """One line of the answer; `limit` is what the house style allows."""

    name: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the value keeps to the limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        return f"{'ok  ' if self.holds else 'FAIL'}  {self.name:28} {self.value:8.2f}  {sign} {self.limit:g}"


def python_files(folder: Path) -> list[Path]:
    """Return the measured Python files below `folder`."""
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def file_sizes(root: Path, folders: Sequence[str]) -> list[Size]:
    """Measure files that have any lines."""
    found = [(path, line_count(path)) for folder in folders for path in python_files(root / folder)]
    return [Size(str(path.relative_to(root)), lines) for path, lines in found if lines]


def line_count(path: Path) -> int:
    """Return the number of lines of a text file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def function_sizes(root: Path, folders: Sequence[str]) -> list[Size]:
    """Measure every function and method, nested ones too."""
    return [size for folder in folders for path in python_files(root / folder) for size in _functions(root, path)]


def _functions(root: Path, path: Path) -> Iterator[Size]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Size(f"{path.relative_to(root)}:{node.lineno} {node.name}", lines)


def template_sizes(root: Path) -> list[Size]:
    """Measure Django's templates."""
    paths = sorted(root.glob("src/inkseal/*/templates/**/*"))
    return [Size(str(path.relative_to(root)), line_count(path)) for path in paths if path.suffix in TEMPLATE_KINDS]


def percentile(values: Sequence[int], share: float) -> int:
    """Return the smallest value that at least `share` of all values do not exceed; 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)] if ordered else 0


def figures(root: Path) -> list[Figure]:
    """Return all figures with their limits."""
    source_files = [size.lines for size in file_sizes(root, ("src",))]
    functions = [size.lines for size in function_sizes(root, ("src",))]
    tests = sum(size.lines for size in file_sizes(root, ("tests",)))
    source = sum(size.lines for size in file_sizes(root, ("src", "tools")))
    return [
        Figure("file lines, median", statistics.median(source_files or [0]), 80),
        Figure("file lines, 90 %", percentile(source_files, 0.9), 250),
        Figure("file lines, longest", _longest(file_sizes(root, PYTHON_FOLDERS)), FILE_LINES),
        Figure("function lines, median", statistics.median(functions or [0]), 8),
        Figure("function lines, 90 %", percentile(functions, 0.9), 25),
        Figure("function lines, longest", _longest(function_sizes(root, PYTHON_FOLDERS)), FUNCTION_LINES),
        Figure("template lines, longest", _longest(template_sizes(root)), TEMPLATE_LINES),
        Figure("tests : source lines", tests / max(source, 1), 1.3, at_least=True),
    ]


def _longest(sizes: Sequence[Size]) -> int:
    return max((size.lines for size in sizes), default=0)


def too_long(root: Path) -> list[Size]:
    """Return everything beyond a hard limit, by name, so that it can be found."""
    groups = (
        (file_sizes(root, PYTHON_FOLDERS), FILE_LINES),
        (function_sizes(root, PYTHON_FOLDERS), FUNCTION_LINES),
        (template_sizes(root), TEMPLATE_LINES),
    )
    return [size for sizes, limit in groups for size in sizes if size.lines > limit]


def main(root: Path = ROOT) -> int:
    """Print all figures; 1 when one of them breaks its limit."""
    measured = figures(root)
    for figure in measured:
        print(figure)
    for size in too_long(root):
        print(f"too long: {size.place} ({size.lines} lines)", file=sys.stderr)
    return 0 if all(figure.holds for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
