"""Make whole XHTML pages, one for each part of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.model.draft import Draft, Figure, Part, Role
from milebook.model.languages import reads_right_to_left
from milebook.output.archive import Deflated, deflated
from milebook.writers.epub.flow import Flow, footnotes
from milebook.writers.epub.markup import Marks, attribute, in_utf8, language_of
from milebook.writers.epub.page_context import PageContext
from milebook.writers.epub.photos import Plate
from milebook.writers.xml_text import escape

KINDS: dict[str, tuple[str, str]] = {  # Part.kind, or Part.role of a text -> epub:type, ARIA role
    "half-title": ("halftitlepage", ""),
    "title": ("titlepage", ""),
    "manuscript-title": ("titlepage", ""),
    "copyright": ("copyright-page", ""),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "contents": ("toc", "doc-toc"),
    "illustrations": ("loi", ""),
    "chapter": ("chapter", "doc-chapter"),
    "contributors": ("contributors", ""),
    "credits": ("credits", "doc-credits"),
    "introduction": ("introduction", "doc-introduction"),
    "foreword": ("foreword", "doc-foreword"),
    "preface": ("preface", "doc-preface"),
    "prologue": ("prologue", "doc-prologue"),
    "epilogue": ("epilogue", "doc-epilogue"),
    "afterword": ("afterword", "doc-afterword"),
    "conclusion": ("conclusion", "doc-conclusion"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "acknowledgements": ("acknowledgments", "doc-acknowledgments"),
    "appendix": ("appendix", "doc-appendix"),
    "colophon": ("colophon", "doc-colophon"),
}
MATTER = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}
UNTITLED = {"half-title": "Half title", "title": "Title page", "copyright": "Copyright", "dedication": "Dedication"}


class XhtmlPage(NamedTuple):
    """One XHTML file. `name` is its path inside the book, `title` what the navigation calls it ("" for nothing)."""

    name: str
    xhtml: Deflated
    part: Part  # without what is in it
    title: str
    breaks: tuple[str, ...]  # anchors of the items on it that begin a printed page

    @property
    def data(self) -> bytes:
        return b"".join(self.xhtml)


@dataclass(slots=True)
class BookContext:
    """What all pages of one e-book share."""

    draft: Draft
    plates: Mapping[str, Plate]
    breaks: Mapping[str, tuple[str, str]]
    figure_word: str
    queries: Mapping[int, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # anchor -> file name without its folder
    titles: set[str] = field(default_factory=set)  # of pages, to keep them apart

    @property
    def language(self) -> str:
        return self.draft.language


def set_pages(
    draft: Draft, plates: Mapping[str, Plate], breaks: Mapping[str, tuple[str, str]], figure_word: str
) -> list[XhtmlPage]:
    """Every Part that has something to show, in order."""
    book = BookContext(draft, plates, breaks, figure_word, {query.serial: query.label for query in draft.queries})
    names: list[str] = []
    for order, part in enumerate(_shown(draft), 1):
        name = f"{order:04d}-{_short(part.anchor or part.kind)}.xhtml"
        names.append(name)
        for anchor in _anchors(part):
            book.files.setdefault(anchor, name)
    pages: list[XhtmlPage] = []
    chapter = ""
    for name, part in zip(names, _shown(draft), strict=True):
        if part.level == 1:
            chapter = part.title
        begun = tuple([item.anchor for item in part.items if item.anchor in breaks])
        bare = part._replace(items=(), notes=())  # the words are in the page: twice they would fill the memory
        pages.append(
            XhtmlPage(f"text/{name}", deflated(set_page(part, name, book, chapter)), bare, _nav_title(part), begun)
        )
    return pages


def _shown(draft: Draft) -> Iterator[Part]:
    """The Parts that have something to show."""
    return (part for part in draft.parts if part.items or part.notes or part.title.strip())


def _anchors(part: Part) -> list[str]:
    anchors = [part.anchor]
    for item in part.items:
        anchors.append(item.anchor)
        if isinstance(item, Figure):
            anchors += [words.anchor for words in (item.caption, item.credit) if words is not None]
    for note in part.notes:
        anchors += [note.anchor, *(paragraph.anchor for paragraph in note.paragraphs)]
    return [anchor for anchor in anchors if anchor]


def _short(anchor: str) -> str:
    return re.sub("[^a-z0-9]+", "-", anchor.lower()).strip("-")[:40].strip("-") or "part"


def _nav_title(part: Part) -> str:
    if not part.level:
        return ""
    title = " ".join(part.title.split())
    return title or (str(part.number) if part.number else "")


def set_page(part: Part, name: str, book: BookContext, chapter: str) -> bytes:
    """One page."""
    language = part.lang or book.language
    references: dict[int, str] = {}
    notes = {note.number: note for note in part.notes}

    def where(anchor: str) -> str:
        file = book.files.get(anchor, "")
        return "" if not file else f"#{anchor}" if file == name else f"{file}#{anchor}"

    def note(number: int) -> tuple[str, str]:
        if number not in notes:
            return "", ""
        anchor = notes[number].anchor
        if number in references:
            return anchor, ""
        references[number] = f"{anchor}_ref"
        return anchor, references[number]

    marks = Marks(language, where, note, lambda serial: book.queries.get(serial, ""))
    page = PageContext(marks, language, book.language, book.plates, book.breaks, book.figure_word)
    section = _section(part, page)
    body = Flow(page, 2 if part.level == 2 else 1).set(part.items)
    body += footnotes(part.notes, references, page)
    body = f"{section}{body}</section>\n"
    return in_utf8(_document(_page_title(part, book, chapter), language, MATTER.get(part.matter, "bodymatter"), body))


def _section(part: Part, page: PageContext) -> str:
    kind, role = KINDS.get(part.role if part.kind == "text" else part.kind, ("", ""))
    attributes = [page.identity(part.anchor)]
    if kind:
        attributes.append(f' epub:type="{kind}"')
    if role:
        attributes.append(f' role="{role}"')
    name = part.kind if part.kind != "text" or not part.role else f"text {_short(part.role)}"
    attributes.append(f' class="{name}"')
    labels = _labels(part)
    if labels:
        attributes.append(f' aria-labelledby="{" ".join(labels)}"')
    elif role or part.title.strip():
        title = part.title or UNTITLED.get(part.kind, "")
        attributes.append(f' aria-label="{attribute(title)}"' if title.strip() else "")
    return f"<section{''.join(attributes)}>\n"


def _labels(part: Part) -> list[str]:
    """Anchors of the paragraphs that name the section: its heading, and a chapter's number before it."""
    spoken = [i for i in part.paragraphs if i.anchor and not i.inside and i.text.strip()]
    heading = next((i.anchor for i in spoken if i.level), "")
    number = next((i.anchor for i in spoken if i.role is Role.CHAPTER_NUMBER), "")
    return [anchor for anchor in (number, heading) if anchor] if heading else []


