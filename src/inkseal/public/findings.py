"""A sentence for each finding of the verification."""

from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from inkseal.documents.validate import Finding

FINDINGS: Final = MappingProxyType(
    {
        Finding.NOT_A_PDF: _("It is not a PDF."),
        Finding.ENCRYPTED: _("It is locked with a password."),
        Finding.DAMAGED: _("The file is damaged; parts of it do not fit together."),
        Finding.SIGNED_BUT_DAMAGED: _("It was signed once and has been damaged since."),
        Finding.TOO_COSTLY: _("Reading it takes more time or room than any contract needs."),
        Finding.NO_SIGNATURE: _("There is no signature in it."),
        Finding.BYTES_AFTER_END: _("Something was put behind the end of the file."),
        Finding.BYTE_RANGE: _("A signature does not cover what it should."),
        Finding.CONTAINER: _("A signature is malformed."),
        Finding.DIGEST: _("What was signed has been changed since."),
        Finding.SIGNATURE_VALUE: _("A signature was not made with the key that it names."),
        Finding.CHANGED_AFTER: _("Pages or fields were changed after the signature."),
        Finding.UNKNOWN_KIND: _("A signature is of a kind that is not checked here."),
        Finding.UNKNOWN_AUTHORITY: _("Nobody whom we trust stands behind the signer’s certificate."),
        Finding.EXPIRED: _("The signer’s certificate had expired."),
        Finding.NOT_YET_VALID: _("The signer’s certificate was not valid yet."),
        Finding.REVOKED: _("The signer’s certificate was revoked."),
        Finding.WEAK_ALGORITHM: _("A signature uses a method that is no longer safe."),
        Finding.WRONG_USAGE: _("The signer’s certificate is not meant for documents."),
        Finding.CHAIN_NOT_PROVEN: _("It is not proven that the signer’s certificate was valid."),
        Finding.FORM_CONDITION: _("A condition that the form sets for its signature is not met."),
        Finding.TIME_STAMP_BROKEN: _("A time stamp is broken."),
        Finding.TIME_NOT_TRUSTED: _("A time stamp comes from an office that we do not know; it proves no time."),
        Finding.TIME_IN_FUTURE: _("A time stamp lies in the future; it proves no time."),
    }
)
