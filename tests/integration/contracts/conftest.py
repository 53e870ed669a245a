"""The demonstration's world with one book of Alice, and its journey."""

from datetime import datetime

import pytest

from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey


@pytest.fixture
def world(db: None, now: datetime) -> None:
    """Staff, authors, company, template, reasons; book 77 is Alice's."""
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)


@pytest.fixture
def journey(world: None, now: datetime) -> Journey:
    """Book 77 before its first act."""
    return Journey(now)
