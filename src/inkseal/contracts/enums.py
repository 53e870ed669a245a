"""The enumerations of contracts-1, section C2. Values are those of the existing systems."""

from enum import IntEnum, StrEnum, unique
from types import MappingProxyType
from typing import Final

#: Book.sign_type: signed through the overseas online contract (E22).
SIGNED_ONLINE: Final = 249


@unique
class Agreement(IntEnum):
    """Agreement type, dagreement and ctype (E1)."""

    NONE = -1
    STANDARD_SHARE = 1
    STANDARD_BUYOUT = 2
    CONTEST_SHARE = 3
    CONTEST_BUYOUT = 4
    X_SIGN_NEW = 5
    X_SIGN_TRANSFER = 6
    OFFLINE = 7
    #: Its former value was 3.
    BUYOUT_ON_LISTING = 8
    UNKNOWN = 10


@unique
class Progress(IntEnum):
    """Signing progress, novelscontract.contract and scontractlog.contract (E2)."""

    NOT_STARTED = -1
    SUSPENDED = 1
    ABANDONED = 4
    CHIEF_SUBMITTED = 5
    CONTACT_STARTED = 10
    UNREACHABLE = 15
    NEGOTIATING = 20
    AGREED = 30
    COMPLETE = 40
    #: Set when the author confirms the preview (T9, AMB-6).
    INFORMATION_CONFIRMED = 50
    SITE_TRANSFER = 60
    SIGNING_STARTED = 70
    UPLOADED = 80
    AUDITED = 90
    #: Sent back: only the signed pages must come again (I-1).
    SENT_BACK_PAGES = 100
    #: Sent back: the information must be filled in again (I-1).
    SENT_BACK_INFORMATION = 110


#: scontractlog.contractname, at most 20 characters (E2).
PROGRESS_NAME: Final = MappingProxyType(
    {
        Progress.NOT_STARTED: "Not started",
        Progress.SUSPENDED: "Suspended",
        Progress.ABANDONED: "Abandoned",
        Progress.CHIEF_SUBMITTED: "Chief submitted",
        Progress.CONTACT_STARTED: "Contact started",
        Progress.UNREACHABLE: "Unreachable",
        Progress.NEGOTIATING: "Negotiating",
        Progress.AGREED: "Agreed, await post",
        Progress.COMPLETE: "Signing complete",
        Progress.INFORMATION_CONFIRMED: "Author info done",
        Progress.SITE_TRANSFER: "Site transfer check",
        Progress.SIGNING_STARTED: "Signing started",
        Progress.UPLOADED: "Contract uploaded",
        Progress.AUDITED: "Audit complete",
        Progress.SENT_BACK_PAGES: "Re-upload contract",
        Progress.SENT_BACK_INFORMATION: "Re-fill information",
    }
)


@unique
class Page(IntEnum):
    """The page the author resumes at, signonlinestep.step (E12); domestic pages keep their numbers."""

    INTENTION = 0
    COPYRIGHT = 10
    REFUSED = 11
    INSTRUCTIONS = 20
    NOT_MAINLAND = 21
    COPYRIGHT_ABNORMAL = 22
    DOMESTIC_INFORMATION = 30
    DOMESTIC_SAVED = 40
    WAITING = 50
    COMPLETE = 60
    BASIC = 70
    INFORMATION = 80
    PREVIEW = 90
    UPLOAD = 100
    SENT_BACK = 110


@unique
class RefuseCause(IntEnum):
    """Why an author does not sign, signonlinestep.refuse_cause (E13)."""

    SIGNED_ELSEWHERE = 1
    NO_TIME = 2
    PRACTISING = 3
    OTHER = 4


#: How scontractlog.note words them.
REFUSE_CAUSE_NAME: Final = MappingProxyType(
    {
        RefuseCause.SIGNED_ELSEWHERE: "Already signed elsewhere",
        RefuseCause.NO_TIME: "No time to keep updating",
        RefuseCause.PRACTISING: "Only practising",
        RefuseCause.OTHER: "Other",
    }
)


@unique
class Review(IntEnum):
    """signonline.status and signonline_result.status (E3)."""

    WAITING = 0
    PASSED = 1
    REFUSED = 2
    #: The contract sync is complete: the only literal value of the original.
    SYNCED = 3


@unique
class CardType(IntEnum):
    """Kind of identity document (E4, AMB-18)."""

    ID_CARD = 0
    PASSPORT = 1
    MILITARY = 2
    STUDENT = 3
    OTHER = 4
    DRIVING_LICENCE = 5


@unique
class Source(IntEnum):
    """Where a signing row came from (E8)."""

    DOMESTIC = 1
    OVERSEAS = 2


@unique
class AuditResult(IntEnum):
    """signonlineauditlog.status (E9)."""

    PASSED = 1
    REFUSED = 2


@unique
class SendReason(IntEnum):
    """Why an author is written to (E5)."""

    CHIEF_SUBMITTED = 1
    AUDIT_REFUSED = 2
    SIGNING_COMPLETE = 3
    PROMPT_INFORMATION = 4
    PROMPT_UPLOAD = 5


@unique
class Validity(IntEnum):
    """Valid flags of configuration tables (E15)."""

    INVALID = -1
    VALID = 1


@unique
class Site(IntEnum):
    """signonlineconfig.site (E11)."""

    CHUANGSHI = 1
    YUNQI = 2
    QIDIAN_GIRLS = 3
    OTHER = 4
    QIDIAN_BOYS = 5
    THIRD_PARTY = 6
    QIDIAN_LITERATURE = 9
    OVERSEAS = 10
    XIAOSHUO_YUEDU = 21
    XIAOXIANG = 22
    HONGXIU = 23
    YANQING = 24


@unique
class SignWay(IntEnum):
    """How the author signs (contracts-2, C3.8)."""

    PAPER = 1
    ONLINE = 2


@unique
class RenameLockValue(IntEnum):
    """author_signonline_pennamelock.change_penname (E17)."""

    LOCKED = -1
    OPEN = 1


@unique
class PictureKind(StrEnum):
    """What an uploaded picture shows (contracts-4, A6)."""

    SIGNED = "signed"
    CARD = "card"
    GUARDIAN_CARD = "guarder_card"


@unique
class SendBackTo(StrEnum):
    """What the auditor asks the author to do again (AMB-9)."""

    INFORMATION = "info"
    PAGES = "contract"
