"""Write the XHTML of one item: a heading, a paragraph, verse, a figure, a table."""

from __future__ import annotations

import re

from milebook.model.draft import ENTRIES, Figure, Paragraph, Role, Table
from milebook.model.text import lines_of_runs
from milebook.writers.epub.markup import (
    attribute,
    direction_attribute,
    inline,
    language_attributes,
    quoted,
)
from milebook.writers.epub.page_context import PageContext
from milebook.writers.xml_text import escape

# lower-case letters that are rarely drawn as small capitals
NO_SMALL_CAPS = re.compile("[\u0250-\u02af\u0370-\u058f\u10d0-\u10ff\u1e00-\u1fff]")
OUTLANDISH = re.compile("[^\x00-\u024f\u2000-\u2bff]")  # neither those above nor what runs from right to left is Latin
LONG_WORD = 16  # letters; in a table on a phone such a word may be broken anywhere


def opening(item: Paragraph, page: PageContext) -> str:
    """The attributes of a paragraph's element."""
    names = item.role.value
    if item.changed:
        names += " changed"
    text = item.text
    if not text.isascii() and OUTLANDISH.search(text) and NO_SMALL_CAPS.search(text):
        names += " plain-letters"
    words, tongue = ("", page.book_language) if item.role in ENTRIES else (text, item.lang or page.book_language)
    direction = direction_attribute(words, tongue, page.language)
    language = language_attributes(item.lang or page.book_language, page.language)
    return f'{page.identity(item.anchor)} class="{names}"{language}{direction}'


def heading(item: Paragraph, level: int, page: PageContext) -> str:
    """A heading; the mark of a printed page stands before it, so that it is not read as a part of it."""
    mark = page.page_break(item.anchor)
    return f"{mark}<h{level}{opening(item, page)}>{_inside(item, page)}</h{level}>\n"


def paragraph(item: Paragraph, page: PageContext) -> str:
    """A paragraph, stanza, scene break or literal passage."""
    mark = page.page_break(item.anchor)
    if item.role not in (Role.SCENE_BREAK, Role.CODE):
        mark += page.take_lead()
    if item.role is Role.SCENE_BREAK:
        text = attribute(item.text)
        return f'{mark}<hr{opening(item, page)} data-text="{text}"/>\n'
    if item.role is Role.CODE:
        return f"{mark}<pre{opening(item, page)}><code>{_inside(item, page, newline=chr(10))}</code></pre>\n"
    if item.role is Role.VERSE:
        around = item.lang or page.book_language
        lines = [f'<span class="line">{inline(line, page.marks, around)}</span>' for line in lines_of_runs(item.runs)]
        return f"<p{opening(item, page)}>{mark}{'<br/>'.join(lines)}</p>\n"
    if item.target and (address := page.marks.where(item.target)):
        plain = [run._replace(link="", note=0) for run in item.runs]
        words = inline(plain, page.marks, item.lang or page.book_language)
        return f'<p{opening(item, page)}>{mark}<a href="{quoted(address)}">{words}</a></p>\n'
    return f"<p{opening(item, page)}>{mark}{_inside(item, page)}</p>\n"


def _inside(item: Paragraph, page: PageContext, newline: str = "<br/>") -> str:
    return inline(item.runs, page.marks, item.lang or page.book_language, newline)


def figure(item: Figure, page: PageContext) -> str:
    """A picture with its caption and credit; without a picture (it could not be prepared) the words still stand."""
    language = item.lang or page.book_language
    plate = page.plates.get(item.photo)
    parts = [page.page_break(item.anchor)]
    for words in (item.caption, item.credit):
        if words is not None and item.anchor not in page.breaks:
            parts.append(page.page_break(words.anchor))
    shape = plate.shape if plate else "lost"
    lang = language_attributes(language, page.language) if plate else ""
    parts.append(f'<figure{page.identity(item.anchor)} class="plate {shape}">\n')
    if plate:
        parts.append(
            f'<img src="../{plate.name}" {alternative(item, page)}{lang} width="{plate.width}" height="{plate.height}"/>\n'
        )
    lines: list[str] = []
    if item.caption is not None:
        caption = item.caption
        tongue = language_attributes(page.book_language, caption.lang or page.language)
        label = f'<span class="label"{tongue}>{escape(item.label)}</span> ' if item.label else ""
        lines.append(f"<p{opening(caption, page)}>{label}{_inside(caption, page)}</p>\n")
    if item.credit is not None:
        lines.append(f"<p{opening(item.credit, page)}>{_inside(item.credit, page)}</p>\n")
    if lines:
        parts.append(f"<figcaption>\n{''.join(lines)}</figcaption>\n")
    return "".join([*parts, "</figure>\n"])


def alternative(item: Figure, page: PageContext) -> str:
    """The words that stand for a picture. Where the author gave none, its name stands in, and is marked as no description."""
    if item.decorative:
        return 'alt="" role="presentation"'
    if item.alt.strip():
        return f'alt="{attribute(item.alt)}"'
    return f'alt="{attribute(item.label or page.figure_word or "…")}" data-alt="missing"'


def table(item: Table, page: PageContext) -> str:
    """A table whose head names its columns and whose first named column names its rows."""
    row_head = next((number for number, words in enumerate(item.head) if words.strip()), -1)
    title = f' aria-label="{attribute(item.title)}"' if item.title.strip() else ""
    out = [page.page_break(item.anchor), f'<table{page.identity(item.anchor)} class="figures"{title}>\n<colgroup>']
    out.extend(f'<col style="width:{100 * share:.4g}%"/>' for share in item.widths)
    out.append("</colgroup>\n<thead>\n<tr>")
    for number, words in enumerate(item.head):
        right = ' class="right"' if number in item.right else ""
        cell = f'<th scope="col"{right}>{escape(words)}</th>' if words.strip() else "<td></td>"
        out.append(cell)
    out.append("</tr>\n</thead>\n<tbody>\n")
    strong = frozenset(item.strong)
    for order, row in enumerate(item.rows):
        out.append('<tr class="strong">' if order in strong else "<tr>")
        for number, words in enumerate(row):
            names = ["right"] * (number in item.right) + ["long"] * (
                len(words) > LONG_WORD and any(len(word) > LONG_WORD for word in words.split())
            )
            look = f' class="{" ".join(names)}"' if names else ""
            start, end = ('th scope="row"', "th") if number == row_head and words.strip() else ("td", "td")
            direction = direction_attribute(words, page.language, page.language)
            out.append(f"<{start}{look}{direction}>{escape(words)}</{end}>")
        out.append("</tr>\n")
    out.append("</tbody>\n</table>\n")
    return "".join(out)
