"""What the contract says, and the hash that tells whether it still says the same (C3.5, "Hole")."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from inkseal.catalog.models import Author, Book, SigningCompany
from inkseal.contracts.content import ContractData, content_hash, contract_data
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.models import Contract

VALUES = {
    **dict.fromkeys(BY_NAME, ""),
    "realname": "Alice Tan",
    "nationality": "SG",
    "cardtype": "1",
    "cardid": "E1204567K",
    "birthday": "1999-09-09",
    "telpre": "65",
    "mobile": "55500142",
    "email": "alice@example.org",
    "bank_account": "0012345673308",
}


def data(changes: dict[str, str] | None = None, *, day: date = date(2026, 11, 21), round_: int = 1) -> ContractData:
    author = Author(id=1001, pen_name="Tan Lanyue", guid=9_001_001)
    book = Book(id=77, author=author, title="The Lantern Ferry", pen_name="Tan Lanyue")
    contract = Contract(agreement=1, terms={"share_ratio": "50", "term_years": 10})
    company = SigningCompany(id=100, name="Northlight Press", address="1 Example Quay")
    return contract_data(book, contract, company, {**VALUES, **(changes or {})}, round_=round_, day=day)


def test_the_contract_names_both_parties_and_the_book() -> None:
    made = data()
    assert made["contract"] == {"number": "", "round": 1, "date": "2026-11-21", "agreement": 1}
    assert made["book"] == {"title": "The Lantern Ferry", "id": "77"}
    assert made["publisher"] == {"name": "Northlight Press", "address": "1 Example Quay"}
    assert made["author"]["name"] == "Alice Tan"
    assert made["author"]["pen_name"] == "Tan Lanyue"
    assert made["author"]["document_type"] == "passport"
    assert made["author"]["user_id"] == "9001001"
    assert made["terms"] == {"share_ratio": "50", "term_years": 10}


@pytest.mark.parametrize("prefix", ["65", "+65"])
def test_the_telephone_is_printed_with_one_plus(prefix: str) -> None:
    assert data({"telpre": prefix})["author"]["telephone"] == "+65 55500142"


def test_a_guardian_stands_in_the_contract_of_a_minor_only() -> None:
    assert data()["guardian"] is None
    made = data({"birthday": "2010-01-01", "keeper_cardid": "S7654321A", "guarder_card_type": "0"})
    assert made["guardian"]["document_type"] == "id_card"
    assert made["guardian"]["document_number"] == "S7654321A"


def test_serial_number_and_date_of_printing_are_not_what_is_agreed() -> None:
    first, later = data(), data(day=date(2026, 12, 1))
    later["contract"]["number"] = "100000000101100"
    assert content_hash(first, "v1") == content_hash(later, "v1")


def changed(path: str, value: object) -> Callable[[ContractData], None]:
    section, key = path.split(".")

    def change(made: dict[str, Any]) -> None:
        made[section][key] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed("book.title", "The Lantern Ferries"),
        changed("author.pen_name", "Tan Lan Yue"),
        changed("author.name", "Alice T."),
        changed("author.document_number", "E1204567L"),
        changed("bank.account", "0012345673309"),
        changed("terms.share_ratio", "40"),
        changed("contract.agreement", 3),
        changed("contract.round", 2),
        changed("publisher.name", "Southlight Press"),
    ],
)
def test_everything_else_that_changes_changes_the_hash(change: Callable[[ContractData], None]) -> None:
    made = data()
    change(made)
    assert content_hash(made, "v1") != content_hash(data(), "v1")


def test_another_template_is_another_contract() -> None:
    assert content_hash(data(), "v1") != content_hash(data(), "v2")
