"""The tables of the workflow (contracts-1). Column names are the original's; `docs/glossary.md` pairs them."""

from inkseal.contracts.models.audit import AuditEntry, AuditFinding, AuditReason
from inkseal.contracts.models.files import ContractPrint, SealUse, UploadedPicture
from inkseal.contracts.models.progress import (
    Contract,
    ContractControl,
    ContractLog,
    ContractRequest,
    Proposal,
)
from inkseal.contracts.models.signing import (
    Signing,
    SigningDraft,
    SigningDraftExtra,
    SigningExtra,
    SigningResult,
    SigningResultExtra,
)
from inkseal.contracts.models.step import RenameLock, SigningStep
from inkseal.contracts.models.templates import AgreementType, TemplateChoice, TemplateVersion

__all__ = [
    "AgreementType",
    "AuditEntry",
    "AuditFinding",
    "AuditReason",
    "Contract",
    "ContractControl",
    "ContractLog",
    "ContractPrint",
    "ContractRequest",
    "Proposal",
    "RenameLock",
    "SealUse",
    "Signing",
    "SigningDraft",
    "SigningDraftExtra",
    "SigningExtra",
    "SigningResult",
    "SigningResultExtra",
    "SigningStep",
    "TemplateChoice",
    "TemplateVersion",
    "UploadedPicture",
]
