"""What verification says: facts for each signature, the findings, and one verdict. Words for people are elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum, StrEnum, unique
from typing import Self, cast


@unique
class Verdict(StrEnum):
    """The one answer. Only VALID is green."""

    #: Every signature is intact and trusted, and nothing was changed.
    VALID = "valid"
    #: Nothing is broken, but something is not proven (INDETERMINATE, ETSI EN 319 102-1, 5.1.3).
    NOT_PROVEN = "not_proven"
    #: A signature is broken, or the file was changed after it.
    INVALID = "invalid"
    #: A readable PDF without any signature.
    UNSIGNED = "unsigned"
    #: Not a PDF, encrypted, damaged, or too costly to read.
    NOT_READABLE = "not_readable"


@unique
class Finding(StrEnum):
    """A reason for a verdict that is not green, or a remark beside one that is."""

    NOT_A_PDF = "not_a_pdf"
    ENCRYPTED = "encrypted"
    #: The structure of the file does not hold together.
    DAMAGED = "damaged"
    #: The same, and there are traces of a signature: it was signed once and is not what was signed.
    SIGNED_BUT_DAMAGED = "signed_but_damaged"
    #: Reading it took more time or memory than any contract needs.
    TOO_COSTLY = "too_costly"
    NO_SIGNATURE = "no_signature"
    #: Something stands behind the end of the file.
    BYTES_AFTER_END = "bytes_after_end"
    #: The signed ranges are not the whole revision but for the signature itself (moved or invented /ByteRange).
    BYTE_RANGE = "byte_range"
    #: The signature's container is malformed, or its padding is not empty.
    CONTAINER = "container"
    #: The signed bytes are not those that were signed.
    DIGEST = "digest"
    #: The signature was not made with the certificate's key over these attributes.
    SIGNATURE_VALUE = "signature_value"
    #: Pages, fields or other content were changed after the signature.
    CHANGED_AFTER = "changed_after"
    #: A kind of signature that is not checked here, so that nothing can be said about it.
    UNKNOWN_KIND = "unknown_kind"
    #: The certificate does not lead to a configured root.
    UNKNOWN_AUTHORITY = "unknown_authority"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    #: SHA-1, MD5, RSA or DSA keys that are too short.
    WEAK_ALGORITHM = "weak_algorithm"
    #: The certificate is not meant for signing documents.
    WRONG_USAGE = "wrong_usage"
    #: The certificate chain is not proven for another reason, such as revocation data that is lacking.
    CHAIN_NOT_PROVEN = "chain_not_proven"
    #: A condition that the form sets for its signature is not met (seed values).
    FORM_CONDITION = "form_condition"
    #: A time-stamp is broken.
    TIME_STAMP_BROKEN = "time_stamp_broken"
    #: Remark: a time-stamp is intact, but its authority is not trusted; it proves no time.
    TIME_NOT_TRUSTED = "time_not_trusted"
    #: Remark: a time-stamp lies in the future; it proves no time.
    TIME_IN_FUTURE = "time_in_future"


@unique
class SignatureKind(StrEnum):
    """What a filled signature field holds."""

    SIGNATURE = "signature"
    TIME_STAMP = "time_stamp"
    UNKNOWN = "unknown"


@unique
class Change(IntEnum):
    """The most that happened to the file after a signature."""

    NOTHING = 0
    #: Validation data and document time-stamps only.
    PROOF = 1
    #: Also further signatures and form fields, where the signature allows it.
    FORM = 2
    #: Anything else.
    CONTENT = 3


@unique
class PadesLevel(StrEnum):
    """The level that the checks bear out (ETSI EN 319 142-1, 6)."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What is known of one signature or document time-stamp."""

    field: str
    kind: SignatureKind
    #: The signed bytes and the signature fit together.
    intact: bool = False
    #: The certificate leads to a configured root and was fit for this at the time.
    trusted: bool = False
    #: Nothing that the signature forbids was done to the file since.
    unmodified: bool = False
    changed_after: Change = Change.CONTENT
    covers_whole_file: bool = False
    signer: str = ""
    issuer: str = ""
    #: What the signer says (/M); proves nothing.
    claimed_time: datetime | None = None
    #: The earliest time before which a trusted authority proves that the signature existed.
    proven_time: datetime | None = None
    level: PadesLevel | None = None
    findings: tuple[Finding, ...] = ()

    @classmethod
    def from_dict(cls, facts: Mapping[str, object]) -> Self:
        """Read what `Report.as_dict` wrote; raises `ValueError`, `KeyError` or `TypeError` on anything else."""
        level = facts["level"]
        return cls(
            field=str(facts["field"]),
            kind=SignatureKind(str(facts["kind"])),
            intact=facts["intact"] is True,
            trusted=facts["trusted"] is True,
            unmodified=facts["unmodified"] is True,
            changed_after=Change[str(facts["changed_after"]).upper()],
            covers_whole_file=facts["covers_whole_file"] is True,
            signer=str(facts["signer"]),
            issuer=str(facts["issuer"]),
            claimed_time=_time(facts["claimed_time"]),
            proven_time=_time(facts["proven_time"]),
            level=None if level is None else PadesLevel(str(level)),
            findings=_findings(facts["findings"]),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The answer about one file."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    sha256: str
    size_bytes: int
    signatures: tuple[SignatureReport, ...] = ()

    @property
    def proven_time(self) -> datetime | None:
        """The time by which all signatures existed, proven by trusted authorities; None if one lacks its proof."""
        times = [one.proven_time for one in self.signatures if one.kind is SignatureKind.SIGNATURE]
        known = [time for time in times if time is not None]
        return max(known) if known and len(known) == len(times) else None

    def as_dict(self) -> dict[str, object]:
        """Return the report in JSON types; times are ISO 8601, enums their values."""
        return {
            "verdict": self.verdict.value,
            "findings": [one.value for one in self.findings],
            "sha256": self.sha256,
            "size_bytes": self.size_bytes,
            "proven_time": _iso(self.proven_time),
            "signatures": [_signature_dict(one) for one in self.signatures],
        }

    @classmethod
    def from_dict(cls, facts: Mapping[str, object]) -> Self:
        """Read what `as_dict` wrote; raises `ValueError`, `KeyError` or `TypeError` on anything else."""
        signatures = cast("Sequence[Mapping[str, object]]", facts["signatures"])
        return cls(
            verdict=Verdict(str(facts["verdict"])),
            findings=_findings(facts["findings"]),
            sha256=str(facts["sha256"]),
            size_bytes=int(str(facts["size_bytes"])),
            signatures=tuple(SignatureReport.from_dict(one) for one in signatures),
        )


def _signature_dict(one: SignatureReport) -> dict[str, object]:
    return asdict(one) | {
        "changed_after": one.changed_after.name.lower(),
        "claimed_time": _iso(one.claimed_time),
        "proven_time": _iso(one.proven_time),
        "findings": [finding.value for finding in one.findings],
    }


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _time(text: object) -> datetime | None:
    return None if text is None else datetime.fromisoformat(str(text))


def _findings(words: object) -> tuple[Finding, ...]:
    return tuple(Finding(str(word)) for word in cast("Sequence[object]", words))
