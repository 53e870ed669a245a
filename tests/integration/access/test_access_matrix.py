"""Every route x everybody who may come x every method; a route that is not in the table fails (A-01, A-09)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, include, path

from inkseal.project import health
from tests.integration.access.matrix import METHODS, STATUS, Rule, routes, rules
from tests.integration.access.world import ROLES, TITLE, World, browser_of

RULES = rules()
READ_ONLY = [rule for rule in RULES.values() if set(rule.answers["post"].values()) == {"method"}]
#: Answers that tell nothing of a book.
SHUT = frozenset({"sign-in", "refused", "unknown", "method"})
#: No response type of the test client is public.
Response = Any


def answered(response: Response, rule: Rule) -> str:
    """Return the answer in the words of the table."""
    if response.status_code == 302:
        face = rule.route.partition(":")[0].replace("portal", "author")
        return "sign-in" if response.headers["Location"].startswith(f"/{face}/sign-in") else "moved"
    return next((word for word, status in STATUS.items() if status == response.status_code), str(response.status_code))


def ask(client: Client, method: str, rule: Rule, world: World) -> Response:
    return getattr(client, method)(world.address(rule.route, rule.at), rule.send if method == "post" else None)


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    assert set(RULES) == set(routes())
    assert len(routes()) == len(set(routes()))


def test_every_role_has_an_answer_that_is_one() -> None:
    for rule in RULES.values():
        for method in METHODS:
            assert tuple(rule.answers[method]) == ROLES
            assert set(rule.answers[method].values()) <= set(STATUS)


def test_a_new_route_would_be_found_wherever_it_is_mounted() -> None:
    added: list[URLPattern | URLResolver] = [
        path("new", health.live, name="new"),
        path("desk/", include(([path("x", health.live, name="y")], "desk"))),
    ]
    assert set(routes(added)) - set(RULES) == {"new", "desk:y"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", RULES)
def test_everybody_gets_the_answer_of_the_table(world: World, route: str, method: str, role: str) -> None:
    rule = RULES[route]
    response = ask(browser_of(role), method, rule, world)
    assert answered(response, rule) == rule.answers[method][role]
    if rule.answers[method][role] in SHUT:
        assert TITLE.encode() not in response.content


@pytest.mark.parametrize("route", RULES)
def test_no_route_knows_other_methods(world: World, route: str) -> None:
    rule = RULES[route]
    best = next(iter(rule.with_answer("get", "page") or rule.with_answer("post", "page")), "author")
    for role in ("nobody", best):
        for method in ("put", "patch", "delete", "options", "trace"):
            assert getattr(browser_of(role), method)(world.address(route, rule.at)).status_code == 405


@pytest.mark.parametrize("route", RULES)
def test_asking_for_the_head_alone_never_gives_more_than_the_page(world: World, route: str) -> None:
    rule = RULES[route]
    for role in ROLES:
        head = browser_of(role).head(world.address(route, rule.at))
        if head.status_code != 405:
            assert answered(head, rule) == rule.answers["get"][role]
        assert head.content == b""


@pytest.mark.parametrize("rule", READ_ONLY, ids=lambda rule: rule.route)
def test_a_method_in_a_form_field_is_not_listened_to(world: World, rule: Rule) -> None:
    best = next(iter(rule.with_answer("get", "page")), "author")
    sent = {"_method": "GET", "method": "get"}
    for header in ({}, {"x-http-method-override": "GET"}):
        assert browser_of(best).post(world.address(rule.route, rule.at), sent, headers=header).status_code == 405


@pytest.mark.parametrize("role", ROLES)
def test_an_address_that_does_not_exist_is_the_same_page_for_everybody(world: World, role: str) -> None:
    response = browser_of(role).get("/no/such/page")
    assert response.status_code == 404
    assert TITLE.encode() not in response.content
