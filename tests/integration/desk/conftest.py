"""The desk's world, made once per module and rolled back after it: books at several stations, people with clients."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from inkseal import ids, vault
from inkseal.catalog.models import Staff
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey
from tests.integration.desk.pages import HOSTILE, IDLE, IN_AUDIT, PROPOSED, TOLD
from tests.undo import undone

ClientOf = Callable[[str], Client]


@pytest.fixture(scope="module")
def case(django_db_setup: None, django_db_blocker: Any) -> Iterator[Journey]:
    """The book in audit; beside it one book nobody proposed, one proposed, one whose author was told."""
    with django_db_blocker.unblock(), undone():
        ids.forget_blocks()
        vault.forget_cached_keys()
        began = database_now() - timedelta(days=1)
        write_world(began)
        write_book(IDLE, 1002, HOSTILE, now=began)
        write_book(PROPOSED, 1001, "Salt Roads North", now=began)
        write_book(TOLD, 1002, "灰港", now=began)
        write_book(IN_AUDIT, 1001, "The Lantern Ferry", now=began)
        Journey(began, PROPOSED).propose()
        Journey(began, TOLD, 1002).to_submitted()
        yield Journey(began, IN_AUDIT).to_audit()
        ids.forget_blocks()
        vault.forget_cached_keys()


@pytest.fixture
def client_of(db: None) -> ClientOf:
    """Return a browser in which somebody is signed in: charlie, bob, dora, nobody."""

    def signed_in(user: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=user), "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def charlie(case: Journey, client_of: ClientOf) -> Client:
    """The responsible editor's browser."""
    return client_of("charlie")


@pytest.fixture
def bob(case: Journey, client_of: ClientOf) -> Client:
    """The chief editor's browser."""
    return client_of("bob")


@pytest.fixture
def dora(case: Journey, client_of: ClientOf) -> Client:
    """The signing editor's browser."""
    return client_of("dora")


@pytest.fixture
def idler(case: Journey, client_of: ClientOf) -> Client:
    """The browser of a member of staff without any duty."""
    Staff.objects.create(user=User.objects.create_user("erin"), name="Erin")
    return client_of("erin")
