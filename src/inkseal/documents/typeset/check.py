"""Whether a template may be used: everything about it that a machine can say before a contract depends on it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from pathlib import Path
from typing import Any, Final

from inkseal.core.errors import PermanentError
from inkseal.documents.typeset.errors import ClauseFaultsError, TemplateError
from inkseal.documents.typeset.glyphs import missing_clause_glyphs, missing_glyphs
from inkseal.documents.typeset.job import PageCodes
from inkseal.documents.typeset.layout import forget_layouts, typeset
from inkseal.documents.typeset.template import Template, load_template
from inkseal.documents.typeset.values import check_data

AUTHOR_PLACES: Final = frozenset({"author_signature", "author_name", "author_date", "company_seal"})
GUARDIAN_PLACES: Final = frozenset({"guardian_signature", "guardian_name"})

Json = Mapping[str, Any]
Samples = Mapping[str, Json]


@unique
class CheckName(Enum):
    """What was looked at."""

    #: The folder has all files, the clauses can be read and agree in all languages.
    CLAUSES = "clauses"
    #: schema.json is a JSON Schema and every sample fits it.
    SCHEMA = "schema"
    #: The fonts have every character of the clauses and samples.
    GLYPHS = "glyphs"
    #: typst makes PDF/A-2a and PDF/UA-1 of every sample, which it refuses to do when a rule of theirs is broken.
    ARCHIVAL = "archival"
    #: The same sample gives the same bytes from two fresh starts.
    SAME_BYTES = "same_bytes"
    #: Every box that has to be signed or sealed was recorded.
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; no fault means that it is well."""

    name: CheckName
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults


def check_template(folder: Path, font_dirs: Sequence[Path]) -> tuple[Check, ...]:
    """Check the template in `folder` with its own samples; later checks are left out when they cannot be made."""
    try:
        template = load_template(folder, font_dirs)
    except TemplateError as err:
        return (Check(CheckName.CLAUSES, (f"{err.reason.value}: {err.detail}",)),)
    except ClauseFaultsError as err:
        return (Check(CheckName.CLAUSES, _clause_lines(err)),)
    try:
        samples = dict(_samples(folder))
    except _SampleError as err:
        return Check(CheckName.CLAUSES, ()), Check(CheckName.SCHEMA, (f"{err}: not JSON",))
    first = (
        Check(CheckName.CLAUSES, ()),
        Check(CheckName.SCHEMA, tuple(_schema_faults(template, samples))),
        Check(CheckName.GLYPHS, tuple(_glyph_faults(template, samples))),
    )
    return (*first, *_printed(template, samples)) if all(check.passed for check in first) else first


class _SampleError(PermanentError):
    """A sample is not JSON."""


def _samples(folder: Path) -> Iterator[tuple[str, Json]]:
    for file in sorted(folder.glob("samples/*.json")):
        try:
            yield file.name, json.loads(file.read_text(encoding="utf-8"))
        except ValueError as err:
            raise _SampleError(f"samples/{file.name}") from err


def _clause_lines(err: ClauseFaultsError) -> tuple[str, ...]:
    lines = (f"{fault.language} {fault.clause} {fault.reason.value} {fault.detail}" for fault in err.faults)
    return tuple(" ".join(line.split()) for line in lines)


def _schema_faults(template: Template, samples: Samples) -> Iterator[str]:
    from jsonschema import Draft202012Validator, SchemaError

    try:
        Draft202012Validator.check_schema(dict(template.schema))
    except SchemaError as err:
        yield f"schema.json: {err.message}"
        return
    if not samples:
        yield "samples: none"
    for name, data in samples.items():
        try:
            check_data(template.schema, data)
        except PermanentError as err:
            yield f"samples/{name}: {err}"


def _glyph_faults(template: Template, samples: Samples) -> Iterator[str]:
    clauses = [("clauses", glyph) for glyph in missing_clause_glyphs(template)]
    data = [
        (f"samples/{name}", glyph) for name, sample in samples.items() for glyph in missing_glyphs(template, sample)
    ]
    for place, glyph in (*clauses, *data):
        yield f"{place} {glyph.path}: U+{ord(glyph.character):04X}"


def _printed(template: Template, samples: Samples) -> tuple[Check, ...]:
    archival, same_bytes, places = [], [], []
    for name, data in samples.items():
        codes = PageCodes(data["contract"]["number"], "A", "0" * 64, bytes(32)) if data["contract"]["number"] else None
        try:
            once = typeset(template, data, codes=codes)
        except PermanentError as err:
            archival.append(f"samples/{name}: {err}")
            continue
        forget_layouts()
        if typeset(template, data, codes=codes) != once:
            same_bytes.append(f"samples/{name}")
        wanted = AUTHOR_PLACES | (GUARDIAN_PLACES if data.get("guardian") else frozenset())
        places += [f"samples/{name}: {kind}" for kind in sorted(wanted - {place.kind for place in once.places})]
    return (
        Check(CheckName.ARCHIVAL, tuple(archival)),
        Check(CheckName.SAME_BYTES, tuple(same_bytes)),
        Check(CheckName.PLACES, tuple(places)),
    )
