"""The one root of all errors, and the only question that decides what happens next: may it be tried again?

An error keeps the facts it was made with as attributes; the sentence a person reads is made at the face.
"""


class InksealError(Exception):
    """Root of every error that Inkseal raises on purpose."""


class RetryableError(InksealError):
    """The same call may succeed later: a server was away, a lock was held."""


class PermanentError(InksealError):
    """The same call will fail again until somebody changes something."""
