"""The straight path as its people walk it, one function per act; every act goes through the product's own verbs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from inkseal.catalog.models import Author
from inkseal.contracts.access import acting_as, author_actor
from inkseal.contracts.author_view import author_contract
from inkseal.contracts.confirm import confirm
from inkseal.contracts.desk_view import audit_case
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Agreement, PictureKind, SendBackTo
from inkseal.contracts.files import read_print
from inkseal.contracts.finish_information import finish_information
from inkseal.contracts.hand_in import hand_in
from inkseal.contracts.models import ContractControl
from inkseal.contracts.pages import present_print
from inkseal.contracts.pass_audit import pass_audit
from inkseal.contracts.preview import preview
from inkseal.contracts.propose import propose
from inkseal.contracts.resume import resume
from inkseal.contracts.save_basic import save_basic
from inkseal.contracts.save_draft import save_draft
from inkseal.contracts.send_back import NewFinding, send_back
from inkseal.contracts.submit import submit
from inkseal.contracts.upload_picture import upload_picture
from inkseal.core.actor import Actor, Role
from inkseal.core.errors import PermanentError
from inkseal.documents.demo_photos import identity_document, photograph_pages
from inkseal.documents.typeset import Place
from inkseal.project.clock import database_now
from inkseal.project.demo.people import staff_member

TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {"share_ratio": "50", "currency": "USD", "term_years": "10", "words_per_month": "30000"}
)
BASIC: Final[Mapping[str, str]] = MappingProxyType(
    {"nationality": "SG", "birthday": "1999-09-09", "is_alone": "1", "is_all_copyright": "1", "is_exclusive_sign": "1"}
)
INFORMATION: Final[Mapping[str, str]] = MappingProxyType(
    {
        "realname": "Alice Tan",
        "sex": "2",
        "cardtype": "1",
        "cardid": "E1204567K",
        "job": "Novelist",
        "email": "alice@example.org",
        "telpre": "+65",
        "mobile": "55500142",
        "address": "14 Example Walk, #03-02, Singapore 000014",
        "zipcode": "000014",
        "whatsapp": "alice-tan-example",
        "contactname": "Charlie Tan",
        "contacttelpre": "+65",
        "contactmobile": "55500143",
        "bank_openname": "Alice Tan",
        "bank_account": "0012345673308",
        "bank": "Example Bank",
        "bank_info": "Harbour Branch",
        "bank_address": "2 Example Quay, Singapore 000002",
        "country": "SG",
        "swiftcode": "EXMPSGSG",
        "user_address": "14 Example Walk, #03-02, Singapore 000014",
    }
)


class DemoFailedError(PermanentError):
    """A step of the demonstration did not hold; `fact` says which."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Story:
    """One book on its way; `information` is what its author writes."""

    book_id: int
    author_id: int
    information: Mapping[str, str] = field(default_factory=lambda: INFORMATION, repr=False)
    seed: int = 1

    @property
    def author(self) -> Actor:
        """Return the author as an actor."""
        return author_actor(Author.objects.get(id=self.author_id))

    @property
    def revision(self) -> int:
        """Return the revision that a page shown now would carry."""
        return ContractControl.objects.get(book_id=self.book_id).revision

    def propose(self) -> None:
        """T1 by Charlie."""
        charlie = acting_as(staff_member("charlie"), Role.RESPONSIBLE_EDITOR)
        propose(self.book_id, Agreement.STANDARD_SHARE, TERMS, actor=charlie, request=None, now=database_now())

    def submit(self) -> None:
        """T2 by Bob; a tracker is found and message 1 queued."""
        bob = acting_as(staff_member("bob"), Role.CHIEF_EDITOR)
        submit(
            self.book_id,
            revision=self.revision,
            note="Strong opening, steady updates",
            actor=bob,
            request=None,
            now=database_now(),
        )

    def declare(self) -> None:
        """T6: the author's declarations."""
        save_basic(self.book_id, BASIC, actor=self.author, request=None, now=database_now())

    def fill_in(self, changes: Mapping[str, str] | None = None) -> None:
        """T7: the form, saved as a draft and then finished."""
        now = database_now()
        save_draft(self.book_id, {**self.information, **(changes or {})}, actor=self.author, now=now)
        finish_information(self.book_id, actor=self.author, request=None, now=now)

    def confirm(self) -> None:
        """T8, T9: the preview is looked at and confirmed."""
        now = database_now()
        shown = preview(self.book_id, actor=self.author, now=now)
        confirm(
            self.book_id,
            revision=shown.revision,
            content_hash=shown.content_hash,
            actor=self.author,
            request=None,
            now=now,
        )

    def photograph(self) -> list[bytes]:
        """Return the signed pages as a phone takes them, from the real print."""
        rows = find_draft(self.book_id)
        printed = present_print(self.book_id, rows.main.print_file) if rows else None
        if printed is None:
            raise DemoFailedError("the print file is not there")
        places = [Place(**place) for place in printed.places]
        name = self.information["realname"]
        pdf = read_print(self.book_id, actor=self.author)
        return photograph_pages(pdf, places, signer_name=name, seed=self.seed, signed_on=database_now().date())

    def upload(self, pages: Iterable[bytes]) -> None:
        """T10: the identity document and the pages, in any order."""
        holder, number = self.information["realname"], self.information["cardid"]
        born = date.fromisoformat(BASIC["birthday"])
        document = identity_document(holder, number, birthday=born, seed=self.seed)
        upload_picture(self.book_id, PictureKind.CARD, document, sort=1, actor=self.author, now=database_now())
        for page in pages:
            upload_picture(self.book_id, PictureKind.SIGNED, page, actor=self.author, now=database_now())

    def hand_in(self) -> None:
        """T11: everything is there, and goes to the auditor."""
        now = database_now()
        shown = author_contract(self.book_id, actor=self.author, now=now)
        if shown.missing or shown.odd_pictures:
            odd = [picture.reason for picture in shown.odd_pictures]
            raise DemoFailedError(f"the scan check did not pass: missing {shown.missing}, odd {odd}")
        hand_in(self.book_id, revision=shown.revision, actor=self.author, request=None, now=now)

    def send_back(self) -> None:
        """T14 by Dora: the name is not as on the document."""
        now = database_now()
        dora = acting_as(staff_member("dora"), Role.SIGNING_EDITOR)
        case = audit_case(self.book_id, actor=dora, now=now)
        reason = case.reasons[0]
        send_back(
            self.book_id,
            SendBackTo.INFORMATION,
            revision=case.contract.revision,
            reason_id=reason.id,
            reason="Thank you. Nearly there: the name must match your passport so that the bank accepts it.",
            findings=[NewFinding("realname", reason.id, "Your passport shows the family name too. Please write both.")],
            actor=dora,
            request=None,
            now=now,
        )

    def resume(self) -> None:
        """T12: the author goes on with what was sent back."""
        resume(self.book_id, actor=self.author, request=None, now=database_now())

    def approve(self) -> None:
        """T13 by Dora: exactly the file that was shown."""
        now = database_now()
        dora = acting_as(staff_member("dora"), Role.SIGNING_EDITOR)
        case = audit_case(self.book_id, actor=dora, now=now)
        pass_audit(
            self.book_id,
            revision=case.contract.revision,
            signed_file_sha256=case.signed_file_sha256,
            actor=dora,
            request=None,
            now=now,
        )
