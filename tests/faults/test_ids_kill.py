"""Numbers of processes that are killed: gaps, never repetitions."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from inkseal import ids

CHILD = Path(__file__).with_name("numbers_child.py")


@pytest.mark.faults
def test_numbers_of_killed_processes_are_not_given_again(child_environment: Mapping[str, str]) -> None:
    children = [
        subprocess.Popen([sys.executable, CHILD], env=child_environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    taken: list[int] = []
    for child in children:
        assert child.stdout is not None
        taken += [int(child.stdout.readline()) for _ in range(130)]
    for child in children:
        child.kill()
        left, _ = child.communicate()
        taken += [int(line) for line in left.splitlines(keepends=True) if line.endswith("\n")]
    taken += [ids.next_id("serial") for _ in range(130)]
    assert len(taken) >= 390
    assert len(set(taken)) == len(taken)
