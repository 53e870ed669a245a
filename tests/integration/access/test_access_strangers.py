"""Ids of another person are answered like ids of nobody; a duty counts as it is now; forms need their token."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from inkseal.catalog.models import EditorGroup, Staff
from inkseal.contracts.access import roles_of
from inkseal.contracts.models import ContractControl, UploadedPicture
from inkseal.outbox.models import OutboxEffect
from tests.integration.access.matrix import Rule, rules
from tests.integration.access.world import DESK, NO_BOOK, STATIONS, World, browser_of, parameters_of

RULES = rules()
OF_A_BOOK = [rule for rule in RULES.values() if "book_id" in parameters_of(rule.route)]
PORTAL = [rule for rule in OF_A_BOOK if rule.route.startswith("portal:")]
FORMS = [rule for rule in RULES.values() if "method" not in rule.answers["post"].values()]
DUTIES = ("responsible", "chief", "signing")
#: No response type of the test client is public.
Response = Any


def names(rule: Rule) -> str:
    return rule.route


def told(response: Response, book_id: int) -> tuple[int, str, list[str]]:
    """Return all that an answer says, without the number that was asked for and the token of this very form."""
    number = re.compile(rf"(?<![0-9a-f]){book_id}(?![0-9a-f])")
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    kept = sorted(number.sub("N", f"{name}: {value}") for name, value in response.headers.items())
    return response.status_code, number.sub("N", body), [line for line in kept if "Content-Length" not in line]


@pytest.mark.parametrize("rule", PORTAL, ids=names)
@pytest.mark.parametrize("method", ["get", "post"])
def test_alices_book_is_to_bea_like_one_that_there_is_not(world: World, rule: Rule, method: str) -> None:
    bea = browser_of("other")
    for station, book_id in STATIONS.items():
        theirs = getattr(bea, method)(world.address(rule.route, station), rule.send)
        nobodys = getattr(bea, method)(world.address(rule.route, station, book_id=NO_BOOK), rule.send)
        assert told(theirs, book_id) == told(nobodys, NO_BOOK), station


@pytest.mark.parametrize("rule", [rule for rule in OF_A_BOOK if rule not in PORTAL], ids=names)
@pytest.mark.parametrize("role", ["nobody", "author", "idle", "clerk"])
def test_the_desk_tells_strangers_nothing_of_what_exists(world: World, rule: Rule, role: str) -> None:
    browser, book_id = browser_of(role), STATIONS["audit"]
    method = "get" if rule in OF_A_BOOK and rule.answers["get"][role] != "method" else "post"
    theirs = getattr(browser, method)(world.address(rule.route, "audit"), rule.send)
    nobodys = getattr(browser, method)(world.address(rule.route, "audit", book_id=NO_BOOK), rule.send)
    assert told(theirs, book_id) == told(nobodys, NO_BOOK)


@pytest.mark.parametrize("route", ["portal:picture", "portal:look", "portal:remove"])
def test_a_picture_of_another_book_is_no_picture_of_this_one(world: World, route: str) -> None:
    """Both books are Alice's; the picture is asked for through the wrong one."""
    browser = browser_of("author")
    elsewhere = UploadedPicture.objects.filter(book_id=STATIONS["audit"]).latest("file_id").file_id
    wrong = World(world.content_hash, {"upload": elsewhere})
    method = browser.post if route == "portal:remove" else browser.get
    assert method(wrong.address(route, "upload")).status_code == 404
    assert UploadedPicture.objects.get(file_id=elsewhere).removed_at is None


@pytest.mark.parametrize("station", ["upload", "back", "complete"])
def test_the_auditor_opens_no_picture_through_another_book(world: World, station: str) -> None:
    wrong = World(world.content_hash, {"audit": world.pictures[station]})
    assert browser_of("signing").get(wrong.address("desk:picture", "audit")).status_code == 404


@pytest.mark.parametrize("number", [0, 10**18, 2**63, 10**60])
@pytest.mark.parametrize("rule", [RULES["portal:basic"], RULES["portal:picture"], RULES["desk:contract"]], ids=names)
def test_numbers_beyond_every_column_are_unknown(world: World, rule: Rule, number: int) -> None:
    role = "author" if rule in PORTAL else "chief"
    assert browser_of(role).get(world.address(rule.route, rule.at, book_id=number)).status_code == 404


def changes() -> tuple[list[tuple[int, int]], int]:
    """Return what every accepted form moves: revisions and effects."""
    revisions = ContractControl.objects.order_by("book_id").values_list("book_id", "revision")
    return list(revisions), OutboxEffect.objects.count()


def best_role(rule: Rule) -> str:
    return next((role for role, given in rule.answers["post"].items() if given not in {"sign-in", "refused"}), "nobody")


