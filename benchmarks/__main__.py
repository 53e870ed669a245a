"""`python -m benchmarks [NAME...] [--json]`: one line for each figure; every module with `figures()` is a benchmark."""

import argparse
import json
import pkgutil
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Figure

NOT_BENCHMARKS = frozenset({"__main__", "figures"})


def names() -> list[str]:
    """Return the names of all benchmarks: modules whose name starts with a letter and that offer `figures`."""
    found = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return sorted(name for name in found if name not in NOT_BENCHMARKS and not name.startswith("_"))


def main(arguments: list[str]) -> int:
    """Measure what was asked for, print it, return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())}")
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    chosen = parser.parse_args(arguments)
    if unknown := sorted(set(chosen.names) - set(names())):
        parser.error(f"no benchmark named {', '.join(unknown)}")
    measured: list[Figure] = []
    for name in chosen.names or names():
        for figure in import_module(f"benchmarks.{name}").figures():
            measured.append(figure)
            if not chosen.json:
                print(figure.line(), flush=True)
    if chosen.json:
        print(json.dumps([asdict(figure) for figure in measured], indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
