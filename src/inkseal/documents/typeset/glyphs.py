"""Finds characters without a glyph before typesetting, so that the person who typed them hears of all at once."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from unicodedata import category, normalize

from inkseal.documents.typeset import fonts
from inkseal.documents.typeset.errors import MissingGlyph
from inkseal.documents.typeset.template import Template
from inkseal.documents.typeset.values import typed_texts

#: Joiners that Indic and Arabic script need. All other invisible signs could reverse or hide what is printed.
_JOINERS: Final = frozenset("\u200c\u200d")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_ATTACHED: Final = frozenset({"Mn", "Mc", "Me"})


def missing_glyphs(template: Template, data: Mapping[str, Any]) -> tuple[MissingGlyph, ...]:
    """Return every character of `data` that cannot be printed, once for each field, in the schema's order.

    `data` may be incomplete: a form is checked while it is being filled.
    """
    families = fonts.family_coverages(template.font_files)
    texts = typed_texts(template.schema, data)
    return tuple(MissingGlyph(path, char) for path, text in texts.items() for char in unprintable(text, families))


def missing_clause_glyphs(template: Template) -> tuple[MissingGlyph, ...]:
    """Return every character of the clauses that cannot be printed; the path is language and clause number."""
    families = fonts.family_coverages(template.font_files)
    found = {
        MissingGlyph(f"{text.language} {number}".strip(), char): None
        for text in template.clauses
        for number, span in text.numbered_spans()
        for char in unprintable(span.text, families)
    }
    return tuple(found)


def unprintable(text: str, families: tuple[frozenset[int], ...]) -> tuple[str, ...]:
    """Return the characters of `text` that no family can set, each once.

    A letter and the marks on it must come from one family: typst sets a cluster in one font.
    """
    found = dict.fromkeys(
        char for cluster in _clusters(text) if not _settable(cluster, families) for char in _culprits(cluster, families)
    )
    return tuple(found)


def _clusters(text: str) -> Iterator[str]:
    start = 0
    for at, char in enumerate(text):
        if at > start and category(char) not in _ATTACHED and char not in _JOINERS:
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _settable(cluster: str, families: tuple[frozenset[int], ...]) -> bool:
    if any(category(char) in _INVISIBLE and char not in _JOINERS for char in cluster):
        return False
    forms = {frozenset(map(ord, form)) - frozenset(map(ord, _JOINERS)) for form in _forms(cluster)}
    return any(form <= family for family in families for form in forms)


def _forms(cluster: str) -> tuple[str, ...]:
    """Shaping composes a letter and its accent where the font has the composed letter only."""
    return cluster, normalize("NFC", cluster), normalize("NFD", cluster)


def _culprits(cluster: str, families: tuple[frozenset[int], ...]) -> tuple[str, ...]:
    alone = [char for char in cluster if not _settable(char, families)]
    return tuple(alone) or tuple(cluster)
