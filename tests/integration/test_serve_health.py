"""What a load balancer is told."""

import json

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from inkseal.project import checks, health

REQUEST = RequestFactory().get("/health")


def database_away() -> None:
    raise OperationalError(2002, "Can't connect to server on 'db.example'")


def test_a_living_process_says_so_without_asking_the_database() -> None:
    answer = health.live(REQUEST)
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_a_process_with_its_database_and_tables_is_ready() -> None:
    answer = health.ready(REQUEST)
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"ready": True, "checks": {"database": "ok", "migrations": "ok"}}


def test_a_process_whose_database_is_away_is_not_ready_and_tells_no_details(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "database_now", database_away)
    answer = health.ready(REQUEST)
    assert answer.status_code == 503
    assert json.loads(answer.content) == {"ready": False, "checks": {"database": "fail"}}


@pytest.mark.django_db
def test_a_process_with_older_tables_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "missing_migrations", lambda: ["contracts.0002_more"])
    answer = health.ready(REQUEST)
    assert answer.status_code == 503
    assert json.loads(answer.content)["checks"] == {"database": "ok", "migrations": "fail"}


@pytest.mark.django_db
def test_asking_for_readiness_costs_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(4):
        health.ready(REQUEST)


@pytest.mark.parametrize("view", [health.live, health.ready])
def test_health_is_asked_only_by_reading(view: object) -> None:
    assert callable(view)
    assert view(RequestFactory().post("/health")).status_code == 405


def test_answers_are_never_cached() -> None:
    assert "no-store" in health.live(REQUEST).headers["Cache-Control"]


@pytest.mark.django_db
def test_a_load_balancer_asks_over_plain_http_without_being_redirected(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 200
    assert client.get("/desk/").status_code == 301


@pytest.mark.django_db
def test_behind_a_proxy_that_ends_tls_pages_are_not_redirected_for_ever(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answer = Client().get("/desk/sign-in", headers={"x-forwarded-proto": "https"})
    assert answer.status_code == 200
