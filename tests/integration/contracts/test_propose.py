"""T1: the responsible editor proposes; nothing but the proposal is written."""

import pytest

from inkseal.catalog.models import Book, BookKind
from inkseal.contracts.enums import SIGNED_ONLINE, Agreement, Progress
from inkseal.contracts.errors import FieldFaultsError, MoveRefusedError, NotYoursError, RoleRefusedError
from inkseal.contracts.models import Contract, ContractLog, Proposal
from inkseal.contracts.propose import propose
from inkseal.core.actor import Role
from tests.integration.contracts.journey import TERMS, Journey, staff
from tests.integration.contracts.rows import changed_tables, nothing_changes, snapshot


def test_r32_a_proposal_carries_its_agreement_type_and_terms(journey: Journey) -> None:
    journey.propose()
    row = Proposal.objects.get(book_id=77)
    assert (row.agreement, row.status, row.editor_name) == (1, 1, "Charlie")
    assert row.terms == {"share_ratio": "50", "currency": "USD", "term_years": 10, "words_per_month": 30000}
    assert row.created_at == row.updated_at == journey.now


def test_a_proposal_begins_neither_contract_nor_log(journey: Journey) -> None:
    before = snapshot()
    moved = journey.propose()
    assert (moved.progress, moved.page, moved.review, moved.revision) == (None, None, None, 1)
    assert changed_tables(before) == {
        "responsibleeditor": 1,
        "contract_control": 1,
        "author_signonline_pennamelock": 1,
        "evidence_chain": 1,
        "evidence_event": 1,
        "outbox_effect": 1,
    }


def test_a_second_proposal_voids_the_first_and_keeps_it(journey: Journey) -> None:
    journey.propose()
    journey.propose(Agreement.CONTEST_SHARE)
    assert list(Proposal.objects.order_by("id").values_list("agreement", "status")) == [(1, -1), (3, 1)]
    assert Proposal.objects.earliest("id").updated_at == journey.now


@pytest.mark.parametrize("kind", [BookKind.TRANSLATION, BookKind.COMIC])
def test_only_novels_and_fanfic_are_signed_here(journey: Journey, kind: BookKind) -> None:
    Book.objects.update(kind=kind)
    with nothing_changes(), pytest.raises(RoleRefusedError) as caught:
        journey.propose()
    assert caught.value.rule == "book_kind"


def test_fanfic_is_signed_here(journey: Journey) -> None:
    Book.objects.update(kind=BookKind.FANFIC)
    journey.propose()
    assert Proposal.objects.filter(status=1).count() == 1


@pytest.mark.parametrize("agreement", [Agreement.NONE, Agreement.UNKNOWN, Agreement.OFFLINE, Agreement.X_SIGN_NEW])
def test_a_type_without_terms_cannot_be_proposed(journey: Journey, agreement: Agreement) -> None:
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        journey.propose(agreement)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("agreement", "choice")]


def test_faulty_terms_are_said_at_their_fields(journey: Journey) -> None:
    terms = {**TERMS, "share_ratio": "150", "currency": ""}
    with nothing_changes(), pytest.raises(FieldFaultsError) as caught:
        propose(77, Agreement.STANDARD_SHARE, terms, actor=journey.charlie, request=None, now=journey.now)
    assert [fault.field for fault in caught.value.faults] == ["share_ratio", "currency"]


def test_a_signed_book_is_not_proposed(journey: Journey) -> None:
    Book.objects.update(sign_type=SIGNED_ONLINE)
    with nothing_changes(), pytest.raises(MoveRefusedError) as caught:
        journey.propose()
    assert caught.value.refusal.transitions == ("T1",)


def test_a_book_under_way_is_not_proposed_again(journey: Journey) -> None:
    journey.to_submitted()
    with nothing_changes(), pytest.raises(MoveRefusedError):
        journey.propose()


@pytest.mark.parametrize("progress", [Progress.SUSPENDED, Progress.ABANDONED, Progress.UNREACHABLE])
def test_a_resting_book_is_proposed_again(journey: Journey, progress: Progress) -> None:
    journey.to_submitted()
    Contract.objects.update(progress=progress)
    logs = ContractLog.objects.count()
    assert journey.propose().progress is progress
    assert ContractLog.objects.count() == logs


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RESPONSIBLE_EDITOR}))
def test_nobody_else_proposes(journey: Journey, role: Role) -> None:
    with nothing_changes(), pytest.raises(RoleRefusedError):
        propose(77, Agreement.STANDARD_SHARE, TERMS, actor=staff("charlie", role), request=None, now=journey.now)


def test_a_book_that_does_not_exist_is_not_proposed(journey: Journey) -> None:
    journey.book_id = 78
    with nothing_changes(), pytest.raises(NotYoursError):
        journey.propose()
