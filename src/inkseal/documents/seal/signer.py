# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""The parts of pyHanko that a seal needs otherwise than pyHanko does them."""

import hashlib
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.signers import PdfSigner, Signer
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko_certvalidator.registry import SimpleCertificateStore

from inkseal.documents.seal.key import SealKey


class KeySigner(Signer):
    """Signs with a `SealKey`. The root is left out: whoever verifies has his own."""

    def __init__(self, key: SealKey) -> None:
        registry = SimpleCertificateStore()
        registry.register_multiple(x509.Certificate.load(one) for one in key.chain)
        super().__init__(signing_cert=x509.Certificate.load(key.certificate), cert_registry=registry, embed_roots=False)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's signature
        """Sign; a dry run (to learn the length) must not use the key, every use of which is on record."""
        if digest_algorithm != "sha256":
            raise NotImplementedError(digest_algorithm)
        return self._longest_signature() if dry_run else self.key.sign(data)

    def _longest_signature(self) -> bytes:
        public_key = x509.Certificate.load(self.key.certificate).public_key
        length = (public_key.bit_size + 7) // 8
        # ECDSA: two integers of that length with sign byte, tag and length each, in a sequence (RFC 3279, 2.2.3).
        return bytes(length if public_key.algorithm == "rsa" else 2 * (length + 3) + 3)


class SealSigner(PdfSigner):
    """A PDF signer that leaves the file's version alone.

    pyHanko raises it to PDF 2.0 for ECDSA keys (ISO/TS 32002), which a PDF/A-2 file must not be.
    """

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:  # noqa: ARG002 - pyHanko's signature
        """Announce PAdES (ETSI EN 319 142-1, 6.1) and nothing else."""
        pdf_out.ensure_output_version(version=(1, 7))
        pdf_out.register_extension(ESIC_EXTENSION_1)


class SealWriter(IncrementalPdfFileWriter):
    """An incremental update whose bytes follow from the input and `now` alone, and that leaves the metadata alone.

    A seal changes nothing of the document; a new /ModDate would only have to be kept equal in /Info and XMP
    (ISO 19005-2, 6.6.2.3) and would be taken from the machine's clock.
    """

    def __init__(self, pdf: bytes, now: datetime) -> None:
        super().__init__(BytesIO(pdf))
        digest = hashlib.sha256(hashlib.sha256(pdf).digest() + now.isoformat().encode()).digest()
        first = self._document_id[0] if "/ID" in self.prev.trailer else generic.ByteStringObject(digest[16:])
        self._document_id = generic.ArrayObject([first, generic.ByteStringObject(digest[:16])])

    def _update_meta(self) -> None:
        pass
