"""Clauses in Markdown, taken apart into plain data: what may stand in them, and how they are numbered.

Decided here: `#` is the title, what follows it the preamble, each `##` an article, each item of a numbered list
under it a clause. Numbers come from the order, never from the text. Markup of typst or HTML stays literal text.
A heading, paragraph or table row may begin with a condition, `{{if path}}` or `{{unless path}}`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, cast

from inkseal.documents.typeset.errors import ClauseFault, ClauseFaultsError, ClauseReason

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_PLACEHOLDER: Final = re.compile(r"\{\{\s*(?:(if|unless)\s+)?([a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)\s*\}\}")
#: While Markdown is read, a placeholder is one private-use letter: braces beside `**` would undo the emphasis.
_FIRST_MARK: Final = 0xE000
_MARK: Final = re.compile(r"([\uE000-\uF8FF])")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one weight; with `path`, the place of a value instead.

    With `when`, a condition on the field or group at `path`, for all that follows in the same run of spans.
    """

    text: str = ""
    path: str = ""
    when: Literal["", "if", "unless"] = ""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: tuple[Span, ...]
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list inside a clause; `ordered` ones are lettered (a), (b), ..."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the head first; `align` is "left", "center" or "right" for each column."""

    align: tuple[str, ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    kind: Literal["table"] = "table"


Block = Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause, such as 7.2."""

    number: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its clauses."""

    number: str
    heading: tuple[Span, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class ClauseText:
    """All that one language's clauses say."""

    language: str
    title: tuple[Span, ...]
    preamble: tuple[Block, ...]
    articles: tuple[Article, ...]

    @cached_property
    def plain(self) -> dict[str, object]:
        """Return the text as JSON values for the layout."""
        return asdict(self)

    @cached_property
    def placeholders(self) -> tuple[tuple[str, str], ...]:
        """Return (clause number, path) of every placeholder, in order; number "" in title and preamble."""
        return tuple((number, span.path) for number, span in self.numbered_spans() if span.path and not span.when)

    @cached_property
    def conditions(self) -> tuple[tuple[str, str, str], ...]:
        """Return (clause number, "if" or "unless", path) of every condition, in order."""
        return tuple((number, span.when, span.path) for number, span in self.numbered_spans() if span.when)

    def numbered_spans(self) -> Iterator[tuple[str, Span]]:
        """Walk over all text with the number of its clause."""
        yield from (("", span) for span in (*self.title, *_spans(self.preamble)))
        for article in self.articles:
            yield from ((article.number, span) for span in article.heading)
            for clause in article.clauses:
                yield from ((clause.number, span) for span in _spans(clause.blocks))


def parse_clauses(text: str, language: str) -> ClauseText:
    """Read the Markdown of one language, or raise `ClauseFaultsError` naming every clause that goes beyond it."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    if _MARK.search(text):
        raise ClauseFaultsError((ClauseFault(language, "", ClauseReason.UNSUPPORTED_MARKDOWN, "private use"),))
    places: list[Span] = []
    marked = _PLACEHOLDER.sub(lambda match: _mark(places, match), text)
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(marked)
    reading = _Reading(language, places)
    result = reading.clause_text(SyntaxTreeNode(tokens))
    if reading.faults:
        raise ClauseFaultsError(tuple(reading.faults))
    return result


def _mark(places: list[Span], match: re.Match[str]) -> str:
    places.append(Span(path=match[2], when=cast("Literal['', 'if', 'unless']", match[1] or "")))
    return chr(_FIRST_MARK + len(places) - 1)


def _spans(blocks: Iterable[Block]) -> Iterator[Span]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from block.spans
            case Listing():
                yield from (span for item in block.items for span in _spans(item))
            case Table():
                yield from (span for row in block.rows for cell in row for span in cell)


class _Reading:
    """One pass over a syntax tree; remembers which clause it is in, so that faults can say so."""

    def __init__(self, language: str, places: list[Span]) -> None:
        self.language = language
        self.places = places
        self.clause = ""
        self.faults: list[ClauseFault] = []

    def clause_text(self, root: "SyntaxTreeNode") -> ClauseText:
        title: tuple[Span, ...] = ()
        preamble: list[Block] = []
        articles: list[Article] = []
        for node in root.children:
            if node.type == "heading" and node.tag == "h1" and not title:
                title = self.inline(node)
                self.unconditional(title[:1])
            elif node.type == "heading" and node.tag == "h2":
                self.clause = str(len(articles) + 1)
                articles.append(Article(self.clause, self.inline(node), ()))
            elif not articles:
                preamble.extend(self.blocks([node]))
            else:
                articles[-1] = self.extended(articles[-1], node)
        self.note_empty(title, articles)
        return ClauseText(self.language, title, tuple(preamble), tuple(articles))

    def note_empty(self, title: tuple[Span, ...], articles: Iterable[Article]) -> None:
        """Name what would vanish from the print: the layout sets an article by its clauses, a clause by its text."""
        found = [] if title else [("", "title")]
        for article in articles:
            if not article.heading or not article.clauses:
                found.append((article.number, "article"))
            found += [(clause.number, "clause") for clause in article.clauses if not clause.blocks]
        self.faults += [ClauseFault(self.language, number, ClauseReason.EMPTY, what) for number, what in found]

    def extended(self, article: Article, node: "SyntaxTreeNode") -> Article:
        """Take the clauses of a numbered list into the article; anything else there has no number."""
        if node.type != "ordered_list":
            self.fault(node.type)
            return article
        clauses = list(article.clauses)
        for item in node.children:
            self.clause = f"{article.number}.{len(clauses) + 1}"
            clauses.append(Clause(self.clause, self.blocks(item.children)))
        return Article(article.number, article.heading, tuple(clauses))

    def blocks(self, nodes: Iterable["SyntaxTreeNode"]) -> tuple[Block, ...]:
        return tuple(block for node in nodes if (block := self.block(node)) is not None)

    def block(self, node: "SyntaxTreeNode") -> Block | None:
        if node.type == "paragraph":
            return Paragraph(self.inline(node))
        if node.type in {"bullet_list", "ordered_list"}:
            items = tuple(self.blocks(item.children) for item in node.children)
            return Listing(ordered=node.type == "ordered_list", items=items)
        if node.type == "table":
            rows = [row for part in node.children for row in part.children]
            align = tuple(str(cell.attrs.get("style", "left")).removeprefix("text-align:") for cell in rows[0].children)
            head, *others = (tuple(self.inline(cell) for cell in row.children) for row in rows)
            for cell in (*head, *(cell for row in others for cell in row[1:])):
                self.unconditional(cell[:1])
            return Table(align, (head, *others))
        self.fault(node.type)
        return None

    def inline(self, node: "SyntaxTreeNode") -> tuple[Span, ...]:
        """Return the spans of a heading, paragraph or cell; a condition may stand at their start only."""
        found = [span for child in node.children for span in self.spans(child, bold=False, italic=False)]
        self.unconditional(found[1:])
        if found[1:] and found[0].when:
            found[1] = replace(found[1], text=found[1].text.lstrip())
        return tuple(found)

    def unconditional(self, spans: Iterable[Span]) -> None:
        """Report the conditions among `spans`, where none may be."""
        for span in spans:
            if span.when:
                self.fault(f"{span.when} {span.path}", ClauseReason.CONDITION_MISPLACED)

    def spans(self, node: "SyntaxTreeNode", *, bold: bool, italic: bool) -> Iterator[Span]:
        match node.type:
            case "inline" | "strong" | "em":
                inner = {"bold": bold or node.type == "strong", "italic": italic or node.type == "em"}
                for child in node.children:
                    yield from self.spans(child, **inner)
            case "text":
                yield from self.text_spans(node.content, bold=bold, italic=italic)
            case "softbreak":
                yield Span(" ", bold=bold, italic=italic)
            case _:
                self.fault(node.type)

    def text_spans(self, text: str, *, bold: bool, italic: bool) -> Iterator[Span]:
        for piece in _MARK.split(text):
            if _MARK.fullmatch(piece):
                yield replace(self.places[ord(piece) - _FIRST_MARK], bold=bold, italic=italic)
            elif "{{" in piece:
                self.fault(piece[piece.index("{{") :][:40], ClauseReason.UNKNOWN_PLACEHOLDER)
            elif piece:
                yield Span(piece, bold=bold, italic=italic)

    def fault(self, detail: str, reason: ClauseReason = ClauseReason.UNSUPPORTED_MARKDOWN) -> None:
        self.faults.append(ClauseFault(self.language, self.clause, reason, detail))
