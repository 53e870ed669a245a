"""What every answer carries besides its text: rules for the browser, for caches, and for cookies."""

import re
from http.cookies import Morsel
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from inkseal.public.views import home
from tests.integration.access.matrix import Rule, rules
from tests.integration.access.world import ROLES, World, browser_of

RULES = rules()
SHOWN = [(rule, role) for rule in RULES.values() for role in rule.with_answer("get", "page")]
#: What shows nothing of anybody.
PUBLIC = {"live", "ready", "public:home", "public:verify", "portal:sign-in", "desk:sign-in"}
HTML = "text/html; charset=utf-8"
#: No response type of the test client is public.
Response = Any


def first_of(shown: list[tuple[Rule, str]]) -> list[tuple[Rule, str]]:
    """One role per route: the headers do not depend on who is shown the page."""
    return list({rule.route: (rule, role) for rule, role in reversed(shown)}.values())


def seen(world: World, rule: Rule, role: str) -> Response:
    return browser_of(role).get(world.address(rule.route, rule.at))


PAGES = pytest.mark.parametrize(
    ("rule", "role"), first_of(SHOWN), ids=lambda value: value.route if isinstance(value, Rule) else value
)


def policy(response: Response) -> dict[str, list[str]]:
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts if part}


def assert_safe(response: Response) -> None:
    directives = policy(response)
    assert directives["default-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert "unsafe" not in str(directives)
    assert "*" not in str(directives)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@PAGES
def test_every_page_forbids_what_it_does_not_need(world: World, rule: Rule, role: str) -> None:
    assert_safe(seen(world, rule, role))


@PAGES
def test_pages_of_people_are_kept_by_no_cache(world: World, rule: Rule, role: str) -> None:
    response = seen(world, rule, role)
    kept_by_none = "no-store" in response.headers.get("Cache-Control", "")
    assert kept_by_none or rule.route in PUBLIC


@PAGES
def test_every_page_says_its_language(world: World, rule: Rule, role: str) -> None:
    response = seen(world, rule, role)
    assert response.headers["Content-Language"] == "en"
    if response.headers["Content-Type"] == HTML:
        assert '<html lang="en"' in response.content.decode() or "<html" not in response.content.decode()


@PAGES
def test_pages_hold_no_script_and_no_style_of_their_own(world: World, rule: Rule, role: str) -> None:
    response = seen(world, rule, role)
    if response.headers["Content-Type"] != HTML:
        assert response.headers["Content-Type"] in {
            "application/pdf",
            "image/png",
            "image/jpeg",
            "text/plain",
            "application/json",
        }
        return
    body = response.content.decode()
    assert not re.search(r"<script(?![^>]* src=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:", body)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", body)


@PAGES
def test_no_page_says_which_software_runs(world: World, rule: Rule, role: str) -> None:
    response = seen(world, rule, role)
    assert {"Server", "X-Powered-By"}.isdisjoint(response.headers)
    assert "csrfmiddlewaretoken" not in str(response.headers)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["/no/such/page", "/author/999999", "/desk/contracts/77/audit", "/desk/sign-out"])
def test_refusals_carry_the_same_rules(world: World, role: str, path: str) -> None:
    response = browser_of(role).get(path)
    assert response.status_code in {200, 302, 403, 404, 405}
    assert_safe(response)


def cookie(response: Response, name: str) -> "Morsel[str]":
    found: Morsel[str] = response.cookies[name]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("secure", [True, False])
def test_no_script_and_no_other_site_gets_the_session(settings: Settings, secure: bool) -> None:  # noqa: FBT001  # a case
    from django.contrib.auth.models import User

    settings.SESSION_COOKIE_SECURE = secure
    User.objects.create_user("grace", password="an-invented-password")
    response = Client().post("/desk/sign-in", {"username": "grace", "password": "an-invented-password"})
    session = cookie(response, "sessionid")
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/")
    assert bool(session["secure"]) is secure
    assert not session["domain"]
    assert 0 < int(session["max-age"]) <= 12 * 60 * 60


