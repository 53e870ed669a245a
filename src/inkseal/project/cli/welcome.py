"""What `inkseal serve` prints when it is ready to be looked at: addresses, and in demo mode the sign-ins."""

from collections.abc import Iterator
from typing import Final

#: What a person looks for, and the page's name in the map of addresses.
PLACES: Final = (("authors", "portal:sign-in"), ("editors", "desk:sign-in"), ("check a PDF", "public:home"))
DEMO_MAIL: Final = "/demo/mail"


def welcome() -> str:
    """Return the text for these settings."""
    from django.conf import settings

    lines = [f"Inkseal is at {settings.BASE_URL} (Ctrl-C ends it)", *_addresses(settings.BASE_URL)]
    if settings.DEMO:
        lines.extend(_sign_ins(settings.BASE_URL))
    return "\n".join(lines)


def _addresses(base: str) -> Iterator[str]:
    from django.urls import NoReverseMatch, reverse

    for who, name in PLACES:
        try:
            yield f"  {who:12} {base}{reverse(name)}"
        except NoReverseMatch:  # an installation may leave a face out; then there is nothing to announce
            continue


def _sign_ins(base: str) -> Iterator[str]:
    from inkseal.project.demo.people import AUTHORS, PASSWORD, STAFF

    yield f"  {'mail':12} {base}{DEMO_MAIL}"
    yield "Invented people to sign in as:"
    for person in STAFF:
        yield f"  {person.role.name.lower().replace('_', ' '):18}  {person.user:20}  password {PASSWORD}"
    for author in AUTHORS:
        yield f"  {'author':18}  {author.email:20}  code by mail, see above"
