"""Sets a contract in type: the rows as they are now, through the warm worker process (documents.md, Typesetting)."""

import threading
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from inkseal.catalog.models import Book
from inkseal.contracts.content import ContractData, content_hash, contract_data
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.errors import ContentChangedError, NotYoursError
from inkseal.contracts.models import Contract, ContractControl
from inkseal.contracts.personal import AuthorRows
from inkseal.contracts.templates import ChosenTemplate, chosen_template, signing_company
from inkseal.core.actor import Actor, Role
from inkseal.documents.typeset import PageCodes, Typeset, TypesetPool, load_template

_lock = threading.Lock()
_pools: list[TypesetPool] = []


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything one print is made of, read at one revision."""

    book: Book
    rows: AuthorRows
    contract: Contract
    control: ContractControl
    data: ContractData
    chosen: ChosenTemplate
    content_hash: str


def manuscript(book_id: int, *, actor: Actor, now: datetime) -> Manuscript:
    """Read the working copy of the actor's own contract; NotYoursError for anybody else."""
    owned = Book.objects.select_related("author").filter(id=book_id, author_id=actor.id)
    book = owned.first() if actor.role is Role.AUTHOR else None
    contract = Contract.objects.filter(book_id=book_id).first()
    rows = find_draft(book_id)
    if book is None or contract is None or rows is None:
        raise NotYoursError
    control = ContractControl.objects.get(book_id=book_id)
    chosen = chosen_template(contract.agreement)
    data = contract_data(book, contract, signing_company(), rows.read(), round_=control.round, day=now.date())
    return Manuscript(book, rows, contract, control, data, chosen, content_hash(data, chosen.template.version))


def set_type(chosen: ChosenTemplate, data: ContractData, codes: PageCodes | None) -> Typeset:
    """Return the PDF; the pool starts at the first call of this process.

    Raises ContentChangedError when the template's folder changed meanwhile: the print would say something else than
    its hash, and its page codes would fit neither.
    """
    with _lock:
        if not _pools:
            _pools.append(TypesetPool(font_dirs=settings.FONT_DIRS))
        pool = _pools[0]
    made = pool.typeset(chosen.folder, data, codes)
    if load_template(chosen.folder, settings.FONT_DIRS).version != chosen.template.version:
        raise ContentChangedError
    return made


def close_press() -> None:
    """End the worker process, as a process does that sets no more contracts; the next contract starts another."""
    with _lock:
        while _pools:
            _pools.pop().close()


def page_code_key() -> bytes:
    """Return the key of the page codes' MAC."""
    return b64decode(settings.PAGE_CODE_KEY)
