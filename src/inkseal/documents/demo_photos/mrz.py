"""The two machine-readable lines of a passport (ICAO Doc 9303, part 4, 4.2) for the invented state of Utopia."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

#: Doc 9303, part 3, 5: the code kept for specimens.
STATE: Final = "UTO"
_LINE_LENGTH: Final = 44
_NUMBER_LENGTH: Final = 9
_WEIGHTS: Final = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class Holder:
    """What is printed on the document. `surname` and `given` in capital Latin letters."""

    surname: str
    given: str
    number: str
    birthday: date
    expires: date


def latin(name: str) -> str:
    """Return `name` in capitals of A-Z and spaces: accents dropped, other scripts left out."""
    plain = unicodedata.normalize("NFKD", name).upper()
    return " ".join("".join(sign if "A" <= sign <= "Z" else " " * (sign == " ") for sign in plain).split())


def lines(holder: Holder) -> tuple[str, str]:
    """Return the two lines of 44 characters with their check digits."""
    names = f"P<{STATE}{holder.surname}<<{holder.given}".replace(" ", "<")
    number = holder.number[:_NUMBER_LENGTH].upper().ljust(_NUMBER_LENGTH, "<")
    birth, expiry = f"{holder.birthday:%y%m%d}", f"{holder.expires:%y%m%d}"
    number, birth, expiry = (part + check_digit(part) for part in (number, birth, expiry))
    optional = "<" * 14 + "0"
    whole = check_digit(number + birth + expiry + optional)
    second = f"{number}{STATE}{birth}<{expiry}{optional}{whole}"
    return names.ljust(_LINE_LENGTH, "<")[:_LINE_LENGTH], second


def check_digit(text: str) -> str:
    """Return the check digit of Doc 9303, part 3, 4.9: weights 7 3 1, A counts 10, the filler 0."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)
