"""One book on its way through the product's own verbs: a minute passes at every act, the right person acts."""

import uuid
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from django.conf import settings
from PIL import Image

from inkseal import vault
from inkseal.catalog.models import Author, Book
from inkseal.contracts.access import author_actor
from inkseal.contracts.board import state_of
from inkseal.contracts.confirm import confirm
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Agreement, PictureKind, SendBackTo
from inkseal.contracts.finish_information import finish_information
from inkseal.contracts.hand_in import hand_in
from inkseal.contracts.models import (
    AuditReason,
    Contract,
    ContractControl,
    ContractPrint,
    Signing,
    SigningStep,
    UploadedPicture,
)
from inkseal.contracts.pages import gather, present_print, write_picture_lists
from inkseal.contracts.pass_audit import pass_audit
from inkseal.contracts.preview import preview
from inkseal.contracts.propose import propose
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.resume import resume
from inkseal.contracts.save_basic import save_basic
from inkseal.contracts.save_draft import save_draft
from inkseal.contracts.seal import seal_contract
from inkseal.contracts.send_back import NewFinding, send_back
from inkseal.contracts.states import State
from inkseal.contracts.submit import submit
from inkseal.core.actor import Actor, Role
from inkseal.documents.codes import PrintFacts, page_payload
from inkseal.documents.seal import SealedFile, seal
from inkseal.project.demo.people import staff_member
from inkseal.project.handlers import seal_key

TERMS: Final = {"share_ratio": "50", "currency": "USD", "term_years": "10", "words_per_month": "30000"}
BASIC: Final = {
    "nationality": "SG",
    "birthday": "1999-09-09",
    "is_alone": "1",
    "is_all_copyright": "1",
    "is_exclusive_sign": "1",
}
INFORMATION: Final = {
    "realname": "Alice Tan",
    "sex": "2",
    "cardtype": "1",
    "cardid": "E1204567K",
    "job": "Novelist",
    "email": "alice@example.org",
    "telpre": "+65",
    "mobile": "55500142",
    "address": "14 Example Walk, Singapore 000014",
    "zipcode": "000014",
    "whatsapp": "alice-tan-example",
    "contactname": "Charlie Tan",
    "contactmobile": "55500143",
    "bank_openname": "Alice Tan",
    "bank_account": "0012345673308",
    "bank": "Example Bank",
    "country": "SG",
    "swiftcode": "EXMPSGSG",
}


def staff(user: str, role: Role) -> Actor:
    """Return a member of staff acting in a role, whether it is his or not."""
    member = staff_member(user)
    return Actor(role, member.id, member.name)


def reason(number: int = 0) -> int:
    """Return the id of a configured reason; MariaDB does not count anew in each test."""
    return AuditReason.objects.order_by("id").values_list("id", flat=True)[number]


def a_request(body: object = None) -> Request:
    """Return one attempt under an id of its own."""
    return Request(uuid.uuid4().hex, body)


def a_picture() -> bytes:
    """Return a small grey JPEG."""
    out = BytesIO()
    Image.new("L", (124, 175), 200).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Sealing:
    """Puts the demo company's seal on a file; `uses` counts how often."""

    now: datetime
    uses: int = 0

    def __call__(self, pdf: bytes, number: str) -> SealedFile:
        self.uses += 1
        return seal(pdf, seal_key(), company="Northlight Press", contract_number=number, now=self.now)


