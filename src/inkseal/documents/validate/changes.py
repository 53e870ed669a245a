# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Which later changes are harmless: pyHanko's policy, without its belief that metadata and form defaults show nothing.

pyHanko lets /Info and XMP be rewritten at will, because signers keep dates there. A viewer shows the title of a
contract in its window, though: the words have to stay, only dates and tools may change. The form's defaults it lets
be rewritten too; a viewer that is told to draw the values anew draws them with these (a shadow attack).
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
    FormUpdate,
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
#: What a viewer draws the values of fields with when it draws them itself (ISO 32000-1, 12.7.2).
_FORM_DEFAULTS: Final = ("/DR", "/DA", "/Q")
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


class SameFormRule(FormUpdatingRule):
    """Lets signature fields come in, but not that viewers draw the signed values otherwise."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[tuple[ModificationLevel, FormUpdate]]:
        """Do as pyHanko does, then compare the defaults: signing programs add some, after a seal nobody may."""
        yield from super().apply(old, new)
        before, after = _form(old), _form(new)
        if bool(after.get("/NeedAppearances", False)) > bool(before.get("/NeedAppearances", False)):
            raise SuspiciousModification("the values of the form shall be drawn anew")
        if any(before.get(name) != after.get(name) for name in _FORM_DEFAULTS):
            update = FormUpdate(updated_ref=new.root_ref, valid_when_certifying=False)
            yield ModificationLevel.FORM_FILLING, update


def _form(at: HistoricalResolver) -> dict[str, Any]:
    # Not `get`, which leaves references unresolved.
    if "/AcroForm" not in at.root:
        return {}
    form: Any = at.root["/AcroForm"]
    return {name: form[name] for name in (*_FORM_DEFAULTS, "/NeedAppearances") if name in form}


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
    form_rule=SameFormRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule(), GenericFieldModificationRule()]
    ),
)
