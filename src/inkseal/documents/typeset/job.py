"""One contract to be set: everything checked and turned into plain text, so that a sandboxed child can lay it out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from inkseal.documents.codes import PrintFacts
from inkseal.documents.typeset.clauses import ClauseText
from inkseal.documents.typeset.errors import (
    ClauseFault,
    ClauseFaultsError,
    ClauseReason,
    DataFault,
    DataFaultsError,
    MissingGlyphsError,
)
from inkseal.documents.typeset.glyphs import missing_glyphs
from inkseal.documents.typeset.template import Template
from inkseal.documents.typeset.values import check_data, given_paths, right_to_left, shown

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageCodes:
    """What the codes of one print are made of.

    `revision` is one character A-Z or 0-9, `content_hash` the confirmed text's digest, `key` at least 16 bytes.
    """

    serial: str
    revision: str
    content_hash: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person or the company signs: PDF points, origin at the bottom left, `page` from 1."""

    kind: str
    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished PDF/A-2a with the places to sign."""

    pdf: bytes
    page_count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A contract ready for layout; plain values only, so that it travels as JSON."""

    main: str
    version: str
    font_files: tuple[str, ...]
    inputs: Mapping[str, str]
    #: Seconds since 1970: the contract's date at midnight UTC, so that the bytes depend on the data alone.
    timestamp: int
    codes: PageCodes | None

    def facts(self, page_count: int) -> PrintFacts | None:
        """Return what the codes cover if the contract has `page_count` pages; None for a preview."""
        if self.codes is None:
            return None
        return PrintFacts(self.codes.serial, self.codes.revision, page_count, self.version, self.codes.content_hash)


def prepare(template: Template, data: Json, codes: PageCodes | None) -> Job:
    """Check `data` against the template and return the job.

    Raises `DataFaultsError`, `MissingGlyphsError` or `ClauseFaultsError`, each naming all places at once.
    """
    check_data(template.schema, data)
    if codes is not None and codes.serial != data["contract"]["number"]:
        raise DataFaultsError((DataFault("contract.number", "serial"),))
    if missing := missing_glyphs(template, data):
        raise MissingGlyphsError(missing)
    texts = {language: shown(template.schema, data, language) for language in template.meta.languages}
    wording = template.wording(given_paths(texts[template.meta.languages[0]]))
    if faults := _missing_data(wording.clauses, texts):
        raise ClauseFaultsError(faults)
    day = datetime.fromisoformat(data["contract"]["date"]).replace(tzinfo=UTC)
    return Job(
        main=str(template.main),
        version=template.version,
        font_files=tuple(stamp[0] for _, stamp in template.font_files),
        inputs={
            "clauses": wording.json,
            "values": _values_json(texts),
            "print": _print_json(template, final=codes is not None),
        },
        timestamp=int(day.timestamp()),
        codes=codes,
    )


def _missing_data(clauses: Sequence[ClauseText], texts: Mapping[str, Mapping[str, str]]) -> tuple[ClauseFault, ...]:
    return tuple(
        ClauseFault(text.language, number, ClauseReason.MISSING_DATA, path)
        for text in clauses
        for number, path in text.placeholders
        if not texts[text.language].get(path)
    )


def _values_json(texts: Mapping[str, Mapping[str, str]]) -> str:
    first = next(iter(texts.values()))
    rtl = [path for path, text in first.items() if right_to_left(text)]
    return json.dumps({"texts": texts, "rtl": rtl}, ensure_ascii=False)


def _print_json(template: Template, *, final: bool) -> str:
    return json.dumps(
        {
            "final": final,
            "languages": template.meta.languages,
            "fonts": template.families,
            "publisher": template.meta.publisher,
            "tid": template.meta.tid,
            "version": template.version[:12],
        },
        ensure_ascii=False,
    )
