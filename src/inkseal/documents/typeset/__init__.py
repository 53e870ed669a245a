"""From a contract template and its data to an archival PDF, with page codes and the places to sign.

The same data, template and fonts give the same bytes on every machine. Author text is data, never markup.
"""

from inkseal.documents.typeset.errors import (
    ClauseFault,
    ClauseFaultsError,
    ClauseReason,
    DataFault,
    DataFaultsError,
    LayoutError,
    MissingGlyph,
    MissingGlyphsError,
    TemplateError,
    TemplateReason,
    TypesetPoolClosedError,
    TypesetTimeoutError,
    TypesetWorkerLostError,
)
from inkseal.documents.typeset.glyphs import missing_glyphs
from inkseal.documents.typeset.job import PageCodes, Place, Typeset
from inkseal.documents.typeset.layout import typeset
from inkseal.documents.typeset.pool import TypesetPool
from inkseal.documents.typeset.template import Meta, Template, load_template

__all__ = [
    "ClauseFault",
    "ClauseFaultsError",
    "ClauseReason",
    "DataFault",
    "DataFaultsError",
    "LayoutError",
    "Meta",
    "MissingGlyph",
    "MissingGlyphsError",
    "PageCodes",
    "Place",
    "Template",
    "TemplateError",
    "TemplateReason",
    "Typeset",
    "TypesetPool",
    "TypesetPoolClosedError",
    "TypesetTimeoutError",
    "TypesetWorkerLostError",
    "load_template",
    "missing_glyphs",
    "typeset",
]
