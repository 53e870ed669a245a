"""Page 100 and the send-back cards from contracts made by hand: what is asked for, in which words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from inkseal.contracts.author_view import AuthorContract
from inkseal.contracts.enums import Agreement, Page, PictureKind, Progress, Review, SendBackTo
from inkseal.contracts.send_back_view import Finding, SendBack
from inkseal.contracts.states import Action, State, possible
from inkseal.contracts.tiles import DocumentTile, OddPicture, PageStatus, PageTile
from inkseal.documents.scan import ForeignReason
from inkseal.portal.findings import shown_findings
from inkseal.portal.places import address_of, present_page
from inkseal.portal.sentences import situation
from inkseal.portal.signed_pages import signed_pages

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
UPLOADING = State(Progress.INFORMATION_CONFIRMED, Page.UPLOAD, None)
SIGNED_PLACES = ("author_signature", "author_date", "company_seal")


def contract(state: State = UPLOADING, values: Mapping[str, str] | None = None) -> AuthorContract:
    """Return a contract of four pages, all missing, signed on the last."""
    return AuthorContract(
        book_id=77,
        title="The Lantern Ferry",
        pen_name="Tan Lanyue",
        agreement=Agreement.STANDARD_SHARE,
        round=1,
        revision=5,
        state=state,
        page=state.page or Page.INTENTION,
        values=MappingProxyType(dict(values or {"cardtype": "1"})),
        faults=(),
        minor=False,
        saved_at=AT,
        counsel_note="",
        terms=MappingProxyType({}),
        contract_no="100000001101100",
        page_count=4,
        pages=tuple(tile(number, None) for number in range(1, 5)),
        odd_pictures=(),
        documents=(),
        missing=tuple(f"page:{number}" for number in range(1, 5)),
        send_back=None,
        sealed=False,
        possible=possible(state),
    )


def tile(number: int, file_id: int | None) -> PageTile:
    status = PageStatus.FINE if file_id else PageStatus.MISSING
    return PageTile(number, status, file_id, SIGNED_PLACES if number == 4 else ())


def finding(target: str, *, changed: bool = False) -> Finding:
    return Finding(target, "Please look at it again.", "Reason", (), "", changed=changed)


def sent_back(*findings: Finding) -> SendBack:
    return SendBack("Dora", AT, "Nearly there.", SendBackTo.INFORMATION, findings)


def test_before_the_first_picture_no_page_gets_a_card_of_its_own() -> None:
    shown = signed_pages(contract())
    assert not shown.begun
    assert not shown.cards
    assert [page.number for page in shown.missing] == [1, 2, 3, 4]


def test_the_pages_to_sign_are_named_with_what_to_write() -> None:
    (page,) = signed_pages(contract()).to_sign
    assert (page.number, page.places) == (4, "your signature, the date")


def test_the_last_few_missing_pages_get_a_card_each() -> None:
    some = replace(contract(), pages=(tile(1, 11), tile(2, None), tile(3, None), tile(4, None)))
    assert [page.number for page in signed_pages(some).cards] == [2, 3, 4]


def test_many_missing_pages_are_asked_for_together() -> None:
    many = replace(contract(), pages=(tile(1, 11), *(tile(number, None) for number in range(2, 7))))
    assert not signed_pages(many).cards


@pytest.mark.parametrize(
    ("cardtype", "sort", "words"),
    [
        ("1", 1, "Passport, photo page"),
        ("0", 1, "Identity card, front"),
        ("0", 2, "Identity card, back"),
        ("5", 1, "Driving licence"),
        ("", 1, "Identity document"),
    ],
)
def test_a_document_is_named_with_its_side(cardtype: str, sort: int, words: str) -> None:
    made = replace(contract(values={"cardtype": cardtype}), documents=(DocumentTile(PictureKind.CARD, sort, None),))
    (document,) = signed_pages(made).documents
    assert document.label == words
    assert document.place == f"card:{sort}"


def test_the_guardians_document_is_told_from_the_authors() -> None:
    tiles = (DocumentTile(PictureKind.CARD, 1, 5), DocumentTile(PictureKind("guarder_card"), 1, None))
    shown = signed_pages(replace(contract(), documents=tiles))
    assert [document.label for document in shown.fine_documents] == ["Passport, photo page"]
    assert [document.label for document in shown.needed_documents] == ["Identity document of your guardian"]


def test_a_document_that_an_editor_cannot_read_is_needed_again() -> None:
    made = replace(contract(), documents=(DocumentTile(PictureKind.CARD, 1, 5),), send_back=sent_back(finding("card")))
    (document,) = signed_pages(made).needed_documents
    assert document.finding is not None


def test_a_page_that_was_photographed_again_is_not_asked_for_any_more() -> None:
    pages = tuple(tile(number, 10 + number) for number in range(1, 5))
    asked = replace(contract(), pages=pages, send_back=sent_back(finding("page:3")))
    done = replace(asked, send_back=sent_back(finding("page:3", changed=True)))
    assert signed_pages(asked).numbers_again == {3}
    assert not signed_pages(done).again


def test_a_missing_page_is_asked_for_once_even_if_an_editor_asked_too() -> None:
    made = replace(contract(), send_back=sent_back(finding("page:3")))
    shown = signed_pages(made)
    assert not shown.again
    assert 3 in {page.number for page in shown.missing}


@pytest.mark.parametrize("reason", ["unreadable", *ForeignReason])
def test_every_odd_picture_says_what_to_do(reason: str) -> None:
    (odd,) = signed_pages(replace(contract(), odd_pictures=(OddPicture(9, str(reason)),))).odd
    assert odd.file_id == 9
    assert str(odd.sentence.title)
    assert str(odd.sentence.text).endswith(".")


def test_findings_of_page_80_bring_their_field_and_others_do_not() -> None:
    made = replace(contract(), send_back=sent_back(finding("realname"), finding("birthday"), finding("page:2")))
    shown = shown_findings(made)
    assert [item.field.name if item.field else None for item in shown] == ["realname", None, None]
    assert [str(item.label) for item in shown] == ["Full name", "Date of birth", "Page 2"]


def test_a_contract_that_was_not_sent_back_has_no_cards() -> None:
    assert shown_findings(contract()) == ()


@pytest.mark.parametrize(
    ("state", "page"),
    [
        (UPLOADING, Page.UPLOAD),
        (State(Progress.SIGNING_STARTED, Page.PREVIEW, None), Page.PREVIEW),
        (State(Progress.UPLOADED, Page.WAITING, Review.WAITING), Page.WAITING),
        (State(Progress.COMPLETE, Page.COMPLETE, Review.SYNCED, 249), Page.COMPLETE),
        (State(Progress.SENT_BACK_PAGES, Page.SENT_BACK, Review.REFUSED), Page.SENT_BACK),
        (State(Progress.SUSPENDED, Page.PREVIEW, None), Page.INTENTION),
        (State(Progress.SUSPENDED, Page.SENT_BACK, Review.REFUSED), Page.INTENTION),
        (State(Progress.ABANDONED, Page.INTENTION, None), Page.INTENTION),
        (State(Progress.SIGNING_STARTED, Page.DOMESTIC_SAVED, None), Page.INTENTION),
    ],
)
def test_a_page_is_shown_only_where_something_can_be_done_or_seen(state: State, page: Page) -> None:
    made = contract(state)
    assert present_page(made) is page
    assert address_of(made).startswith("/author/77/")
    assert situation(made).words


def test_nothing_can_be_done_on_a_page_without_its_action() -> None:
    made = replace(contract(), possible=(Action.PREVIEW,))
    assert present_page(made) is Page.INTENTION
