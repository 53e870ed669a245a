"""T3, T4, T22 to T25, T29, T31, T33: every hand-made move against roles, revisions, replays and its table row."""

import pytest

from inkseal.contracts.enums import Page, Progress
from inkseal.contracts.errors import MoveRefusedError, NotYoursError, RoleRefusedError, StaleRevisionError
from inkseal.contracts.models import Contract, ContractControl, ContractLog
from inkseal.core.actor import Actor, Role
from inkseal.evidence.models import EvidenceEvent
from tests.integration.contracts.editor_moves import FOLLOWED, MOVES, NOTE, REVISED, last_log, make, put, ready
from tests.integration.contracts.journey import Journey, a_request, staff
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot

#: Where each leads (contract, step), and the tables that C3.3 names for it; every move also writes control and proof.
LEADS = {
    "T3": (20, 0, {"novelscontract", "scontractlog"}),
    "T4": (30, 0, {"novelscontract", "scontractlog"}),
    "T22": (1, 80, {"novelscontract", "scontractlog"}),
    "T23": (4, 0, {"novelscontract", "scontractlog", "signonlinestep"}),
    "T24": (15, 80, {"novelscontract", "scontractlog"}),
    "T25": (5, 80, {"novelscontract", "scontractlog"}),
    "T29": (30, 0, {"novelscontract", "scontractlog"}),
    "T31": (80, 50, {"signonlinestep"}),
    "T33": (110, 80, {"novelscontract", "scontractlog", "signonlinestep"}),
}
ALWAYS = {"contract_control", "evidence_chain", "evidence_event"}
#: The lock row and its event follow where the value changes.
LOCKS = {"author_signonline_pennamelock", "outbox_effect"}


def test_every_hand_made_move_is_tested_here() -> None:
    assert set(LEADS) == set(MOVES)


@pytest.mark.parametrize("transition", MOVES)
def test_a_move_leads_where_the_table_says_and_writes_only_its_tables(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    before, revision = snapshot(), journey.revision
    moved = make(journey, transition)
    contract, step, tables = LEADS[transition]
    assert (moved.progress, moved.page, moved.revision) == (contract, step, revision + 1)
    assert (journey.state.progress, journey.state.page) == (contract, step)
    assert set(changed_tables(before)) - LOCKS == tables | ALWAYS


@pytest.mark.parametrize("transition", [name for name in MOVES if name != "T31"])
def test_a_move_writes_one_log_row_with_who_what_and_why(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    count = ContractLog.objects.count()
    make(journey, transition)
    row = last_log()
    assert ContractLog.objects.count() == count + 1
    assert (row.actor, row.editor_type, row.responsibility) == ("Dora", 11, "signing editor")
    assert row.progress == LEADS[transition][0]
    assert row.agreement == Contract.objects.get().agreement
    assert row.note == (f"tracker -> {journey.dora.id}" if transition == "T3" else NOTE)
    assert Contract.objects.get().updated_at == row.created_at == journey.now


@pytest.mark.parametrize("transition", MOVES)
def test_a_move_is_chained_as_evidence(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    make(journey, transition)
    event = EvidenceEvent.objects.latest("id")
    assert f'"transition":"{transition}"' in str(event.facts).replace("'", '"').replace(": ", ":")
    assert NOTE not in str(event.facts)


@pytest.mark.parametrize("transition", MOVES)
def test_each_duty_makes_its_own_moves_only(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    Contract.objects.update(tracker_id=None)
    for role in sorted(set(Role) - MOVES[transition][3]):
        with nothing_changes(), pytest.raises(RoleRefusedError):
            make(journey, transition, actor=staff("charlie", role))
    for role in MOVES[transition][3]:
        ready(journey, transition)
        make(journey, transition, actor=staff("bob", role))


@pytest.mark.parametrize("transition", sorted(FOLLOWED))
def test_the_tracker_makes_a_move_in_any_duty_of_staff(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    Contract.objects.update(tracker_id=journey.charlie.id)
    make(journey, transition, actor=journey.charlie)
    assert last_log().actor == "Charlie"


@pytest.mark.parametrize("transition", sorted(FOLLOWED))
def test_an_author_with_the_trackers_number_is_no_tracker(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    Contract.objects.update(tracker_id=1001)
    with nothing_changes(), pytest.raises(RoleRefusedError):
        make(journey, transition, actor=journey.author)


@pytest.mark.parametrize("transition", sorted(REVISED))
def test_a_stale_page_does_not_move(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    with nothing_changes(), pytest.raises(StaleRevisionError) as caught:
        make(journey, transition, revision=journey.revision - 1)
    assert caught.value.state == journey.state
    assert caught.value.present == ContractControl.objects.get().revision


@pytest.mark.parametrize("transition", MOVES)
def test_a_double_submit_moves_once(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    request, revision = a_request(), journey.revision
    first = make(journey, transition, request=request, revision=revision)
    with nothing_changes():
        assert make(journey, transition, request=request, revision=revision) == first


@pytest.mark.parametrize("transition", sorted(set(MOVES) - {"T31"}))
def test_a_complete_contract_is_not_moved_by_hand(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    put(journey, Progress.COMPLETE, Page.COMPLETE)
    with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
        make(journey, transition)
    assert caught.value.refusal.transitions == (transition,)


def test_t31_needs_a_page_row(journey: Journey) -> None:
    put(journey, Progress.CHIEF_SUBMITTED, None)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        make(journey, "T31")


@pytest.mark.parametrize("transition", MOVES)
def test_a_book_that_does_not_exist_is_not_moved(journey: Journey, transition: str) -> None:
    ready(journey, transition)
    revision = journey.revision
    journey.book_id = 4040
    with nothing_changes(), pytest.raises(NotYoursError):
        make(journey, transition, revision=revision)


def test_a_stranger_of_the_staff_learns_no_revision(journey: Journey) -> None:
    ready(journey, "T22")
    with pytest.raises(RoleRefusedError):
        make(journey, "T22", actor=Actor(Role.UNKNOWN, 5, "Mallory"), revision=0)
