"""What tests read out of the desk's pages: forms as a browser would send them, and text without tags."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final, Protocol

from django.test import Client

IDLE: Final = 71
PROPOSED: Final = 72
TOLD: Final = 73
IN_AUDIT: Final = 77
#: A title as a malicious author would write it.
HOSTILE: Final = """<script>alert(1)</script>"><img src=x onerror=alert(2)> & {{ 7|add:7 }}"""

TERMS: Final = {
    "agreement": "1",
    "share_ratio": "50",
    "currency": "USD",
    "term_years": "10",
    "words_per_month": "30000",
}


class Page(Protocol):
    """An answer with a body; the test client has a class of its own for it."""

    @property
    def content(self) -> Any: ...
    @property
    def status_code(self) -> int: ...


@dataclass
class Form:
    """One form: where it goes and what it holds."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)


class Reader(HTMLParser):
    """Reads forms and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "form":
            self.forms.append(Form(held.get("action") or ""))
        name = held.get("name")
        if not self.forms or not name:
            return
        values = self.forms[-1].values.setdefault(name, [])
        if tag == "textarea":
            self._area = name
        elif tag == "input" and (held.get("type") not in {"radio", "checkbox"} or "checked" in held):
            values.append(held.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._area is not None:
            self.forms[-1].values[self._area].append(data)


def read(response: Page) -> Reader:
    """Return what stands on the page."""
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


def text(response: Page) -> str:
    """Return the words of a page, white space made single."""
    return " ".join(" ".join(read(response).words).split())


def form(response: Page, action: str) -> dict[str, Any]:
    """Return the values that the form going to `action` would send if nothing were changed."""
    found = next(each for each in read(response).forms if each.action == action)
    return {name: values[0] if len(values) == 1 else values for name, values in found.values.items() if values}


def filled(client: Client, address: str, **changes: object) -> dict[str, Any]:
    """Open a page and return its own form with changes."""
    return {**form(client.get(address), address), **changes}
