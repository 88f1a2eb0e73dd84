"""Write tables, with a header row repeated on every page."""

from __future__ import annotations

from collections.abc import Callable

from milebook.layout import Layout
from milebook.model.draft import Table
from milebook.writers.docx.languages import language_element
from milebook.writers.docx.markup import attribute, clean, properties, text, twips
from milebook.writers.docx.style_names import TABLE_HEAD, TABLE_HEAD_NUMBER, TABLE_NUMBER, TABLE_TEXT
from milebook.writers.docx.styles import StyleSheet
from milebook.writers.transcripts import folded

END = "</w:tbl>"
_PLAIN_BORDERS = (
    '<w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" '
    'w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" '
    'w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" '
    'w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>'
)


def table_xml(
    table: Table, layout: Layout, sheet: StyleSheet, mark: Callable[[str, str], str], lang: str = ""
) -> list[str]:
    """A table across the measure, row by row; END is the last piece. `mark` puts content into the bookmark of an anchor; `lang` is "" for the book's."""
    widths = _widths(table, layout)
    columns = range(len(widths))
    tongue = language_element(lang) if lang else ""
    strong = "<w:b/><w:bCs/>" if sheet.plain else '<w:rStyle w:val="Strong"/>'
    looks = {False: f"<w:rPr>{tongue}</w:rPr>" if tongue else "", True: f"<w:rPr>{strong}{tongue}</w:rPr>"}
    cells = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>' for width in widths]
    heads = [properties(sheet.named(TABLE_HEAD_NUMBER if i in table.right else TABLE_HEAD)) for i in columns]
    texts = [properties(sheet.named(TABLE_NUMBER if i in table.right else TABLE_TEXT)) for i in columns]

    def row(words: tuple[str, ...], openings: list[str], look: str, *, head: bool = False) -> str:
        filled = [*words[: len(widths)], *[""] * (len(widths) - len(words))]
        runs = [_run(value, look) for value in filled]
        if head:
            runs[0] = mark(table.anchor, runs[0])
        inside = [f"{opening}{run}</w:p></w:tc>" for opening, run in zip(openings, runs, strict=True)]
        repeated = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(inside)}</w:tr>"

    made = [_opening(table, sheet, widths)]
    made.append(row(table.head, [a + b for a, b in zip(cells, heads, strict=True)], looks[sheet.plain], head=True))
    openings = [a + b for a, b in zip(cells, texts, strict=True)]
    outstanding = set(table.strong)
    made += [row(words, openings, looks[number in outstanding]) for number, words in enumerate(table.rows)]
    return [*made, END]


def _widths(table: Table, layout: Layout) -> list[int]:
    """Of the columns, in twentieths of a point."""
    page = layout.page
    measure = twips(page.width - page.inside - page.outside)
    columns = max(1, len(table.head), *(len(row) for row in table.rows))
    shares = list(table.widths[:columns]) + [1 / columns] * (columns - len(table.widths))
    total = sum(shares) or 1.0
    return [max(1, int(measure * share / total)) for share in shares]


def _opening(table: Table, sheet: StyleSheet, widths: list[int]) -> str:
    """Everything before the first row."""
    style = "" if sheet.plain else '<w:tblStyle w:val="DraftTable"/>'
    borders = _PLAIN_BORDERS if sheet.plain else ""
    caption = f'<w:tblCaption w:val="{attribute(table.title)}"/>' if table.title else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _run(value: str, look: str) -> str:
    words = folded(clean(value))
    return f"<w:r>{look}{text(words)}</w:r>" if words else ""
