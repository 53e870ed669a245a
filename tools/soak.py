"""Repeats the fault tests, each round in another order: `python -m tools.soak --minutes 10 --seed 1`.

Decided here: a round that fails ends the soak and names its seed, which repeats that very order.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
#: pytest's exit code for "all passed".
PASSED: Final = 0


def run_round(seed: int) -> int:
    """Run the fault tests once in the order of `seed`; return pytest's exit code."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/faults",
        "-q",
        "-n",
        "2",
        "-p",
        "randomly",
        f"--randomly-seed={seed}",
    ]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def soak(
    minutes: float,
    seed: int,
    *,
    run: Callable[[int], int] = run_round,
    clock: Callable[[], float] = time.monotonic,
) -> int | None:
    """Run rounds until the time is up; return the seed that failed, or None. At least one round is run."""
    end = clock() + minutes * 60
    while True:
        print(f"soak: seed {seed}", flush=True)
        if run(seed) != PASSED:
            return seed
        if clock() >= end:
            return None
        seed += 1


def main(arguments: list[str]) -> int:
    """Read the command line and soak."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    failed = soak(asked.minutes, asked.seed)
    if failed is not None:
        print(f"soak: failed; repeat it with make soak MINUTES=0 SEED={failed}", file=sys.stderr)
        return 1
    print("soak: every round passed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
