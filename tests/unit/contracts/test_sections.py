"""Where a contract waits, and for whom."""

import pytest

from inkseal.contracts.enums import Progress
from inkseal.contracts.sections import PROGRESS_OF, Section, mine, section_of
from inkseal.core.actor import Role


@pytest.mark.parametrize(
    ("progress", "section"),
    [
        (5, Section.AUTHOR_FILLS),
        (10, Section.AUTHOR_FILLS),
        (20, Section.AUTHOR_FILLS),
        (30, Section.AUTHOR_FILLS),
        (60, Section.AUTHOR_FILLS),
        (70, Section.AUTHOR_FILLS),
        (50, Section.AUTHOR_SIGNS),
        (80, Section.TO_AUDIT),
        (90, Section.SEALING),
        (100, Section.AUTHOR_CORRECTS),
        (110, Section.AUTHOR_CORRECTS),
        (40, Section.COMPLETE),
        (1, Section.RESTING),
        (4, Section.RESTING),
        (15, Section.RESTING),
    ],
)
def test_a_contract_stands_in_the_section_of_its_progress(progress: int, section: Section) -> None:
    for proposed in (True, False):
        assert section_of(Progress(progress), proposed=proposed) is section


@pytest.mark.parametrize("progress", [None, Progress.NOT_STARTED])
def test_a_book_without_contract_waits_for_its_proposal_then_for_the_chief(progress: Progress | None) -> None:
    assert section_of(progress, proposed=False) is Section.TO_PROPOSE
    assert section_of(progress, proposed=True) is Section.TO_SUBMIT


def test_every_progress_stands_in_one_section_only() -> None:
    listed = [progress for values in PROGRESS_OF.values() for progress in values]
    assert sorted(listed) == sorted(set(Progress) - {Progress.NOT_STARTED})


def test_each_duty_has_its_own_list_and_several_duties_have_several() -> None:
    assert mine(frozenset({Role.RESPONSIBLE_EDITOR})) == (Section.TO_PROPOSE,)
    assert mine(frozenset({Role.CHIEF_EDITOR})) == (Section.TO_SUBMIT,)
    assert mine(frozenset({Role.SIGNING_EDITOR})) == (Section.TO_AUDIT,)
    assert mine(frozenset({Role.SIGNING_EDITOR, Role.RESPONSIBLE_EDITOR})) == (Section.TO_PROPOSE, Section.TO_AUDIT)
    assert mine(frozenset()) == mine(frozenset({Role.AUTHOR})) == ()