@pytest.mark.parametrize("rule", FORMS, ids=names)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/json"])
def test_a_form_without_its_token_changes_nothing(world: World, rule: Rule, kind: str) -> None:
    """A-44; the JSON body in text/plain is what another site's form can send without being asked first."""
    before = changes()
    browser = browser_of(best_role(rule), strict=True)
    response = browser.post(world.address(rule.route, rule.at), data='{"to": "information"}', content_type=kind)
    assert response.status_code == 403
    assert changes() == before


@pytest.mark.parametrize("rule", FORMS, ids=names)
def test_a_form_with_its_token_is_read(world: World, rule: Rule) -> None:
    role = best_role(rule)
    browser = browser_of(role, strict=True)
    browser.get("/verify")
    sent = {**rule.send, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(world.address(rule.route, rule.at), sent).status_code != 403


def test_the_token_of_another_session_is_worth_nothing(world: World) -> None:
    mallory = browser_of("other", strict=True)
    mallory.get("/verify")
    alice = browser_of("author", strict=True)
    alice.get("/verify")
    sent = {"to": "information", "csrfmiddlewaretoken": mallory.cookies["csrftoken"].value}
    assert alice.post(world.address("portal:back", "preview"), sent).status_code == 403


def pages_of(role: str) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.route.startswith("desk:") and rule.answers["get"][role] == "page"]


def refused_everywhere(browser: Client, world: World, role: str) -> list[str]:
    """Return the routes of books that still show a page."""
    asked = [rule for rule in pages_of(role) if rule in OF_A_BOOK]
    assert asked
    return [rule.route for rule in asked if browser.get(world.address(rule.route, rule.at)).status_code == 200]


@pytest.mark.parametrize("role", DUTIES)
def test_a_duty_that_was_taken_away_counts_on_the_very_next_request(world: World, role: str) -> None:
    """A-08"""
    browser = browser_of(role)
    assert refused_everywhere(browser, world, role) == [rule.route for rule in pages_of(role) if rule in OF_A_BOOK]
    EditorGroup.objects.filter(staff__user__username=DESK[role]).delete()
    assert refused_everywhere(browser, world, role) == []


@pytest.mark.parametrize("role", DUTIES)
def test_an_account_that_was_closed_is_signed_out_on_the_very_next_request(world: World, role: str) -> None:
    browser = browser_of(role)
    assert browser.get("/desk/").status_code == 200
    User.objects.filter(username=DESK[role]).update(is_active=False)
    answer = browser.get("/desk/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/sign-in")


@pytest.mark.parametrize("role", DUTIES)
def test_a_closed_account_has_no_duty_even_where_no_session_is_asked(world: World, role: str) -> None:
    staff = Staff.objects.get(user__username=DESK[role])
    assert roles_of(staff)
    User.objects.filter(username=DESK[role]).update(is_active=False)
    assert roles_of(Staff.objects.get(user__username=DESK[role])) == frozenset()


@pytest.mark.parametrize("role", DUTIES)
def test_a_changed_password_ends_the_sessions_of_before(world: World, role: str) -> None:
    browser = browser_of(role)
    user = User.objects.get(username=DESK[role])
    user.set_password("another-invented-password")
    user.save()
    assert browser.get("/desk/").status_code == 302


@pytest.mark.parametrize(("form", "role"), [("propose", "responsible"), ("submit", "chief"), ("audit", "signing")])
def test_a_form_that_was_open_when_the_duty_went_is_refused(world: World, form: str, role: str) -> None:
    browser, rule = browser_of(role), RULES[f"desk:{form}"]
    address = world.address(rule.route, rule.at)
    assert browser.get(address).status_code == 200
    EditorGroup.objects.filter(staff__user__username=DESK[role]).delete()
    before = changes()
    assert browser.post(address, rule.send).status_code == 403
    assert changes() == before


def test_a_duty_of_another_group_code_opens_nothing(world: World) -> None:
    """Codes that are no duty of the workflow, and the author's own code, given to a member of staff."""
    erin = Staff.objects.get(user__username="erin")
    for code in (-1, 0, 3, 12, 100, 101, 102):
        EditorGroup.objects.create(group_id=4, group_name="Group 4", staff=erin, responsibility=code)
    browser = browser_of("idle")
    for rule in pages_of("signing"):
        if rule in OF_A_BOOK:
            assert browser.get(world.address(rule.route, rule.at)).status_code in {403, 404}


def test_being_djangos_superuser_is_no_duty(world: World) -> None:
    User.objects.filter(username="erin").update(is_superuser=True, is_staff=True)
    browser = browser_of("idle")
    assert browser.get(world.address("desk:audit", "audit")).status_code == 403
    assert browser.get(world.address("desk:contract", "audit")).status_code == 404
