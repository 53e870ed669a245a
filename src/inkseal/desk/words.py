"""The desk's own words: short names for its narrow columns, and sentences for rules. Enums: `contracts.labels`."""

from types import MappingProxyType
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.enums import SendReason
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.labels import Words, target_label
from inkseal.contracts.states import Action

#: What a verb is called when the answer says that it cannot be done now.
ACTIONS: Final = MappingProxyType(
    {
        Action.PROPOSE: _("Propose"),
        Action.SUBMIT: _("Submit"),
        Action.PASS_AUDIT: _("Pass to seal"),
        Action.SEND_BACK_INFORMATION: _("Ask for corrected data"),
        Action.SEND_BACK_PAGES: _("Ask for new pages"),
    }
)

TERM_HINTS: Final = MappingProxyType(
    {
        "share_ratio": _("1 to 100, of the net income"),
        "currency": _("three letters, such as USD"),
        "term_years": _("1 to 99, from the day of the seal"),
    }
)

#: Terms for reading: label, and the value with its unit.
TERM_LINES: Final = MappingProxyType(
    {
        "share_ratio": (_("Author’s share"), _("%(value)s %%")),
        "currency": (_("Currency"), "%(value)s"),
        "term_years": (_("Term"), _("%(value)s years")),
        "words_per_month": (_("At least"), _("%(value)s words a month")),
        "buyout_price": (_("Price"), "%(value)s"),
        "min_words": (_("At least"), _("%(value)s words")),
        "max_words": (_("At most"), _("%(value)s words")),
    }
)

FAULTS: Final = MappingProxyType(
    {
        "required": _("Please fill this in."),
        "choice": _("Please write a value that fits here."),
        "too_long": _("Please shorten this."),
        "digits": _("Please write digits only."),
    }
)

DECISION_FAULTS: Final = MappingProxyType(
    {
        "decision": _("Choose a decision first: P, D or U."),
        "reason": _("Say what is to change: choose a reason, mark a field or page, or write to the author."),
    }
)

SEND_REASONS: Final = MappingProxyType(
    {
        SendReason.CHIEF_SUBMITTED: _("Invited to fill in"),
        SendReason.AUDIT_REFUSED: _("Told what to change"),
        SendReason.SIGNING_COMPLETE: _("Told that it is complete"),
        SendReason.PROMPT_INFORMATION: _("Reminded to fill in"),
        SendReason.PROMPT_UPLOAD: _("Reminded to send the pages"),
    }
)

#: Said in place of a contract whose author's data was erased on request.
ERASED: Final = _("The personal data of this author was erased. The contract cannot be shown any more.")

REFUSED: Final = MappingProxyType(
    {
        "role": _("This step belongs to another duty than yours."),
        "four_eyes": _("You submitted this contract, so another editor audits it."),
        "book_kind": _("Only original novels and fan fiction are signed here."),
    }
)

FIELDS: Final = MappingProxyType(
    {
        "pen_name": _("Pen name"),
        "realname": _("Name"),
        "sex": _("Sex"),
        "nationality": _("Nationality"),
        "birthday": _("Born"),
        "is_alone": _("Sole author"),
        "is_all_copyright": _("Holds all rights"),
        "is_exclusive_sign": _("Agrees to exclusivity"),
        "is_guarder_agreen": _("Guardian agrees"),
        "cardtype": _("Document"),
        "cardid": _("Document number"),
        "job": _("Occupation"),
        "email": _("E-mail"),
        "telpre": _("Dialling code"),
        "mobile": _("Mobile"),
        "address": _("Address"),
        "zipcode": _("Postcode"),
        "phone": _("Telephone"),
        "whatsapp": _("WhatsApp"),
        "wechat": _("WeChat"),
        "line": _("LINE"),
        "discord": _("Discord"),
        "skype": _("Skype"),
        "facebook_message": _("Messenger"),
        "qq": _("QQ"),
        "contactname": _("Emergency contact"),
        "contacttelpre": _("Contact’s dialling code"),
        "contactmobile": _("Contact’s mobile"),
        "contact_email": _("Contact’s e-mail"),
        "bank_openname": _("Account holder"),
        "bank_account": _("Account"),
        "bank": _("Bank"),
        "bank_info": _("Branch"),
        "bank_address": _("Bank’s address"),
        "country": _("Bank’s country"),
        "swiftcode": _("SWIFT"),
        "user_address": _("Holder’s address"),
        "keeper_cardid": _("Guardian’s number"),
        "guarder_card_type": _("Guardian’s document"),
        "guardian_email": _("Guardian’s e-mail"),
        "card": _("Picture of the document"),
        "guarder_card": _("Picture of the guardian’s document"),
    }
)


def fault_words(fault: FieldFault) -> Words:
    """Return the sentence for one fault of a form; a range is named where the rule has one."""
    if fault.code == "choice" and fault.hint:
        least, _dash, most = fault.hint.partition("-")
        return format_lazy(_("Please write a number from {least} to {most}."), least=least, most=most)
    return FAULTS.get(fault.code, FAULTS["choice"])


def decision_fault(fault: FieldFault) -> Words:
    """Return the sentence for one fault of an auditor's decision."""
    return DECISION_FAULTS.get(fault.field, fault_words(fault)) if fault.code == "required" else fault_words(fault)


def target_words(target: str) -> Words:
    """Return the desk's word for what a finding is about: a field, "page:3", "card:2"."""
    kind = target.partition(":")[0]
    return target_label(target) if kind == "page" else FIELDS.get(kind, target)
