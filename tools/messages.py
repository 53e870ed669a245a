"""Keeps the message catalogues in step with the code: `python -m tools.messages [--check]`.

Decided here: a package with a `locale` folder has a catalogue of its own, `project` has that of all others.
What counts as complete: a catalogue holds exactly the messages of the code, each translated,
none marked fuzzy, each with the placeholders of its original. Without --check the catalogues are rewritten,
translations kept; new messages stand there untranslated and have to be filled in by a person.
"""

import argparse
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "src" / "inkseal"
LANGUAGES: Final = ("zh_Hans",)
TEMPLATE_KINDS: Final = frozenset({".html", ".txt"})
KEYWORDS: Final = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext_lazy": ((1, "c"), 2),
}
COMMENT_TAGS: Final = ("Translators:",)
HEADER: Final = "# Messages of Inkseal. Made by `python -m tools.messages`; translations are written by people.\n#"


def owners(root: Path) -> dict[Path, list[Path]]:
    """Return the packages that have a catalogue, each with the packages whose messages stand in it."""
    packages = sorted(path for path in root.iterdir() if path.is_dir())
    own = {path: [path] for path in packages if path.name == "project" or (path / "locale").is_dir()}
    own[root / "project"].extend(path for path in packages if path not in own)
    return own


def code_messages(packages: Iterable[Path]) -> Catalog:
    """Return every message of the Python files and templates below `packages`."""
    catalog = Catalog(charset="utf-8")
    for path in sorted(path for package in packages for path in package.rglob("*")):
        place = "/".join(path.parts[path.parts.index("inkseal") :])
        for line, message, comments, context in _messages_of(path):
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def _messages_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    if path.suffix == ".py":
        source = path.read_bytes()
    elif path.suffix in TEMPLATE_KINDS and "templates" in path.parts:
        # Django turns a template into something that reads like Python, line by line.
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()
    else:
        return
    yield from extract("python", io.BytesIO(source), KEYWORDS, COMMENT_TAGS)


def catalogue_path(package: Path, language: str) -> Path:
    """Return where Django looks for the catalogue of `language`."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """Return the catalogue as it is kept; an empty one where there is none."""
    if not path.is_file():
        return Catalog(locale=language, charset="utf-8")
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


def updated(kept: Catalog, wanted: Catalog, language: str) -> Catalog:
    """Return the messages of the code with the translations that are kept; those of nobody are dropped."""
    made = Catalog(locale=language, charset="utf-8", header_comment=HEADER, fuzzy=False, project="Inkseal", version="-")
    for message in _entries(wanted):
        old = kept.get(message.id, message.context)
        made.add(
            message.id,
            old.string if old is not None else None,
            sorted({(place, 0) for place, _ in message.locations}),
            old.flags - {"python-format", "python-brace-format"} if old is not None else (),
            message.auto_comments,
            context=message.context,
        )
    return made


def faults(kept: Catalog, wanted: Catalog) -> list[str]:
    """Return what keeps the catalogue from being complete, one sentence per message."""
    found: list[str] = []
    for message in _entries(wanted):
        found.extend(f"{reason}: {_shown(message)}" for reason in _reasons(kept.get(message.id, message.context)))
    unused = [message for message in _entries(kept) if wanted.get(message.id, message.context) is None]
    return found + [f"used nowhere: {_shown(message)}" for message in unused]


def _reasons(kept: Message | None) -> Iterator[str]:
    if kept is None:
        yield "missing"
        return
    strings = kept.string if isinstance(kept.string, tuple | list) else (kept.string,)
    if not all(strings):
        yield "not translated"
    elif kept.check():
        yield "placeholders differ"
    if kept.fuzzy:
        yield "fuzzy"


def _entries(catalog: Iterable[Message]) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _shown(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    place = message.locations[0][0] if message.locations else "-"
    return f"{text!r} ({place})"


def write(path: Path, catalog: Catalog) -> None:
    """Write the catalogue without dates and line numbers, so that only real changes are seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = io.BytesIO()
    write_po(file, catalog, width=110, sort_output=True, include_lineno=False)
    dates = (b'"POT-', b'"PO-', b'"Generated-By:', b'"Report-', b'"Last-', b'"Language-Team:')
    lines = [line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(dates)]
    path.write_bytes(b"".join(lines))


def main(arguments: list[str], root: Path = PACKAGE) -> int:
    """Check or rewrite every catalogue; 1 when one is not complete."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell what is missing")
    only_check = parser.parse_args(arguments).check
    if not settings.configured:
        settings.configure()  # templatize() asks for Django's own defaults, not for ours
        django.setup()
    found: list[str] = []
    for package, covered in owners(root).items():
        wanted = code_messages(covered)
        for language in LANGUAGES:
            path = catalogue_path(package, language)
            kept = read_catalogue(path, language)
            if not only_check:
                kept = updated(kept, wanted, language)
                write(path, kept)
            found.extend(f"{package.name} {language}: {fault}" for fault in faults(kept, wanted))
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"message catalogues: {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
