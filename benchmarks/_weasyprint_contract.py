"""The contract of the typesetting benchmark as HTML for WeasyPrint: same text, fonts, columns and page codes.

In its favour: fonts and style sheet are read once, not for every contract, boxes to sign are only drawn, and rows are
tables, which it lays out twice as fast as flex boxes.
"""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from inkseal.documents.typeset.clauses import Block, Clause, ClauseText, Listing, Paragraph, Span
from inkseal.documents.typeset.template import Template

Texts = Mapping[str, Mapping[str, str]]

SHEET = """
@page { size: A4; margin: 42mm 20mm 17mm;
  @top-left { content: "Northlight Press"; font: bold 8pt Noto Serif; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7pt Noto Serif; } }
html { font: 9pt/1.4 Noto Serif, Noto Serif SC, Noto Naskh Arabic, Noto Serif Devanagari, Noto Sans Thai; }
:lang(zh) { font-family: Noto Serif SC; text-align: justify; }
h1 { font-size: 18pt; text-align: center; } h2 { font-size: 9.8pt; margin: 3mm 0 1mm; break-after: avoid; }
.row { display: table; table-layout: fixed; width: 170mm; margin-bottom: 2.4mm; break-inside: avoid; }
.row > div { display: table-cell; width: 81mm; } .row > div + div { padding-left: 8mm; }
p { margin: 0; } b + p { display: inline; } ol { margin: 1mm 0; padding-left: 5mm; }
table { width: 100%; border-collapse: collapse; }
td, th { border-bottom: 0.4pt solid #cfc9bc; padding: 1mm 0; text-align: left; }
.box { height: 30mm; border: 0.6pt solid; }
"""


def style_sheet(template: Template) -> str:
    """Return the CSS with the template's own font files."""
    faces = []
    for family, (path, _, _) in template.font_files:
        weight = 700 if "700" in Path(path).stem else 400
        style = "italic" if "Italic" in Path(path).stem else "normal"
        source = Path(path).as_uri()
        faces.append(
            f"@font-face {{ font-family: {family}; font-weight: {weight}; font-style: {style}; src: url({source}); }}"
        )
    return "\n".join((*faces, SHEET))


def document(template: Template, texts: Texts, outlines: Sequence[str]) -> str:
    """Return the contract as one HTML page; `outlines` are the page codes."""
    body = "".join(
        (*_parties(texts), _preamble(template.clauses, texts), *_articles(template.clauses, texts), *_signatures())
    )
    title, *others = (escape("".join(span.text for span in text.title)) for text in template.clauses)
    head = f"<h1>{title}</h1>{''.join(f'<h1>{other}</h1>' for other in others)}"
    codes = "".join(
        f'@page :nth({number}) {{ @top-right {{ content: url("{_code(outline)}"); }} }}'
        for number, outline in enumerate(outlines, start=1)
    )
    return f'<html lang="en"><title>{title}</title><style>{codes}</style><body>{head}{body}</body></html>'


def _code(outline: str) -> str:
    size = "width='22mm' height='22mm' viewBox='0 0 25 25'"
    return "data:image/svg+xml," + quote(f"<svg xmlns='http://www.w3.org/2000/svg' {size}><path d='{outline}'/></svg>")


def _parties(texts: Texts) -> list[str]:
    rows = "".join(f"<tr><td>{path}</td><td>{escape(text)}</td></tr>" for path, text in texts["en"].items())
    return [f"<table>{rows}</table>"]


def _preamble(clauses: Sequence[ClauseText], texts: Texts) -> str:
    cells = ["".join(_block(block, texts[text.language]) for block in text.preamble) for text in clauses]
    return _row(cells, clauses)


def _articles(clauses: Sequence[ClauseText], texts: Texts) -> list[str]:
    rows = []
    for articles in zip(*(text.articles for text in clauses), strict=True):
        headings = [
            _spans(article.heading, texts[text.language]) for article, text in zip(articles, clauses, strict=True)
        ]
        rows.append(_row([f"<h2>{articles[0].number} {heading}</h2>" for heading in headings], clauses))
        for pair in zip(*(article.clauses for article in articles), strict=True):
            cells = [_clause(clause, texts[text.language]) for clause, text in zip(pair, clauses, strict=True)]
            rows.append(_row(cells, clauses))
    return rows


def _row(cells: Sequence[str], clauses: Sequence[ClauseText]) -> str:
    inner = "".join(f'<div lang="{text.language}">{cell}</div>' for cell, text in zip(cells, clauses, strict=True))
    return f'<div class="row">{inner}</div>'


def _clause(clause: Clause, values: Mapping[str, str]) -> str:
    return f"<b>{clause.number}</b> {''.join(_block(block, values) for block in clause.blocks)}"


def _block(block: Block, values: Mapping[str, str]) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_spans(block.spans, values)}</p>"
    if isinstance(block, Listing):
        items = "".join(f"<li>{''.join(_block(inner, values) for inner in item)}</li>" for item in block.items)
        return f"<ol type=a>{items}</ol>"
    rows = "".join(f"<tr>{''.join(f'<td>{_spans(cell, values)}</td>' for cell in row)}</tr>" for row in block.rows)
    return f"<table>{rows}</table>"


def _spans(spans: Sequence[Span], values: Mapping[str, Any]) -> str:
    return "".join(_span(span, values) for span in spans)


def _span(span: Span, values: Mapping[str, Any]) -> str:
    text = escape(values[span.path] if span.path else span.text)
    text = f"<b>{text}</b>" if span.bold else text
    return f"<i>{text}</i>" if span.italic else text


def _signatures() -> list[str]:
    return ['<div style="break-before: page">Signatures</div>', *['<div class="box"></div>'] * 4]
