"""Real servers on loopback, and a book on its way."""

import socket
from collections.abc import Iterator
from datetime import datetime

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from inkseal.project import handlers
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey
from tests.integration.mail_server import Letterbox
from tests.integration.notices.push_server import PushServer, running_push_server

assert handlers.__name__  # importing it registers what runs each kind of effect


@pytest.fixture
def letterbox(settings: Settings) -> Iterator[Letterbox]:
    """A mail server that keeps letters."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def push(settings: Settings) -> Iterator[PushServer]:
    """A push gateway that keeps messages, and the setting that names it."""
    with running_push_server() as server:
        settings.PUSH_URL = server.url
        yield server


@pytest.fixture
def journey(db: None, now: datetime) -> Journey:
    """Book 77 of Alice."""
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    return Journey(now)
