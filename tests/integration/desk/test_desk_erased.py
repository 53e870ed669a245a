"""A contract whose author was erased: the desk says so, and breaks nowhere."""

import pytest
from django.db import transaction
from django.test import Client

from inkseal import vault
from inkseal.project.clock import database_now
from tests.integration.contracts.journey import Journey
from tests.integration.desk.pages import IN_AUDIT, text


@pytest.fixture
def erased(case: Journey) -> None:
    """Erase the author of the book in audit."""
    with transaction.atomic():
        vault.erase(vault.author_subject(1001), now=database_now())
    vault.forget_cached_keys()


@pytest.mark.parametrize("path", [f"/desk/contracts/{IN_AUDIT}", f"/desk/contracts/{IN_AUDIT}/audit"])
def test_the_pages_of_an_erased_author_say_that_he_was_erased(erased: None, dora: Client, path: str) -> None:
    answer = dora.get(path)
    assert answer.status_code == 410
    assert "The personal data of this author was erased." in text(answer)


def test_the_queue_goes_on_without_his_data(erased: None, dora: Client) -> None:
    answer = dora.get("/desk/")
    assert answer.status_code == 200
    assert "The Lantern Ferry" in text(answer)
