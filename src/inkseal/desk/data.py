"""The author's data as the desk shows it: one line a field, in words, hidden digits as the reader gave them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inkseal.contracts.enums import CardType
from inkseal.contracts.fields import BY_NAME, FIELDS, Field, Group, Kind
from inkseal.contracts.labels import CARD_TYPE_LABEL, SEX_LABEL, Words
from inkseal.contracts.rules import age_on, is_minor
from inkseal.desk import words

_YES_NO: Final[Mapping[str, Words]] = MappingProxyType({"0": gettext_lazy("no"), "1": gettext_lazy("yes")})
#: Dialling codes stand before the number they belong to, not on a line of their own.
_PREFIX_OF: Final = MappingProxyType({"mobile": "telpre", "contactmobile": "contacttelpre"})
#: The document's kind names its number's line.
_UNSHOWN: Final = frozenset({*_PREFIX_OF.values(), "cardtype"})
#: Lines that are shown even when they are empty: an auditor looks for them.
_ALWAYS: Final = frozenset({"realname", "birthday", "cardid", "email", "address", "bank_openname", "bank_account"})
#: What an auditor compares first stands first; the rest follows by group.
_FIRST: Final = ("realname", "cardid", "birthday", "nationality")
_GROUPS: Final = (Group.PERSON, Group.CONTACT, Group.BANK, Group.GUARDIAN, Group.EMERGENCY, Group.DECLARATION)
ORDER: Final = (
    *(BY_NAME[name] for name in _FIRST),
    *(field for group in _GROUPS for field in FIELDS if field.group is group and field.name not in _FIRST),
)


@dataclass(frozen=True, slots=True)
class Datum:
    """One line of data."""

    name: str
    label: Words
    value: Words


def data_rows(values: Mapping[str, str], *, pen_name: str, today: date) -> tuple[Datum, ...]:
    """Return the lines of what an author wrote; empty optional ones are left out."""
    if not any(values.values()):
        return ()
    name, *others = [
        Datum(field.name, _label(field, values), _value(field, values, today))
        for field in ORDER
        if _is_shown(field, values, today)
    ]
    return (name, Datum("pen_name", words.FIELDS["pen_name"], pen_name), *others)


def _is_shown(field: Field, values: Mapping[str, str], today: date) -> bool:
    """Tell whether a line is of use: a guardian's columns have defaults that say nothing about an adult."""
    if field.name in _UNSHOWN or (field.minors_only and not is_minor(values.get("birthday", ""), today)):
        return False
    return bool(values.get(field.name)) or field.name in _ALWAYS


def _label(field: Field, values: Mapping[str, str]) -> Words:
    card = values.get("cardtype", "")
    if field.name == "cardid" and card.isdecimal():
        return CARD_TYPE_LABEL[CardType(int(card))]
    return words.FIELDS[field.name]


def _value(field: Field, values: Mapping[str, str], today: date) -> Words:
    value = values.get(field.name, "")
    if field.kind is Kind.CARD_TYPE and value.isdecimal():
        return CARD_TYPE_LABEL[CardType(int(value))]
    if field.kind is Kind.YES_NO:
        return _YES_NO.get(value, value)
    if field.kind is Kind.SEX:
        return SEX_LABEL.get(value, value)
    if field.kind is Kind.DATE:
        return birthday_words(value, today)
    return f"{values.get(_PREFIX_OF.get(field.name, ''), '')} {value}".strip()


def birthday_words(value: str, today: date) -> str:
    """Return a date of birth with the age today; what is no date, such as a masked one, as it is."""
    age = age_on(value, today)
    if age is None:
        return value
    years = ngettext("%(count)d year", "%(count)d years", age) % {"count": age}
    day = date_format(date.fromisoformat(value), _("j M Y"))
    return _("%(day)s, %(years)s") % {"day": day, "years": years}
