"""What the author reads: one sentence per fault, refusal and state, in the voice of the design.

Plain, short, polite, exact: who, what, until when. No blame, no cheer, no exclamation marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inkseal.contracts.author_view import AuthorContract
from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.errors import ContentChangedError, FieldFault, RequestReusedError
from inkseal.contracts.rules import FaultCode
from inkseal.core.errors import InksealError
from inkseal.documents.intake import PictureFault
from inkseal.documents.scan import ForeignReason
from inkseal.portal.places import STEP_NAME, present_page
from inkseal.portal.sign_in import Verdict

Words = str | Promise

_FIELD_SENTENCE: Final[Mapping[str, Words]] = MappingProxyType(
    {
        FaultCode.REQUIRED: _("Please fill this in."),
        FaultCode.TOO_LONG: _("Please write at most %(hint)s characters. The longer text is not saved yet."),
        FaultCode.TOO_SHORT: _("Please write the whole number, 4 characters or more."),
        FaultCode.DATE: _("Please write the date as year-month-day, such as 1999-09-09."),
        FaultCode.IN_THE_FUTURE: _("This date is still to come. Please write the date as on your document."),
        FaultCode.TOO_OLD: _("This date is more than 120 years ago. Please look at the year again."),
        FaultCode.DIALLING_CODE: _("Please write the country code in digits, such as +65."),
        FaultCode.DIGITS: _("Please write 4 to 15 digits, without the country code."),
        FaultCode.EMAIL: _("Please write the whole address, such as name@example.org."),
        FaultCode.COUNTRY: _("Please choose a country from the list."),
        FaultCode.SWIFT: _("A SWIFT code has 8 or 11 letters and digits. Your bank can tell you."),
        FaultCode.CHOICE: _("Please choose one of the answers."),
        FaultCode.LETTER_FOR_DIGIT: _(
            "There is a letter between the digits that looks like a digit. Did you mean %(hint)s?"
        ),
        FaultCode.NOT_PRINTABLE: _(
            "The contract’s fonts cannot print “%(hint)s”. Please write it in another way, or ask your editor."
        ),
        FaultCode.NEEDS_EDITOR: _("Then somebody else has to agree too. Please talk to your editor before you go on."),
        FaultCode.SAME_AS_AUTHOR: _("Your guardian needs an address of his or her own, not yours."),
        FaultCode.CONTROL_CHARACTER: _("There is a character here that cannot be seen. Please type this field again."),
    }
)

#: Where a more exact sentence than the general one is possible.
_EXACT: Final[Mapping[tuple[str, str], Words]] = MappingProxyType(
    {
        ("birthday", FaultCode.REQUIRED): _("Please write the date of birth as on your document."),
        ("realname", FaultCode.REQUIRED): _("Please write your full name as on your document."),
        ("nationality", FaultCode.REQUIRED): _("Please choose your nationality."),
        ("is_alone", FaultCode.REQUIRED): _("Please choose one of the answers."),
        ("is_all_copyright", FaultCode.REQUIRED): _("Please choose one of the answers."),
        ("is_exclusive_sign", FaultCode.REQUIRED): _("Please choose one of the answers."),
        ("is_guarder_agreen", FaultCode.REQUIRED): _(
            "You are under 18, so your guardian has to agree. Please answer this too."
        ),
    }
)

_PICTURE_SENTENCE: Final[Mapping[PictureFault, Words]] = MappingProxyType(
    {
        PictureFault.EMPTY: _("The file is empty. Please photograph the page again."),
        PictureFault.TOO_MANY_BYTES: _("The picture is larger than 10 MB. Please choose a smaller size in the camera."),
        PictureFault.IS_PDF: _("This is a PDF. Please send photographs or scans as JPEG or PNG."),
        PictureFault.IS_HEIC: _(
            "This is an HEIC picture. On an iPhone, choose Settings, Camera, Formats, Most Compatible."
        ),
        PictureFault.OTHER_PICTURE_FORMAT: _(
            "This kind of picture cannot be read here. Please send it as JPEG or PNG."
        ),
        PictureFault.IS_ARCHIVE: _("This is a packed folder. Please send the pictures themselves."),
        PictureFault.NOT_A_PICTURE: _("This is not a picture. Please send photographs as JPEG or PNG."),
        PictureFault.TOO_MANY_PIXELS: _("The picture has too many pixels. Please choose a smaller size in the camera."),
        PictureFault.TOO_SMALL: _("The picture is too small to read. Please photograph the page from closer up."),
        PictureFault.ANIMATED: _("This picture moves. Please send a still photograph."),
        PictureFault.DAMAGED: _("The file did not arrive whole. Please send it once more."),
        PictureFault.TOOK_TOO_LONG: _(
            "Reading this picture took too long. Please send it once more, or choose a smaller size in the camera."
        ),
        PictureFault.NOT_DECODABLE_SAFELY: _("The picture cannot be opened. Please photograph the page again."),
    }
)


@dataclass(frozen=True, slots=True)
class OddSentence:
    """Why an uploaded picture is not one of the pages: a headline, and what to do."""

    title: Words
    text: Words


_ODD: Final[Mapping[str, OddSentence]] = MappingProxyType(
    {
        "unreadable": OddSentence(
            _("The code at the top cannot be read"),
            _("Lay the page flat in good light, turn off the flash, and take in all four corners."),
        ),
        ForeignReason.OTHER_CONTRACT: OddSentence(
            _("This page belongs to another contract"),
            _("Please look at the title on the page and photograph the right one."),
        ),
        ForeignReason.OLD_PRINT: OddSentence(
            _("This page is from an older print"),
            _("Your contract was changed after it was printed. Please print it again and sign the new pages."),
        ),
        ForeignReason.MAC_DOES_NOT_FIT: OddSentence(
            _("The code on this page does not fit your contract"),
            _("Please print the contract from this page and photograph that print."),
        ),
        ForeignReason.MALFORMED_CODE: OddSentence(
            _("This is not a page of your contract"),
            _("The picture shows another code. Please photograph a page of the print."),
        ),
        ForeignReason.SEVERAL_PAGES: OddSentence(
            _("Two pages are in one picture"),
            _("Please photograph each page by itself."),
        ),
    }
)

VERDICT_SENTENCE: Final[Mapping[Verdict, Words]] = MappingProxyType(
    {
        Verdict.WRONG: _("This code is not right. Please look at the newest e-mail from us."),
        Verdict.EXPIRED: _("This code is older than 10 minutes. Please ask for a new one."),
        Verdict.USED: _("This code was used already. Please ask for a new one."),
        Verdict.TOO_MANY: _("Ten codes were tried. Please wait 15 minutes, then ask for a new one."),
    }
)


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a contract stands, for a list and for pages that have nothing else to show."""

    #: "ok", "fix", "look", "live" or "plain": the shape of its tag.
    tone: str
    icon: str
    words: str


