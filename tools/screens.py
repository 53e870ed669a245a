"""`make screens`: every page in every language, phone and desktop, light and dark, into var/screens/.

Fails on a page that is wider than its window, on a console error, on an answer that is not 200, and on English text
that has a translation but is shown in a Chinese page.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http import HTTPStatus
from itertools import product
from pathlib import Path
from typing import Final, Literal

from babel.messages.pofile import read_po
from playwright.sync_api import Browser, BrowserContext, Page

from tools.browser import Server, browser, server

ROOT: Final = Path(__file__).resolve().parents[1]
OUT: Final = ROOT / "var" / "screens"
PASSWORD: Final = "inkseal-demo-2026"  # noqa: S105  # of the invented people
LANGUAGES: Final = ("en", "zh-hans")
SIZES: Final = {"phone": (390, 844), "desktop": (1440, 900)}
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

#: Who looks at which pages.
PAGES: Final[dict[str, dict[str, str]]] = {
    "": {
        "home": "/",
        "verify": "/verify",
        "author-sign-in": "/author/sign-in",
        "desk-sign-in": "/desk/sign-in",
        "mail": "/demo/mail",
        "not-found": "/nothing-here",
    },
    "alice@example.org": {
        "contracts": "/author/",
        "basic": "/author/7003",
        "preview": "/author/7009",
        "waiting": "/author/7001",
        "sent-back": "/author/7006",
        "complete": "/author/7008",
    },
    "bea@example.org": {"information": "/author/7004", "pages": "/author/7005"},
    "charlie": {"desk-queue-proposals": "/desk/", "propose": "/desk/contracts/7007/propose"},
    "bob": {"desk-queue-submit": "/desk/", "submit": "/desk/contracts/7002/submit"},
    "dora": {
        "desk-queue": "/desk/",
        "desk-queue-complete": "/desk/?section=complete",
        "audit": "/desk/contracts/7001/audit",
        "contract": "/desk/contracts/7006",
        "contract-complete": "/desk/contracts/7008",
    },
}
#: Pictures end here; longer pages go on as they began.
HIGHEST: Final = 6000
EXPECTED_STATUS: Final = {"not-found": HTTPStatus.NOT_FOUND}

#: Every text of the page that a person can see, with those of the controls.
VISIBLE_TEXT: Final = """() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('script, style, template, [lang="en"]')) continue;
    if (parent.checkVisibility()) texts.push(walker.currentNode.textContent);
  }
  for (const one of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      if (one.hasAttribute(name)) texts.push(one.getAttribute(name));
  return texts;
}"""


@dataclass
class Shots:
    """The pictures taken so far, and what is wrong with them."""

    server: Server
    english: frozenset[str]
    faults: list[str] = field(default_factory=list)
    taken: int = 0

    def take(self, page: Page, name: str, path: str, language: str) -> None:
        """Open one page, look for faults, and keep a picture."""
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        answer = page.goto(self.server.url + path, wait_until="networkidle")
        status = HTTPStatus(answer.status) if answer else None
        wanted = EXPECTED_STATUS.get(name.partition("--")[0], HTTPStatus.OK)
        if status is not wanted:
            self.faults.append(f"{name}: answered {status}")
        errors = [text for text in errors if status is HTTPStatus.OK or "status of" not in text]
        self.faults.extend(f"{name}: console: {text}" for text in errors)
        self._look(page, name, language)
        self._show_whole(page)
        page.screenshot(path=OUT / f"{name}.png")
        self.taken += 1

    def _show_whole(self, page: Page) -> None:
        """Make the window as high as the page, so that the bar stands at its foot and every picture is loaded."""
        page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(one => { one.loading = 'eager' })")
        height = page.evaluate("document.documentElement.scrollHeight")
        size = page.viewport_size
        if size is not None and height > size["height"]:
            page.set_viewport_size({"width": size["width"], "height": min(height, HIGHEST)})
        page.wait_for_load_state("networkidle")

    def _look(self, page: Page, name: str, language: str) -> None:
        wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if wide > window:
            self.faults.append(f"{name}: {wide} px wide in a window of {window} px")
        if language != "en":
            texts = {" ".join(text.split()) for text in page.evaluate(VISIBLE_TEXT)}
            self.faults.extend(f"{name}: not translated: {text}" for text in sorted(texts & self.english))


def english_texts() -> frozenset[str]:
    """Return every message whose Chinese is another text."""
    found: set[str] = set()
    for path in ROOT.glob("src/inkseal/*/locale/zh_Hans/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                singular = message.id if isinstance(message.id, str) else message.id[0]
                if message.string and message.string != message.id and re.search(r"[a-z]{3}", singular):
                    found.add(" ".join(singular.split()))
    return frozenset(found)


def sign_in(context: BrowserContext, here: Server, who: str) -> None:
    """Sign in as a member of staff by password, or as an author by the code in the mail box."""
    page = context.new_page()
    if "@" in who:
        page.goto(f"{here.url}/author/sign-in")
        known = set(here.mailbox.glob("*.eml"))
        page.fill("input[name=email]", who)
        page.press("input[name=email]", "Enter")
        page.fill("input[name=code]", code_from(wait_for_mail(page, here, known)))
        page.press("input[name=code]", "Enter")
    else:
        page.goto(f"{here.url}/desk/sign-in")
        page.fill("input[name=username]", who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.close()


def wait_for_mail(page: Page, here: Server, known: set[Path], seconds: int = 60) -> str:
    """Return the text of the next mail that arrives."""
    for _ in range(seconds * 5):
        new = sorted(set(here.mailbox.glob("*.eml")) - known)
        if new:
            body = message_from_bytes(new[0].read_bytes(), policy=policy.default).get_body(("plain",))
            return "" if body is None else str(body.get_content())
        page.wait_for_timeout(200)
    raise RuntimeError("no mail came")


def code_from(text: str) -> str:
    """Return the sign-in code of a mail."""
    found = re.search(r"\b(\d{3}) ?(\d{3})\b", text)
    if found is None:
        raise RuntimeError("no code in the mail")
    return found[1] + found[2]


def contexts(chromium: Browser, here: Server) -> Iterator[tuple[BrowserContext, str, dict[str, str], str]]:
    """Yield one signed-in context for each person, size, theme and language."""
    for who, pages in PAGES.items():
        first = chromium.new_context()
        if who:
            sign_in(first, here, who)
        cookies = first.cookies()
        first.close()
        for (size, (width, height)), theme, language in product(SIZES.items(), THEMES, LANGUAGES):
            context = chromium.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
            )
            context.add_cookies([*cookies, {"name": "django_language", "value": language, "url": here.url}])  # type: ignore[list-item]  # playwright's cookies() and add_cookies() name their types differently
            yield context, f"--{size}--{theme}--{language}", pages, language
            context.close()


def main() -> int:
    """Take all pictures; return 1 when any page has a fault."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="inkseal-screens-") as folder, server(Path(folder)) as here:
        shots = Shots(here, english_texts())
        with browser() as chromium:
            for context, suffix, pages, language in contexts(chromium, here):
                for name, path in pages.items():
                    page = context.new_page()
                    shots.take(page, name + suffix, path, language)
                    page.close()
    for fault in shots.faults:
        print(fault, file=sys.stderr)
    print(f"{shots.taken} pictures in {OUT}, {len(shots.faults)} faults")
    return 1 if shots.faults else 0


if __name__ == "__main__":
    sys.exit(main())
