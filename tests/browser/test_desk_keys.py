"""The desk by keyboard alone, and without any script: one stroke chooses, Ctrl Enter commits."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tools.browser import Server, chromium, environment, server
from tools.screens import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

#: Each test that decides takes a book of its own.
BOOKS: Final = {"look": 77, "send": 78, "plain": 79}
PREPARE: Final = """
from datetime import timedelta
from inkseal.project.cli import ensure_django
ensure_django()
from django.core.management import call_command
from inkseal.contracts.press import close_press
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey
call_command("migrate", verbosity=0)
began = database_now() - timedelta(days=1)
write_world(began)
titles = ("The Lantern Ferry", "Salt Roads North", "The Ninth Tide", "Grey Harbour", "Ember and Ash", "Rain Lane")
for number, title in enumerate(titles, start=74):
    write_book(number, 1001, title, now=began)
    Journey(began, number).to_audit()
close_press()
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A product with contracts to audit: three that stay, one for each test that looks or decides."""
    if chromium() is None:
        pytest.skip("Chromium is not installed; apt-get install chromium, or set INKSEAL_TEST_CHROMIUM")
    folder = tmp_path_factory.mktemp("desk")
    subprocess.run([sys.executable, "-c", PREPARE], env=environment(folder), check=True)
    with server(folder) as running:
        yield running


def dora(desk: Server, running_browser: Browser, *, scripts: bool = True) -> Page:
    context = running_browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=scripts)
    sign_in(context, desk, "dora")
    return context.new_page()


@pytest.fixture
def page(desk: Server, running_browser: Browser) -> Iterator[Page]:
    """Dora's browser."""
    opened = dora(desk, running_browser)
    yield opened
    opened.context.close()


@pytest.fixture
def plain_page(desk: Server, running_browser: Browser) -> Iterator[Page]:
    """Dora's browser without scripts."""
    opened = dora(desk, running_browser, scripts=False)
    yield opened
    opened.context.close()


def audit(desk: Server, name: str) -> str:
    return f"{desk.url}/desk/contracts/{BOOKS[name]}/audit"


def progress(desk: Server, name: str) -> int:
    with closing(sqlite3.connect(desk.database)) as database:
        (value,) = database.execute("SELECT contract FROM novelscontract WHERE CBID=?", [BOOKS[name]]).fetchone()
    return int(value)


def test_j_k_and_enter_walk_the_queue(desk: Server, page: Page) -> None:
    page.goto(f"{desk.url}/desk/")
    page.keyboard.press("k")  # there is nothing above the first
    expect(page.locator("aside.peek h2.title")).to_have_text("The Lantern Ferry")
    page.keyboard.press("j")
    expect(page.locator("aside.peek h2.title")).to_have_text("Salt Roads North")
    page.keyboard.press("j")
    expect(page.locator("aside.peek h2.title")).to_have_text("The Ninth Tide")
    page.keyboard.press("k")
    expect(page.locator("aside.peek h2.title")).to_have_text("Salt Roads North")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk.url}/desk/contracts/75/audit")


def test_slash_finds_and_keys_are_off_while_typing(desk: Server, page: Page) -> None:
    page.goto(f"{desk.url}/desk/")
    page.keyboard.press("/")
    page.keyboard.type("jk tide")
    expect(page.locator("input[name=find]")).to_have_value("jk tide")
    expect(page.locator("aside.peek h2.title")).to_have_text("The Lantern Ferry")
    page.fill("input[name=find]", "tide")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-book]")).to_have_count(1)


def test_arrows_turn_both_pages_and_z_enlarges_them(desk: Server, page: Page) -> None:
    page.goto(audit(desk, "look"))
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-number]").first).to_have_text("2")
    expect(page.locator("[data-side=print] img")).to_have_attribute("src", "/desk/contracts/77/pages/2/view.png")
    page.keyboard.press("z")
    expect(page.locator("[data-side=print] img")).to_have_attribute("src", "/desk/contracts/77/pages/2/zoom.png")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-number]").first).to_have_text("1")


def test_h_shows_the_digits_and_hides_them_again(desk: Server, page: Page) -> None:
    page.goto(audit(desk, "look"))
    data = page.locator("[data-part=data]")
    expect(data).to_contain_text("E••••567K")
    page.keyboard.press("h")
    expect(data).to_contain_text("E1204567K")
    page.keyboard.press("h")
    expect(data).to_contain_text("E••••567K")


def test_a_choice_alone_sends_nothing(desk: Server, page: Page) -> None:
    page.goto(audit(desk, "look"))
    for key in ("p", "d", "u", "p"):
        page.keyboard.press(key)
    expect(page.locator(".btn.seal")).to_be_visible()
    assert progress(desk, "look") == 80
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: url.endswith("/desk/?section=to_audit"))
    assert progress(desk, "look") == 80


def test_a_contract_is_sent_back_without_the_mouse(desk: Server, page: Page) -> None:
    page.goto(audit(desk, "send"))
    page.keyboard.press("d")
    page.keyboard.press("1")
    expect(page.locator("#reason")).to_have_value(
        "Please write the name exactly as on your identity document, family name included."
    )
    page.check("[name=target][value=realname]")
    page.keyboard.type("Your passport shows the family name too.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "section=to_audit" in url)
    assert progress(desk, "send") == 110


def test_words_of_ones_own_are_not_replaced_by_a_reason(desk: Server, page: Page) -> None:
    page.goto(audit(desk, "look"))
    page.keyboard.press("d")
    page.fill("#reason", "In my own words.")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.locator("#reason")).to_have_value("In my own words.")


def test_everything_works_without_scripts(desk: Server, plain_page: Page) -> None:
    plain_page.goto(f"{desk.url}/desk/?section=to_audit")
    plain_page.get_by_role("link", name="Rain Lane").click()
    plain_page.locator(".strip a").nth(1).click()
    expect(plain_page.locator("[data-side=print] img")).to_have_attribute("src", "/desk/contracts/79/pages/2/view.png")
    plain_page.get_by_role("button", name="Show hidden digits").click()
    expect(plain_page.locator("[data-part=data]")).to_contain_text("E1204567K")
    plain_page.goto(audit(desk, "plain"))
    plain_page.get_by_text("Pass to seal").first.click()
    plain_page.locator(".btn.seal").click()
    plain_page.wait_for_url(lambda url: "section=to_audit" in url)
    assert progress(desk, "plain") in {90, 40}


def test_a_dropped_file_is_verified(desk: Server, page: Page, tmp_path: Path) -> None:
    page.goto(f"{desk.url}/verify")
    note = tmp_path / "note.pdf"
    note.write_bytes(b"hello")
    page.set_input_files("#file", note)
    expect(page.locator(".chosen")).to_have_text("note.pdf")
    page.get_by_role("button", name="Check this file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This file cannot be read")
