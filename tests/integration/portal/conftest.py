"""The demonstration's people with one book each; Alice's is submitted, so it is her turn."""

import pytest
from django.test import Client

from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
from inkseal.project.demo.story import Story
from tests.integration.portal.kit import ALICE, BEA, BEAS_BOOK, BOOK, signed_in


@pytest.fixture
def world(db: None) -> None:
    """Staff, authors, company, template, and two books without a contract."""
    write_world(database_now())
    write_book(BOOK, ALICE.id, "The Lantern Ferry", now=database_now())
    write_book(BEAS_BOOK, BEA.id, "雨巷三号", now=database_now())


@pytest.fixture
def story(world: None) -> Story:
    """Alice's book, submitted by the chief editor."""
    told = Story(BOOK, ALICE.id)
    told.propose()
    told.submit()
    return told


@pytest.fixture
def alice(world: None) -> Client:
    """Alice's browser."""
    return signed_in(ALICE.id)


@pytest.fixture
def bea(world: None) -> Client:
    """The browser of another author."""
    return signed_in(BEA.id)
