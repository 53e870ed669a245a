# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""The parts of a signature's container that no signature covers.

A CMS container (RFC 5652) is signed only in its attributes; versions, lists of algorithms, names and further
certificates may be altered without breaking it. Nothing that a reader sees depends on them, but a container that
disagrees with itself was altered, and no other container passes here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from asn1crypto import algos, cms, core, parser
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

_NULL: Final = b"\x05\x00"
_PARAMETER_FREE: Final = frozenset({"rsassa_pkcs1v15", "ecdsa", "ed25519", "ed448"})


def is_consistent(contents: bytes, message: cms.ContentInfo, roots: Sequence[asn1_x509.Certificate]) -> bool:
    """Say whether a container agrees with itself.

    `contents`: the whole /Contents string; `message`: the same, parsed. Raises `ValueError` on malformed parts.
    """
    return _is_tight(contents) and all(
        _has_right_versions(data) and _has_right_algorithms(data) and _has_whole_certificates(data, roots)
        for data in _signed_data_in(message)
    )


def _signed_data_in(message: cms.ContentInfo) -> Iterator[cms.SignedData]:
    """Yield the container's signed data and that of every time-stamp inside it."""
    data = message["content"]
    yield data
    if data["encap_content_info"]["content_type"].native == "data":
        yield from extract_tst_data_iter(data["signer_infos"][0], signed=False)


def _is_tight(contents: bytes) -> bool:
    """Say whether ContentInfo holds exactly a type and a content: a longer length would swallow the padding."""
    content = parser.parse(contents)[4]
    kind_length: int = parser.peek(content)
    return bool(kind_length + parser.peek(content[kind_length:]) == len(content))


def _has_right_versions(data: cms.SignedData) -> bool:
    """Compare the versions with those of RFC 5652, 5.1 and 5.3."""
    choices = {one.name for one in _certificates_field(data)}
    signer = data["signer_infos"][0]
    by_name = signer["sid"].name == "issuer_and_serial_number"
    plain = data["encap_content_info"]["content_type"].native == "data" and by_name
    expected = "v5" if "other" in choices else "v4" if "v2_attr_cert" in choices else "v1" if plain else "v3"
    found = (data["version"].native, signer["version"].native)
    return bool(found == (expected, "v1" if by_name else "v3"))


def _has_right_algorithms(data: cms.SignedData) -> bool:
    signer = data["signer_infos"][0]
    digests = [*data["digest_algorithms"], signer["digest_algorithm"]]
    listed = {one["algorithm"].native for one in data["digest_algorithms"]}
    mechanism = signer["signature_algorithm"]
    plain = mechanism.signature_algo not in _PARAMETER_FREE or _has_no_parameters(mechanism)
    return digests[-1]["algorithm"].native in listed and plain and all(map(_has_no_parameters, digests))


def _has_no_parameters(algorithm: algos.DigestAlgorithm | algos.SignedDigestAlgorithm) -> bool:
    parameters: core.Asn1Value = algorithm["parameters"]
    return parameters.dump() in {b"", _NULL}


def _has_whole_certificates(data: cms.SignedData, roots: Iterable[asn1_x509.Certificate]) -> bool:
    """Say whether every certificate is signed by the one above it, where that one is known."""
    fields = [one.chosen for one in _certificates_field(data) if one.name == "certificate"]
    mine = [x509.load_der_x509_certificate(one.dump()) for one in fields]
    anchors = [x509.load_der_x509_certificate(one.dump()) for one in roots]
    return _names_its_signer(data, mine) and all(_is_whole(one, mine, anchors) for one in mine)


def _names_its_signer(data: cms.SignedData, certificates: Iterable[x509.Certificate]) -> bool:
    """Compare the signer's issuer byte for byte: pyHanko overlooks the case of letters."""
    signer = data["signer_infos"][0]["sid"]
    if signer.name != "issuer_and_serial_number":
        return True
    issuer, serial = signer.chosen["issuer"].dump(), signer.chosen["serial_number"].native
    return any(one.issuer.public_bytes() == issuer and one.serial_number == serial for one in certificates)


def _is_whole(
    certificate: x509.Certificate, beside: Iterable[x509.Certificate], anchors: Iterable[x509.Certificate]
) -> bool:
    """Say whether one of those that seem to be its issuer has signed it.

    A root is recognised by its key alone: another one of the same name is a stranger, not a sign of alteration.
    """
    key = _key_identifier(certificate, x509.AuthorityKeyIdentifier)
    by_key = [
        one for one in (*beside, *anchors) if key is not None and key == _key_identifier(one, x509.SubjectKeyIdentifier)
    ]
    issuers = [*by_key, *(one for one in beside if one.subject == certificate.issuer)]
    return not issuers or any(_has_signed(one, certificate) for one in issuers)


def _has_signed(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _key_identifier(
    certificate: x509.Certificate, kind: type[x509.AuthorityKeyIdentifier] | type[x509.SubjectKeyIdentifier]
) -> bytes | None:
    try:
        value = certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
    return value.key_identifier


def _certificates_field(data: cms.SignedData) -> list[Any]:
    field = data["certificates"]
    return [] if field is core.VOID or isinstance(field, core.Void) else list(field)
