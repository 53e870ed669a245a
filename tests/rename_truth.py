"""The truth table of the rename rule (contracts-2, C3.5), for the pure rule and for the verbs that ask it."""

from typing import Final

#: (signtype, step, contract) -> open?, in the order of the specification.
ROWS: Final[list[tuple[int, int | None, int | None, bool]]] = [
    (0, None, None, True),
    (0, None, 5, True),
    (0, 0, 5, True),
    (0, 70, 70, True),
    (0, 80, 70, True),
    (0, 90, 70, True),
    (0, 100, 70, False),
    (0, 100, 50, False),
    (0, 90, 50, True),
    (0, 50, 80, False),
    (0, 50, 90, False),
    (0, 110, 110, True),
    (0, 110, 100, True),
    (0, 100, 100, True),
    (0, 100, 110, True),
    (0, 110, 80, False),
    (0, 11, 4, False),
    (0, 0, 4, True),
    (0, 60, 40, False),
    (249, None, None, False),
    (249, 90, 110, False),
    (249, 100, 100, False),
    # Not listed there: "no novelscontract row: false" for the third condition.
    (0, 100, None, False),
]
