"""Reads tests/access_matrix.yaml: what every route answers to whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.integration.access.world import ROLES

FILE: Final = Path(__file__).resolve().parents[2] / "access_matrix.yaml"
GROUPS: Final = {"outside": ("nobody", "author", "other")}
STATUS: Final = {
    "page": 200,
    "moved": 302,
    "sign-in": 302,
    "malformed": 400,
    "refused": 403,
    "unknown": 404,
    "method": 405,
    "conflict": 409,
    "faults": 422,
}
METHODS: Final = ("get", "post")


@dataclass(frozen=True)
class Rule:
    """One route: the station of the book, what a form sends, and the answer to each role by method."""

    route: str
    at: str
    answers: Mapping[str, Mapping[str, str]]
    send: Mapping[str, str] = field(default_factory=dict)

    def with_answer(self, method: str, answer: str) -> list[str]:
        """Return the roles that get this answer."""
        return [role for role, given in self.answers[method].items() if given == answer]


def rules() -> dict[str, Rule]:
    """Return every rule by its route."""
    listed: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {route: _rule(route, entry) for route, entry in listed.items()}


def _rule(route: str, entry: Mapping[str, Any]) -> Rule:
    answers = {method: _spread(entry.get(method, {"all": "method"})) for method in METHODS}
    return Rule(route, entry.get("at", "audit"), answers, entry.get("send", {}))


def _spread(given: Mapping[str, str]) -> dict[str, str]:
    spread: dict[str, str] = {}
    for role in ROLES:
        names = (role, *(group for group, members in GROUPS.items() if role in members), "rest", "all")
        spread[role] = next(given[name] for name in names if name in given)
    return spread


def routes(patterns: Sequence[URLPattern | URLResolver] | None = None) -> list[str]:
    """Return the names of all routes of the product, or of these patterns, as `reverse` takes them."""
    return list(_walk(get_resolver().url_patterns if patterns is None else patterns, ""))


def _walk(patterns: Sequence[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}"
