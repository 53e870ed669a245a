"""What can go wrong with sealed data. No error carries a value, a key or the reason why a seal did not open."""

from inkseal.core.errors import PermanentError, RetryableError


class SealedValueError(PermanentError):
    """This token does not open here: another subject, table or column, another key, or changed bytes; never which."""

    def __init__(self, *, table: str, column: str) -> None:
        super().__init__(table, column)
        self.table = table
        self.column = column


class KeyringError(PermanentError):
    """A key of the installation is absent or unusable: `setting` names where to put it, `key_id` which is missing."""

    def __init__(self, setting: str, *, key_id: str | None = None) -> None:
        super().__init__(setting, key_id)
        self.setting = setting
        self.key_id = key_id


class ErasedSubjectError(PermanentError):
    """The subject was erased: nothing of it opens any more, and nothing new is sealed for it."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


class UnknownSubjectError(PermanentError):
    """Nothing was ever sealed for this subject."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


class AlreadyRememberedError(PermanentError):
    """The same value is already remembered for another subject (a mailbox belongs to one author)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class UnknownFileError(PermanentError):
    """There is no such file, or it is somebody else's: the two answers are the same on purpose."""

    def __init__(self, file_id: int) -> None:
        super().__init__(file_id)
        self.file_id = file_id


class FileWriteError(RetryableError):
    """The storage did not keep what was written to it."""

    def __init__(self, file_id: int) -> None:
        super().__init__(file_id)
        self.file_id = file_id
