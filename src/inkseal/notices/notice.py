"""What one message is about, read when it is sent: the effect names the book and the reason, nothing personal."""

from dataclasses import dataclass
from functools import cached_property

from inkseal.catalog.models import AuthorAccount, Book
from inkseal.contracts.enums import SendReason
from inkseal.notices.wording import Letter
from inkseal.notices.write import write_letter
from inkseal.outbox import Effect

LANGUAGE_WITHOUT_ACCOUNT = "en"


@dataclass(frozen=True)
class Notice:
    """One message of one effect."""

    key: str
    book: Book
    reason: SendReason
    sender: str
    #: None when the author cannot be reached by e-mail.
    account: AuthorAccount | None

    @cached_property
    def letter(self) -> Letter:
        """Return subject and text in the author's language."""
        language = self.account.language if self.account else LANGUAGE_WITHOUT_ACCOUNT
        return write_letter(self.reason, self.book, language)


def read_notice(effect: Effect) -> Notice:
    """Return what `effect` is to tell, and to whom."""
    book = Book.objects.select_related("author").get(id=int(str(effect.payload["cbid"])))
    return Notice(
        effect.key,
        book,
        SendReason(int(str(effect.payload["reason"]))),
        str(effect.payload["sender"]),
        AuthorAccount.objects.filter(author_id=book.author_id).first(),
    )
