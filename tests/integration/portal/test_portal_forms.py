"""Pages 70 and 80 through the browser's eyes: bad input, drafts, going back, double submits."""

from datetime import timedelta

import pytest
from django.test import Client

from inkseal.contracts.enums import Page
from inkseal.contracts.fields import BY_NAME
from inkseal.contracts.models import ContractLog
from inkseal.project.clock import database_now
from inkseal.project.demo.story import BASIC, Story
from tests.integration.portal.kit import contract_of, form, information, message_at, place, said, text, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filling(story: Story) -> Story:
    """Alice's book on page 80."""
    story.declare()
    return story


def test_the_first_questions_lead_to_page_80(story: Story, alice: Client) -> None:
    shown = alice.get(place("basic"))
    answer = alice.post(place("basic"), {**form(shown), **BASIC}, follow=True)
    assert answer.redirect_chain[-1][0] == place("information")
    assert "Step 2 of 4" in said(answer)


def test_the_terms_and_the_counsel_note_are_shown_before_anything_is_asked(story: Story, alice: Client) -> None:
    words = said(alice.get(place("basic")))
    assert "Author’s share, per cent 50" in words
    assert "Questions about “The Lantern Ferry”?" in words


def test_unanswered_questions_are_said_at_each(story: Story, alice: Client) -> None:
    answer = alice.post(place("basic"), {**form(alice.get(place("basic"))), "nationality": "SG"})
    assert answer.status_code == 422
    assert message_at(answer, "is_alone") == "Please choose one of the answers."
    assert message_at(answer, "birthday") == "Please write the date of birth as on your document."
    assert not message_at(answer, "nationality")
    assert "4 answers to change" in said(answer)
    assert '<option value="SG" selected>Singapore' in text(answer)


def test_a_minor_is_asked_for_the_guardian(story: Story, alice: Client) -> None:
    birthday = (database_now() - timedelta(days=16 * 365)).date().isoformat()
    answer = alice.post(place("basic"), {**BASIC, "birthday": birthday})
    assert answer.status_code == 422
    assert "your guardian has to agree" in message_at(answer, "is_guarder_agreen")
    alice.post(place("basic"), {**BASIC, "birthday": birthday, "is_guarder_agreen": "1"})
    assert "Document number of your guardian" in said(alice.get(place("information")))


def test_the_guardians_question_is_hidden_from_the_grown_up(story: Story, alice: Client) -> None:
    shown = text(alice.get(place("basic")))
    assert shown.count("data-minors hidden") == 1


def test_a_co_author_is_referred_to_the_editor(story: Story, alice: Client) -> None:
    answer = alice.post(place("basic"), {**BASIC, "is_alone": "0"})
    assert answer.status_code == 422
    assert "talk to your editor" in message_at(answer, "is_alone")
    assert contract_of(story).page is Page.BASIC


