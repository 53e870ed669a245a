# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Which later changes are harmless: pyHanko's policy, without its belief that metadata show nothing.

pyHanko lets /Info and XMP be rewritten at will, because signers keep dates there. A viewer shows the title of a
contract in its window, though: the words have to stay, only dates and tools may change.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # ships no types; comes with pyHanko
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.rules_api import ReferenceUpdate

_WORDS: Final = ("/Title", "/Author", "/Subject", "/Keywords")
_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"


class SameInfoRule(DocInfoRule):
    """Lets /Info change, but not its words."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        """Compare the words, then do as pyHanko does."""
        if _info_words(old) != _info_words(new):
            raise SuspiciousModification("the words of /Info were changed")
        return super().apply(old, new)


class SameMetadataRule(MetadataUpdateRule):
    """Lets XMP change, but not its words."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[ReferenceUpdate]:
        """Do as pyHanko does (it refuses what is not XMP), then compare the words."""
        yield from super().apply(old, new)
        if "/Metadata" in old.root and _xmp_words(old) != _xmp_words(new):
            raise SuspiciousModification("the words of the XMP metadata were changed")


def _info_words(at: HistoricalResolver) -> list[str]:
    reference: Any = at.trailer_view.get_value_as_reference("/Info", optional=True)
    info: Any = {} if reference is None else at(reference)
    return [str(info[name]) if name in info else "" for name in _WORDS]


def _xmp_words(at: HistoricalResolver) -> list[list[str]]:
    if "/Metadata" not in at.root:
        return []
    stream: Any = at.root["/Metadata"]
    parser = etree.XMLParser(resolve_entities=False)
    tree = etree.fromstring(stream.read_data(DecodePurpose.XMP_METADATA), parser=parser)
    found = (
        [str(element.tag), *("".join(part.split()) for part in element.itertext())]
        for element in tree.iter()
        if str(element.tag).startswith(_DUBLIN_CORE)
    )
    return sorted([part for part in one if part] for one in found)


CHANGE_POLICY: Final = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        SameInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        SameMetadataRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule(), GenericFieldModificationRule()]
    ),
)
