# mypy: allow-untyped-calls
# (pypdfium2 carries no annotations)
"""T8, T9: the preview and its confirmation, the lock point, with serial number, print file and page codes."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from inkseal import vault
from inkseal.catalog.models import Author, Book, SigningCompany
from inkseal.contracts.confirm import REVISIONS, confirm
from inkseal.contracts.drafts import find_draft
from inkseal.contracts.enums import Page, PictureKind, Progress
from inkseal.contracts.errors import (
    ConfigurationError,
    ContentChangedError,
    MoveRefusedError,
    NotYoursError,
    StaleRevisionError,
)
from inkseal.contracts.files import read_print
from inkseal.contracts.models import (
    ContractControl,
    ContractLog,
    ContractPrint,
    Signing,
    SigningDraft,
    SigningStep,
    TemplateChoice,
    UploadedPicture,
)
from inkseal.contracts.preview import Preview, preview
from inkseal.contracts.save_draft import save_draft
from inkseal.core.actor import Actor, Role
from tests.integration.contracts.journey import Journey, a_request
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot


def look(journey: Journey) -> Preview:
    return preview(77, actor=journey.author, now=journey.tick())


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_r66_a_preview_is_made_now_and_writes_nothing(journey: Journey) -> None:
    journey.to_preview()
    with nothing_changes():
        shown = look(journey)
    assert shown.revision == journey.revision
    text = text_of(shown.pdf)
    assert "Alice Tan" in text
    assert "The Lantern Ferry" in text
    assert shown.page_count == len(pikepdf.open(BytesIO(shown.pdf)).pages)


def test_c8_11_a_confirmation_writes_exactly_what_the_table_says(journey: Journey) -> None:
    journey.to_preview()
    before = snapshot()
    moved = journey.confirm()
    assert (moved.progress, moved.page, moved.review) == (Progress.INFORMATION_CONFIRMED, Page.UPLOAD, None)
    assert changed_tables(before) == {
        "novelscontract": 1,
        "scontractlog": 1,
        "signonlinestep": 1,
        "signonlinepre": 1,
        "contract_print": 1,
        "contract_control": 1,
        "author_signonline_pennamelock": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
        "outbox_effect": 1,
    }
    assert not Signing.objects.exists()


def test_r67_r91_the_serial_number_has_its_shape_and_stands_on_the_print(journey: Journey) -> None:
    journey.to_upload()
    draft = SigningDraft.objects.get()
    assert draft.contract_no is not None
    assert draft.contract_no.endswith("01100")
    assert len(draft.contract_no) >= 15
    text = text_of(read_print(77, actor=journey.author))
    assert draft.contract_no in text.replace(" ", "").replace("\u00a0", "")


def test_the_print_is_what_was_previewed(journey: Journey) -> None:
    journey.to_preview()
    shown = look(journey)
    journey.confirm()
    printed, draft = ContractPrint.objects.get(), SigningDraft.objects.get()
    assert draft.content_hash == printed.content_hash == shown.content_hash
    assert draft.template_hash == printed.template_hash
    assert (draft.template_id, printed.template_id) == (1, 1)
    assert (printed.page_count, printed.revision) == (shown.page_count, "0")
    assert draft.print_file == str(printed.file_id)
    assert {place["kind"] for place in printed.places} >= {"author_signature", "author_name", "company_seal"}


def test_one_log_row_is_written(journey: Journey) -> None:
    journey.to_upload()
    last = ContractLog.objects.latest("id")
    assert (last.progress, last.progress_name, last.responsibility) == (50, "Author info done", "author")
    assert ContractLog.objects.count() == 3


def test_another_revision_than_the_present_is_refused(journey: Journey) -> None:
    journey.to_preview()
    shown = look(journey)
    save_draft(77, {"realname": "Alice T."}, actor=journey.author, now=journey.tick())
    with nothing_changes(), pytest.raises(StaleRevisionError):
        _confirm(journey, shown.revision, shown.content_hash)


def test_another_text_than_the_seen_is_refused(journey: Journey) -> None:
    journey.to_preview()
    with nothing_changes(), pytest.raises(ContentChangedError):
        _confirm(journey, journey.revision, "0" * 64)


@pytest.mark.parametrize("what", ["title", "pen name", "company"])
def test_a_rename_between_preview_and_confirmation_is_noticed(journey: Journey, what: str) -> None:
    journey.to_preview()
    shown = look(journey)
    if what == "title":
        Book.objects.update(title="The Lantern Ferries")
    elif what == "pen name":
        Author.objects.filter(id=1001).update(pen_name="Tan Lan Yue")
    else:
        SigningCompany.objects.update(name="Southlight Press")
    with nothing_changes(), pytest.raises(ContentChangedError):
        _confirm(journey, shown.revision, shown.content_hash)


def test_a_double_click_confirms_once(journey: Journey) -> None:
    journey.to_preview()
    shown, request = look(journey), a_request("confirm")
    arguments = {"revision": shown.revision, "content_hash": shown.content_hash, "actor": journey.author}
    first = confirm(77, request=request, now=journey.tick(), **arguments)  # type: ignore[arg-type]  # mixed values
    with nothing_changes():
        again = confirm(77, request=request, now=journey.tick(), **arguments)  # type: ignore[arg-type]  # mixed values
    assert again == first
    assert ContractPrint.objects.count() == 1


def test_a_later_print_of_the_round_keeps_the_number_and_takes_the_next_letter(journey: Journey) -> None:
    journey.to_audit()
    number = SigningDraft.objects.get().contract_no
    journey.send_back()
    journey.resume()
    journey.fill_in(realname="Alice Mei Tan")
    moved = journey.confirm()
    assert moved.progress is Progress.INFORMATION_CONFIRMED
    assert list(ContractPrint.objects.order_by("id").values_list("contract_no", "revision")) == [
        (number, "0"),
        (number, "1"),
    ]


def test_when_all_print_letters_of_a_number_are_used_the_next_print_gets_another_number(journey: Journey) -> None:
    """Two prints with the same number and letter could not be told apart by their page codes."""
    journey.to_audit().send_back()
    journey.resume()
    ContractControl.objects.filter(book_id=journey.book_id).update(print_count=len(REVISIONS))
    journey.fill_in(realname="Alice Tan Wei")
    journey.confirm()
    first, second = ContractPrint.objects.order_by("created_at")
    assert first.contract_no != second.contract_no
    assert (first.revision, second.revision) == ("0", "0")


def test_pages_of_an_earlier_print_no_longer_count(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    journey.resume()
    journey.fill_in(realname="Alice Mei Tan")
    journey.confirm()
    live = UploadedPicture.objects.filter(removed_at=None)
    assert {picture.kind for picture in live} == {PictureKind.CARD}
    rows = find_draft(77)
    assert rows is not None
    assert not rows.read_text("signed_contract_en")


@pytest.mark.parametrize("page", sorted(set(Page) - {Page.PREVIEW}))
def test_only_the_preview_page_previews_and_confirms(journey: Journey, page: Page) -> None:
    journey.to_preview()
    shown = look(journey)
    SigningStep.objects.update(page=page)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        look(journey)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        _confirm(journey, shown.revision, shown.content_hash)


def test_without_exactly_one_valid_template_nothing_is_printed(journey: Journey) -> None:
    journey.to_preview()
    TemplateChoice.objects.update(status=-1)
    with nothing_changes(), pytest.raises(ConfigurationError) as caught:
        look(journey)
    assert caught.value.fact == "0 valid templates for agreement type 1 (standard_share)"


def test_without_exactly_one_signing_company_nothing_is_printed(journey: Journey) -> None:
    journey.to_preview()
    SigningCompany.objects.create(id=101, name="Southlight Press", address="x")
    with nothing_changes(), pytest.raises(ConfigurationError) as caught:
        look(journey)
    assert caught.value.fact == "2 valid signing companies"


def test_staff_whose_number_is_an_authors_number_previews_nothing(journey: Journey) -> None:
    journey.to_preview()
    with pytest.raises(NotYoursError):
        preview(77, actor=Actor(Role.CHIEF_EDITOR, journey.author_id, "Bob"), now=journey.now)


def test_the_print_of_a_minor_has_a_box_for_the_guardian(journey: Journey) -> None:
    """C3.11"""
    journey.to_submitted().declare(birthday="2010-05-05", is_guarder_agreen="1")
    journey.fill_in(keeper_cardid="S7654321A", guarder_card_type="0", guardian_email="bob@example.org")
    journey.confirm()
    assert "guardian_signature" in {place["kind"] for place in ContractPrint.objects.get().places}


def test_the_print_stands_encrypted_in_the_authors_name(journey: Journey) -> None:
    journey.to_upload()
    printed = ContractPrint.objects.get()
    pdf = vault.read_file(vault.author_subject(1001), printed.file_id)
    assert pdf.startswith(b"%PDF-")
    with pytest.raises(vault.UnknownFileError):
        vault.read_file(vault.author_subject(1002), printed.file_id)


def _confirm(journey: Journey, revision: int, content_hash: str) -> None:
    confirm(
        77,
        revision=revision,
        content_hash=content_hash,
        actor=journey.author,
        request=None,
        now=journey.tick(),
    )
