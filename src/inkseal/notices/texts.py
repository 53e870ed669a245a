"""What the five messages say, in the author's language (contracts-2, C3.4)."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from inkseal.contracts.enums import SendReason


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and plain text of one message."""

    subject: str
    text: str


_SUBJECTS: Final = {
    SendReason.CHIEF_SUBMITTED: gettext_noop("Your book “%(title)s” has been chosen for contract"),
    SendReason.AUDIT_REFUSED: gettext_noop("Please change something in your contract for “%(title)s”"),
    SendReason.SIGNING_COMPLETE: gettext_noop("Your contract for “%(title)s” is complete"),
    SendReason.PROMPT_INFORMATION: gettext_noop("Please complete your information for “%(title)s”"),
    SendReason.PROMPT_UPLOAD: gettext_noop("Please sign and upload your contract for “%(title)s”"),
}
_TEXTS: Final = {
    SendReason.CHIEF_SUBMITTED: gettext_noop(
        "Your book “%(title)s” has been chosen for contract. Please open the page below and fill in your"
        " information. While the contract is being prepared, please do not change the title or your pen name."
    ),
    SendReason.AUDIT_REFUSED: gettext_noop(
        "Your editor has looked at your contract for “%(title)s” and asks you to change something:"
        "\n\n%(reason)s\n\nWhat is right stays as it is. The page below shows each thing to change."
    ),
    SendReason.SIGNING_COMPLETE: gettext_noop(
        "Your contract for “%(title)s” is complete. The sealed copy is on the page below; please keep it."
    ),
    SendReason.PROMPT_INFORMATION: gettext_noop("Please complete your information for “%(title)s”."),
    SendReason.PROMPT_UPLOAD: gettext_noop("Please print, sign and upload your contract for “%(title)s”."),
}


def letter(reason: SendReason, language: str, *, title: str, link: str, details: str = "") -> Letter:
    """Return the message of `reason`; line ends in the title would be header injection (A-42) and become spaces."""
    facts = {"title": " ".join(title.split()), "reason": details}
    with override(language):
        text = f"{_(_TEXTS[reason]) % facts}\n\n{link}\n\n{_('Inkseal, on behalf of your editor')}\n"
        return Letter(_(_SUBJECTS[reason]) % facts, text)