def field_sentence(fault: FieldFault) -> str:
    """Return the sentence that stands at the field."""
    words = _EXACT.get((fault.field, fault.code)) or _FIELD_SENTENCE[fault.code]
    return str(words) % {"hint": fault.hint} if fault.hint else str(words)


def picture_sentence(fault: PictureFault) -> str:
    """Return what is wrong with a picture and what to do."""
    return str(_PICTURE_SENTENCE[fault])


def odd_sentence(reason: str) -> OddSentence:
    """Return why an uploaded picture is none of the pages."""
    return _ODD[reason]


def overtaken(error: InksealError) -> str:
    """Return why a page that was right a while ago is not any more."""
    if isinstance(error, ContentChangedError):
        return gettext("The text of the contract changed since you saw it. Please look at it again.")
    if isinstance(error, RequestReusedError):
        return gettext("This form was sent before with other answers. What was sent first is kept.")
    return gettext("This page shows an earlier state.")


def situation(contract: AuthorContract) -> Situation:
    """Return where one contract stands."""
    return situation_of(contract.state.progress, present_page(contract))


_BY_PROGRESS: Final = MappingProxyType(
    {
        Progress.AUDITED: ("live", "clock", _("Approved; the company’s seal follows")),
        Progress.SUSPENDED: ("plain", "clock", _("Paused by your editor")),
        Progress.ABANDONED: ("plain", "cross", _("Ended without a contract")),
    }
)
_BY_PAGE: Final = MappingProxyType(
    {
        Page.COMPLETE: ("ok", "ok", _("Complete")),
        Page.WAITING: ("look", "look", _("Your editor is looking at it")),
        Page.SENT_BACK: ("fix", "pen", _("Please change something")),
        Page.INTENTION: ("plain", "clock", _("Nothing to do yet")),
    }
)


def situation_of(progress: Progress | None, page: Page) -> Situation:
    """Return the words for a progress and the page that is shown for it."""
    known = (_BY_PROGRESS.get(progress) if progress else None) or _BY_PAGE.get(page)
    if known is None:
        return Situation("live", "pen", gettext("Your turn: %(step)s") % {"step": STEP_NAME[page]})
    tone, icon, words = known
    return Situation(tone, icon, str(words))
