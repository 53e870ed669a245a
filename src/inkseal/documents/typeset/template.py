"""A contract template: a folder of clauses, layout and schema, and the version that stands for all of its bytes.

Decided here: what several templates have in common lies once, in the folder `_shared` beside them; a template links
to it file by file. To typst and to the version such a file is the template's own, so the folder stays whole: a copy
that follows links is the same template. No other link is followed.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from inkseal.documents.typeset import fonts
from inkseal.documents.typeset.clauses import ClauseText, parse_clauses
from inkseal.documents.typeset.conditions import condition_paths, differing_conditions, missing_numbers, worded
from inkseal.documents.typeset.errors import (
    ClauseFault,
    ClauseFaultsError,
    ClauseReason,
    TemplateError,
    TemplateReason,
)
from inkseal.documents.typeset.values import has_field, has_path

Json = Mapping[str, Any]
SHARED: Final = "_shared"
_PACKAGE: Final = re.compile(r"[\"']@[\w-]+/[^\"']*")


@dataclass(frozen=True, slots=True)
class Meta:
    """What meta.toml says: `tid` numbers the version, `agreements` and `sign_ways` say what it may be used for."""

    tid: int
    names: Mapping[str, str]
    languages: tuple[str, ...]
    agreements: tuple[int, ...]
    sign_ways: tuple[str, ...]
    publisher: str
    fonts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The clauses of contracts for which the same conditions hold; `json` is what typst reads."""

    clauses: tuple[ClauseText, ...]
    json: str


@dataclass(frozen=True)
class Template:
    """One version of a contract template; `version` is the SHA-256 over all files of the folder and its fonts."""

    folder: Path
    version: str
    meta: Meta
    schema: Json
    clauses: tuple[ClauseText, ...]
    #: (family, stamp) in the order in which typst asks them for a character.
    font_files: tuple[tuple[str, fonts.Stamp], ...]

    @property
    def main(self) -> Path:
        """Return the file that typst sets."""
        return self.folder / "main.typ"

    @property
    def families(self) -> tuple[str, ...]:
        """Return the font families, in order."""
        return tuple(dict.fromkeys(family for family, _ in self.font_files))

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """Return the fields and groups on which the wording depends."""
        return condition_paths(self.clauses)

    @cached_property
    def clauses_json(self) -> str:
        """Return the clauses of all languages as typst reads them; without conditions, those of every contract."""
        return _as_json(self.clauses)

    def wording(self, given: frozenset[str]) -> Wording:
        """Return the clauses of a contract that has the fields and groups in `given`; others are not looked at."""
        if not self.conditions:
            return Wording(self.clauses, self.clauses_json)
        decisive = given.intersection(self.conditions)
        if decisive not in self._wordings:
            clauses = tuple(worded(text, decisive) for text in self.clauses)
            self._wordings[decisive] = Wording(clauses, _as_json(clauses))
        return self._wordings[decisive]

    @cached_property
    def _wordings(self) -> dict[frozenset[str], Wording]:
        return {}


