"""Clauses that a contract has only if a field is given, or only if it is not.

Decided here: what a condition at the start of a heading, paragraph or table row leaves out. A clause without text
is left out, and so is an article without clauses. Numbers are those of the whole text, so that no reference depends
on a condition; what may be left out therefore stands last, or has another wording in its place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from inkseal.documents.typeset.clauses import Article, Block, Clause, ClauseText, Listing, Paragraph, Span, Table
from inkseal.documents.typeset.errors import ClauseFault, ClauseReason


def worded(text: ClauseText, given: frozenset[str]) -> ClauseText:
    """Return what `text` says when the fields and groups in `given` are there, without conditions."""
    articles = tuple(
        article
        for whole in text.articles
        if (article := _article(whole, given)) and (article.clauses or not whole.clauses)
    )
    return replace(text, preamble=_blocks(text.preamble, given), articles=articles)


def condition_paths(texts: Sequence[ClauseText]) -> tuple[str, ...]:
    """Return the paths that conditions ask for, each once."""
    return tuple(sorted({path for text in texts for _, _, path in text.conditions}))


def missing_numbers(texts: Sequence[ClauseText]) -> tuple[ClauseFault, ...]:
    """Return the first number in each language that follows a gap, in any contract that can come out."""
    paths = condition_paths(texts)
    choices = [
        frozenset(path for path, there in zip(paths, chosen, strict=True) if there)
        for chosen in product((True, False), repeat=len(paths))
    ]
    faults = (
        ClauseFault(text.language, number, ClauseReason.NUMBER_MISSING, "")
        for text in texts
        for given in choices
        for number in list(_after_gaps(worded(text, given)))[:1]
    )
    return tuple(dict.fromkeys(faults))


def differing_conditions(texts: Sequence[ClauseText]) -> tuple[ClauseFault, ...]:
    """Return the first condition of each further language that the first language has not, or the reverse."""
    expected = set(texts[0].conditions)
    odd = ((text.language, sorted(expected ^ set(text.conditions))) for text in texts[1:])
    return tuple(
        ClauseFault(language, found[0][0], ClauseReason.LANGUAGES_DIFFER, " ".join(found[0][1:]))
        for language, found in odd
        if found
    )


def _after_gaps(text: ClauseText) -> Iterator[str]:
    for expected, article in enumerate(text.articles, start=1):
        if article.number != str(expected):
            yield article.number
        for count, clause in enumerate(article.clauses, start=1):
            if clause.number != f"{article.number}.{count}":
                yield clause.number


def _article(article: Article, given: frozenset[str]) -> Article | None:
    if not _holds(article.heading, given):
        return None
    clauses = (Clause(clause.number, _blocks(clause.blocks, given)) for clause in article.clauses)
    return Article(article.number, _said(article.heading), tuple(clause for clause in clauses if clause.blocks))


def _blocks(blocks: Sequence[Block], given: frozenset[str]) -> tuple[Block, ...]:
    return tuple(block for whole in blocks if (block := _block(whole, given)) is not None)


def _block(block: Block, given: frozenset[str]) -> Block | None:
    match block:
        case Paragraph():
            return Paragraph(_said(block.spans)) if _holds(block.spans, given) else None
        case Listing():
            items = tuple(item for whole in block.items if (item := _blocks(whole, given)))
            return replace(block, items=items) if items else None
        case Table():
            head, *rows = block.rows
            left = tuple((_said(row[0]), *row[1:]) for row in rows if _holds(row[0], given))
            return replace(block, rows=(head, *left)) if left else None


def _holds(spans: Sequence[Span], given: frozenset[str]) -> bool:
    return not (spans and spans[0].when) or (spans[0].path in given) == (spans[0].when == "if")


def _said(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return spans[1:] if spans and spans[0].when else spans
