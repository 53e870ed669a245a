"""The design system holds what it promises: contrast, icons that exist, no side of the page by name, no inline code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from inkseal import project

PROJECT: Final = Path(project.__file__).parent
PACKAGE: Final = PROJECT.parent
STATIC: Final = PROJECT / "static" / "inkseal"
SHEETS: Final = sorted(STATIC.glob("*.css"))
#: A form of the desk gets its token with the envelope that all of them share.
ENVELOPES: Final = ("{% csrf_token %}", '{% include "desk/parts/envelope.html" %}')
TEMPLATES: Final = sorted(PACKAGE.glob("*/templates/**/*.html"))
#: WCAG 2: text 4.5, outlines of controls and the focus ring 3; the pairs that the pages use.
PAIRS: Final = (
    *((text, ground, 4.5) for text in ("ink", "ink-2", "ink-3") for ground in ("paper", "surface", "sunken")),
    *((text, "surface", 4.5) for text in ("link", "primary", "ok", "fix", "look", "seal")),
    *((tone, f"{tone}-soft", 4.5) for tone in ("ok", "fix", "look", "primary")),
    ("ink", "primary-soft", 4.5),
    ("ink-2", "primary-soft", 4.5),
    ("ink", "fix-soft", 4.5),
    ("on-primary", "primary", 4.5),
    ("on-primary", "primary-hover", 4.5),
    ("on-seal", "seal-fill", 4.5),
    ("contract-ink", "contract", 4.5),
    ("control", "surface", 3),
    ("control", "paper", 3),
    ("focus", "surface", 3),
    ("focus", "paper", 3),
)


def themes() -> Iterator[tuple[str, dict[str, str]]]:
    """Return the colours of every block of the tokens that sets them; the later ones change the first."""
    light: dict[str, str] = {}
    for number, block in enumerate(re.findall(r"\{([^{}]*--paper:[^{}]*)\}", (STATIC / "tokens.css").read_text())):
        colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", block))
        light = light or colours
        yield ("light", "device dark", "chosen dark")[number], {**light, **colours}


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("theme", "colours"), list(themes()), ids=[name for name, _ in themes()])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_pair_of_colours_can_be_read(
    theme: str, colours: dict[str, str], text: str, ground: str, least: float
) -> None:
    assert contrast(colours[text], colours[ground]) >= round(least - 0.05, 2), f"{theme}: {text} on {ground}"


def test_the_dark_of_the_device_is_the_dark_that_is_chosen() -> None:
    by_name = dict(themes())
    assert len(by_name) == 3
    assert by_name["device dark"] == by_name["chosen dark"]
    assert by_name["light"] != by_name["chosen dark"]


def test_contract_paper_stays_light_in_the_dark() -> None:
    for _name, colours in themes():
        assert luminance(colours["contract"]) > 0.8


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_value_that_is_used_is_defined(sheet: Path) -> None:
    defined = set(re.findall(r"(--[\w-]+)\s*:", "".join(path.read_text() for path in SHEETS)))
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet.read_text()))
    assert used <= defined


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_side_of_the_page_is_called_left_or_right(sheet: Path) -> None:
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    assert not physical.search(sheet.read_text())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(sheet: Path) -> None:
    assert "@import" not in sheet.read_text()
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", sheet.read_text())


def test_nothing_moves_for_who_wants_no_motion() -> None:
    assert "prefers-reduced-motion" in (STATIC / "parts.css").read_text()


def test_seal_red_is_kept_for_the_seal_and_for_what_cannot_be_undone() -> None:
    rules = re.findall(r"([^{}]+)\{[^{}]*var\(--seal(?:-fill)?\)", "".join(path.read_text() for path in SHEETS))
    for selector in rules:
        assert re.search(r"seal|mark|stamp", selector), selector


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons.svg").read_text()
    there = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    for template in TEMPLATES:
        used = set(re.findall(r'\{% icon "([\w-]+)"', template.read_text()))
        assert used <= there, f"{template.name}: {used - there}"


def test_icons_take_the_colour_of_the_text_beside_them() -> None:
    for symbol in re.findall(r'<symbol id="(?!sheet)[\w-]+".*?</symbol>', (STATIC / "icons.svg").read_text()):
        assert not re.search(r'(?:fill|stroke)="#(?!fff)', symbol)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_code_or_style_in_it(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=\"|\son(?:click|load|error|change)=", source)
    assert "|safe" not in source
    assert "autoescape off" not in source


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_static_file_that_a_template_names_is_there(template: Path) -> None:
    folders = [PROJECT / "static", *PACKAGE.glob("*/static")]
    for name in re.findall(r"\{% static '(inkseal/[^']+)' %\}", template.read_text()):
        assert any((folder / name).is_file() for folder in folders), name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_has_the_csrf_token(template: Path) -> None:
    for posted in re.findall(r'<form[^>]*method="post"[^>]*>(.{0,40})', template.read_text(), re.DOTALL):
        assert posted.lstrip().startswith(ENVELOPES)
