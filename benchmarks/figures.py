"""What a benchmark reports, and how it measures: medians of interleaved rounds, so that both sides see one machine."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `ratio` says how many times `alternative`'s value is larger; None without one."""

    name: str
    value: float
    unit: str
    alternative: str
    ratio: float | None
    command: str

    def line(self) -> str:
        """Return the figure as one line."""
        ratio = "-" if self.ratio is None else f"{self.ratio:.1f}x"
        other = self.alternative or "-"
        return f"{self.name:<26} {self.value:>8.1f} {self.unit:<3} {other:<22} {ratio:>6}  {self.command}"


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def interleaved(sides: dict[str, Callable[[int], object]], *, rounds: int, warm_up: int = 1) -> dict[str, float]:
    """Run all sides in turn, `rounds` times after the warm-up, and return each one's median in milliseconds."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(warm_up + rounds):
        for name, work in sides.items():
            elapsed = milliseconds(lambda work=work, number=number: work(number))  # type: ignore[misc]  # bound now
            if number >= warm_up:
                taken[name].append(elapsed)
    return {name: statistics.median(times) for name, times in taken.items()}