@pytest.mark.django_db
def test_the_session_of_before_the_sign_in_is_worth_nothing_afterwards() -> None:
    """Session fixation: a key planted in the browser does not become a signed-in one."""
    from django.contrib.auth.models import User

    User.objects.create_user("grace", password="an-invented-password")
    client = Client()
    client.cookies["sessionid"] = "planted" * 4
    response = client.post("/desk/sign-in", {"username": "grace", "password": "an-invented-password"})
    assert cookie(response, "sessionid").value != "planted" * 4


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/author/sign-in", "/desk/sign-in", "/verify"])
def test_the_cookie_of_the_forms_is_for_this_site_and_no_script(path: str) -> None:
    token = cookie(Client().get(path), "csrftoken")
    assert (token["samesite"], token["httponly"]) == ("Lax", True)


@pytest.mark.django_db
def test_the_cookie_of_the_language_is_for_this_site_and_no_script() -> None:
    kept = cookie(Client().post("/language", {"language": "zh-hans", "next": "/"}), "django_language")
    assert (kept.value, kept["samesite"], kept["httponly"]) == ("zh-hans", "Lax", True)
    assert int(kept["max-age"]) > 30 * 24 * 60 * 60


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"), ("zh-Hans", "zh-hans"), ("de,fr;q=0.5", "en"), ("", "en"), ("*", "en")],
)
def test_the_browser_s_language_is_used_where_there_is_no_cookie(header: str, language: str) -> None:
    response = Client().get("/", headers={"accept-language": header})
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.django_db
def test_the_cookie_wins_over_the_browser_s_language() -> None:
    client = Client(headers={"accept-language": "zh-CN"})
    client.cookies["django_language"] = "en"
    assert client.get("/").headers["Content-Language"] == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("planted", ["xx", "../../etc", "zh-hans X-Injected: 1", "<script>", "a" * 5000])
def test_a_language_that_there_is_not_is_not_listened_to(planted: str) -> None:
    client = Client()
    client.cookies["django_language"] = planted
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] in {"en", "zh-hans"}
    assert planted not in response.content.decode()


SORRY = {
    "en": {
        403: "This page was open for too long",
        404: "This page is not here",
        500: "Something failed on our side",
        400: "This request could not be read",
    },
    "zh-hans": {403: "页面打开的时间太久", 404: "没有这个页面", 500: "我们这边出了问题", 400: "无法读取这个请求"},
}


def fail(_request: HttpRequest) -> HttpResponse:
    secret = "E1204567K"
    raise RuntimeError(f"the passport {secret} of alice@example.org")


def broken(monkeypatch: pytest.MonkeyPatch, status: int, language: str) -> Response:
    """Provoke one answer of each kind."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True, headers={"accept-language": language[:2]})
    if status == 403:
        return client.post("/verify", {"x": "1"})
    if status == 404:
        return client.get("/no/such/page")
    if status == 400:
        return client.get("/", headers={"host": "evil.example"})
    monkeypatch.setattr(home, "sign_ins", lambda: fail(HttpRequest()))
    return client.get("/")


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 500])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_failure_is_one_sentence_in_the_reader_s_language(
    monkeypatch: pytest.MonkeyPatch, language: str, status: int
) -> None:
    response = broken(monkeypatch, status, language)
    body = response.content.decode()
    assert response.status_code == status
    assert SORRY[language][status] in body
    assert f'<html lang="{language}"' in body
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_a_failure_shows_no_trace_no_value_and_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    body = broken(monkeypatch, 500, "en").content.decode()
    for told in ("Traceback", "RuntimeError", "E1204567K", "alice@example.org", "settings", ".py", "Django"):
        assert told not in body


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_failure_leads_back_to_the_start(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    assert 'href="/"' in broken(monkeypatch, status, "en").content.decode()
