"""One book of Alice at every station, and a browser for each kind of person that may come."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from inkseal.catalog.models import Staff
from inkseal.contracts.models import UploadedPicture
from inkseal.contracts.preview import preview
from inkseal.project.clock import database_now
from inkseal.project.demo.people import AUTHORS, write_book, write_world
from tests.integration.contracts.journey import Journey
from tests.integration.portal.kit import signed_in

ALICE, BEA = AUTHORS[0].id, AUTHORS[1].id
#: What Alice's books are called, so that a page that tells of one is found out.
TITLE: Final = "The Lantern Ferry"
STATIONS: Final = {
    "idle": 71,
    "proposed": 72,
    "told": 73,
    "information": 74,
    "preview": 75,
    "upload": 76,
    "audit": 77,
    "back": 78,
    "complete": 79,
}
#: A book that there is not.
NO_BOOK: Final = 4_000_000
#: Signed in at the desk; "idle" has no duty, "clerk" not even a place at the desk.
DESK: Final = {"responsible": "charlie", "chief": "bob", "signing": "dora", "idle": "erin", "clerk": "frank"}
ROLES: Final = ("nobody", "author", "other", *DESK)


@dataclass(frozen=True)
class World:
    """What an address is made of."""

    content_hash: str
    pictures: dict[str, int]

    def address(self, route: str, station: str, *, book_id: int | None = None) -> str:
        """Return the address of a route for the book at a station, or for another book with all else the same."""
        book = STATIONS[station] if book_id is None else book_id
        known = {
            "book_id": book,
            "content_hash": self.content_hash,
            "number": 1,
            "file_id": self.pictures.get(station, 1),
            "page": 1,
            "size": "thumb",
            "kind": "print",
        }
        return reverse(route, kwargs={name: known[name] for name in parameters_of(route)})


def parameters_of(route: str) -> list[str]:
    """Return the names of the parameters of a route."""
    from django.urls import get_resolver

    space, _, name = route.rpartition(":")
    resolver = get_resolver()
    patterns = resolver.namespace_dict[space][1] if space else resolver
    return list(patterns.reverse_dict.getlist(name)[0][0][0][1])


def build_world() -> World:
    """Write people and books; every act goes through the product's verbs."""
    began = database_now() - timedelta(days=2)
    write_world(began)
    for station, book_id in STATIONS.items():
        write_book(book_id, ALICE, f"{TITLE} {station}", now=began)
    write_book(88, BEA, "雨巷三号", now=began)
    Journey(began, 88, BEA).to_submitted()
    told = {station: Journey(began, book_id) for station, book_id in STATIONS.items()}
    told["proposed"].propose()
    told["told"].to_submitted()
    told["information"].to_information()
    told["preview"].to_preview()
    told["upload"].to_upload().lay_pages()
    told["audit"].to_audit()
    told["back"].to_audit().send_back()
    told["complete"].to_approved().seal()
    Staff.objects.create(user=User.objects.create_user("erin"), name="Erin")
    User.objects.create_user("frank")
    shown = preview(STATIONS["preview"], actor=told["preview"].author, now=database_now())
    pictures = {station: _picture_of(book_id) for station, book_id in STATIONS.items()}
    return World(shown.content_hash, {station: found for station, found in pictures.items() if found})


def _picture_of(book_id: int) -> int | None:
    files = UploadedPicture.objects.filter(book_id=book_id, removed_at=None).order_by("file_id")
    return files.values_list("file_id", flat=True).first()


def browser_of(role: str, *, strict: bool = False) -> Client:
    """Return a browser in which somebody is signed in; a strict one asks for the CSRF token."""
    if role == "author":
        return signed_in(ALICE, enforce_csrf_checks=strict)
    if role == "other":
        return signed_in(BEA, enforce_csrf_checks=strict)
    client = Client(enforce_csrf_checks=strict)
    if role != "nobody":
        user = User.objects.get(username=DESK[role])
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client
