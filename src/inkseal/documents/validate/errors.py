"""What can go wrong with the question; what is wrong with a file is an answer, not an error."""

from inkseal.core.errors import PermanentError


class TrustRootsError(PermanentError):
    """The roots are not certificates in PEM form."""
