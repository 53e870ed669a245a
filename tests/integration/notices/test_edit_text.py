"""Staff put messages into words of their own: who may, what is refused, what is written down."""

from datetime import datetime, timedelta

import pytest

from inkseal import evidence, outbox
from inkseal.contracts.enums import SendReason
from inkseal.contracts.errors import RoleRefusedError
from inkseal.core.actor import SYSTEM
from inkseal.evidence.models import EvidenceEvent
from inkseal.notices.edit_text import CHAIN, UnknownLanguageError, edit_text
from inkseal.notices.models import Message, NoticeTemplate
from inkseal.notices.texts import built_in
from inkseal.notices.wording import Wording, WordingFault, WordingFaultsError
from inkseal.notices.write import present_wording
from tests.integration.contracts.journey import Journey
from tests.integration.mail_server import Letterbox

WHY = SendReason.CHIEF_SUBMITTED


def write(journey: Journey, subject: str = "News of {title}", text: str = "Dear author,\r\n{link}") -> None:
    edit_text(WHY, "en", subject=subject, text=text, actor=journey.dora, now=journey.tick())


def relay(at: datetime) -> None:
    while outbox.run_due(lambda: at, owner="test"):
        pass


def test_authors_read_what_the_staff_wrote(journey: Journey, letterbox: Letterbox) -> None:
    write(journey)
    journey.to_submitted()
    relay(journey.now)
    (mail,) = letterbox.letters
    assert mail["Subject"].strip() == "News of The Lantern Ferry"
    assert Message.objects.get().text.startswith("Dear author,\nhttp")


def test_other_messages_and_languages_keep_their_words(journey: Journey) -> None:
    write(journey)
    assert present_wording(WHY, "zh-hans") == built_in(WHY, "zh-hans")
    assert present_wording(SendReason.SIGNING_COMPLETE, "en") == built_in(SendReason.SIGNING_COMPLETE, "en")
    assert present_wording(WHY, "en") == Wording("News of {title}", "Dear author,\n{link}")


def test_a_later_edit_replaces_the_earlier_one(journey: Journey) -> None:
    write(journey)
    edited = edit_text(WHY, "en", subject="Second", text="T", actor=journey.bob, now=journey.tick())
    row = NoticeTemplate.objects.get()
    assert (row.subject, row.updated_by, row.updated_at) == ("Second", "Bob", journey.now)
    assert edited.before.subject == "News of {title}"


@pytest.mark.parametrize("who", ["author", "charlie"])
def test_only_signing_and_chief_editors_may(journey: Journey, who: str) -> None:
    with pytest.raises(RoleRefusedError):
        edit_text(WHY, "en", subject="S", text="T", actor=getattr(journey, who), now=journey.now)
    with pytest.raises(RoleRefusedError):
        edit_text(WHY, "en", subject="S", text="T", actor=SYSTEM, now=journey.now)
    assert not NoticeTemplate.objects.exists()


def test_a_wording_with_faults_changes_nothing(journey: Journey) -> None:
    write(journey)
    with pytest.raises(WordingFaultsError) as caught:
        write(journey, subject="News\r\nBcc: mallory@example.org", text="Dear {name}")
    assert {fault.kind for fault in caught.value.faults} == {WordingFault.LINE_BREAK, WordingFault.UNKNOWN_PLACE}
    assert present_wording(WHY, "en").subject == "News of {title}"
    assert EvidenceEvent.objects.filter(chain=CHAIN).count() == 1


def test_a_language_in_which_nobody_is_written_to_is_refused(journey: Journey) -> None:
    with pytest.raises(UnknownLanguageError) as caught:
        edit_text(WHY, "tlh", subject="S", text="T", actor=journey.dora, now=journey.now)
    assert caught.value.language == "tlh"


def test_each_edit_is_evidence_of_what_was_replaced(journey: Journey) -> None:
    write(journey)
    write(journey, subject="Second")
    first, second = EvidenceEvent.objects.filter(chain=CHAIN).order_by("sequence")
    assert '"language":"en"' in first.facts.replace(" ", "")
    assert evidence.verify_chain(CHAIN).intact
    assert second.facts != first.facts


def test_a_message_that_waits_is_written_in_the_words_of_its_sending(journey: Journey, letterbox: Letterbox) -> None:
    letterbox.refusals = ["451 Later"]
    journey.to_submitted()
    relay(journey.now)
    write(journey)
    relay(journey.now + timedelta(hours=1))
    assert [row.text.startswith("Dear author") for row in Message.objects.order_by("id")] == [False, True]
