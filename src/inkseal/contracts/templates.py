"""Which contract template is used, and what it cannot print (contracts-4, "Template choice")."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from inkseal.catalog.models import SigningCompany
from inkseal.contracts.content import FIELD_OF_PATH
from inkseal.contracts.enums import Agreement, Site, Validity
from inkseal.contracts.errors import ConfigurationError, FieldFault
from inkseal.contracts.models import Contract, TemplateChoice, TemplateVersion
from inkseal.contracts.rules import FaultCode
from inkseal.documents.typeset import Template, load_template, missing_glyphs


@dataclass(frozen=True, slots=True)
class ChosenTemplate:
    """The configured template of an agreement type: its number, its folder and its loaded content."""

    template_id: int
    counsel_note: str
    folder: Path
    template: Template


def chosen_template(agreement: int) -> ChosenTemplate:
    """Return the one valid template of an agreement type, or raise `ConfigurationError` saying what is wrong."""
    choices = TemplateChoice.objects.filter(site=Site.OVERSEAS, agreement=agreement, status=Validity.VALID)
    if len(choices) != 1:
        name = Agreement(agreement).name.lower()
        raise ConfigurationError(f"{len(choices)} valid templates for agreement type {agreement} ({name})")
    choice = choices[0]
    version = TemplateVersion.objects.filter(id=choice.template_id, status=Validity.VALID).first()
    if version is None:
        raise ConfigurationError(f"template {choice.template_id} is not valid")
    folder = Path(settings.TEMPLATE_DIR) / version.template
    return ChosenTemplate(version.id, choice.counsel_note or "", folder, load_template(folder, settings.FONT_DIRS))


def signing_company() -> SigningCompany:
    """Return our party to the contract; exactly one company is valid."""
    companies = SigningCompany.objects.filter(status=Validity.VALID)
    if len(companies) != 1:
        raise ConfigurationError(f"{len(companies)} valid signing companies")
    return companies[0]


def unprintable(contract: Contract, values: Mapping[str, str]) -> tuple[FieldFault, ...]:
    """Return each printed field that has a character without a glyph, the characters as its hint."""
    data: dict[str, dict[str, str]] = {}
    for path, name in FIELD_OF_PATH.items():
        if values.get(name):
            section, key = path.split(".")
            data.setdefault(section, {})[key] = values[name]
    if not data:
        return ()
    missing: dict[str, str] = {}
    for glyph in missing_glyphs(chosen_template(contract.agreement).template, data):
        name = FIELD_OF_PATH[glyph.path]
        missing[name] = missing.get(name, "") + glyph.character
    return tuple(FieldFault(name, FaultCode.NOT_PRINTABLE, characters) for name, characters in missing.items())
