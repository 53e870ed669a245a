"""Refusals are counted by route and status, and shown to nobody without the token."""

import pytest
from django.test import Client

from inkseal.project.metrics import refusals

pytestmark = pytest.mark.django_db


def counted(route: str, status: int) -> float:
    """Return the present count."""
    value: float = refusals.labels(route, str(status))._value.get()
    return value


def test_an_unknown_address_is_counted_without_the_address(client: Client) -> None:
    before = counted("unknown", 404)
    client.get("/author/someone@example.org/secret")
    assert counted("unknown", 404) == before + 1


def test_a_refused_form_is_counted_under_its_route(client: Client) -> None:
    before = counted("portal:sign-in", 422)
    client.post("/author/sign-in", {"email": "not an address"})
    assert counted("portal:sign-in", 422) == before + 1


def test_an_answer_that_is_no_refusal_is_not_counted(client: Client) -> None:
    before = counted("public:home", 200)
    assert client.get("/").status_code == 200
    assert counted("public:home", 200) == before


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer é"}])
def test_without_the_token_there_is_no_metrics_page(client: Client, settings: object, header: dict[str, str]) -> None:
    settings.METRICS_TOKEN = "right-token"  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert client.get("/metrics", headers=header).status_code == 404


def test_an_unset_token_opens_nothing(client: Client) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_monitor_with_the_token_reads_the_counts(client: Client, settings: object) -> None:
    settings.METRICS_TOKEN = "right-token"  # type: ignore[attr-defined]  # pytest-django's settings take any name
    client.get("/nothing-here")
    answer = client.get("/metrics", headers={"Authorization": "Bearer right-token"})
    assert answer.status_code == 200
    assert b'inkseal_refusals_total{route="unknown",status="404"}' in answer.content
