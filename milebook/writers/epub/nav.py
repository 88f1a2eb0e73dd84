"""Write the navigation document: contents, landmarks and the page list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from milebook.model.draft import Draft
from milebook.writers.epub.markup import attribute, in_utf8, language_attributes
from milebook.writers.epub.pages import XhtmlPage, document
from milebook.writers.xml_text import escape


class Entry(NamedTuple):
    """A line of the navigation: title, address inside the book, language, and the lines beneath it."""

    title: str
    href: str
    language: str
    below: list[Entry]


def entries(pages: Sequence[XhtmlPage], fallback: str, start: str) -> list[Entry]:
    """The contents as a tree of two levels. A book in which nothing has a title still has one line, which leads to its start."""
    tree: list[Entry] = []
    for page in pages:
        if not page.title:
            continue
        entry = Entry(page.title, page.name, page.part.lang, [])
        if page.part.level >= 2 and tree:
            tree[-1].below.append(entry)
        else:
            tree.append(entry)
    return tree or [Entry(fallback, start, "", [])]


def navigation(
    draft: Draft, pages: Sequence[XhtmlPage], tree: Sequence[Entry], cover: str, breaks: Mapping[str, tuple[str, str]]
) -> bytes:
    """nav.xhtml. Its own headings are in the book's words where the book has them."""
    contents = next((page for page in pages if page.part.kind == "contents"), None)
    heading = contents.title if contents and contents.title else draft.title
    out = ["<body>\n", '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n']
    out.append(f'<h1 id="toc-title">{escape(heading)}</h1>\n')
    out += _list(tree, draft.language)
    out.append("</nav>\n")
    out.append('<nav epub:type="landmarks" id="landmarks" aria-label="Landmarks" hidden="hidden">\n<ol>\n')
    for kind, title, href in _landmarks(draft, pages, cover, heading):
        out.append(f'<li><a epub:type="{kind}" href="{href}">{escape(title)}</a></li>\n')
    out.append("</ol>\n</nav>\n")
    if breaks:
        out.append(
            '<nav epub:type="page-list" role="doc-pagelist" id="page-list" aria-label="Pages" hidden="hidden">\n<ol>\n'
        )
        files = {anchor: page.name for page in pages for anchor in page.breaks}
        for anchor, (identity, label) in breaks.items():
            out.append(f'<li><a href="{files[anchor]}#{identity}">{escape(label)}</a></li>\n')
        out.append("</ol>\n</nav>\n")
    out.append("</body>\n")
    return in_utf8(document(draft.title, draft.language, "".join(out), "style.css"))


def _list(tree: Sequence[Entry], around: str) -> list[str]:
    out = ["<ol>\n"]
    for entry in tree:
        title = escape(entry.title)
        language = language_attributes(entry.language, around)
        out.append(f'<li><a href="{attribute(entry.href)}"{language}>{title}</a>')
        if entry.below:
            out.append("\n")
            out += _list(entry.below, around)
        out.append("</li>\n")
    out.append("</ol>\n")
    return out


def _landmarks(draft: Draft, pages: Sequence[XhtmlPage], cover: str, heading: str) -> list[tuple[str, str, str]]:
    marks = [("cover", "Cover", cover)] if cover else []
    for kind, parts, title in (
        ("titlepage", ("title", "manuscript-title"), draft.title),
        ("toc", ("contents",), heading),
    ):
        page = next((page for page in pages if page.part.kind in parts), None)
        if page is not None:
            marks.append((kind, title, page.name))
    body = next((page for page in pages if page.part.matter == "body"), None) or (pages[0] if pages else None)
    if body is not None:
        marks.append(("bodymatter", body.title or draft.title, body.name))
    return marks