def test_a_double_submit_of_page_70_moves_once(story: Story, alice: Client) -> None:
    sent = {**form(alice.get(place("basic"))), **BASIC}
    answers = [alice.post(place("basic"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ContractLog.objects.filter(book_id=77, progress=70).count() == 1


def test_the_same_form_with_other_answers_is_refused_after_it_was_taken(story: Story, alice: Client) -> None:
    sent = {**form(alice.get(place("basic"))), **BASIC}
    alice.post(place("basic"), sent)
    answer = alice.post(place("basic"), {**sent, "nationality": "MY"})
    assert answer.status_code == 409
    assert "What was sent first is kept" in said(answer)
    assert contract_of(story).values["nationality"] == "SG"


def test_the_whole_form_leads_to_the_preview(filling: Story, alice: Client) -> None:
    shown = alice.get(place("information"))
    answer = alice.post(place("information"), {**form(shown), **information()}, follow=True)
    assert answer.redirect_chain[-1][0] == place("preview")
    assert contract_of(filling).page is Page.PREVIEW


def test_an_empty_form_is_not_scolded_before_it_is_sent(filling: Story, alice: Client) -> None:
    shown = alice.get(place("information"))
    assert 'class="msg"' not in text(shown)
    assert "11 still empty" in said(shown)


def test_every_fault_is_said_at_its_field_and_what_was_typed_is_kept(filling: Story, alice: Client) -> None:
    sent = information(swiftcode="EXMP", mobile="five", email="alice@", realname="", cardid="E12O4567K")
    answer = alice.post(place("information"), sent)
    assert answer.status_code == 422
    assert "8 or 11 letters" in message_at(answer, "swiftcode")
    assert "4 to 15 digits" in message_at(answer, "mobile")
    assert "name@example.org" in message_at(answer, "email")
    assert message_at(answer, "realname") == "Please write your full name as on your document."
    assert "Did you mean E1204567K?" in message_at(answer, "cardid")
    assert [value_of(answer, name) for name in ("swiftcode", "mobile", "email")] == ["EXMP", "five", "alice@"]
    assert "4 fields to change, 1 still empty" in said(answer)


def test_what_was_typed_is_there_after_coming_back(filling: Story, alice: Client) -> None:
    alice.post(place("information"), information(swiftcode="EXMP"))
    shown = alice.get(place("information"))
    assert value_of(shown, "realname") == "Alice Tan"
    assert value_of(shown, "swiftcode") == "EXMP"
    assert "8 or 11 letters" in message_at(shown, "swiftcode")


def test_the_proposal_is_taken_over_by_its_button(filling: Story, alice: Client) -> None:
    answer = alice.post(place("information"), {**information(cardid="E12O4567K"), "take": "cardid"}, follow=True)
    assert value_of(answer, "cardid") == "E1204567K"
    assert not message_at(answer, "cardid")


def test_a_character_that_cannot_be_printed_is_named(filling: Story, alice: Client) -> None:
    answer = alice.post(place("information"), information(realname="Alice 𐎠 Tan"))
    assert answer.status_code == 422
    assert "cannot print “𐎠”" in message_at(answer, "realname")


def test_a_text_that_is_too_long_is_kept_in_the_field(filling: Story, alice: Client) -> None:
    alice.post(place("information"), information())
    alice.post(place("back"), {"to": "information"})
    most = BY_NAME["realname"].max_length
    long = "A" * (most + 1)
    answer = alice.post(place("information"), information(realname=long))
    assert answer.status_code == 422
    assert f"at most {most} characters" in message_at(answer, "realname")
    assert value_of(answer, "realname") == long
    assert contract_of(filling).values["realname"] == "Alice Tan"


def test_one_field_is_saved_by_itself_and_answered_beside_it(filling: Story, alice: Client) -> None:
    answer = alice.post(place("information/field"), {"swiftcode": "exmp sgsg"})
    said_beside = answer.json()
    assert not said_beside["message"].strip()
    assert "Saved at" in said_beside["saved"]
    assert "10 still empty" in said_beside["need"]
    assert contract_of(filling).values["swiftcode"] == "EXMPSGSG"


def test_a_faulty_field_is_saved_too_and_said(filling: Story, alice: Client) -> None:
    answer = alice.post(place("information/field"), {"telpre": "+65", "mobile": "12"})
    assert "4 to 15 digits" in answer.json()["message"]
    assert contract_of(filling).values["mobile"] == "12"


def test_saving_nothing_is_refused_without_a_trace(filling: Story, alice: Client) -> None:
    before = contract_of(filling).revision
    assert alice.post(place("information/field"), {"nonsense": "1"}).status_code == 400
    assert contract_of(filling).revision == before


def test_a_field_of_another_page_cannot_be_written_here(filling: Story, alice: Client) -> None:
    alice.post(place("information/field"), {"birthday": "1800-01-01", "realname": "Alice Tan"})
    values = contract_of(filling).values
    assert (values["birthday"], values["realname"]) == ("1999-09-09", "Alice Tan")


def test_going_back_loses_nothing(filling: Story, alice: Client) -> None:
    alice.post(place("information/field"), {"realname": "Alice Tan"})
    answer = alice.post(place("back"), {"to": "basic"}, follow=True)
    assert answer.redirect_chain[-1][0] == place("basic")
    assert value_of(answer, "birthday") == "1999-09-09"
    alice.post(place("basic"), BASIC)
    assert value_of(alice.get(place("information")), "realname") == "Alice Tan"


@pytest.mark.parametrize("to", ["", "preview", "110", "upload"])
def test_one_cannot_go_back_to_where_there_is_no_way(filling: Story, alice: Client, to: str) -> None:
    assert alice.post(place("back"), {"to": to}).status_code == 404


def test_a_form_from_before_the_confirmation_changes_nothing(filling: Story, alice: Client) -> None:
    filling.fill_in()
    filling.confirm()
    before = contract_of(filling)
    answer = alice.post(place("information"), information(realname="Mallory"))
    assert answer.status_code == 409
    assert "moved on" in said(answer)
    assert place("pages") in text(answer)
    assert contract_of(filling) == before


def test_autosave_after_the_confirmation_leads_the_page_on(filling: Story, alice: Client) -> None:
    filling.fill_in()
    filling.confirm()
    answer = alice.post(place("information/field"), {"realname": "Mallory"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Redirect"] == place("pages")


@pytest.mark.parametrize("page", ["preview", "pages", "waiting", "sent-back", "complete", "resting", "basic"])
def test_a_page_of_another_state_says_where_the_contract_stands(filling: Story, alice: Client, page: str) -> None:
    answer = alice.get(place(page))
    assert answer.status_code == 409
    assert "Your turn: Signing information" in said(answer)
    assert f'href="{place("information")}"' in text(answer)


def test_the_door_leads_to_the_present_page(filling: Story, alice: Client) -> None:
    assert alice.get("/author/77").headers["Location"] == place("information")
    filling.fill_in()
    assert alice.get("/author/77").headers["Location"] == place("preview")


def test_the_list_shows_whose_turn_it_is(filling: Story, alice: Client) -> None:
    words = said(alice.get("/author/"))
    assert "1 contract waits for you" in words
    assert "Your turn: Signing information" in words


def test_an_author_without_contracts_reads_that_there_are_none(bea: Client) -> None:
    assert "No contract yet" in said(bea.get("/author/"))


def test_chinese_pages_speak_chinese(filling: Story, alice: Client) -> None:
    answer = alice.post(
        place("information"), information(realname="", swiftcode="X"), headers={"accept-language": "zh-hans"}
    )
    assert answer.headers["Content-Language"] == "zh-hans"
    assert message_at(answer, "realname") == "请按证件填写完整姓名。"
    assert "《The Lantern Ferry》" in said(answer)
    assert "第 2 步，共 4 步" in said(answer)
