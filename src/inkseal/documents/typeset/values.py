"""What a contract's data looks like in print: every field as text, once per language, typed by the schema."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from unicodedata import bidirectional

from inkseal.documents.typeset.errors import DataFault, DataFaultsError

Json = Mapping[str, Any]
#: English is spelt out here so that printing a contract needs no locale database.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Types of a leaf that is a number only; what may also be a text is an identifier.
_COUNTS: Final = ("integer", ["integer"], ["integer", "null"], ["null", "integer"])
_RTL: Final = frozenset({"R", "AL"})
_STRONG: Final = _RTL | {"L"}


def check_data(schema: Json, data: Json) -> None:
    """Raise `DataFaultsError` with every place at which `data` does not fit `schema`."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    faults = sorted({fault for error in validator.iter_errors(data) for fault in _faults(error)})
    if faults:
        raise DataFaultsError(tuple(DataFault(path, rule) for path, rule in faults))


def _faults(error: Any) -> Iterator[tuple[str, str]]:
    """Yield path and rule; of a choice, those of the alternatives whose type fits, as they are nearest to right."""
    nearest = [sub for sub in error.context if sub.validator != "type" or sub.relative_path]
    if nearest:
        for sub in nearest:
            yield from _faults(sub)
        return
    missing = error.validator_value if error.validator == "required" else ()
    for name in [name for name in missing if name not in error.instance] or [None]:
        parts = [*error.absolute_path, name] if name else error.absolute_path
        yield ".".join(map(str, parts)), str(error.validator)


def has_field(schema: Json, path: str) -> bool:
    """Say whether `path`, such as "author.name", is a field that can be printed."""
    here = _found(schema, path)
    return here is not None and not _properties(schema, here)


def has_path(schema: Json, path: str) -> bool:
    """Say whether `path` is a field, or a group of fields such as "guardian"."""
    return _found(schema, path) is not None


def given_paths(texts: Mapping[str, str]) -> frozenset[str]:
    """Return the fields of `shown` that are not empty, and the groups that have such a field."""
    names = (path.split(".") for path, text in texts.items() if text)
    return frozenset(".".join(parts[:length]) for parts in names for length in range(1, len(parts) + 1))


def _found(schema: Json, path: str) -> Json | None:
    here: Json | None = schema
    for name in path.split("."):
        here = _properties(schema, here).get(name) if here is not None else None
    return here


def shown(schema: Json, data: Json, language: str) -> dict[str, str]:
    """Return the printed text of every field by its dotted path; absent and null fields are left out."""
    return {path: _text(leaf, value, language) for path, leaf, value in _leaves(schema, schema, data, "")}


def typed_texts(schema: Json, data: Json) -> dict[str, str]:
    """Return what people typed, by dotted path; `data` may be a form that is not complete or not valid yet."""
    return {path: _one_line(value) for path, _, value in _leaves(schema, schema, data, "") if isinstance(value, str)}


def right_to_left(text: str) -> bool:
    """Say whether `text` starts in a right-to-left script (UAX 9, rule P2)."""
    return next((kind for char in text if (kind := bidirectional(char)) in _STRONG), "L") in _RTL


def _leaves(schema: Json, here: Json, data: Json, prefix: str) -> Iterator[tuple[str, Json, Any]]:
    for name, sub in _properties(schema, here).items():
        value = data.get(name)
        if isinstance(value, Mapping):
            yield from _leaves(schema, sub, value, f"{prefix}{name}.")
        elif value is not None:
            yield f"{prefix}{name}", _resolved(schema, sub), value


def _properties(schema: Json, here: Json) -> Json:
    resolved = _resolved(schema, here)
    choices = [resolved, *(_resolved(schema, choice) for choice in resolved.get("anyOf", ()))]
    return {name: sub for choice in choices for name, sub in choice.get("properties", {}).items()}


def _resolved(schema: Json, here: Json) -> Json:
    """Follow a reference into the schema's own definitions, the only kind that templates may use."""
    if "$ref" not in here:
        return here
    found: Json = schema["$defs"][here["$ref"].removeprefix("#/$defs/")]
    return found


def _text(leaf: Json, value: Any, language: str) -> str:
    names = leaf.get("x-names", {}).get(language)
    if names is not None:
        return str(names[value])
    if leaf.get("format") == "date":
        return _date(date.fromisoformat(value), language)
    if leaf.get("type") in _COUNTS:
        return f"{value:,}"
    if leaf.get("x-amount"):
        return _amount(value)
    return _one_line(value)


def _amount(text: str) -> str:
    """An amount of money is decimal text, never a float; a single decimal place is an amount half written."""
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals.ljust(2, '0') if point else ''}"


def _one_line(value: Any) -> str:
    """Line ends typed into an address become spaces: a contract's fields are single lines."""
    return " ".join(str(value).split())


def _date(day: date, language: str) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return day.isoformat()
