"""What demo mode shows to anybody on this machine: its people and its mail box.

Where both come from is told by settings as dotted names, so that this package needs to know nothing above it.
Nothing is shown outside demo mode, whatever the settings say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from inkseal.contracts.labels import ROLE_LABEL, Words
from inkseal.core.actor import Role


class Mail(Protocol):
    """One message of the mail box."""

    @property
    def at(self) -> datetime: ...
    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...


class StaffPerson(Protocol):
    """One member of staff."""

    @property
    def user(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> Role: ...


class AuthorPerson(Protocol):
    """One author."""

    @property
    def pen_name(self) -> str: ...
    @property
    def email(self) -> str: ...


class People(Protocol):
    """The module that names the demo's people (settings.DEMO_PEOPLE)."""

    STAFF: Sequence[StaffPerson]
    AUTHORS: Sequence[AuthorPerson]
    PASSWORD: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one of the demo's people signs in; an author needs no password but the code in the mail box."""

    name: str
    role: Words
    account: str
    password: str = ""


def sign_ins() -> tuple[SignIn, ...]:
    """Return the demo's people, authors first."""
    if not settings.DEMO:
        return ()
    people = cast("People", import_module(settings.DEMO_PEOPLE))
    return (
        *(SignIn(each.pen_name, ROLE_LABEL[Role.AUTHOR], each.email) for each in people.AUTHORS),
        *(SignIn(each.name, ROLE_LABEL[each.role], each.user, people.PASSWORD) for each in people.STAFF),
    )


def mails(limit: int) -> Sequence[Mail] | None:
    """Return the newest messages of the demo mail box, None when there is no such box here."""
    if not settings.DEMO:
        return None
    received = cast("Callable[[int], Sequence[Mail]]", import_string(settings.DEMO_MAILBOX))
    return received(limit)
