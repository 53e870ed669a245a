"""Which font files a template is set in, and which characters they have signs for.

Decided here: only the files of the wanted families in Regular and Bold are taken, from the given folders only, so
that no machine's own fonts change a contract's bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

WEIGHTS: Final = frozenset({400, 700})
_SUFFIXES: Final = frozenset({".ttf", ".otf", ".ttc", ".otc"})
#: OpenType cmap subtables for Unicode (OpenType 1.9, cmap: platform 0, platform 3 with encoding 1 or 10).
_UNICODE_ENCODINGS: Final = frozenset({1, 10})

#: cmap format 14 lists variants of characters that the other subtables have.
_VARIATION_SEQUENCES: Final = 14

#: Path, size in bytes and time of change: a file that differs in none of them is not read twice.
Stamp = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class FontFile:
    """One file and the family that typst knows it by."""

    path: Path
    family: str


def stamps(files: Iterable[Path]) -> tuple[Stamp, ...]:
    """Return what tells changed files from unchanged ones, in the order of their paths."""
    found = [(str(file), file.stat()) for file in sorted(files)]
    return tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in found)


def font_stamps(font_dirs: Sequence[Path]) -> tuple[Stamp, ...]:
    """Return the stamps of all font files below these folders."""
    return stamps(file for folder in font_dirs for file in folder.rglob("*") if file.suffix.lower() in _SUFFIXES)


@lru_cache(maxsize=8)
def index(found: tuple[Stamp, ...]) -> tuple[FontFile, ...]:
    """Return the files of the weights that contracts use, under the family names that typst gives them."""
    loaded = load([path for path, _, _ in found])
    usable = (font for font in loaded.fonts() if font.weight in WEIGHTS and font.path)
    return tuple(sorted({FontFile(Path(font.path), font.family) for font in usable}, key=lambda font: font.path))


def load(files: Iterable[str]) -> Any:
    """Return typst's `Fonts` of exactly these files.

    typst takes folders only, so it is shown a folder of links; it keeps the files' own paths, not the links.
    """
    import typst

    with TemporaryDirectory(prefix="inkseal-fonts-") as folder:
        for number, file in enumerate(files):
            (Path(folder) / f"{number:04d}{Path(file).suffix}").symlink_to(file)
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@lru_cache(maxsize=64)
def digest(stamp: Stamp) -> str:
    """Return the SHA-256 of one font file."""
    with Path(stamp[0]).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=64)
def coverage(stamp: Stamp) -> frozenset[int]:
    """Return the code points that one font file has glyphs for, from its Unicode cmap subtables."""
    from fontTools.ttLib import TTFont

    with TTFont(stamp[0], lazy=True, fontNumber=0) as font:
        tables = [t for t in font["cmap"].tables if t.platformID == 0 or t.platEncID in _UNICODE_ENCODINGS]
        return frozenset(code for table in tables if table.format != _VARIATION_SEQUENCES for code in table.cmap)


@lru_cache(maxsize=16)
def family_coverages(files: tuple[tuple[str, Stamp], ...]) -> tuple[frozenset[int], ...]:
    """Return for each family, in order, the code points that all of its files have: bold text must not fail."""
    families: dict[str, frozenset[int]] = {}
    for family, stamp in files:
        points = coverage(stamp)
        families[family] = families.get(family, points) & points
    return tuple(families.values())
