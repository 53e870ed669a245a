"""A hand's letters as pen movements: one alphabet made for this demonstration.

Units: baseline 0, small letters 4 high, capitals and figures 8, tails down to -3. A letter is a list of strokes, a
stroke a list of points that the pen passes in a curve; a point that stands twice is a corner.
"""

import random
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Stroke = tuple[Point, ...]

_SPACE_WIDTH: Final = 3.2
_GAP: Final = 0.7
_STEPS: Final = 10
#: Side of the square that a letter outside this alphabet fills with a made-up sign.
_SIGN_SIDE: Final = 8.0

# One line for each letter: the letter, its width, its strokes.
_ALPHABET: Final = """
a 4.6 3.6,3.2 2.4,4 0.8,3 0.4,1.2 1.4,0 3,1.2 3.6,3.4 3.5,1 4.2,0 5,0.6
b 4.0 0.6,8 0.6,4 0.6,0.4 2,0 3.4,1.4 3,3.4 1.8,3.8 0.7,2.6
c 3.8 3.2,3.4 2,4 0.6,2.6 0.7,0.8 2,0 3.6,0.8
d 4.6 3.4,3.2 2.2,4 0.7,2.8 0.5,1 1.6,0 3,1.2 3.6,4.5 3.7,8 3.6,3 3.7,0.6 4.6,0.2
e 3.8 0.6,2 2.2,2.3 3.2,3.2 2.2,4.1 0.8,3 0.6,1.2 1.8,0 3.6,0.9
f 3.0 3.6,7.2 2.6,8.2 1.6,6.6 1.4,3 1.2,-1.5; 0.2,3.8 3,4
g 4.2 3.4,3.3 2.2,4 0.7,2.8 0.8,1 2,0.2 3.2,1.4 3.6,3.6 3.5,-0.5 2.6,-3 0.9,-2.8 0.6,-1.6
h 4.4 0.6,8 0.7,4 0.6,0.1; 0.7,2.2 2,3.9 3.2,3.4 3.3,1 3.6,0.1 4.2,0.4
i 2.0 0.8,3.8 0.7,1.4 1,0.1 1.8,0.5; 0.95,5.6 1.2,5.8
j 2.4 1.6,3.8 1.6,0 1.2,-2.6 0.2,-2.6; 1.8,5.6 2,5.8
k 3.8 0.6,8 0.7,4 0.6,0; 3.2,4 0.9,1.9 0.9,1.9 2,1.2 3.6,0
l 2.0 0.8,8 0.7,3 0.9,0.3 1.7,0.3
m 5.9 0.5,3.8 0.6,1.8 0.5,0; 0.6,2.2 1.8,3.9 2.6,3 2.6,0; 2.6,2.2 3.8,3.9 4.7,3.1 4.7,0.8 5.2,0.1 5.8,0.4
n 4.2 0.5,3.8 0.6,1.8 0.5,0; 0.6,2.1 2,3.9 3,3.2 3.1,0.9 3.5,0.1 4.1,0.4
o 3.9 2.2,4 0.8,3.2 0.5,1.4 1.6,0 3.1,0.8 3.4,2.8 2.2,4 2.8,3.6 4,3.6
p 3.9 0.7,3.8 0.6,0 0.4,-3.2; 0.7,2.4 2,3.9 3.3,2.9 3.1,0.8 1.8,0 0.7,0.9
q 4.2 3.3,3.3 2,4 0.7,2.8 0.8,0.8 2,0.1 3.2,1.4 3.4,3.8 3.3,0 3.4,-3.1 4.2,-2.2
r 2.9 0.5,3.8 0.7,2 0.6,0; 0.7,2.2 1.7,3.7 2.8,3.6
s 3.1 2.8,3.4 1.8,4 0.8,3.2 1.4,2.3 2.5,1.5 2.3,0.3 1.2,0 0.3,0.6
t 2.9 1.3,6.4 1.2,3 1.3,0.6 2.1,0 2.9,0.6; 0.1,4.1 2.6,4.3
u 4.3 0.5,3.8 0.5,1.2 1.4,0 2.8,1 3.3,3.8 3.2,1 3.8,0 4.4,0.5
v 3.6 0.3,3.8 1.6,0.1 1.6,0.1 3.1,3.9 3.8,3.7
w 5.2 0.3,3.8 1.2,0.2 1.4,0.2 2.5,3 2.5,3 3.5,0.2 3.7,0.2 4.8,3.8 5.4,3.6
x 3.6 0.4,3.8 1.8,2 3.4,0; 3.2,3.9 1.8,2 0.2,0
y 3.9 0.5,3.8 0.6,1.6 1.6,0.5 2.9,1.6 3.3,3.8 3.2,0 2.4,-2.9 0.8,-2.8
z 3.6 0.4,3.7 3,3.8 3,3.8 0.4,0.1 0.4,0.1 3.3,0.2
A 5.0 0.2,0 1.8,5 2.8,8 2.8,8 3.8,4 4.7,0; 1.1,2.8 4.2,3
B 4.6 0.7,8 0.6,4 0.6,0; 0.6,7.8 2.6,8.2 3.6,6.6 2.6,4.8 0.8,4.3 3,4.2 4.2,2.4 3,0.3 0.5,0
C 4.8 4.3,6.8 3,8.2 1.2,7 0.5,4 1.2,1 3,-0.1 4.6,1.2
D 5.2 0.7,8 0.6,4 0.6,0; 0.4,8 2.8,7.8 4.6,5.6 4.6,2.6 2.8,0.3 0.4,0
E 4.6 4,7.8 0.7,7.9 0.7,7.9 0.6,4 0.6,0.1 0.6,0.1 4.2,0.2; 0.7,4.1 3.4,4.3
F 4.2 4,7.9 0.7,7.9 0.7,7.9 0.6,4 0.5,0; 0.7,4.2 3.3,4.3
G 5.2 4.4,6.8 3,8.2 1.2,7 0.5,4 1.2,1 3,0 4.6,1.2 4.7,3.3 4.7,3.3 3,3.4
H 4.9 0.6,8 0.5,0; 4.2,8.1 4.3,0; 0.6,4.1 4.2,4.3
I 1.8 0.9,8 0.8,0
J 3.8 3,8 3.1,3 2.6,0.4 1.2,0 0.3,1.2
K 4.7 0.6,8 0.5,0; 4,8 0.7,3.6 0.7,3.6 2.2,2.8 4.5,0
L 4.0 0.8,8 0.6,0.2 0.6,0.2 3.8,0.2
M 6.0 0.4,0 1,8 1,8 3,2 3,2 5,8.1 5,8.1 5.5,0
N 5.0 0.5,0 0.8,8 0.8,8 4.2,0.1 4.2,0.1 4.4,8.2
O 5.6 2.8,8.1 1,6.8 0.5,4 1.2,0.9 2.9,0 4.6,1.4 5,4.4 4.2,7.2 2.6,8.1
P 4.3 0.7,8 0.6,0; 0.5,7.8 2.8,8.2 4,6.4 2.8,4.2 0.7,3.8
Q 5.6 2.8,8.1 1,6.8 0.5,4 1.2,0.9 2.9,0 4.6,1.4 5,4.4 4.2,7.2 2.6,8.1; 3.2,1.8 5.2,-0.6
R 4.7 0.7,8 0.6,0; 0.5,7.8 2.8,8.2 3.8,6.4 2.7,4.4 0.8,4 0.8,4 2.4,2.8 4.4,0
S 4.3 3.8,7 2.6,8.2 0.9,7.2 1,5.3 2.8,4 3.9,2.2 2.8,0.1 0.9,0.2 0.3,1.4
T 4.8 0.2,7.9 4.6,8.1; 2.5,8 2.4,0
U 5.0 0.6,8 0.6,2.4 1.8,0 3.6,0.6 4.3,3 4.4,8.1
V 4.6 0.3,8 2.3,0.1 2.3,0.1 4.4,8.1
W 6.2 0.3,8 1.5,0.1 1.5,0.1 3,5.4 3,5.4 4.6,0.1 4.6,0.1 6,8.1
X 4.6 0.4,8 4.2,0; 4,8.1 0.3,0
Y 4.4 0.4,8 2.3,4.2; 4.3,8.1 2.3,4 1.5,0
Z 4.8 0.4,7.8 4,8 4,8 0.4,0.1 0.4,0.1 4.4,0.2
0 4.5 2.2,7.8 0.8,6.4 0.5,3.8 1,1 2.3,0 3.7,1.6 3.9,4.6 3.2,7.2 2,7.8
1 2.6 0.5,6.4 1.6,7.9 1.6,7.9 1.5,0
2 4.3 0.5,6.4 1.8,7.9 3.3,6.8 2.8,4.4 0.4,0.1 0.4,0.1 3.8,0.3
3 4.2 0.6,7.2 2,7.9 3.2,6.6 2.4,4.6 1.4,4.2 2.8,4 3.6,2.2 2.4,0.1 0.5,0.7
4 4.4 2.6,8 0.4,2.8 0.4,2.8 4,3; 3.1,4.8 2.9,0
5 4.2 3.4,7.8 1,7.8 1,7.8 0.7,4.5 2.2,5 3.6,3.4 3,0.8 1.6,0 0.4,0.7
6 4.2 3,7.8 1.2,5.6 0.5,2.6 1.6,0.1 3.2,0.8 3.6,2.8 2.2,4.2 0.8,3
7 4.0 0.4,7.7 3.8,7.9 3.8,7.9 1.4,0
8 4.2 3.2,6.8 2,7.9 0.8,6.8 1.2,5.2 3,3.4 3.4,1.4 2,0 0.6,1.2 1,3.2 2.8,5 3.2,6.8
9 4.2 3.3,6.4 2,7.8 0.6,6.4 0.9,4.4 2.4,3.9 3.3,5.4 3.4,6.6 3.1,2.6 2.6,0
- 3.0 0.4,3.2 2.4,3.3
. 1.4 0.4,0.1 0.6,0.3
, 1.4 0.6,0.4 0.3,-1
' 1.2 0.6,8 0.4,6.6
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter's strokes and how far the next letter stands."""

    width: float
    strokes: tuple[Stroke, ...]


