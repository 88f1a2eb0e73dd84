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

_PLAIN_BORDERS = (
    '<w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" '
    'w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" '
    'w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" '
    'w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>'
)


def table_xml(table: Table, layout: Layout, sheet: StyleSheet, mark: Callable[[str, str], str], lang: str = "") -> str:
    """A table across the measure. `mark` puts content into the bookmark of an anchor; `lang` is "" for the book's."""
    page = layout.page
    measure = twips(page.width - page.inside - page.outside)
    columns = max(1, len(table.head), *(len(row) for row in table.rows))
    shares = list(table.widths[:columns]) + [1 / columns] * (columns - len(table.widths))
    total = sum(shares) or 1.0
    widths = [max(1, int(measure * share / total)) for share in shares]
    tongue = language_element(lang) if lang else ""
    heads = [properties(sheet.named(TABLE_HEAD_NUMBER if i in table.right else TABLE_HEAD)) for i in range(columns)]
    looks = [properties(sheet.named(TABLE_NUMBER if i in table.right else TABLE_TEXT)) for i in range(columns)]
    strong = "<w:b/><w:bCs/>" if sheet.plain else '<w:rStyle w:val="Strong"/>'
    run_looks = {
        False: f"<w:rPr>{tongue}</w:rPr>" if tongue else "",
        True: f"<w:rPr>{strong}{tongue}</w:rPr>",
    }
    cells = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>' for width in widths]
    openings = [f"{cell}{look}" for cell, look in zip(cells, looks, strict=True)]
    style = "" if sheet.plain else '<w:tblStyle w:val="DraftTable"/>'
    borders = _PLAIN_BORDERS if sheet.plain else ""
    caption = f'<w:tblCaption w:val="{attribute(table.title)}"/>' if table.title else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = [
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    ]

    def run(value: str, look: str) -> str:
        words = folded(clean(value))
        return f"<w:r>{look}{text(words)}</w:r>" if words else ""

    head_run = run_looks[sheet.plain]
    made.append("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    for column in range(columns):
        content = run(table.head[column] if column < len(table.head) else "", head_run)
        made.append(
            f"{cells[column]}{heads[column]}{mark(table.anchor, content) if column == 0 else content}</w:p></w:tc>"
        )
    made.append("</w:tr>")
    outstanding = set(table.strong)
    for number, row in enumerate(table.rows):
        look = run_looks[number in outstanding]
        filled = [*row[:columns], *[""] * (columns - len(row))]
        inside = [f"{opening}{run(value, look)}</w:p></w:tc>" for opening, value in zip(openings, filled, strict=True)]
        made.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(inside)}</w:tr>")
    made.append("</w:tbl>")
    return "".join(made)