def _page_title(part: Part, book: BookContext, chapter: str) -> str:
    title = " ".join(part.title.split()) or UNTITLED.get(part.kind, part.kind.replace("-", " ").capitalize())
    if part.kind == "chapter" and part.number:
        title = f"{part.number}. {title}"
    elif part.kind in ("half-title", "title", "manuscript-title"):
        title = f"{book.draft.title} ({UNTITLED.get(part.kind, 'Title page').lower()})"
    candidates = [title, f"{title} – {chapter}"] if part.level == 2 and chapter else [title]
    for candidate in candidates:
        if candidate not in book.titles:
            book.titles.add(candidate)
            return candidate
    number = 2
    while f"{candidates[-1]} ({number})" in book.titles:
        number += 1
    book.titles.add(f"{candidates[-1]} ({number})")
    return f"{candidates[-1]} ({number})"


def _document(title: str, language: str, matter: str, body: str) -> str:
    return document(title, language, f'<body epub:type="{matter}">\n{body}</body>\n', "../style.css")


def document(title: str, language: str, body: str, style: str) -> str:
    """A whole XHTML file around a body element."""
    tag = language_of(language)
    direction = ' dir="rtl"' if reads_right_to_left(tag) else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{tag}" xml:lang="{tag}"{direction}>\n'
        f"<head>\n<title>{escape(' '.join(title.split()) or '…')}</title>\n"
        f'<link rel="stylesheet" type="text/css" href="{style}"/>\n</head>\n{body}</html>\n'
    )


def cover_page(title: str, language: str, name: str, alt: str) -> bytes:
    """The page that shows the cover; `name` is the picture's path inside the book."""
    body = (
        '<body epub:type="cover">\n<section class="cover">\n'
        f'<img src="../{name}" alt="{attribute(alt)}" role="doc-cover" epub:type="cover"/>\n</section>\n</body>\n'
    )
    return in_utf8(document(title, language, body, "../style.css"))
