"""Fixtures of typesetting: the shipped template, a print of it, and a maker of small templates."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from inkseal.documents.typeset import Template, Typeset, load_template, typeset
from tests.unit.documents.typeset_kit import (
    CODES,
    FONT_DIRS,
    SMALL_MAIN,
    SMALL_META,
    SMALL_SCHEMA,
    STANDARD,
    Data,
    sample,
)


@pytest.fixture(scope="session")
def template() -> Template:
    """The shipped template."""
    return load_template(STANDARD, FONT_DIRS)


@pytest.fixture
def data() -> Data:
    """A fresh copy of the adult author's sample."""
    return sample("adult")


@pytest.fixture(scope="session")
def printed(template: Template) -> Typeset:
    """The adult author's contract, printed."""
    return typeset(template, sample("adult"), codes=CODES)


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of small templates; a file given as None is left out."""

    def make(**changed: str | None) -> Path:
        folder = tmp_path / "small"
        folder.mkdir(exist_ok=True)
        files: dict[str, str | None] = {
            "meta.toml": SMALL_META,
            "schema.json": json.dumps(SMALL_SCHEMA),
            "clauses.en.md": "# Small\n\n## One\n\n1. {{author.name}} writes.\n",
            "main.typ": SMALL_MAIN,
        }
        for name, content in {**files, **changed}.items():
            (folder / name).unlink(missing_ok=True)
            if content is not None:
                (folder / name).write_text(content, encoding="utf-8")
        return folder

    return make
