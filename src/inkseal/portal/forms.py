"""The forms of pages 70 and 80 as they are shown: every field with its words, value, sentence and reason.

What fields there are and how they are checked stands in `contracts.fields` and `contracts.rules`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.enums import Page
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.fields import FIELDS, Field, Group, Kind
from inkseal.contracts.labels import CARD_TYPE_LABEL, FIELD_LABEL, GROUP_LABEL, SEX_LABEL
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.send_back_view import Finding
from inkseal.portal.countries import countries
from inkseal.portal.sentences import field_sentence

Words = str | Promise

_WIDGET: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.DATE: "date",
        Kind.COUNTRY: "choice",
        Kind.CARD_TYPE: "choice",
        Kind.SEX: "choice",
        Kind.YES_NO: "yes_no",
        Kind.EMAIL: "email",
        Kind.PHONE: "tel",
        Kind.DIALLING_CODE: "tel",
    }
)
#: So that a phone fills in what it knows (HTML, "autofill field").
_AUTOFILL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "birthday": "bday",
        "realname": "name",
        "email": "email",
        "telpre": "tel-country-code",
        "mobile": "tel-national",
        "address": "street-address",
        "zipcode": "postal-code",
        "job": "organization-title",
    }
)
_HINT: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "realname": _("Family name and given name, in the order of your document."),
        "mobile": _("Only for questions about this contract."),
        "is_alone": _("Without a co-author."),
        "bank_openname": _("As the bank writes it."),
        "guardian_email": _("Your guardian’s own address."),
    }
)
#: A country code stands before its number, in one field.
_MATE: Final[Mapping[str, str]] = MappingProxyType({"mobile": "telpre", "contactmobile": "contacttelpre"})
_MATES: Final = frozenset(_MATE.values())
#: Shown folded: useful, but never needed.
_FOLDED: Final = frozenset(
    {"phone", "whatsapp", "wechat", "line", "discord", "skype", "facebook_message", "qq", "zipcode", "sex", "job"}
    | {"bank_info", "bank_address", "user_address"}
)
_FOLDED_GROUPS: Final = frozenset({Group.EMERGENCY})


#: Texts that may be this long get a field of several lines.
SEVERAL_LINES: Final = 300


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field as the template needs it; `mate` is the country code in front of a number."""

    name: str
    label: Words
    widget: str
    value: str = field(repr=False)
    required: bool
    max_length: int
    hint: Words
    autofill: str
    options: tuple[tuple[str, Words], ...]
    sentence: str = field(default="", repr=False)
    #: What to write instead, where the check can propose something.
    proposal: str = field(default="", repr=False)
    finding: Finding | None = None
    minors_only: bool = False
    mate: "ShownField | None" = None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One heading with its fields; `folded` ones open by hand, and by themselves when one has a message."""

    key: str
    label: Words
    fields: tuple[ShownField, ...]
    folded: tuple[ShownField, ...]
    #: Every field is folded: the heading itself opens them.
    optional: bool

    @property
    def open(self) -> bool:
        """Whether something in the folded part must be seen, or was filled in."""
        return any(shown.sentence or shown.finding or shown.value for shown in self.folded)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form is shown with: values, faults to say, and what an editor found."""

    values: Mapping[str, str] = field(repr=False)
    faults: tuple[FieldFault, ...] = ()
    findings: tuple[Finding, ...] = ()


def shown_groups(page: Page, filled: Filled, *, minor: bool) -> tuple[ShownGroup, ...]:
    """Return the form of one page; page 70 also has the minor's question, which a script shows when it applies."""
    fields = [f for f in FIELDS if f.page is page and (minor or not f.minors_only or page is Page.BASIC)]
    by_name = {f.name: _shown(f, filled) for f in fields}
    groups = []
    for group in Group:
        names = [f.name for f in fields if f.group is group and f.name not in _MATES]
        if names:
            groups.append(_group(group, [_with_mate(by_name, name) for name in names]))
    return tuple(groups)


def shown_field(name: str, filled: Filled) -> ShownField:
    """Return one field by itself, with its country code where it has one."""
    by_name = {f.name: _shown(f, filled) for f in FIELDS if f.name in {name, _MATE.get(name)}}
    return _with_mate(by_name, name)


def leading_field(name: str) -> str:
    """Return the field at which a message about `name` stands."""
    return next((lead for lead, mate in _MATE.items() if mate == name), name)


def to_change(faults: Iterable[FieldFault]) -> tuple[int, int]:
    """Return how many fields are to change, and how many are still empty."""
    codes = [fault.code for fault in faults]
    empty = codes.count(FaultCode.REQUIRED)
    return len(codes) - empty, empty


def _group(group: Group, fields: list[ShownField]) -> ShownGroup:
    optional = group in _FOLDED_GROUPS
    folded = [shown for shown in fields if optional or shown.name in _FOLDED]
    return ShownGroup(
        group,
        GROUP_LABEL[group],
        tuple(shown for shown in fields if shown not in folded),
        tuple(folded),
        optional,
    )


def _shown(item: Field, filled: Filled) -> ShownField:
    fault = next((fault for fault in filled.faults if fault.field == item.name), None)
    return ShownField(
        name=item.name,
        label=FIELD_LABEL[item.name],
        widget=_widget(item),
        value=filled.values.get(item.name, ""),
        required=item.required,
        max_length=item.max_length,
        hint=_HINT.get(item.name, ""),
        autofill=_AUTOFILL.get(item.name, "off"),
        options=_options(item.kind),
        sentence=field_sentence(fault) if fault else "",
        proposal=fault.hint if fault and fault.code == FaultCode.LETTER_FOR_DIGIT else "",
        finding=next((found for found in filled.findings if found.target == item.name), None),
        minors_only=item.minors_only,
    )


def _with_mate(by_name: Mapping[str, ShownField], name: str) -> ShownField:
    shown = by_name[name]
    mate = by_name.get(_MATE.get(name, ""))
    if mate is None:
        return shown
    return replace(
        shown,
        mate=mate,
        sentence=" ".join(filter(None, [mate.sentence, shown.sentence])),
        finding=shown.finding or mate.finding,
    )


def _widget(item: Field) -> str:
    long_text = item.kind is Kind.TEXT and item.max_length >= SEVERAL_LINES
    return "lines" if long_text else _WIDGET.get(item.kind, "text")


def _options(kind: Kind) -> tuple[tuple[str, Words], ...]:
    if kind is Kind.COUNTRY:
        return countries()
    if kind is Kind.CARD_TYPE:
        return tuple((str(int(card)), label) for card, label in CARD_TYPE_LABEL.items())
    if kind is Kind.SEX:
        return tuple(SEX_LABEL.items())
    if kind is Kind.YES_NO:
        return (("1", _("Yes")), ("0", _("No")))
    return ()
