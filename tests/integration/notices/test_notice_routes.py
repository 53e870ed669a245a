"""Two routes: a message goes by each that is there, and each is tried again by itself (AMB-38, R8, R47)."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from inkseal import outbox
from inkseal.catalog.models import Author, AuthorAccount
from inkseal.notices.models import Message, Route
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.journey import Journey
from tests.integration.mail_server import Letterbox
from tests.integration.notices.push_server import PushServer

GUID = 4_503_599_627_370_497


@pytest.fixture
def alice(journey: Journey) -> None:
    """Alice can be reached by push."""
    Author.objects.filter(id=1001).update(guid=GUID)


def relay(at: datetime) -> None:
    while outbox.run_due(lambda: at, owner="test"):
        pass


def relay_for_hours(journey: Journey, hours: int = 3) -> None:
    for hour in range(hours):
        relay(journey.now + timedelta(hours=hour))


def rows() -> list[tuple[int, int, str | None]]:
    return list(Message.objects.order_by("id").values_list("route", "status", "error"))


def states() -> dict[str, str]:
    return dict(OutboxEffect.objects.filter(kind__startswith="notice.").values_list("kind", "state"))


def test_amb_38_a_refusal_goes_by_both_routes_with_one_row_each(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    journey.to_audit()
    journey.send_back()
    relay(journey.now)
    sent = Message.objects.filter(send_reason=2).order_by("route")
    assert [(row.route, row.status, row.error) for row in sent] == [(1, 1, None), (2, 1, None)]
    assert sent[0].text == sent[1].text == push.pushes[-1]["text"]
    assert "The name must match the passport." in push.pushes[-1]["text"]
    assert len(letterbox.letters) == len(push.pushes) == 2  # reasons 1 and 2


def test_r8_the_address_is_empty_when_the_route_is_push(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    journey.to_submitted()
    relay(journey.now)
    assert Message.objects.get(route=Route.PUSH).email_en is None
    assert Message.objects.get(route=Route.EMAIL).email_en


def test_the_gateway_gets_a_request_id_the_guid_a_title_and_a_text(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    journey.to_submitted()
    relay(journey.now)
    (message,) = push.pushes
    assert set(message) == {"requestId", "guid", "title", "text"}
    assert message["guid"] == GUID
    assert message["title"] == "Your book “The Lantern Ferry” has been chosen for contract"
    assert push.paths == ["/push/send?app=1"]


def test_an_author_without_an_address_is_reached_by_push_alone(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    AuthorAccount.objects.all().delete()
    journey.to_submitted()
    relay(journey.now)
    assert rows() == [(2, 1, None)]
    assert states() == {"notice.send": "done", "notice.push": "done"}
    assert letterbox.letters == []


def test_a_route_that_is_not_configured_is_not_used(
    journey: Journey, alice: None, letterbox: Letterbox, settings: Settings
) -> None:
    assert not settings.PUSH_URL
    journey.to_submitted()
    relay(journey.now)
    assert rows() == [(1, 1, None)]
    assert states() == {"notice.send": "done"}


def test_an_author_without_a_guid_is_not_pushed_to(journey: Journey, letterbox: Letterbox, push: PushServer) -> None:
    Author.objects.update(guid=None)
    journey.to_submitted()
    relay(journey.now)
    assert rows() == [(1, 1, None)]
    assert push.asked == 0


def test_nobody_is_forgotten_who_has_no_route_yet(journey: Journey, letterbox: Letterbox) -> None:
    AuthorAccount.objects.update(email_sealed="")
    journey.to_submitted()
    relay(journey.now)
    assert OutboxEffect.objects.get(kind="notice.send").last_error == "NoRouteError"
    assert states() == {"notice.send": "pending"}
    assert rows() == []


def test_a_failing_gateway_does_not_send_the_letter_again(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    push.answers = [503, 429, 302]
    journey.to_submitted()
    relay_for_hours(journey, 4)
    assert rows() == [(1, 1, None), (2, -1, "HTTP 503"), (2, -1, "HTTP 429"), (2, -1, "HTTP 302"), (2, 1, None)]
    assert len(letterbox.letters) == len(push.pushes) == 1


def test_a_failing_mail_server_does_not_push_again(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    letterbox.refusals = ["451 Later", "550 Never"]
    journey.to_submitted()
    relay_for_hours(journey)
    assert sorted((route, status) for route, status, _ in rows()) == [(1, -1), (1, -1), (1, 1), (2, 1)]
    assert len(letterbox.letters) == len(push.pushes) == 1


def test_a_push_that_is_repeated_after_a_crash_carries_the_same_request_id(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    push.answers = [500]
    journey.to_submitted()
    relay_for_hours(journey)
    OutboxEffect.objects.filter(kind="notice.push").update(state="pending")
    relay(journey.now + timedelta(hours=5))
    assert len(push.pushes) == 1  # its delivery is written down
    Message.objects.filter(route=Route.PUSH, status=1).get().delivery.delete()
    OutboxEffect.objects.filter(kind="notice.push").update(state="pending")
    relay(journey.now + timedelta(hours=5))
    first, second = push.pushes
    assert first["requestId"] == second["requestId"]


def test_different_messages_have_different_request_ids(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    journey.to_audit()
    journey.send_back()
    relay(journey.now)
    assert len({message["requestId"] for message in push.pushes}) == 2


def test_a_route_that_is_taken_away_meanwhile_ends_its_effect(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer, settings: Settings
) -> None:
    push.answers = [500]
    journey.to_submitted()
    relay(journey.now)
    settings.PUSH_URL = ""
    relay_for_hours(journey)
    assert states() == {"notice.send": "done", "notice.push": "done"}
    assert push.pushes == []


def test_no_address_and_no_guid_stands_in_the_outbox(
    journey: Journey, alice: None, letterbox: Letterbox, push: PushServer
) -> None:
    push.answers = [500]
    journey.to_submitted()
    relay(journey.now)
    written = str(list(OutboxEffect.objects.values_list("key", "payload", "last_error")))
    assert "alice" not in written
    assert str(GUID) not in written