def load_template(folder: Path, font_dirs: Sequence[Path]) -> Template:
    """Read the template in `folder` with fonts from `font_dirs` only.

    Raises `TemplateError` (not a template, a font is missing, a package or a file elsewhere is wanted) or
    `ClauseFaultsError` (all clauses at fault). A folder that has not changed is not read again.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        raise TemplateError(TemplateReason.FILE_MISSING, folder.name)
    found = tuple(folder.rglob("*"))
    refuse_links(folder, found)
    files = fonts.stamps(file for file in found if file.is_file())
    return _load(folder, files, fonts.font_stamps(font_dirs))


@lru_cache(maxsize=16)
def _load(folder: Path, files: tuple[fonts.Stamp, ...], found: tuple[fonts.Stamp, ...]) -> Template:
    contents = {Path(path).relative_to(folder).as_posix(): Path(path).read_bytes() for path, _, _ in files}
    refuse_packages(contents)
    meta = _meta(contents)
    schema = _decoded(contents, "schema.json", json.loads)
    clauses = tuple(
        parse_clauses(_decoded(contents, f"clauses.{language}.md", str), language) for language in meta.languages
    )
    if faults := (
        *unknown_placeholders(clauses, schema),
        *differing_clauses(clauses),
        *differing_conditions(clauses),
        *missing_numbers(clauses),
    ):
        raise ClauseFaultsError(faults)
    _decoded(contents, "main.typ", str)
    chosen = _chosen_fonts(meta.fonts, found)
    return Template(folder, _version(contents, chosen), meta, schema, clauses, chosen)


def _decoded(contents: Mapping[str, bytes], name: str, read: Any) -> Any:
    if name not in contents:
        raise TemplateError(TemplateReason.FILE_MISSING, name)
    try:
        return read(contents[name].decode())
    except ValueError as err:
        raise TemplateError(TemplateReason.FILE_MALFORMED, name) from err


def _meta(contents: Mapping[str, bytes]) -> Meta:
    raw = _decoded(contents, "meta.toml", tomllib.loads)
    try:
        return Meta(
            tid=int(raw["tid"]),
            names=dict(raw["names"]),
            languages=tuple(raw["languages"]),
            agreements=tuple(raw["agreements"]),
            sign_ways=tuple(raw["sign_ways"]),
            publisher=str(raw["publisher"]),
            fonts=tuple(raw["fonts"]),
        )
    except (KeyError, TypeError, ValueError) as err:
        raise TemplateError(TemplateReason.FILE_MALFORMED, "meta.toml") from err


def refuse_links(folder: Path, found: Iterable[Path]) -> None:
    """Refuse links to anything but a file in the shared folder.

    typst follows links: through one to a folder it could read files that the version does not stand for.
    """
    shared = folder.parent / SHARED
    for path in found:
        if path.is_symlink() and not ((target := path.resolve()).parent == shared and target.is_file()):
            raise TemplateError(TemplateReason.LINK_ELSEWHERE, path.relative_to(folder).as_posix())


def refuse_packages(contents: Mapping[str, bytes]) -> None:
    """Refuse typst files that name a package: nothing may come from the network while a contract is set."""
    for name, content in contents.items():
        if name.endswith(".typ") and (match := _PACKAGE.search(content.decode(errors="replace"))):
            raise TemplateError(TemplateReason.PACKAGE_WANTED, match[0].strip("\"'"))


def unknown_placeholders(clauses: Sequence[ClauseText], schema: Json) -> tuple[ClauseFault, ...]:
    """Return the placeholders that name no field of the schema, and conditions on what is not in it."""
    return tuple(
        ClauseFault(text.language, number, ClauseReason.UNKNOWN_PLACEHOLDER, path)
        for text in clauses
        for number, path in (
            *((number, path) for number, path in text.placeholders if not has_field(schema, path)),
            *((number, path) for number, _, path in text.conditions if not has_path(schema, path)),
        )
    )


def differing_clauses(clauses: Sequence[ClauseText]) -> tuple[ClauseFault, ...]:
    """Return the first clause of each further language that the first language does not have, or the reverse."""
    expected, *others = [[clause.number for article in text.articles for clause in article.clauses] for text in clauses]
    faults = []
    for text, numbers in zip(clauses[1:], others, strict=True):
        odd = sorted(set(expected) ^ set(numbers), key=lambda number: [int(part) for part in number.split(".")])
        faults += [ClauseFault(text.language, number, ClauseReason.LANGUAGES_DIFFER, "") for number in odd[:1]]
    return tuple(faults)


def _chosen_fonts(wanted: Sequence[str], found: tuple[fonts.Stamp, ...]) -> tuple[tuple[str, fonts.Stamp], ...]:
    by_path = {Path(stamp[0]).resolve(): stamp for stamp in found}
    files = fonts.index(found)
    families = {font.family for font in files}
    if absent := [family for family in wanted if family not in families]:
        raise TemplateError(TemplateReason.FONT_MISSING, ", ".join(absent))
    order = (*wanted, *sorted(families - set(wanted)))
    return tuple((family, by_path[font.path.resolve()]) for family in order for font in files if font.family == family)


def _as_json(clauses: Sequence[ClauseText]) -> str:
    return json.dumps({text.language: text.plain for text in clauses}, ensure_ascii=False)


def _version(contents: Mapping[str, bytes], chosen: Sequence[tuple[str, fonts.Stamp]]) -> str:
    lines = [f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in sorted(contents.items())]
    lines += [f"font {Path(stamp[0]).name} {fonts.digest(stamp)}" for _, stamp in chosen]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
