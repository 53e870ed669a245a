"""A template that is changed on the disk while contracts are under way: what is printed is what its hash says."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from inkseal.contracts.author_view import author_contract
from inkseal.contracts.confirm import confirm
from inkseal.contracts.enums import PictureKind, Progress
from inkseal.contracts.errors import ContentChangedError
from inkseal.contracts.files import read_print
from inkseal.contracts.preview import Preview, preview
from inkseal.contracts.upload_picture import upload_picture
from inkseal.documents.render import render_page
from inkseal.documents.typeset import TypesetPool
from tests.integration.contracts.journey import Journey
from tests.integration.contracts.rows import nothing_changes


@pytest.fixture
def clause(tmp_path: Path, settings: Settings) -> Path:
    """The English clauses of templates that this test may change."""
    shutil.copytree(settings.TEMPLATE_DIR, tmp_path / "templates", symlinks=True)
    settings.TEMPLATE_DIR = tmp_path / "templates"
    return tmp_path / "templates" / "standard-share" / "clauses.en.md"


def change(clause: Path) -> None:
    text = clause.read_text(encoding="utf-8")
    title, rest = text.split("\n", maxsplit=1)
    clause.write_text(f"{title} for Ferries\n{rest}", encoding="utf-8")


def look(journey: Journey) -> Preview:
    return preview(77, actor=journey.author, now=journey.tick())


def agree(journey: Journey, shown: Preview) -> None:
    confirm(
        77,
        revision=shown.revision,
        content_hash=shown.content_hash,
        actor=journey.author,
        request=None,
        now=journey.tick(),
    )


def test_a_change_after_the_preview_is_not_confirmed_unseen(journey: Journey, clause: Path) -> None:
    journey.to_preview()
    shown = look(journey)
    change(clause)
    with nothing_changes(), pytest.raises(ContentChangedError):
        agree(journey, shown)
    again = look(journey)
    assert again.content_hash != shown.content_hash
    agree(journey, again)
    assert journey.state.progress is Progress.INFORMATION_CONFIRMED


def test_pages_printed_after_a_change_are_recognised(journey: Journey, clause: Path) -> None:
    """A process that had the template of before in its memory once printed codes that fitted nothing."""
    journey.to_preview()
    look(journey)
    change(clause)
    agree(journey, look(journey))
    page = render_page(read_print(77, actor=journey.author), 1, dpi=150)
    upload_picture(77, PictureKind.SIGNED, page, actor=journey.author, now=journey.tick())
    assert author_contract(77, actor=journey.author, now=journey.now).odd_pictures == ()


def test_a_change_after_the_confirmation_asks_for_a_new_one(journey: Journey, clause: Path) -> None:
    journey.to_upload().lay_pages()
    change(clause)
    with pytest.raises(ContentChangedError):
        journey.hand_in()
    assert journey.state.progress is Progress.SENT_BACK_INFORMATION


def test_a_change_while_type_is_set_throws_the_print_away(
    journey: Journey, clause: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey.to_preview()
    set_in_pool: Callable[..., object] = TypesetPool.typeset

    def changed_meanwhile(*arguments: object) -> object:
        change(clause)
        return set_in_pool(*arguments)

    monkeypatch.setattr(TypesetPool, "typeset", changed_meanwhile)
    with nothing_changes(), pytest.raises(ContentChangedError):
        look(journey)
