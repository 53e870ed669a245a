# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""Whom Inkseal believes: the configured roots and nobody else, sound algorithms, revocation wherever it is declared.

A certificate that names no revocation source cannot be asked about and passes (the demo PKI has none); one that names
a source and brings no answer is not proven. Nothing is fetched here: verifying needs no network.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from asn1crypto import pem, x509
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import (
    USE_DEFAULT_FETCHERS,
    CertValidationPolicySpec,
    bootstrap_validation_data_handlers,
)
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from inkseal.documents.validate.errors import TrustRootsError

#: A seal commits to content (RFC 5280, 4.2.1.3, bit 1).
SEAL_USAGE: Final = KeyUsageConstraints(key_usage={"non_repudiation"})
#: id-kp-documentSigning (RFC 9336), and the purposes that document signers carried before it existed.
_DOCUMENT_PURPOSES: Final = frozenset(
    {
        "1.3.6.1.5.5.7.3.36",
        "any_extended_key_usage",
        "email_protection",
        "microsoft_document_signing",
        "adobe_authentic_documents_trust",
    }
)
_IF_DECLARED: Final = RevocationCheckingPolicy(
    ee_certificate_rule=RevocationCheckingRule.CHECK_IF_DECLARED,
    intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED,
)


def read_roots(roots: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM bundle; raises `TrustRootsError` when there are none or one is broken."""
    try:
        found = [x509.Certificate.load(der, strict=True) for _, _, der in pem.unarmor(roots, multiple=True)]
        for certificate in found:
            _ = certificate.native
    except (ValueError, TypeError) as err:
        raise TrustRootsError from err
    return found


def is_for_documents(certificate: x509.Certificate) -> bool:
    """Say whether the certificate names no purpose, or a document's among them.

    pyHanko 0.38 forgets `explicit_extd_key_usage_required` on its way, so it is not asked.
    """
    purposes = certificate.extended_key_usage_value
    return purposes is None or not _DOCUMENT_PURPOSES.isdisjoint(purposes.native)


def certificate_policy(roots: Sequence[x509.Certificate]) -> CertValidationPolicySpec:
    """Return the policy under which certificate chains are judged."""
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=list(roots)),
        revinfo_policy=CertRevTrustPolicy(_IF_DECLARED),
        algorithm_usage_policy=DisallowWeakAlgorithmsPolicy(),
    )


def context_arguments(roots: Sequence[x509.Certificate], now: datetime) -> dict[str, Any]:
    """Return the arguments of a `ValidationContext` that judges chains as of `now` from what it is given alone."""
    return {
        "trust_roots": list(roots),
        "moment": now,
        "allow_fetching": False,
        "crls": [],
        "ocsps": [],
        "revinfo_policy": CertRevTrustPolicy(_IF_DECLARED),
        "algorithm_usage_policy": DisallowWeakAlgorithmsPolicy(),
    }


def collecting_context(roots: Sequence[x509.Certificate], now: datetime) -> ValidationContext:
    """Return a context for sealing: it fetches the revocation data that certificates name, to be kept in the file.

    It opens a network session of its own: `await context.aclose()` at the end.
    """
    handlers = bootstrap_validation_data_handlers(fetchers=USE_DEFAULT_FETCHERS)
    return certificate_policy(roots).build_validation_context(_at(now), handlers)


def _at(now: datetime) -> ValidationTimingInfo:
    return ValidationTimingInfo(validation_time=now, best_signature_time=now, point_in_time_validation=False)
