"""The invented people, books and configuration that the demonstration works with."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from inkseal import ids, vault
from inkseal.catalog.models import (
    Author,
    AuthorAccount,
    Book,
    EditorGroup,
    SealWay,
    SigningCompany,
    Staff,
    TrackerSetting,
)
from inkseal.contracts.enums import Agreement, Site, Validity
from inkseal.contracts.models import AgreementType, TemplateChoice, TemplateVersion
from inkseal.core.actor import Role
from inkseal.documents.demo_pki import DemoPkiExistsError, init_demo_pki
from inkseal.project.demo.reasons import write_reasons

PASSWORD: Final = "inkseal-demo-2026"  # noqa: S105  # printed by `make run`; demo mode only
#: The original has one text for all languages (C1.10); its tag is replaced by the book's title.
COUNSEL_NOTE: Final = (
    "Questions about “{title}”? Write to your signing editor before you confirm.\n"
    "对《{title}》的合同有疑问，请在确认前联系签约编辑。"
)
COMPANY: Final = (100, "Northlight Press", "1 Example Quay, Singapore 000001")


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff of the demonstration."""

    user: str
    name: str
    role: Role


STAFF: Final = (
    Person("charlie", "Charlie", Role.RESPONSIBLE_EDITOR),
    Person("bob", "Bob", Role.CHIEF_EDITOR),
    Person("dora", "Dora", Role.SIGNING_EDITOR),
)


@dataclass(frozen=True, slots=True)
class Writer:
    """One author of the demonstration; the number is her cauthorid."""

    id: int
    pen_name: str
    email: str
    language: str


AUTHORS: Final = (
    Writer(1001, "Tan Lanyue", "alice@example.org", "en"),
    Writer(1002, "雨巷", "bea@example.org", "zh-hans"),
)


@dataclass(frozen=True, slots=True)
class StandardContract:
    """One contract template; `tid` is the number in its meta.toml, `folder` its name below the template folder."""

    tid: int
    agreement: Agreement
    folder: str
    name: str
    rights: tuple[str, ...]


STANDARD_CONTRACTS: Final = (
    StandardContract(
        1,
        Agreement.STANDARD_SHARE,
        "standard-share",
        "Standard revenue share",
        ("electronic", "audio", "print", "adaptation"),
    ),
    StandardContract(
        2,
        Agreement.STANDARD_BUYOUT,
        "standard-buyout",
        "Standard buyout",
        ("electronic", "translation", "audio", "print", "comics"),
    ),
)


def write_world(now: datetime) -> None:
    """Write staff, authors, company, template and reasons into an empty database, and make the demo seal key."""
    if not settings.SEAL_KEY_FILE.exists():
        _make_keys(now)
    with transaction.atomic():
        for person in STAFF:
            _write_staff(person)
        for author in AUTHORS:
            _write_author(author)
        number, name, address = COMPANY
        SigningCompany.objects.create(id=number, name=name, address=address, seal_way=SealWay.LOCAL)
        for contract in STANDARD_CONTRACTS:
            _write_template(contract, now)
        _write_tracker(now)
        write_reasons(now)


def _make_keys(now: datetime) -> None:
    try:
        init_demo_pki(settings.KEYS_DIR, passphrase=settings.SEAL_KEY_PASSPHRASE, now=now)
    except DemoPkiExistsError:
        if not settings.SEAL_KEY_FILE.exists():  # otherwise another process made them in this moment
            raise


def write_book(book_id: int, author_id: int, title: str, *, now: datetime) -> Book:
    """Write one original novel of an author."""
    author = Author.objects.get(id=author_id)
    return Book.objects.create(id=book_id, author=author, title=title, pen_name=author.pen_name, updated_at=now)


def staff_member(user: str) -> Staff:
    """Return a member of staff by the name he signs in with."""
    return Staff.objects.select_related("user").get(user__username=user)


def _write_staff(person: Person) -> None:
    user = User.objects.create_user(person.user, password=PASSWORD)
    staff = Staff.objects.create(user=user, name=person.name)
    EditorGroup.objects.create(group_id=4, group_name="Group 4", staff=staff, responsibility=person.role)


def _write_author(writer: Writer) -> None:
    author = Author.objects.create(id=writer.id, pen_name=writer.pen_name, guid=writer.id + 9_000_000)
    subject = vault.author_subject(writer.id)
    AuthorAccount.objects.create(
        author=author,
        email_sealed=vault.seal(subject, "author_account", "email_en", writer.email),
        language=writer.language,
    )
    vault.remember("email", writer.email, subject)


def _write_template(contract: StandardContract, now: datetime) -> None:
    AgreementType.objects.create(id=contract.agreement, name=contract.name, created_at=now)
    TemplateVersion.objects.create(
        id=contract.tid,
        name=contract.name,
        short_name=f"{contract.folder} 1",
        template=contract.folder,
        rights=json.dumps(contract.rights),
        status=Validity.VALID,
        creator="system",
        created_at=now,
    )
    TemplateChoice.objects.create(
        id=ids.next_id("row"),
        site=Site.OVERSEAS,
        agreement=contract.agreement,
        template_id=contract.tid,
        name=contract.name,
        status=Validity.VALID,
        counsel_note=COUNSEL_NOTE,
        creator="system",
        created_at=now,
    )


def _write_tracker(now: datetime) -> None:
    editor = staff_member("dora").id
    TrackerSetting.objects.create(
        staff_id=editor,
        channels="1,2",
        categories="0",
        languages="en,zh",
        status=Validity.VALID,
        creator_id=editor,
        created_at=now,
        updater_id=editor,
        updated_at=now,
    )
