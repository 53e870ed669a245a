"""What the author's pages are made of, at every station."""

from datetime import datetime

import pytest

from inkseal.contracts.author_view import AuthorContract, author_contract, author_contracts
from inkseal.contracts.enums import Agreement, Page, PictureKind, Progress, Review, SendBackTo
from inkseal.contracts.models import AuditReason, Contract, TemplateChoice
from inkseal.contracts.send_back import NewFinding
from inkseal.contracts.states import Action
from inkseal.project.demo.people import write_book
from tests.integration.contracts.journey import INFORMATION, Journey
from tests.integration.contracts.rows import nothing_changes


def view(journey: Journey) -> AuthorContract:
    with nothing_changes():
        return author_contract(77, actor=journey.author, now=journey.now)


@pytest.mark.parametrize(
    ("station", "page", "next_act"),
    [
        ("to_submitted", Page.BASIC, Action.SAVE_BASIC),
        ("to_information", Page.INFORMATION, Action.SAVE_DRAFT),
        ("to_preview", Page.PREVIEW, Action.CONFIRM),
        ("to_upload", Page.UPLOAD, Action.HAND_IN),
        ("to_audit", Page.WAITING, None),
        ("to_approved", Page.WAITING, None),
    ],
)
def test_the_page_to_show_is_where_the_author_can_go_on(
    journey: Journey, station: str, page: Page, next_act: Action | None
) -> None:
    getattr(journey, station)()
    shown = view(journey)
    assert shown.page is page
    assert next_act is None or next_act in shown.possible
    assert shown.revision == journey.revision
    assert shown.state == journey.state


def test_a_complete_contract_shows_its_end(journey: Journey) -> None:
    journey.to_approved().seal()
    shown = view(journey)
    assert (shown.page, shown.sealed) == (Page.COMPLETE, True)


def test_a_sent_back_contract_shows_why_first(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    assert view(journey).page is Page.SENT_BACK
    journey.resume()
    assert view(journey).page is Page.INFORMATION


@pytest.mark.parametrize("progress", [Progress.SUSPENDED, Progress.ABANDONED, Progress.NOT_STARTED])
def test_a_resting_contract_asks_for_nothing(journey: Journey, progress: Progress) -> None:
    journey.to_submitted()
    Contract.objects.update(progress=progress)
    assert view(journey).page is Page.INTENTION


def test_before_the_first_save_there_is_nothing_to_complain_about(journey: Journey) -> None:
    journey.to_submitted()
    shown = view(journey)
    assert (shown.faults, shown.values, shown.saved_at, shown.contract_no) == ((), {}, None, "")
    assert (shown.agreement, shown.round, shown.terms["share_ratio"]) == (Agreement.STANDARD_SHARE, 1, "50")


def test_stored_values_come_back_with_what_is_still_wrong(journey: Journey) -> None:
    journey.to_information()
    started = journey.now
    shown = view(journey)
    assert shown.values["birthday"] == "1999-09-09"
    assert shown.saved_at == started
    assert {fault.field for fault in shown.faults} >= {"realname", "email", "bank"}
    journey.fill_in()
    shown = view(journey)
    assert shown.faults == ()
    assert {name: shown.values[name] for name in INFORMATION} == INFORMATION


def test_personal_values_do_not_show_in_a_repr(journey: Journey) -> None:
    journey.to_preview()
    assert "Alice Tan" not in repr(view(journey))
    assert "E1204567K" not in repr(view(journey))


def test_the_upload_page_lists_every_page_with_its_boxes(journey: Journey) -> None:
    journey.to_upload().lay_pages(without=frozenset({2}))
    shown = view(journey)
    printed = journey.present_print()
    assert [tile.number for tile in shown.pages] == list(range(1, printed.page_count + 1))
    assert [tile.number for tile in shown.pages if tile.file_id is None] == [2]
    assert shown.missing == ("page:2",)
    last = printed.places[-1]["page"]
    assert "author_signature" in {place for tile in shown.pages for place in tile.places}
    assert shown.pages[last - 1].places
    assert shown.contract_no == printed.contract_no
    (document,) = shown.documents
    assert (document.kind, document.sort) == (PictureKind.CARD, 1)
    assert document.file_id is not None


def test_counsel_has_its_tags_replaced(journey: Journey) -> None:
    """C1.10"""
    TemplateChoice.objects.update(counsel_note="{penname}, ask about {title}.")
    journey.to_submitted()
    assert view(journey).counsel_note == "Tan Lanyue, ask about The Lantern Ferry."


def test_age_is_that_of_the_day_the_page_is_looked_at(journey: Journey) -> None:
    journey.to_submitted().declare(birthday="2008-11-22", is_guarder_agreen="1")
    assert view(journey).minor
    tomorrow = datetime(2026, 11, 22, tzinfo=journey.now.tzinfo)
    assert not author_contract(77, actor=journey.author, now=tomorrow).minor


def test_a_refusal_shows_what_to_change_and_what_was_changed(journey: Journey) -> None:
    journey.to_audit()
    reason = AuditReason.objects.earliest("id")
    journey.send_back(
        SendBackTo.INFORMATION, NewFinding("realname", reason.id, "Both names, please."), NewFinding("page:3")
    )
    shown = view(journey).send_back
    assert shown is not None
    assert (shown.auditor, shown.at, shown.to) == ("Dora", journey.now, SendBackTo.INFORMATION)
    assert shown.reason == "The name must match the passport."
    name, page = shown.findings
    assert (name.target, name.note, name.reason_name) == ("realname", "Both names, please.", reason.name)
    assert [hint.type for hint in name.hints] == [1, 2]
    assert (name.changed, page.changed, page.hints) == (False, False, ())
    journey.resume()
    journey.fill_in(realname="Alice Mei Tan")
    shown = view(journey).send_back
    assert shown is not None
    assert [finding.changed for finding in shown.findings] == [True, False]
    journey.confirm()
    journey.lay_pages()
    shown = view(journey).send_back
    assert shown is not None
    assert [finding.changed for finding in shown.findings] == [True, True]


def test_a_refusal_of_pages_says_so_and_the_newest_counts(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back(SendBackTo.INFORMATION)
    journey.correct_and_hand_in()
    assert view(journey).send_back is None
    journey.send_back(SendBackTo.PAGES)
    shown = view(journey).send_back
    assert shown is not None
    assert (shown.to, shown.at) == (SendBackTo.PAGES, journey.now)


def test_the_list_shows_the_authors_contracts_newest_first(journey: Journey) -> None:
    assert author_contracts(1001) == ()
    journey.to_audit()
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    write_book(79, 1001, "Not proposed", now=journey.now)
    Journey(journey.tick(), book_id=78).to_submitted()
    rows = author_contracts(1001)
    assert [(row.book_id, row.title, row.progress, row.page, row.review) for row in rows] == [
        (78, "Salt Roads North", Progress.CHIEF_SUBMITTED, None, None),
        (77, "The Lantern Ferry", Progress.UPLOADED, Page.WAITING, Review.WAITING),
    ]
    assert author_contracts(1002) == ()
