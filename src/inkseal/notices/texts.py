"""What the five messages say unless the staff wrote something else, in the author's language (contracts-2, C3.4)."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from inkseal.contracts.enums import SendReason
from inkseal.notices.wording import Wording

_SUBJECTS: Final = {
    SendReason.CHIEF_SUBMITTED: gettext_noop("Your book “{title}” has been chosen for contract"),
    SendReason.AUDIT_REFUSED: gettext_noop("Please change something in your contract for “{title}”"),
    SendReason.SIGNING_COMPLETE: gettext_noop("Your contract for “{title}” is complete"),
    SendReason.PROMPT_INFORMATION: gettext_noop("Please complete your information for “{title}”"),
    SendReason.PROMPT_UPLOAD: gettext_noop("Please sign and upload your contract for “{title}”"),
}
_TEXTS: Final = {
    SendReason.CHIEF_SUBMITTED: gettext_noop(
        "Your book “{title}” has been chosen for contract. Please open the page below and fill in your"
        " information. While the contract is being prepared, please do not change the title or your pen name."
    ),
    SendReason.AUDIT_REFUSED: gettext_noop(
        "Your editor has looked at your contract for “{title}” and asks you to change something:"
        "\n\n{reason}\n\n{details}\n\nWhat is right stays as it is. The page below shows each thing to change."
    ),
    SendReason.SIGNING_COMPLETE: gettext_noop(
        "Your contract for “{title}” is complete. The sealed copy is on the page below; please keep it."
    ),
    SendReason.PROMPT_INFORMATION: gettext_noop("Please complete your information for “{title}”."),
    SendReason.PROMPT_UPLOAD: gettext_noop("Please print, sign and upload your contract for “{title}”."),
}


def built_in(reason: SendReason, language: str) -> Wording:
    """Return the wording of `reason` that comes with the product."""
    with override(language):
        signature = _("Inkseal, on behalf of your editor")  # apart: nothing inside an f-string is extracted
        return Wording(_(_SUBJECTS[reason]), f"{_(_TEXTS[reason])}\n\n{{link}}\n\n{signature}\n")
