"""The form for agreement type and terms, shared by proposal and submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from inkseal.contracts.enums import Agreement
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.labels import AGREEMENT_LABEL, TERM_LABEL, Words
from inkseal.contracts.terms import TERMS
from inkseal.desk import words


@dataclass(frozen=True, slots=True)
class Choice:
    """One agreement type."""

    value: int
    label: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class TermField:
    """One term with what was typed; `of` are the agreement types that have it, as class names."""

    name: str
    label: Words
    hint: Words
    value: str
    fault: Words
    required: bool
    of: str


@dataclass(frozen=True, slots=True)
class TermsForm:
    """The whole form."""

    choices: tuple[Choice, ...]
    choice_fault: Words
    fields: tuple[TermField, ...]


def terms_form(agreement: Agreement, terms: Mapping[str, Any], faults: tuple[FieldFault, ...] = ()) -> TermsForm:
    """Return the form filled with `terms`; every fault stands at its field."""
    sentences = {fault.field: words.fault_words(fault) for fault in faults}
    every = {term.name: term for needed in TERMS.values() for term in needed}
    return TermsForm(
        tuple(Choice(int(each), AGREEMENT_LABEL[each], each is agreement) for each in TERMS),
        sentences.get("agreement", ""),
        tuple(
            TermField(
                name=name,
                label=TERM_LABEL[name],
                hint=words.TERM_HINTS.get(name, ""),
                value=str(terms.get(name, "")),
                fault=sentences.get(name, ""),
                required=term.required,
                of=" ".join(f"of-{int(each)}" for each, needed in TERMS.items() if term in needed),
            )
            for name, term in every.items()
        ),
    )


def read_terms(post: QueryDict) -> tuple[Agreement, dict[str, str]]:
    """Return what was chosen and typed; an unknown type reads as none."""
    raw = post.get("agreement", "")
    known = {str(int(agreement)): agreement for agreement in Agreement}
    names = {term.name for needed in TERMS.values() for term in needed}
    return known.get(raw, Agreement.NONE), {name: post.get(name, "")[:40] for name in sorted(names)}


def terms_lines(terms: Mapping[str, Any]) -> tuple[tuple[Words, str], ...]:
    """Return stored terms as label and value, for reading."""
    return tuple(
        (label, str(shape) % {"value": _grouped(terms[name])})
        for name, (label, shape) in words.TERM_LINES.items()
        if terms.get(name) not in {None, ""}
    )


def _grouped(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
