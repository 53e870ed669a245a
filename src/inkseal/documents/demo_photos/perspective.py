"""The eight numbers of a perspective view, from where four corners lie."""

Point = tuple[float, float]
#: Upper left, upper right, lower right, lower left.
Corners = tuple[Point, Point, Point, Point]


def coefficients(corners: Corners, size: tuple[int, int]) -> tuple[float, ...]:
    """Return a..h that map a point of the view back into a sheet of `size`, as Pillow's PERSPECTIVE wants them.

    x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1).
    """
    width, height = size
    sheet: Corners = ((0, 0), (width, 0), (width, height), (0, height))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, sheet, strict=True):
        rows.extend(([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]))
    return tuple(_solved(rows))


def _solved(rows: list[list[float]]) -> list[float]:
    """Solve linear equations, given as rows with the right side last, by Gauss and Jordan with pivoting."""
    count = len(rows)
    for column in range(count):
        _, pivot = max((abs(rows[number][column]), number) for number in range(column, count))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = [value / rows[column][column] for value in rows[column]]
        rows = [
            head if number == column else [value - row[column] * first for value, first in zip(row, head, strict=True)]
            for number, row in enumerate(rows)
        ]
    return [row[-1] for row in rows]
