"""Writes the pages of the documentation that the code already knows: `python -m tools.reference`.

Decided here: `.env.example` is the one list of settings, `--help` the one text about a command, the models
the one pairing of column and Python names. The pages repeat them; a test fails when a page is behind.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from inkseal.project.cli import build, ensure_django

ROOT: Final = Path(__file__).resolve().parents[1]
SETTINGS_PAGE: Final = Path("docs/reference/settings.md")
COMMANDS_PAGE: Final = Path("docs/reference/commands.md")
GLOSSARY_PAGE: Final = Path("docs/glossary.md")
TABLES_HEADING: Final = "## Tables and columns"
HELP_WIDTH: Final = 100

SETTINGS_INTRODUCTION: Final = """# Settings

Read once, from the environment, at start; all faults are listed together. Each may come from a file
instead: `NAME_FILE` is read where `NAME` is not set. This page is made from `.env.example` by
`python -m tools.reference`.

| setting | default | meaning |
|---|---|---|
"""
COMMANDS_INTRODUCTION: Final = """# Commands

The text of `inkseal COMMAND --help`, brought together by `python -m tools.reference`. Every command ends
with 0 when it did what was asked. 1 means refused, 2 that the command line was not understood (or what its
help says), 75 that the same command may succeed later, 78 that the settings cannot be used.
"""


def settings_page(example: str) -> str:
    """Return the page of settings for the text of `.env.example`."""
    rows = [f"| `{name}` | {_cell(default)} | {meaning} |" for name, default, meaning in listed_settings(example)]
    return SETTINGS_INTRODUCTION + "\n".join(rows) + "\n"


def listed_settings(example: str) -> Iterator[tuple[str, str, str]]:
    """Yield (name, default, meaning) per setting of `.env.example`: a comment line, then the assignment."""
    before = ""
    for line in example.splitlines():
        if line.startswith("#INKSEAL_"):
            name, _, default = line.removeprefix("#").partition("=")
            yield name, default, before.removeprefix("# ")
        before = line


def _cell(default: str) -> str:
    return f"`{default}`" if default else ""


def commands_page() -> str:
    """Return the page of commands, from the command line itself."""
    from typer.main import get_command

    parts = [f"\n## {path}\n\n```text\n{text}\n```\n" for path, text in _helps(get_command(build()), "inkseal")]
    return COMMANDS_INTRODUCTION + "".join(parts)


def _helps(command: Any, path: str) -> Iterator[tuple[str, str]]:
    context = command.make_context(path, [], resilient_parsing=True, terminal_width=HELP_WIDTH)
    subcommands: dict[str, Any] = getattr(command, "commands", {})
    if not subcommands:
        yield path, "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())
    for name, subcommand in subcommands.items():
        yield from _helps(subcommand, f"{path} {name}")


def tables_section() -> str:
    """Return the pairing of table and column names with Python names, from the models."""
    from django.apps import apps

    models = [model for model in apps.get_models() if model.__module__.startswith("inkseal.")]
    parts = [TABLES_HEADING, "\nMade from the models by `python -m tools.reference`.\n"]
    for model in sorted(models, key=lambda model: _options(model).db_table):
        options = _options(model)
        head = f"\n### {options.db_table}\n\n`{options.app_label}` `{model.__name__}`\n"
        parts.extend((head, "| column | Python |", "|---|---|"))
        parts.extend(f"| {field.column} | {field.attname} |" for field in options.local_concrete_fields)
    return "\n".join(parts) + "\n"


def _options(model: Any) -> Any:
    return model._meta


def glossary_page(kept: str) -> str:
    """Return the glossary with its words as they are and its tables as the models have them."""
    words, _, _ = kept.partition(TABLES_HEADING)
    return words + tables_section()


def pages(root: Path) -> dict[Path, str]:
    """Return what each generated page has to contain."""
    glossary = (root / GLOSSARY_PAGE).read_text(encoding="utf-8")
    return {
        SETTINGS_PAGE: settings_page((root / ".env.example").read_text(encoding="utf-8")),
        COMMANDS_PAGE: commands_page(),
        GLOSSARY_PAGE: glossary_page(glossary),
    }


def main(root: Path = ROOT) -> int:
    """Write the pages."""
    os.environ.setdefault("INKSEAL_LOG_LEVEL", "ERROR")
    ensure_django()
    for path, text in pages(root).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
