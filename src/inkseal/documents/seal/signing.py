# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""The two revisions that make a seal: the signature, and the document time-stamp that closes it."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    enumerate_sig_fields,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfTimeStamper
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from inkseal.core.failpoint import failpoint
from inkseal.documents.seal.errors import TimeStampError, TimeStampFault
from inkseal.documents.seal.mark import SealAppearance
from inkseal.documents.seal.place import SealPlace
from inkseal.documents.seal.signer import KeySigner, SealSigner, SealWriter
from inkseal.documents.seal.stamper import HttpTimeStamper
from inkseal.documents.validate.trust import collecting_context

_DIGEST: Final = "sha256"
_SEAL_FIELD: Final = "Seal"
_TIME_FIELD: Final = "SealTime"
#: The certificates and revocation data go into the signed revision itself, so that the time-stamp is the last.
_STORE: Final = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
_STORE_BEFORE_TIME: Final = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


@dataclass(frozen=True)
class SealRequest:
    """Who signs, when, and what proves the time. `roots` empty: the time-stamp is taken unchecked."""

    signer: KeySigner
    now: datetime
    stamper: HttpTimeStamper | None
    roots: tuple[x509.Certificate, ...]


def signed_fields(reader: PdfFileReader) -> int:
    """Return how many signature fields are filled, whatever their kind."""
    return sum(1 for _ in enumerate_sig_fields(reader, filled_status=True))


def is_locked(reader: PdfFileReader) -> bool:
    """Say whether an earlier signature allows no later one (DocMDP permission 1)."""
    return any(one.docmdp_level == MDPPerm.NO_CHANGES for one in reader.embedded_signatures)


async def sign(writer: SealWriter, request: SealRequest, *, place: SealPlace, appearance: SealAppearance) -> bytes:
    """Return the file with the signature, and with the validation data where roots are configured."""
    context = collecting_context(request.roots, request.now) if request.stamper and request.roots else None
    try:
        session = _session(writer, request, context=context, place=place, appearance=appearance)
        return await _finish(session, writer, request)
    except (SigningError, PathError, ValidationError) as err:
        if context is None:
            raise
        raise _not_trusted(request) from err
    finally:
        if context is not None:
            await context.aclose()


async def add_time_stamp(writer: SealWriter, request: SealRequest) -> bytes:
    """Return the file with a document time-stamp over all of it (PAdES B-LTA)."""
    if request.stamper is None:
        raise _not_trusted(request)
    failpoint("seal-before-time-stamp")
    context = collecting_context(request.roots, request.now)
    output = BytesIO()
    stamper = PdfTimeStamper(request.stamper, field_name=_free_name(_TIME_FIELD, writer.prev))
    try:
        await stamper.async_timestamp_pdf(
            writer,
            _DIGEST,
            validation_context=context,
            output=output,
            dss_settings=_STORE_BEFORE_TIME,
            embed_roots=False,
        )
    except (SigningError, PathError, ValidationError) as err:
        raise _not_trusted(request) from err
    finally:
        await context.aclose()
    return output.getvalue()


def _session(
    writer: SealWriter,
    request: SealRequest,
    *,
    context: ValidationContext | None,
    place: SealPlace,
    appearance: SealAppearance,
) -> PdfSigningSession:
    name = _free_name(_SEAL_FIELD, writer.prev)
    metadata = PdfSignatureMetadata(
        field_name=name,
        md_algorithm=_DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        # Only the first signature of a file can certify it (ISO 32000-1, 12.8.2.2.1).
        certify=signed_fields(writer.prev) == 0,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        embed_validation_info=context is not None,
        validation_context=context,
        dss_settings=_STORE,
    )
    field = SigFieldSpec(
        name,
        on_page=place.page - 1,
        box=place.box,  # type: ignore[arg-type]  # pyHanko takes fractions of points, its annotation does not
        field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL),
        doc_mdp_update_value=MDPPerm.NO_CHANGES,
        readable_field_name=appearance.words,
    )
    signer = SealSigner(
        metadata,
        request.signer,
        timestamper=request.stamper,
        stamp_style=appearance,  # type: ignore[arg-type]  # of a style only create_stamp is used
        new_field_spec=field,
    )
    session = signer.init_signing_session(writer)
    session.system_time = request.now
    return session


async def _finish(session: PdfSigningSession, writer: SealWriter, request: SealRequest) -> bytes:
    known = await session.perform_presign_validation(writer)
    size = await session.estimate_signature_container_size(known)
    document = session.prepare_tbs_document(known, bytes_reserved=size)
    output = BytesIO()
    digest, _ = document.digest_tbs_document(output=output)
    failpoint("seal-before-signature")
    attributes = PdfCMSSignedAttributes(signing_time=request.now)
    await document.perform_signature(digest.document_digest, attributes)
    return output.getvalue()


def _free_name(wanted: str, reader: PdfFileReader) -> str:
    taken = {name for name, _, _ in enumerate_sig_fields(reader)}
    names = (wanted if number == 1 else f"{wanted}{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _not_trusted(request: SealRequest) -> TimeStampError:
    return TimeStampError(TimeStampFault.NOT_TRUSTED, request.stamper.url if request.stamper else "")
