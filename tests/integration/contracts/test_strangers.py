"""Who is not the author of a book learns nothing of its contract, and who lacks the duty does nothing with it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from inkseal.contracts import files
from inkseal.contracts.access import acting_as, roles_of
from inkseal.contracts.author_view import author_contract
from inkseal.contracts.confirm import confirm
from inkseal.contracts.desk_view import audit_case, desk_contract
from inkseal.contracts.enums import Page, PictureKind
from inkseal.contracts.errors import NotYoursError, RoleRefusedError
from inkseal.contracts.finish_information import finish_information
from inkseal.contracts.go_back import go_back
from inkseal.contracts.hand_in import hand_in
from inkseal.contracts.models import UploadedPicture
from inkseal.contracts.preview import preview
from inkseal.contracts.remove_picture import remove_picture
from inkseal.contracts.resume import resume
from inkseal.contracts.reveal import reveal
from inkseal.contracts.save_basic import save_basic
from inkseal.contracts.save_draft import save_draft
from inkseal.contracts.upload_picture import upload_picture
from inkseal.core.actor import Actor, Role
from inkseal.project.demo.people import staff_member
from tests.integration.contracts.journey import BASIC, INFORMATION, Journey, a_picture, a_request
from tests.integration.contracts.rows import nothing_changes

Attempt = Callable[[int, Actor, datetime], object]

AUTHORS_ACTS: dict[str, Attempt] = {
    "save_basic": lambda book, who, now: save_basic(book, BASIC, actor=who, request=None, now=now),
    "save_draft": lambda book, who, now: save_draft(book, INFORMATION, actor=who, now=now),
    "finish": lambda book, who, now: finish_information(book, actor=who, request=None, now=now),
    "go_back": lambda book, who, now: go_back(book, Page.BASIC, actor=who, request=None, now=now),
    "preview": lambda book, who, now: preview(book, actor=who, now=now),
    "confirm": lambda book, who, now: confirm(
        book, revision=1, content_hash="", actor=who, request=a_request(), now=now
    ),
    "upload": lambda book, who, now: upload_picture(book, PictureKind.SIGNED, a_picture(), actor=who, now=now),
    "remove": lambda book, who, now: remove_picture(book, _some_picture(), actor=who, now=now),
    "hand_in": lambda book, who, now: hand_in(book, revision=1, actor=who, request=a_request(), now=now),
    "resume": lambda book, who, now: resume(book, actor=who, request=None, now=now),
    "view": lambda book, who, now: author_contract(book, actor=who, now=now),
}

FILES: dict[str, Attempt] = {
    "print": lambda book, who, _: files.read_print(book, actor=who),
    "picture": lambda book, who, _: files.read_picture(book, _some_picture(), actor=who),
    "signed": lambda book, who, _: files.read_signed(book, actor=who),
    "sealed": lambda book, who, _: files.read_sealed(book, actor=who),
}

STATIONS = ["to_submitted", "to_preview", "to_upload", "to_audit", "to_approved"]


def _some_picture() -> int:
    row = UploadedPicture.objects.first()
    return row.file_id if row else 1


@pytest.mark.parametrize("station", STATIONS)
def test_another_author_is_told_the_same_as_of_an_unknown_book(journey: Journey, station: str) -> None:
    """Also with a stale revision and a request id: those are looked at later."""
    getattr(journey, station)()
    bea = Journey(journey.now, author_id=1002).author
    for name, attempt in {**AUTHORS_ACTS, **FILES}.items():
        for book in (77, 999):
            with nothing_changes(), pytest.raises(NotYoursError) as caught:
                attempt(book, bea, journey.now)
            assert caught.value.args == (), name


def test_an_author_of_no_account_is_nobody(journey: Journey) -> None:
    journey.to_audit()
    nobody = Actor(Role.AUTHOR, 4242, "nobody")
    for attempt in {**AUTHORS_ACTS, **FILES}.values():
        with nothing_changes(), pytest.raises(NotYoursError):
            attempt(77, nobody, journey.now)


@pytest.mark.parametrize("name", sorted(set(AUTHORS_ACTS) - {"confirm", "hand_in"}))
def test_staff_does_not_act_for_the_author(journey: Journey, name: str) -> None:
    """Not even one whose number is the author's."""
    journey.to_audit()
    for who in (journey.dora, Actor(Role.CHIEF_EDITOR, 1001, "Bob"), Actor(Role.SYSTEM, 1001, "system")):
        with nothing_changes(), pytest.raises(NotYoursError):
            AUTHORS_ACTS[name](77, who, journey.now)


@pytest.mark.parametrize("role", [Role.UNKNOWN, Role.SYSTEM, Role.PARTNER])
def test_files_are_for_the_author_and_for_staff_with_a_duty(journey: Journey, role: Role) -> None:
    journey.to_approved().seal()
    for name, attempt in FILES.items():
        with pytest.raises(NotYoursError):
            attempt(77, Actor(role, 1001, "x"), journey.now)
        assert attempt(77, journey.author, journey.now), name
        assert attempt(77, journey.dora, journey.now), name


def test_files_that_are_not_there_yet_are_answered_like_a_stranger(journey: Journey) -> None:
    journey.to_preview()
    for attempt in FILES.values():
        with pytest.raises(NotYoursError):
            attempt(77, journey.author, journey.now)


def test_duties_are_read_anew_at_every_act(journey: Journey) -> None:
    """A-08"""
    dora = staff_member("dora")
    assert roles_of(dora) == {Role.SIGNING_EDITOR}
    assert acting_as(dora, Role.CHIEF_EDITOR, Role.SIGNING_EDITOR).role is Role.SIGNING_EDITOR
    dora.duties.all().delete()
    assert roles_of(dora) == frozenset()
    with pytest.raises(RoleRefusedError):
        acting_as(dora, Role.SIGNING_EDITOR)


def test_an_account_that_was_closed_has_no_duty(journey: Journey) -> None:
    dora = staff_member("dora")
    dora.user.is_active = False
    dora.user.save()
    assert roles_of(staff_member("dora")) == frozenset()


def test_codes_of_other_duties_give_none_here(journey: Journey) -> None:
    dora = staff_member("dora")
    dora.duties.update(responsibility=100)  # the code of an author, which nobody on the desk is
    assert roles_of(dora) == frozenset()


def test_staff_without_a_duty_sees_no_contract(journey: Journey) -> None:
    journey.to_audit()
    charlie = staff_member("charlie")
    assert desk_contract(77, charlie).book_id == 77
    charlie.duties.all().delete()
    with pytest.raises(NotYoursError):
        desk_contract(77, charlie)
    with pytest.raises(NotYoursError):
        desk_contract(999, staff_member("dora"))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SIGNING_EDITOR}))
def test_hidden_digits_and_the_case_are_for_signing_editors(journey: Journey, role: Role) -> None:
    journey.to_audit()
    who = Actor(role, journey.dora.id, "Dora")
    with nothing_changes(), pytest.raises(RoleRefusedError):
        reveal(77, actor=who, now=journey.now)
    with nothing_changes(), pytest.raises(RoleRefusedError):
        audit_case(77, actor=who, now=journey.now)


def test_there_is_nothing_to_reveal_before_the_author_wrote_anything(journey: Journey) -> None:
    journey.to_submitted()
    with nothing_changes(), pytest.raises(NotYoursError):
        reveal(77, actor=journey.dora, now=journey.now)
    with nothing_changes(), pytest.raises(NotYoursError):
        audit_case(77, actor=journey.dora, now=journey.now)
