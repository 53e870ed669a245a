"""Words that people read for enums and fields, the same on every face, in the language of the moment."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inkseal.contracts.enums import Agreement, CardType, PictureKind, Progress, Review
from inkseal.contracts.fields import Group
from inkseal.core.actor import Role

Words = str | Promise

FIELD_LABEL: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "nationality": _("Nationality"),
        "birthday": _("Date of birth"),
        "is_alone": _("Did you write this book alone?"),
        "is_all_copyright": _("Do all rights in this book belong to you?"),
        "is_exclusive_sign": _("Do you sign this book with us exclusively?"),
        "is_guarder_agreen": _("Does your guardian agree to this contract?"),
        "realname": _("Full name"),
        "sex": _("Sex"),
        "cardtype": _("Kind of document"),
        "cardid": _("Document number"),
        "job": _("Occupation"),
        "email": _("E-mail address"),
        "telpre": _("Country code"),
        "mobile": _("Mobile"),
        "address": _("Postal address"),
        "zipcode": _("Postcode"),
        "phone": _("Telephone"),
        "whatsapp": "WhatsApp",
        "wechat": "WeChat",
        "line": "LINE",
        "discord": "Discord",
        "skype": "Skype",
        "facebook_message": "Facebook Messenger",
        "qq": "QQ",
        "contactname": _("Name of the contact"),
        "contacttelpre": _("Country code"),
        "contactmobile": _("Mobile of the contact"),
        "contact_email": _("E-mail address of the contact"),
        "bank_openname": _("Receiving account: name"),
        "bank_account": _("Account number or IBAN"),
        "bank": _("Bank"),
        "bank_info": _("Branch"),
        "bank_address": _("Address of the branch"),
        "country": _("Country of the bank"),
        "swiftcode": _("Bank code (SWIFT)"),
        "user_address": _("Your address as the bank knows it"),
        "keeper_cardid": _("Document number of your guardian"),
        "guarder_card_type": _("Identity document of your guardian"),
        "guardian_email": _("E-mail address of your guardian"),
    }
)

GROUP_LABEL: Final[Mapping[Group, Words]] = MappingProxyType(
    {
        Group.DECLARATION: _("About you and the book"),
        Group.PERSON: _("You"),
        Group.CONTACT: _("How we reach you"),
        Group.EMERGENCY: _("Someone we may ask when we cannot reach you"),
        Group.BANK: _("Where we pay"),
        Group.GUARDIAN: _("Your guardian"),
    }
)

CARD_TYPE_LABEL: Final[Mapping[CardType, Words]] = MappingProxyType(
    {
        CardType.ID_CARD: _("Identity card"),
        CardType.PASSPORT: _("Passport"),
        CardType.MILITARY: _("Military identity card"),
        CardType.STUDENT: _("Student card"),
        CardType.OTHER: _("Another document"),
        CardType.DRIVING_LICENCE: _("Driving licence"),
    }
)

#: The values of the field "sex" as the existing systems keep them.
SEX_LABEL: Final[Mapping[str, Words]] = MappingProxyType(
    {"0": _("Not stated"), "1": pgettext_lazy("sex", "Male"), "2": pgettext_lazy("sex", "Female")}
)

AGREEMENT_LABEL: Final[Mapping[Agreement, Words]] = MappingProxyType(
    {
        Agreement.NONE: _("Type not chosen"),
        Agreement.STANDARD_SHARE: _("Shared income"),
        Agreement.STANDARD_BUYOUT: _("Buy-out"),
        Agreement.CONTEST_SHARE: _("Contest, shared income"),
        Agreement.CONTEST_BUYOUT: _("Contest, buy-out"),
        Agreement.X_SIGN_NEW: _("X-sign, new"),
        Agreement.X_SIGN_TRANSFER: _("X-sign, transfer"),
        Agreement.OFFLINE: _("Signed offline"),
        Agreement.BUYOUT_ON_LISTING: _("Buy-out on listing"),
        Agreement.UNKNOWN: _("Type unknown"),
    }
)

PROGRESS_LABEL: Final[Mapping[Progress, Words]] = MappingProxyType(
    {
        Progress.NOT_STARTED: _("Not started"),
        Progress.SUSPENDED: _("Paused"),
        Progress.ABANDONED: _("Ended without a contract"),
        Progress.CHIEF_SUBMITTED: _("Submitted by the chief editor"),
        Progress.CONTACT_STARTED: _("First contact"),
        Progress.UNREACHABLE: _("Author cannot be reached"),
        Progress.NEGOTIATING: _("In talks"),
        Progress.AGREED: _("Agreed, waiting for the post"),
        Progress.COMPLETE: _("Complete"),
        Progress.INFORMATION_CONFIRMED: _("Information confirmed"),
        Progress.SITE_TRANSFER: _("Transfer between sites"),
        Progress.SIGNING_STARTED: _("Author fills in"),
        Progress.UPLOADED: _("Signed pages handed in"),
        Progress.AUDITED: _("Approved, being sealed"),
        Progress.SENT_BACK_PAGES: _("Sent back: signed pages"),
        Progress.SENT_BACK_INFORMATION: _("Sent back: information"),
    }
)

REVIEW_LABEL: Final[Mapping[Review, Words]] = MappingProxyType(
    {
        Review.WAITING: _("Waiting for the audit"),
        Review.PASSED: _("Approved"),
        Review.REFUSED: _("Sent back"),
        Review.SYNCED: _("Registered"),
    }
)

ROLE_LABEL: Final[Mapping[Role, Words]] = MappingProxyType(
    {
        Role.UNKNOWN: _("Unknown"),
        Role.RESPONSIBLE_EDITOR: _("Responsible editor"),
        Role.CHIEF_EDITOR: _("Chief editor"),
        Role.SIGNING_EDITOR: _("Signing editor"),
        Role.AUTHOR: _("Author"),
        Role.SYSTEM: _("System"),
        Role.PARTNER: _("Partner region"),
    }
)

TERM_LABEL: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "share_ratio": _("Author’s share, per cent"),
        "currency": _("Currency"),
        "term_years": _("Term, years"),
        "words_per_month": _("Words a month"),
        "buyout_price": _("Buy-out price"),
        "min_words": _("Words, at least"),
        "max_words": _("Words, at most"),
    }
)

PICTURE_LABEL: Final[Mapping[PictureKind, Words]] = MappingProxyType(
    {
        PictureKind.SIGNED: _("Signed page"),
        PictureKind.CARD: _("Identity document"),
        PictureKind.GUARDIAN_CARD: _("Identity document of your guardian"),
    }
)


def target_label(target: str) -> Words:
    """Return the words for what a finding is about: a field's name, "page:3", "card" or "card:2"."""
    kind, _colon, number = target.partition(":")
    if kind == "page":
        return _("Page %(number)s") % {"number": number}
    if kind in set(PictureKind):
        return PICTURE_LABEL[PictureKind(kind)]
    return FIELD_LABEL.get(kind, target)
