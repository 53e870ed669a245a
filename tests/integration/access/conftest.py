"""The world is made once per module and rolled back after it; a test sees it and changes what it likes."""

from collections.abc import Iterator
from typing import Any

import pytest

from inkseal import ids, vault
from tests.integration.access.world import World, build_world
from tests.undo import undone


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One book at every station."""
    with django_db_blocker.unblock(), undone():
        ids.forget_blocks()
        vault.forget_cached_keys()
        yield build_world()
        ids.forget_blocks()
        vault.forget_cached_keys()


@pytest.fixture
def world(built: World, db: None) -> World:
    """The same, in a transaction of the test's own."""
    return built
