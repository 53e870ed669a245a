"""What `make screens` looks at and what it counts as a fault, without a browser."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from inkseal.project.demo.people import AUTHORS, PASSWORD, STAFF
from tools import screens
from tools.browser import Server
from tools.screens import Shots, code_from


class Window:
    """As much of playwright's page as a picture needs."""

    def __init__(self, *, wide: int = 390, texts: tuple[str, ...] = (), status: int = 200, high: int = 800) -> None:
        self.wide, self.texts, self.status, self.high = wide, texts, status, high
        self.viewport_size = {"width": 390, "height": 844}
        self.pictures: list[str] = []
        self.errors: list[str] = []
        self._listeners: dict[str, Any] = {}

    def on(self, event: str, listener: Any) -> None:
        self._listeners[event] = listener

    def goto(self, _url: str, **_: object) -> SimpleNamespace:
        for text in self.errors:
            self._listeners["console"](SimpleNamespace(type="error", text=text))
        return SimpleNamespace(status=self.status)

    def evaluate(self, script: str) -> Any:
        if "innerWidth" in script:
            return [self.wide, 390]
        return self.high if "scrollHeight" in script else list(self.texts)

    def set_viewport_size(self, size: dict[str, int]) -> None:
        self.viewport_size = size

    def wait_for_load_state(self, _state: str) -> None:
        return

    def screenshot(self, *, path: Path) -> None:
        self.pictures.append(path.name)


ENGLISH = frozenset({"Sign in", "Please look at this page"})


def shoot(window: Window, *, name: str = "home--phone", language: str = "en") -> list[str]:
    """Take one picture and return the faults."""
    shots = Shots(Server("http://127.0.0.1:1", Path()), ENGLISH)
    page: Any = window
    shots.take(page, name, "/", language)
    assert shots.taken == 1
    return shots.faults


def test_a_page_in_order_has_no_fault_and_one_picture() -> None:
    window = Window(texts=("Sign in",))
    assert shoot(window) == []
    assert window.pictures == ["home--phone.png"]


def test_a_page_wider_than_its_window_is_named_with_both_widths() -> None:
    assert shoot(Window(wide=420)) == ["home--phone: 420 px wide in a window of 390 px"]


def test_english_text_in_a_chinese_page_is_named() -> None:
    window = Window(texts=("登录", "  Please look\n at this page ", "Tan Lanyue"))
    assert shoot(window, language="zh-hans") == ["home--phone: not translated: Please look at this page"]


def test_english_text_in_an_english_page_is_right() -> None:
    assert shoot(Window(texts=("Please look at this page",))) == []


@pytest.mark.parametrize(("name", "status"), [("home--phone", 500), ("home--phone", 404), ("not-found--phone", 200)])
def test_another_answer_than_the_expected_is_a_fault(name: str, status: int) -> None:
    (fault,) = shoot(Window(status=status), name=name)
    assert fault.startswith(f"{name}: answered {status}")


def test_the_page_that_is_not_there_is_meant_not_to_be() -> None:
    window = Window(status=404)
    window.errors = ["Failed to load resource: the server responded with a status of 404"]
    assert shoot(window, name="not-found--phone") == []


def test_an_error_of_a_script_is_a_fault() -> None:
    window = Window()
    window.errors = ["Refused to apply inline style"]
    assert shoot(window) == ["home--phone: console: Refused to apply inline style"]


@pytest.mark.parametrize(("high", "seen"), [(800, 844), (3000, 3000), (90_000, screens.HIGHEST)])
def test_a_long_page_is_shown_whole_up_to_a_limit(high: int, seen: int) -> None:
    window = Window(high=high)
    shoot(window)
    assert window.viewport_size["height"] == seen


@pytest.mark.parametrize(("text", "code"), [("Your code is 123456.", "123456"), ("代码：123 456", "123456")])
def test_the_code_is_read_from_a_mail(text: str, code: str) -> None:
    assert code_from(text) == code


@pytest.mark.parametrize("text", ["", "1234567", "12345", "no code"])
def test_a_mail_without_a_code_is_said_to_have_none(text: str) -> None:
    with pytest.raises(RuntimeError, match="no code"):
        code_from(text)


def test_english_texts_are_those_with_another_chinese_text() -> None:
    texts = screens.english_texts()
    assert "Something failed on our side" in texts
    assert all(" ".join(text.split()) == text for text in texts)
    assert len(texts) > 100


def test_people_of_the_pictures_are_people_of_the_demo() -> None:
    known = {author.email for author in AUTHORS} | {person.user for person in STAFF}
    assert set(screens.PAGES) - {""} <= known
    assert {person.user for person in STAFF} <= set(screens.PAGES)
    assert screens.PASSWORD == PASSWORD


def test_every_page_of_the_pictures_has_an_address_of_the_product() -> None:
    from django.urls import Resolver404, resolve

    for pages in screens.PAGES.values():
        for name, path in pages.items():
            if name == "not-found":
                with pytest.raises(Resolver404):
                    resolve(path)
            else:
                assert resolve(path.partition("?")[0]).view_name


def test_names_of_pictures_are_not_given_twice() -> None:
    names = [name for pages in screens.PAGES.values() for name in pages]
    assert len(names) == len(set(names))


def test_every_language_of_the_product_is_photographed() -> None:
    from django.conf import settings

    assert set(screens.LANGUAGES) == {code for code, _ in settings.LANGUAGES}
