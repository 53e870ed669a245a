"""What the tests of both standard contracts share: their samples and prints, each set only once."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from inkseal.documents.typeset import PageCodes, Template, Typeset, load_template, typeset
from tests.unit.documents.typeset_kit import FONT_DIRS, ROOT, page_texts

TEMPLATES = ROOT / "contract-templates"
SHARE, BUYOUT = "standard-share", "standard-buyout"
#: Every shipped contract in both of its variants.
VARIANTS = [(name, who) for name in (SHARE, BUYOUT) for who in ("adult", "minor")]

Data = dict[str, Any]


def shipped(name: str) -> Template:
    """Return one of the shipped templates."""
    return load_template(TEMPLATES / name, FONT_DIRS)


def sample_of(name: str, who: str) -> Data:
    """Return a fresh copy of a template's sample."""
    data: Data = json.loads((TEMPLATES / name / "samples" / f"{who}.json").read_text(encoding="utf-8"))
    return data


def codes_of(data: Data) -> PageCodes:
    """Return what the codes of a print of `data` are made of."""
    return PageCodes(data["contract"]["number"], "A", "cd" * 32, bytes(range(32)))


@lru_cache(maxsize=8)
def printed_sample(name: str, who: str) -> Typeset:
    """Return the print of a sample."""
    data = sample_of(name, who)
    return typeset(shipped(name), data, codes=codes_of(data))


def pages_of(name: str, who: str, change: Callable[[Data], None] = lambda _: None) -> list[str]:
    """Return the text of each page of a sample after a change to it, its line ends as spaces."""
    data = sample_of(name, who)
    change(data)
    return [" ".join(text.split()) for text in page_texts(typeset(shipped(name), data, codes=codes_of(data)).pdf)]