@cache
def _letters() -> dict[str, Letter]:
    letters = {}
    for line in _ALPHABET.strip().splitlines():
        sign, width, strokes = line.split(" ", 2)
        letters[sign] = Letter(float(width), tuple(_points(stroke) for stroke in strokes.split(";")))
    return letters


def _points(text: str) -> Stroke:
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


def letter(sign: str) -> Letter:
    """Return the letter for `sign`: accents are left out, a sign of another script is made up but always alike."""
    base = unicodedata.normalize("NFKD", sign)[:1]
    return _letters().get(base) or _made_up(sign)


def _made_up(sign: str) -> Letter:
    chance = random.Random(sign)  # noqa: S311 - a drawing, not a secret
    side = _SIGN_SIDE
    strokes: list[Stroke] = []
    for number in range(chance.randint(4, 6)):
        start, level = chance.uniform(0, side / 3), (number + 0.5) * side / 6
        end = chance.uniform(side * 0.6, side)
        if number % 2:
            strokes.append(((start + 2, side), (start + 1.8, side / 2), (end / 2, chance.uniform(0, 1))))
        else:
            strokes.append(((start, level), (side / 2, level + 0.3), (end, level + 0.1)))
    return Letter(side + 1, tuple(strokes))


def written(text: str, *, slant: float, jitter: float, seed: int) -> tuple[tuple[Stroke, ...], float]:
    """Return the smooth strokes of `text` on one line, and its width.

    `slant`: how far a point moves to the right for each unit of height. `jitter`: how unsteady the hand is, in
    units.
    """
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    strokes: list[Stroke] = []
    at = 0.0
    for sign in text:
        if sign == " ":
            at += _SPACE_WIDTH
            continue
        shape = letter(sign)
        lift = chance.gauss(0, jitter)
        for stroke in shape.strokes:
            shaken = ((x + chance.gauss(0, jitter), y + lift + chance.gauss(0, jitter)) for x, y in stroke)
            strokes.append(smooth(tuple((at + x + slant * y, y) for x, y in shaken)))
        at += shape.width + _GAP + chance.gauss(0, jitter)
    return tuple(strokes), at


def smooth(points: Stroke) -> Stroke:
    """Return a Catmull-Rom curve through `points`, ten steps from each to the next."""
    padded = (points[0], *points, points[-1])
    curve = [points[0]]
    for index, _ in enumerate(pairwise(points)):
        four = padded[index : index + 4]
        curve += [_between(four, step / _STEPS) for step in range(1, _STEPS + 1)]
    return tuple(curve)


def _between(four: Stroke, t: float) -> Point:
    weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
    x = sum(weight * point[0] for weight, point in zip(weights, four, strict=True)) / 2
    y = sum(weight * point[1] for weight, point in zip(weights, four, strict=True)) / 2
    return x, y
