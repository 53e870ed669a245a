"""Message catalogues: complete means every message of the code, translated, with the placeholders it had."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages

TEMPLATE = """{% load i18n %}
{% translate "Sign in" %}
{% translate "May" context "month" %}
{% blocktranslate count pages=n %}{{ pages }} page{% plural %}{{ pages }} pages{% endblocktranslate %}
"""
PYTHON = """
from django.utils.translation import gettext, gettext_lazy, npgettext_lazy, pgettext_lazy
A = gettext_lazy("Pen name")
B = gettext("Dear %(name)s") % {"name": "Alice"}
C = pgettext_lazy("verb", "Seal")
D = npgettext_lazy("paper", "%d sheet", "%d sheets", 2)
E = "never shown"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """An `inkseal` with a desk that has its own catalogue and a catalog package that has none."""
    root = tmp_path / "inkseal"
    (root / "desk" / "templates" / "desk").mkdir(parents=True)
    (root / "desk" / "locale").mkdir()
    (root / "desk" / "templates" / "desk" / "queue.html").write_text(TEMPLATE, encoding="utf-8")
    (root / "catalog").mkdir()
    (root / "catalog" / "words.py").write_text(PYTHON, encoding="utf-8")
    (root / "project").mkdir()
    return root


def kept(package: Path, name: str) -> Catalog:
    path = messages.catalogue_path(package / name, "zh_Hans")
    return messages.read_catalogue(path, "zh_Hans")


def ids(catalog: Catalog) -> set[str]:
    return {message.id if isinstance(message.id, str) else message.id[0] for message in catalog if message.id}


def translate(package: Path, name: str, words: dict[str, str | tuple[str, ...]]) -> None:
    catalog = kept(package, name)
    for message in catalog:
        key = message.id if isinstance(message.id, str) else message.id[0] if message.id else ""
        if key in words:
            message.string = words[key]
    messages.write(messages.catalogue_path(package / name, "zh_Hans"), catalog)


@pytest.fixture
def complete(package: Path) -> Path:
    """The same with everything translated."""
    messages.main([], package)
    translate(package, "desk", {"Sign in": "登录", "May": "五月", "%(pages)s page": ("%(pages)s 页",)})
    words: dict[str, str | tuple[str, ...]] = {"Pen name": "笔名", "Dear %(name)s": "%(name)s，您好", "Seal": "盖章"}
    translate(package, "project", words | {"%d sheet": ("%d 张",)})
    return package


def test_messages_of_templates_and_of_python_are_found(package: Path) -> None:
    assert ids(messages.code_messages([package / "desk"])) == {"Sign in", "May", "%(pages)s page"}
    assert ids(messages.code_messages([package / "catalog"])) == {"Pen name", "Dear %(name)s", "Seal", "%d sheet"}


def test_contexts_are_kept(package: Path) -> None:
    found = messages.code_messages([package / "desk", package / "catalog"])
    assert found.get("May", "month") is not None
    assert found.get("Seal", "verb") is not None
    assert found.get("Seal") is None


def test_a_package_without_a_catalogue_stands_in_that_of_the_project(package: Path) -> None:
    covered = {owner.name: {each.name for each in group} for owner, group in messages.owners(package).items()}
    assert covered == {"desk": {"desk"}, "project": {"project", "catalog"}}


def test_a_complete_catalogue_passes(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["--check"], complete) == 0
    assert capsys.readouterr().out == "message catalogues: 0 faults\n"


def test_a_message_that_is_missing_is_named_with_its_place(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (complete / "desk" / "views.py").write_text('from x import gettext\nA = gettext("Pass")\n', encoding="utf-8")
    assert messages.main(["--check"], complete) == 1
    assert "desk zh_Hans: missing: 'Pass' (inkseal/desk/views.py)" in capsys.readouterr().err


def test_a_new_message_is_added_untranslated_and_that_fails(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (complete / "desk" / "views.py").write_text('from x import gettext\nA = gettext("Pass")\n', encoding="utf-8")
    assert messages.main([], complete) == 1
    assert "not translated: 'Pass'" in capsys.readouterr().err
    assert "Pass" in ids(kept(complete, "desk"))


def test_bringing_catalogues_in_step_keeps_translations(complete: Path) -> None:
    (complete / "desk" / "views.py").write_text('from x import gettext\nA = gettext("Pass")\n', encoding="utf-8")
    messages.main([], complete)
    message = kept(complete, "desk").get("Sign in")
    assert message is not None
    assert message.string == "登录"


def test_a_second_run_changes_no_byte(complete: Path) -> None:
    path = messages.catalogue_path(complete / "desk", "zh_Hans")
    messages.main([], complete)
    first = path.read_bytes()
    messages.main([], complete)
    assert path.read_bytes() == first


def test_checking_writes_nothing(package: Path) -> None:
    messages.main(["--check"], package)
    assert not messages.catalogue_path(package / "desk", "zh_Hans").exists()


def test_a_fuzzy_translation_fails(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = messages.catalogue_path(complete / "desk", "zh_Hans")
    text = path.read_text(encoding="utf-8").replace('msgid "Sign in"', '#, fuzzy\nmsgid "Sign in"')
    path.write_text(text, encoding="utf-8")
    assert messages.main(["--check"], complete) == 1
    assert "fuzzy: 'Sign in'" in capsys.readouterr().err


def test_an_empty_translation_fails(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translate(complete, "desk", {"Sign in": ""})
    assert messages.main(["--check"], complete) == 1
    assert "not translated: 'Sign in'" in capsys.readouterr().err


def test_a_translation_that_lost_its_placeholder_fails(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translate(complete, "project", {"Dear %(name)s": "%(nom)s，您好"})
    assert messages.main(["--check"], complete) == 1
    assert "placeholders differ: 'Dear %(name)s'" in capsys.readouterr().err


def test_a_message_used_nowhere_fails_and_is_dropped(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (complete / "desk" / "templates" / "desk" / "queue.html").write_text("", encoding="utf-8")
    assert messages.main(["--check"], complete) == 1
    assert "used nowhere: 'Sign in'" in capsys.readouterr().err
    assert messages.main([], complete) == 0
    assert ids(kept(complete, "desk")) == set()


def test_the_file_holds_no_dates_and_no_line_numbers(complete: Path) -> None:
    text = messages.catalogue_path(complete / "desk", "zh_Hans").read_text(encoding="utf-8")
    assert "Date:" not in text
    assert "#: inkseal/desk/templates/desk/queue.html\n" in text