@dataclass
class Journey:
    """One book and its people."""

    now: datetime
    book_id: int = 77
    author_id: int = 1001
    information: Mapping[str, str] = field(default_factory=lambda: INFORMATION)

    def tick(self) -> datetime:
        """Let a minute pass and return the time."""
        self.now += timedelta(minutes=1)
        return self.now

    @property
    def author(self) -> Actor:
        """Return the book's author."""
        return author_actor(Author.objects.get(id=self.author_id))

    @property
    def charlie(self) -> Actor:
        """Return the responsible editor."""
        return staff("charlie", Role.RESPONSIBLE_EDITOR)

    @property
    def bob(self) -> Actor:
        """Return the chief editor."""
        return staff("bob", Role.CHIEF_EDITOR)

    @property
    def dora(self) -> Actor:
        """Return the signing editor."""
        return staff("dora", Role.SIGNING_EDITOR)

    @property
    def revision(self) -> int:
        """Return what a page shown now carries."""
        return ContractControl.objects.get(book_id=self.book_id).revision

    @property
    def state(self) -> State:
        """Return where the contract stands."""
        return state_of(
            Book.objects.get(id=self.book_id),
            Contract.objects.filter(book_id=self.book_id).first(),
            SigningStep.objects.filter(book_id=self.book_id).first(),
            Signing.objects.filter(book_id=self.book_id).first(),
        )

    def propose(self, agreement: Agreement = Agreement.STANDARD_SHARE) -> Moved:
        """T1."""
        return propose(self.book_id, agreement, TERMS, actor=self.charlie, request=None, now=self.tick())

    def submit(self, *, agreement: Agreement | None = None) -> Moved:
        """T2."""
        return submit(
            self.book_id,
            revision=self.revision,
            note="Strong opening",
            agreement=agreement,
            actor=self.bob,
            request=None,
            now=self.tick(),
        )

    def declare(self, **changes: str) -> Moved:
        """T6."""
        return save_basic(self.book_id, {**BASIC, **changes}, actor=self.author, request=None, now=self.tick())

    def fill_in(self, **changes: str) -> Moved:
        """T7, draft and whole."""
        save_draft(self.book_id, {**self.information, **changes}, actor=self.author, now=self.tick())
        return finish_information(self.book_id, actor=self.author, request=None, now=self.tick())

    def confirm(self) -> Moved:
        """T8, T9."""
        shown = preview(self.book_id, actor=self.author, now=self.tick())
        return confirm(
            self.book_id,
            revision=shown.revision,
            content_hash=shown.content_hash,
            actor=self.author,
            request=None,
            now=self.tick(),
        )

    def present_print(self) -> ContractPrint:
        """Return the print of the last confirmation."""
        rows = find_draft(self.book_id)
        printed = present_print(self.book_id, rows.main.print_file) if rows else None
        assert printed is not None
        return printed

    def lay_pages(self, *, without: frozenset[int] = frozenset()) -> None:
        """Put pictures of every page and of the passport where T10 puts them, as if the child had read them.

        The codes are genuine; what a decoder does with a photograph is tested in test_upload.py.
        """
        printed = self.present_print()
        facts = PrintFacts(
            printed.contract_no, printed.revision, printed.page_count, printed.template_hash, printed.content_hash
        )
        key = b64decode(settings.PAGE_CODE_KEY)
        self.lay(PictureKind.CARD, 1)
        for page in range(1, printed.page_count + 1):
            if page not in without:
                self.lay(PictureKind.SIGNED, 0, page_payload(facts, page, key=key))
        rows = find_draft(self.book_id)
        gathered = gather(rows, minor=False) if rows else None
        assert rows is not None
        assert gathered is not None
        write_picture_lists(rows, gathered)
        rows.save()

    def lay(self, kind: PictureKind, sort: int, *codes: str) -> int:
        """Store one picture with its row and return its file id."""
        now = self.tick()
        subject = vault.author_subject(self.author_id)
        stored = vault.put_file(subject, a_picture(), media_type="image/jpeg", now=now)
        UploadedPicture.objects.create(
            file_id=stored.file_id,
            book_id=self.book_id,
            kind=kind,
            sort=sort,
            codes=list(codes),
            width=124,
            height=175,
            original_sha256="0" * 64,
            uploaded_at=now,
        )
        return stored.file_id

    def hand_in(self, request: Request | None = None) -> Moved:
        """T11."""
        return hand_in(self.book_id, revision=self.revision, actor=self.author, request=request, now=self.tick())

    def send_back(self, to: SendBackTo = SendBackTo.INFORMATION, *findings: NewFinding) -> Moved:
        """T14, T15."""
        return send_back(
            self.book_id,
            to,
            revision=self.revision,
            reason_id=0,
            reason="The name must match the passport.",
            findings=findings,
            actor=self.dora,
            request=None,
            now=self.tick(),
        )

    def resume(self) -> Moved:
        """T12."""
        return resume(self.book_id, actor=self.author, request=None, now=self.tick())

    def approve(self) -> Moved:
        """T13."""
        return pass_audit(
            self.book_id,
            revision=self.revision,
            signed_file_sha256=Signing.objects.get(book_id=self.book_id).signed_file_sha256,
            actor=self.dora,
            request=None,
            now=self.tick(),
        )

    def seal(self) -> Sealing:
        """T17 to T20."""
        sealing = Sealing(self.tick())
        seal_contract(self.book_id, sealer=sealing, key_fingerprint="f" * 64, now=self.now)
        return sealing

    def to_submitted(self) -> "Journey":
        """Go to C 5."""
        self.propose()
        self.submit()
        return self

    def to_information(self) -> "Journey":
        """Go to C 70, S 80."""
        self.to_submitted().declare()
        return self

    def to_preview(self) -> "Journey":
        """Go to C 70, S 90."""
        self.to_information().fill_in()
        return self

    def to_upload(self) -> "Journey":
        """Go to C 50, S 100."""
        self.to_preview().confirm()
        return self

    def to_audit(self) -> "Journey":
        """Go to C 80, S 50, O 0."""
        self.to_upload().lay_pages()
        self.hand_in()
        return self

    def to_approved(self) -> "Journey":
        """Go to C 90, O 1."""
        self.to_audit().approve()
        return self

    def correct_and_hand_in(self, **changes: str) -> Moved:
        """Walk from T14 to the next T11."""
        self.resume()
        self.fill_in(**changes)
        self.confirm()
        self.lay_pages()
        return self.hand_in()
