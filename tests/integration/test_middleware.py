"""What every request passes through: health without the database, language, refusals, and the order of it all."""

from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from pytest_django import Settings
from structlog.testing import capture_logs

from inkseal.project import checks, middleware
from inkseal.project.clock import database_now
from inkseal.project.middleware import clock_middleware, language_middleware

#: No response type of the test client is public.
Response = Any


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database does not answer, to nobody."""

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError(2002, "Can't connect to server on 'db.example'")

    monkeypatch.setattr(middleware, "database_now", refuse)
    monkeypatch.setattr(checks, "database_now", refuse)
    monkeypatch.setattr(connection, "cursor", refuse)


@pytest.fixture
def quiet() -> Client:
    """A browser that gets the page of a failure instead of the exception."""
    return Client(raise_request_exception=False)


def test_a_living_process_says_so_while_the_database_is_away(away: None, quiet: Client) -> None:
    response = quiet.get("/health/live")
    assert (response.status_code, response.content) == (200, b"alive\n")


def test_readiness_is_answered_while_the_database_is_away(away: None, quiet: Client) -> None:
    response = quiet.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "checks": {"database": "fail"}}
    assert "db.example" not in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/author/", "/desk/", "/verify"])
def test_pages_say_that_something_failed_while_the_database_is_away(away: None, quiet: Client, path: str) -> None:
    response = quiet.get(path)
    assert response.status_code == 500
    assert "Something failed on our side" in response.content.decode()
    assert "db.example" not in response.content.decode()


@pytest.mark.parametrize("path", ["/healthy", "/author/health/live", "/health", "/HEALTH/live"])
def test_only_the_pages_of_health_are_without_a_time(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    asked: list[str] = []
    monkeypatch.setattr(middleware, "database_now", lambda: asked.append(path))
    clock_middleware(lambda _: answer())(RequestFactory().get(path))
    assert asked == [path]


def answer() -> Response:
    from django.http import HttpResponse

    return HttpResponse("x")


@pytest.mark.django_db
def test_the_time_is_read_once_for_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[datetime] = []

    def once_more() -> datetime:
        read.append(database_now())
        return read[-1]

    monkeypatch.setattr(middleware, "database_now", once_more)
    assert Client().get("/").status_code == 200
    assert len(read) == 1


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [
        ("", "", "en"),
        ("", "zh-CN", "zh-hans"),
        ("zh-hans", "en", "zh-hans"),
        ("en", "zh-CN", "en"),
        ("xx", "zh-CN", "zh-hans"),
        ("", "xx,yy;q=0.5", "en"),
    ],
)
def test_the_language_is_the_cookie_s_then_the_browser_s(cookie: str, header: str, language: str) -> None:
    from django.utils import translation

    spoken: list[str | None] = []
    request = RequestFactory().get("/", headers={"accept-language": header} if header else {})
    if cookie:
        request.COOKIES["django_language"] = cookie

    def view(_request: object) -> Response:
        spoken.append(translation.get_language())
        return answer()

    response = language_middleware(view)(request)
    assert spoken == [language]
    assert response.headers["Content-Language"] == language


def test_the_language_of_one_request_is_not_that_of_the_next() -> None:
    from django.utils import translation

    before = translation.get_language()
    language_middleware(lambda _: answer())(RequestFactory().get("/", headers={"accept-language": "zh-CN"}))
    assert translation.get_language() == before


def test_a_language_that_the_answer_says_itself_is_kept() -> None:
    def view(_request: object) -> Response:
        response = answer()
        response.headers["Content-Language"] = "de"
        return response

    assert language_middleware(view)(RequestFactory().get("/")).headers["Content-Language"] == "de"


def position(settings: Settings, name: str) -> int:
    return next(number for number, path in enumerate(settings.MIDDLEWARE) if name in path)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("SecurityMiddleware", "SessionMiddleware"),
        ("XFrameOptionsMiddleware", "CommonMiddleware"),
        ("CSPMiddleware", "CommonMiddleware"),
        ("SessionMiddleware", "CsrfViewMiddleware"),
        ("SessionMiddleware", "AuthenticationMiddleware"),
        ("language_middleware", "CommonMiddleware"),
        ("CsrfViewMiddleware", "clock_middleware"),
        ("clock_middleware", "AxesMiddleware"),
    ],
)
def test_what_must_stand_outside_of_what(settings: Settings, outer: str, inner: str) -> None:
    """Rules for the browser hold for refusals too; nothing is asked of the database for a forged form."""
    assert position(settings, outer) < position(settings, inner)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/author/1001%0d%0aevent=forged", "/no/\x1b[31mred", "/desk/contracts/%0a{}", "/" + "x" * 5000]
)
def test_nothing_of_an_address_gets_into_our_log_of_refusals(path: str) -> None:
    """A-45: line breaks, colours, JSON."""
    with capture_logs() as lines:
        response = Client().get(path)
    assert response.status_code in {302, 404}
    told = [line for line in lines if line["event"] == "refused"]
    assert "forged" not in str(told)
    assert "\x1b" not in str(told)
    assert "xxxx" not in str(told)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "[::1", ""])
def test_a_host_that_is_not_ours_is_not_answered(host: str) -> None:
    response = Client().get("/author/sign-in", headers={"host": host})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["x-forwarded-host", "x-original-url", "x-rewrite-url", "x-forwarded-for"])
def test_headers_that_only_a_proxy_may_set_are_not_listened_to(header: str) -> None:
    response = Client().get("/author/", headers={header: "evil.example/desk/"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/author/sign-in?next=%2Fauthor%2F"


@pytest.mark.django_db
@pytest.mark.parametrize("face", ["/author/sign-in", "/desk/sign-in"])
@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(face: str, target: str) -> None:
    body = Client().get(f"{face}?next={target}").content.decode()
    assert f'action="{target}"' not in body
    assert f'href="{target}"' not in body
