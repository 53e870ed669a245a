"""The job that prompts authors: due rows, one worker at a time, never twice (T27, T28, R58, R112)."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inkseal import outbox
from inkseal.contracts.models import Contract, ContractControl
from inkseal.notices.duty import claim_duty, end_duty, keep_duty
from inkseal.notices.models import Duty, Message, Reminder
from inkseal.notices.remind import DUTY, remind
from inkseal.outbox.models import OutboxEffect
from inkseal.project.demo.people import write_book
from tests.integration.contracts.journey import Journey
from tests.integration.mail_server import Letterbox

DAY = timedelta(days=1)


def run(at: datetime, owner: str = "one") -> int | None:
    return remind(lambda: at, owner=owner)


def prompts() -> list[str]:
    keys = OutboxEffect.objects.filter(kind="notice.send").order_by("id").values_list("key", flat=True)
    return [key for key in keys if ":T27:" in key or ":T28:" in key]


def walk_days(start: datetime, days: int) -> None:
    """Let the job run every hour."""
    for hour in range(days * 24):
        run(start + timedelta(hours=hour))


def relay(at: datetime) -> None:
    while outbox.run_due(lambda: at, owner="test"):
        pass


def test_r58_an_author_who_is_silent_is_prompted_on_the_third_day(journey: Journey, letterbox: Letterbox) -> None:
    journey.to_submitted()
    relay(journey.now)
    assert run(journey.now + 3 * DAY - timedelta(hours=1)) == 0
    assert run(journey.now + 3 * DAY) == 1
    relay(journey.now + 3 * DAY)
    row = Message.objects.get(send_reason=4)
    assert (row.book_id, row.status, row.sender_name) == (77, 1, "system")
    assert letterbox.letters[-1]["Subject"].strip() == "Please complete your information for “The Lantern Ferry”"


def test_five_prompts_follow_each_other_and_no_sixth(journey: Journey) -> None:
    journey.to_submitted()
    walk_days(journey.now, 30)
    assert prompts() == [f"notice:77:T27:round-1:{number}" for number in range(1, 6)]


def test_t28_who_has_confirmed_is_prompted_to_upload(journey: Journey) -> None:
    journey.to_upload()
    assert run(journey.now + 4 * DAY) == 1
    assert prompts() == ["notice:77:T28:round-1:1"]


def test_an_author_who_goes_on_has_three_more_days(journey: Journey) -> None:
    journey.to_submitted()
    began = journey.now
    journey.now += 2 * DAY
    journey.declare()
    assert run(began + 3 * DAY + timedelta(hours=1)) == 0
    assert run(journey.now + 3 * DAY) == 1


@pytest.mark.parametrize("progress", [1, 4, 15, 40, 60, 80, 90])
def test_r112_prompts_end_where_the_contract_stops(journey: Journey, progress: int) -> None:
    journey.to_submitted()
    run(journey.now + 4 * DAY)
    Contract.objects.update(progress=progress)
    walk_days(journey.now + 5 * DAY, 10)
    assert len(prompts()) == 1
    assert list(Reminder.objects.values_list("due_at", "sent")) == [(None, 1)]


def test_r112_a_prompt_that_waits_in_the_outbox_is_dropped_when_it_is_overtaken(
    journey: Journey, letterbox: Letterbox
) -> None:
    journey.to_submitted()
    relay(journey.now)
    run(journey.now + 4 * DAY)
    Contract.objects.update(progress=1)
    relay(journey.now + 4 * DAY)
    assert not Message.objects.filter(send_reason=4).exists()
    assert not OutboxEffect.objects.exclude(state="done").filter(kind="notice.send").exists()


def test_a_new_round_is_prompted_anew(journey: Journey) -> None:
    journey.to_submitted()
    walk_days(journey.now, 20)
    ContractControl.objects.update(round=2)
    Contract.objects.update(updated_at=journey.now + 21 * DAY)
    walk_days(journey.now + 20 * DAY, 6)
    assert prompts()[5:] == ["notice:77:T27:round-2:1"]


def test_prompts_of_one_reason_are_counted_on_when_it_comes_back(journey: Journey) -> None:
    journey.to_submitted()
    run(journey.now + 4 * DAY)
    Contract.objects.update(progress=1)
    run(journey.now + 8 * DAY)
    Contract.objects.update(progress=5, updated_at=journey.now + 9 * DAY)
    walk_days(journey.now + 10 * DAY, 4)
    assert prompts() == ["notice:77:T27:round-1:1", "notice:77:T27:round-1:2"]


def test_nobody_is_prompted_at_night(journey: Journey) -> None:
    """Alice lives in Singapore: eight in the morning there is midnight in UTC."""
    journey.to_information()
    night = (journey.now + 3 * DAY).replace(hour=16, minute=0)
    assert run(night) == 0
    assert run(night.replace(hour=0) + DAY - timedelta(seconds=1)) == 0
    assert run(night.replace(hour=0) + DAY + timedelta(hours=1)) == 1


def test_a_row_that_an_import_wrote_with_an_old_time_is_found_the_next_day(journey: Journey) -> None:
    walk_days(journey.now, 1)
    journey.to_submitted()
    Contract.objects.update(updated_at=journey.now - 90 * DAY)
    ContractControl.objects.update(updated_at=journey.now - 90 * DAY)
    assert run(journey.now + 2 * DAY) == 1


def test_the_duty_is_one_workers_at_a_time(journey: Journey) -> None:
    now = journey.to_submitted().now + 4 * DAY
    held = claim_duty(DUTY, owner="one", now=now)
    assert held is not None
    assert run(now, "two") is None
    assert prompts() == []
    lease_end = now + timedelta(seconds=settings.WORKER_LEASE_SECONDS)
    assert run(lease_end, "two") == 1  # the first was killed
    assert not keep_duty(held, now=lease_end)
    assert not end_duty(held, reached=now, due_at=now)


def test_the_job_runs_once_per_interval(journey: Journey) -> None:
    interval = timedelta(seconds=settings.REMINDER_INTERVAL_SECONDS)
    assert run(journey.now) == 0
    assert run(journey.now + interval - timedelta(seconds=1), "two") is None
    assert run(journey.now + interval, "two") == 0


def test_two_workers_that_both_believe_to_hold_the_duty_prompt_once(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inkseal.notices import remind as job

    now = journey.to_submitted().now + 4 * DAY
    slow = Reminder.objects.create(book_id=77, reason=4, due_at=now - DAY)
    assert run(now, "fast") == 1
    assert job._prompt([slow], now) == 0
    assert len(prompts()) == 1


def test_an_idle_worker_asks_one_question(journey: Journey) -> None:
    run(journey.now)
    with CaptureQueriesContext(connection) as asked:
        assert run(journey.now + timedelta(seconds=1)) is None
    assert len(asked) == 1


def test_the_number_of_questions_does_not_grow_with_the_contracts(journey: Journey) -> None:
    def questions(at: datetime) -> int:
        with CaptureQueriesContext(connection) as asked:
            run(at)
        return len([query for query in asked if query["sql"].startswith("SELECT") and "outbox" not in query["sql"]])

    journey.to_submitted()
    one = questions(journey.now + 4 * DAY)
    for book in range(78, 84):
        write_book(book, 1002, f"Book {book}", now=journey.now)
        Journey(journey.now, book_id=book, author_id=1002).to_submitted()
    Reminder.objects.all().delete()
    Duty.objects.all().delete()
    assert questions(journey.now + 5 * DAY) <= one + 2
    assert len(prompts()) == 7


def test_due_rows_are_found_by_their_index(journey: Journey) -> None:
    plan = Reminder.objects.filter(due_at__lte=journey.now).order_by("due_at", "id")[:200].explain()
    assert connection.vendor != "sqlite" or "notice_reminder_due" in plan
