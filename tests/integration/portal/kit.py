"""What the tests of the author's pages share: signed-in clients, forms as they were shown, pages as pictures."""

import re
import socket
from html import unescape
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inkseal.contracts.author_view import AuthorContract, author_contract
from inkseal.contracts.files import read_print
from inkseal.documents.render import page_count, render_page
from inkseal.portal.session import AUTHOR_KEY
from inkseal.project.clock import database_now
from inkseal.project.demo.people import AUTHORS
from inkseal.project.demo.story import INFORMATION, Story

ALICE, BEA = AUTHORS[0], AUTHORS[1]
BOOK, BEAS_BOOK = 77, 88
#: Enough for the page codes to be read, little enough to be quick.
DPI: Final = 110
_HIDDEN: Final = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
#: No type anywhere in Django's test client; this is its response.
Response = Any


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def signed_in(author_id: int, **options: Any) -> Client:
    """Return a browser in which an author is signed in."""
    client = Client(**options)
    session = client.session
    session[AUTHOR_KEY] = author_id
    session.save()
    return client


def text(response: Response) -> str:
    """Return a page as the browser gets it."""
    body: str = response.content.decode()
    return body


def said(response: Response) -> str:
    """Return the words of a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text(response))).split())


def form(response: Response) -> dict[str, str]:
    """Return the hidden values of a page's forms; later ones win, as the main form stands last."""
    return {name: unescape(value) for name, value in _HIDDEN.findall(text(response)) if name != "csrfmiddlewaretoken"}


def place(name: str, book_id: int = BOOK) -> str:
    """Return the address of one page of a book."""
    return f"/author/{book_id}/{name}"


def message_at(response: Response, field: str) -> str:
    """Return what stands below one field, "" where nothing does."""
    found = re.search(rf'id="about-{field}"[^>]*>(.*?)</div>', text(response), re.DOTALL)
    assert found, f"no field {field}"
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


def value_of(response: Response, field: str) -> str:
    """Return what stands in one text field."""
    found = re.search(rf'<input[^>]* name="{field}"[^>]* value="([^"]*)"', text(response))
    assert found, f"no input {field}"
    return unescape(found[1])


def contract_of(story: Story) -> AuthorContract:
    """Return the contract as it stands."""
    return author_contract(story.book_id, actor=story.author, now=database_now())


def picture(content: bytes, name: str = "page.png") -> SimpleUploadedFile:
    """Return a chosen file."""
    return SimpleUploadedFile(name, content, content_type="image/png")


def printed_pages(story: Story) -> list[bytes]:
    """Return every page of the real print as a picture, page codes and all."""
    pdf = read_print(story.book_id, actor=story.author)
    return [render_page(pdf, number, dpi=DPI) for number in range(1, page_count(pdf) + 1)]


def upload_all(client: Client, story: Story) -> Response:
    """Send the document and all pages in one go each; return the last answer."""
    pages = printed_pages(story)
    address = place("pages/upload", story.book_id)
    client.post(address, {"kind": "card", "sort": "1", "pictures": [picture(pages[0], "passport.png")]})
    files = [picture(page, f"{number}.png") for number, page in enumerate(pages)]
    return client.post(address, {"kind": "signed", "sort": "0", "pictures": files}, follow=True)


def information(**changes: str) -> dict[str, str]:
    """Return the whole form of page 80 with some values changed."""
    return {**INFORMATION, **changes}
