"""The straight path by clicking: editors and author, real mail, real pictures, on a phone and on a desktop."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from inkseal.documents.demo_photos import identity_document, photograph_pages
from inkseal.documents.typeset import Place
from inkseal.project.demo.story import BASIC, INFORMATION, TERMS
from tests.browser.conftest import BOOKS
from tools.browser import Server
from tools.screens import SIZES, code_from, sign_in, wait_for_mail

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]


class Walk:
    """One book on its way, as its people see it."""

    def __init__(self, here: Server, chromium: Browser, size: str) -> None:
        self.here = here
        self.chromium = chromium
        self.book_id = BOOKS[size]
        self.width, self.height = SIZES[size]
        self.errors: list[str] = []

    @contextmanager
    def as_staff(self, who: str) -> Iterator[Page]:
        """Sign in at the desk, and out again by closing."""
        context = self.chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        sign_in(context, self.here, who)
        with closing(context):
            yield self._watched(context.new_page())

    @contextmanager
    def as_author(self) -> Iterator[Page]:
        """Open the author's pages at the size of this walk, not signed in."""
        context = self.chromium.new_context(
            viewport={"width": self.width, "height": self.height}, reduced_motion="reduce"
        )
        with closing(context):
            yield self._watched(context.new_page())

    def state(self) -> tuple[int, int | None, int | None]:
        """Return contract, step and review status as the tables have them."""
        with closing(sqlite3.connect(self.here.database)) as database:
            (contract,) = database.execute(
                "SELECT contract FROM novelscontract WHERE CBID=?", [self.book_id]
            ).fetchone()
            step = database.execute("SELECT step FROM signonlinestep WHERE CBID=?", [self.book_id]).fetchone()
            review = database.execute("SELECT status FROM signonline WHERE CBID=?", [self.book_id]).fetchone()
        return contract, step and step[0], review and review[0]

    def places(self) -> list[Place]:
        """Return the recorded signature places of the newest print."""
        query = "SELECT places FROM contract_print WHERE CBID=? ORDER BY id DESC"
        with closing(sqlite3.connect(self.here.database)) as database:
            (text,) = database.execute(query, [self.book_id]).fetchone()
        return [Place(**place) for place in json.loads(text)]

    def mails(self) -> set[Path]:
        """Return the mails that have arrived so far."""
        return set(self.here.mailbox.glob("*.eml"))

    def _watched(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        return page


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_contract_is_signed_from_the_proposal_to_the_seal(
    product: Server, running_browser: Browser, pictures: Path, size: str
) -> None:
    walk = Walk(product, running_browser, size)
    _propose(walk)
    invitation = _submit(walk)
    with walk.as_author() as page:
        _open_from_mail(walk, page, invitation)
        _declare(page)
        _fill_in(page, {**INFORMATION, "realname": "Alice"})
        assert walk.state() == (70, 90, None)
        _confirm(page)
        assert walk.state() == (50, 100, None)
        _sign_and_send(walk, page, pictures)
        assert walk.state() == (80, 50, 0)
        refusal = _send_back(walk)
        assert "family name" in refusal
        assert walk.state() == (110, 110, 2)
        _correct(walk, page)
        _confirm(page)
        _sign_and_send(walk, page, pictures)
        assert walk.state() == (80, 50, 0)
        _pass(walk)
        _download(walk, page, pictures / "sealed.pdf")
        _verify(walk, page, pictures / "sealed.pdf")
    assert walk.errors == []


def _propose(walk: Walk) -> None:
    with walk.as_staff("charlie") as page:
        page.goto(f"{walk.here.url}/desk/contracts/{walk.book_id}/propose")
        page.locator("input[name=agreement][value='1']").check()
        for name, value in TERMS.items():
            page.fill(f"input[name={name}]", value)
        page.get_by_role("button", name="Propose to the chief editor").click()
        page.wait_for_url(lambda url: "/propose" not in url)


def _submit(walk: Walk) -> str:
    with walk.as_staff("bob") as page:
        known = walk.mails()
        page.goto(f"{walk.here.url}/desk/contracts/{walk.book_id}/submit")
        page.get_by_role("button", name="Submit and invite the author").click()
        page.wait_for_url(lambda url: "/submit" not in url)
        assert walk.state() == (5, None, None)
        return wait_for_mail(page, walk.here, known)


def _open_from_mail(walk: Walk, page: Page, mail: str) -> None:
    """Follow the link of the invitation; signing in comes between and leads back."""
    (link,) = re.findall(r"http\S+", mail)
    page.goto(link.replace("http://127.0.0.1:8000", walk.here.url))
    known = walk.mails()
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.locator("input[name=code]").fill(code_from(wait_for_mail(page, walk.here, known)))
    page.locator("input[name=code]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A few questions first")


def _put(page: Page, name: str, value: str) -> None:
    """Fill in one field as its control wants it."""
    control: Locator = page.locator(f"[name={name}]").first
    kind = control.evaluate("one => one.type || one.tagName.toLowerCase()")
    if kind == "radio":
        page.locator(f"[name={name}][value='{value}']").check()
        return
    control.evaluate("one => { const folded = one.closest('details'); if (folded) folded.open = true; }")
    if kind == "select-one":
        control.select_option(value)
    else:
        control.fill(value)


def _declare(page: Page) -> None:
    for name, value in BASIC.items():
        _put(page, name, value)
    page.get_by_role("button", name="Save and go on").click()


def _fill_in(page: Page, values: dict[str, str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Who signs, and where we pay")
    for name, value in values.items():
        _put(page, name, value)
    page.locator(".bar").get_by_role("button", name="Go to preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please read your contract")


def _confirm(page: Page) -> None:
    expect(page.locator("figure img").first).to_be_visible()
    page.get_by_role("button", name="Confirm this text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Print, sign, photograph")


def _sign_and_send(walk: Walk, page: Page, folder: Path) -> None:
    """Take the print as the page gives it, sign and photograph it, and send everything in."""
    print_pdf = page.request.get(f"{walk.here.url}/author/{walk.book_id}/pages/print.pdf").body()
    photos = photograph_pages(
        print_pdf, walk.places(), signer_name="Alice Tan", seed=walk.book_id, signed_on=date(2026, 11, 21)
    )
    files = []
    for number, photo in enumerate(photos, start=1):
        files.append(folder / f"{number}.jpg")
        files[-1].write_bytes(photo)
    page.locator("input[type=file][multiple]").first.set_input_files(files)
    expect(page.locator("ol.sum li.gap")).to_have_count(0, timeout=180_000)
    card = page.locator("form:has(input[name=kind][value=card]) input[type=file]")
    if card.count():
        passport = folder / "passport.jpg"
        passport.write_bytes(
            identity_document("Alice Tan", INFORMATION["cardid"], birthday=date(1999, 9, 9), seed=walk.book_id)
        )
        card.first.set_input_files(passport)
    send = page.get_by_role("button", name="Send to the editor")
    expect(send).to_be_enabled(timeout=60_000)
    send.click()
    page.wait_for_url(re.compile("/waiting"), timeout=60_000)


def _send_back(walk: Walk) -> str:
    with walk.as_staff("dora") as page:
        known = walk.mails()
        page.goto(f"{walk.here.url}/desk/contracts/{walk.book_id}/audit")
        page.keyboard.press("d")
        page.keyboard.press("1")
        page.locator("input[name=target][value=realname]").check()
        page.fill("input[name='note:realname']", "Your passport shows the family name too.")
        page.locator("h1").first.click()
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url: "/audit" not in url)
        return wait_for_mail(page, walk.here, known)


def _correct(walk: Walk, page: Page) -> None:
    page.goto(f"{walk.here.url}/author/{walk.book_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Please change one thing")
    expect(page.locator("main")).to_contain_text("Your passport shows the family name too.")
    _put(page, "realname", "Alice Tan")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who signs, and where we pay")
    expect(page.locator("[name=realname]")).to_have_value("Alice Tan")
    page.locator(".bar").get_by_role("button", name="Go to preview").click()


def _pass(walk: Walk) -> None:
    with walk.as_staff("dora") as page:
        known = walk.mails()
        page.goto(f"{walk.here.url}/desk/contracts/{walk.book_id}/audit")
        page.keyboard.press("p")
        assert walk.state() == (80, 50, 0)  # one stroke chooses, it does not commit
        page.get_by_role("button", name=re.compile("^Pass to seal")).click()
        assert "complete" in wait_for_mail(page, walk.here, known)
    assert walk.state() == (40, 60, 3)


def _download(walk: Walk, page: Page, target: Path) -> None:
    page.goto(f"{walk.here.url}/author/{walk.book_id}")
    with page.expect_download() as download:
        page.locator("a[href$='sealed.pdf']").first.click()
    download.value.save_as(target)
    assert target.read_bytes().startswith(b"%PDF-")


def _verify(walk: Walk, page: Page, sealed: Path) -> None:
    page.goto(f"{walk.here.url}/verify")
    page.locator("input[type=file]").set_input_files(sealed)
    submit = page.locator("main form button")
    if submit.count() and submit.first.is_visible():
        submit.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("genuine", timeout=30_000)
