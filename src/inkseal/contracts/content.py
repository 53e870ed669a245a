"""What the contract says: the data a template prints, and its hash (contracts-2, C3.5 "Hole"; documents.md)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from inkseal.catalog.models import Book, SigningCompany
from inkseal.contracts.enums import CardType
from inkseal.contracts.models import Contract
from inkseal.contracts.rules import is_minor
from inkseal.core.canonical import digest

ContractData = dict[str, Any]

CARD_NAMES: Final = {
    CardType.ID_CARD: "id_card",
    CardType.PASSPORT: "passport",
    CardType.MILITARY: "military",
    CardType.STUDENT: "student",
    CardType.OTHER: "other",
    CardType.DRIVING_LICENCE: "driving_licence",
}

#: Where a printed value stands in the form, so that a fault in it is said at its field.
FIELD_OF_PATH: Final = {
    "author.name": "realname",
    "author.nationality": "nationality",
    "author.document_number": "cardid",
    "author.birthday": "birthday",
    "author.address": "address",
    "author.telephone": "mobile",
    "author.email": "email",
    "bank.holder": "bank_openname",
    "bank.account": "bank_account",
    "bank.bank": "bank",
    "bank.branch": "bank_info",
    "bank.branch_address": "bank_address",
    "bank.country": "country",
    "bank.swift": "swiftcode",
    "bank.holder_address": "user_address",
    "guardian.document_number": "keeper_cardid",
}


def contract_data(
    book: Book,
    contract: Contract,
    company: SigningCompany,
    values: Mapping[str, str],
    *,
    round_: int,
    day: date,
) -> ContractData:
    """Return the template's data; the number stays empty until the author confirms (T9)."""
    return {
        "contract": {"number": "", "round": round_, "date": day.isoformat(), "agreement": contract.agreement},
        "book": {"title": book.title, "id": str(book.id)},
        "publisher": {"name": company.name, "address": company.address},
        "author": _author(book, values),
        "bank": _bank(values),
        "terms": contract.terms,
        "guardian": _guardian(values) if is_minor(values["birthday"], day) else None,
    }


def content_hash(data: ContractData, template_version: str) -> str:
    """Return the digest of what is agreed: everything printed but the serial number and the date of printing."""
    agreed = {**data, "contract": {**data["contract"], "number": "", "date": ""}}
    return digest({"data": agreed, "template": template_version})


def _author(book: Book, values: Mapping[str, str]) -> ContractData:
    return {
        "name": values["realname"],
        "pen_name": book.author.pen_name,
        "nationality": values["nationality"],
        "document_type": CARD_NAMES[CardType(int(values["cardtype"] or 0))],
        "document_number": values["cardid"],
        "birthday": values["birthday"],
        "address": values["address"],
        "telephone": f"+{values['telpre'].lstrip('+')} {values['mobile']}",
        "email": values["email"],
        "user_id": str(book.author.guid or book.author_id),
    }


def _bank(values: Mapping[str, str]) -> ContractData:
    return {
        "holder": values["bank_openname"],
        "account": values["bank_account"],
        "bank": values["bank"],
        "branch": values["bank_info"],
        "branch_address": values["bank_address"],
        "country": values["country"],
        "swift": values["swiftcode"],
        "holder_address": values["user_address"],
    }


def _guardian(values: Mapping[str, str]) -> ContractData:
    return {
        "name": "",
        "document_type": CARD_NAMES[CardType(int(values["guarder_card_type"] or 0))],
        "document_number": values["keeper_cardid"],
    }
