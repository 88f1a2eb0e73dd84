"""The structure tree of a tagged PDF: headings, paragraphs, lists, figures and tables for those who cannot see the pages.

Elements are made in reading order before anything is drawn; drawing gives them pieces of pages; `structure` writes them.
"""

from __future__ import annotations

from typing import Any

from milebook.model.draft import CONTENTS, Draft, Figure, Paragraph, Part, Role, Table
from milebook.model.text import Container
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import members


class Element:
    """A node of the structure tree. `kids` are Elements, (page, mcid) pairs and Annotations, in reading order."""

    __slots__ = ("alt", "attributes", "id", "kids", "lang", "parent", "tag", "title")

    def __init__(self, tag: str, parent: Element | None = None, *, alt: str = "", lang: str = "", title: str = "", id: str = "") -> None:  # fmt: skip
        self.tag, self.parent, self.alt, self.lang, self.title, self.id = tag, parent, alt, lang, title, id
        self.kids: list[Any] = []
        self.attributes: dict[str, Any] = {}
        if parent is not None:
            parent.kids.append(self)


class Annotation:
    """A link on a page: a rectangle in points, where it leads, and what it says to those who cannot see it."""

    __slots__ = ("contents", "element", "page", "rect", "target", "uri")

    def __init__(self, page: int, rect: tuple[float, float, float, float], element: Element, contents: str, uri: str = "", target: str = "") -> None:  # fmt: skip
        self.page, self.rect, self.element, self.contents, self.uri, self.target = page, rect, element, contents, uri, target  # fmt: skip


class Tree:
    """The structure of one stretch. `level` is that of the last heading before it."""

    def __init__(self, draft: Draft, level: int = 0) -> None:
        self.draft = draft
        self.document = Element("Document")
        self.leaves: dict[int, Element] = {}  # id of a block -> the Element its text belongs to
        self.labels: dict[int, Element] = {}  # id of a block -> the Element of its label
        self.cells: dict[tuple[int, int], Element] = {}  # id of a row and column -> TH or TD
        self.pages: list[list[Element]] = []  # page -> mcid -> Element
        self._containers: list[tuple[tuple[str, int, int], Element]] = []
        self._part = -1
        self._section = self.document
        self._chapter: Element | None = None
        self._toc: Element | None = None
        self._table: tuple[int, Element] | None = None
        self.level = level

    # ---- before drawing

    def add(self, block: SetBlock) -> None:
        """Give a block its place in the tree; blocks come in reading order."""
        if block.part != self._part:
            self._open_part(self.draft.parts[block.part], block.part)
        item = block.item
        if isinstance(item, Paragraph):
            self._add_paragraph(block, item)
        elif isinstance(item, Figure):
            self._containers.clear()
            self._toc = None
            for one in members(block):
                self._add_figure(one, one.item)
        elif isinstance(item, Table):
            self._containers.clear()
            self._toc = None
            self._add_row(block, item)

    def _open_part(self, part: Part, number: int) -> None:
        self._part = number
        self._containers.clear()
        self._toc = self._table = None
        lang = part.lang if part.lang != self.draft.language else ""
        if part.kind == "chapter":
            self._section = self._chapter = Element("Part", self.document, title=part.title, lang=lang)
        elif part.kind == "story" and self._chapter is not None:
            self._section = Element("Sect", self._chapter, title=part.title, lang=lang)
        else:
            self._chapter = None if part.matter != "body" else self._chapter
            self._section = Element("Sect", self.document, title=part.title, lang=lang)

    def _add_paragraph(self, block: SetBlock, paragraph: Paragraph) -> None:
        lang = paragraph.lang if paragraph.lang and paragraph.lang != self.draft.parts[block.part].lang else ""
        if lang == self.draft.language and not self.draft.parts[block.part].lang:
            lang = ""
        if paragraph.role in CONTENTS:
            if self._toc is None:
                self._toc = Element("TOC", self._section)
            entry = Element("TOCI", self._toc, lang=lang)
            self.leaves[id(block)] = Element("Reference", entry)
            return
        self._toc = None
        parent = self._inside(paragraph.inside, paragraph.role, block)
        if paragraph.level:
            self.level = min(max(1, paragraph.level), self.level + 1, 6)
            self.leaves[id(block)] = Element(f"H{self.level}", parent, lang=lang)
        elif paragraph.role == Role.CODE:
            self.leaves[id(block)] = Element("Code", Element("P", parent), lang=lang)
        else:
            self.leaves[id(block)] = Element("P", parent, lang=lang)

    def _inside(self, inside: tuple[Container, ...], role: str, block: SetBlock) -> Element:
        wanted: list[tuple[tuple[str, int, int], Container | None]] = [
            ((one.kind, one.key, one.item if one.kind != "quote" else 0), one) for one in inside
        ]
        if role == Role.BLOCK_QUOTE and not any(one.kind == "quote" for one in inside):
            wanted.append((("quote", -1, 0), None))
        depth = 0
        while depth < min(len(wanted), len(self._containers)) and self._containers[depth][0] == wanted[depth][0]:
            depth += 1
        lists = {(key[0], key[1]): element for key, element in self._containers[depth : depth + 1]}
        kept = self._containers[depth] if depth < len(self._containers) else None
        del self._containers[depth:]
        parent = self._containers[-1][1] if self._containers else self._section
        for key, _ in wanted[depth:]:
            if key[0] == "quote":
                parent = Element("BlockQuote", parent)
            else:
                previous = lists.get((key[0], key[1])) if kept is not None else None
                list_element = previous.parent.parent if previous is not None and previous.parent is not None else None
                if list_element is None:
                    list_element = Element("L", parent)
                    list_element.attributes = {
                        "O": "List",
                        "ListNumbering": "Decimal" if key[0] == "numbers" else "Disc",
                    }
                entry = Element("LI", list_element)
                if block.label:
                    self.labels[id(block)] = Element("Lbl", entry)
                parent = Element("LBody", entry)
            kept = None
            self._containers.append((key, parent))
        return parent

    def _add_figure(self, block: SetBlock, figure: Figure) -> None:
        parent = self._section if not block.captions else Element("Div", self._section, lang=figure.lang)
        if not figure.decorative:
            words = figure.alt or (figure.caption.text if figure.caption else "") or figure.label or "Photo"
            lang = "" if block.captions else figure.lang
            self.leaves[id(block)] = Element("Figure", parent, alt=words, lang=lang)
        if block.captions:
            caption = Element("Caption", parent)
            for one in block.captions:
                own = one.item.lang if one.item.lang != figure.lang else ""
                self.leaves[id(one)] = Element("P", caption, lang=own)

    def _add_row(self, block: SetBlock, table: Table) -> None:
        if self._table is None or self._table[0] != id(table):
            element = Element("Table", self._section)
            if table.title:
                element.attributes = {"O": "Table", "Summary": table.title}
            self._table = (id(table), element)
        row = Element("TR", self._table[1])
        for column in range(len(block.cells)):
            cell = Element("TH" if block.row < 0 else "TD", row)
            if block.row < 0:
                cell.attributes = {"O": "Table", "Scope": "Column"}
            self.cells[id(block), column] = cell

    def add_note(self, block: SetBlock, anchor: str, first: bool) -> None:
        """A paragraph of a footnote, after the paragraph that refers to it."""
        parent = self._section
        if self._containers:
            parent = self._containers[-1][1]
        if first or not parent.kids or not isinstance(parent.kids[-1], Element) or parent.kids[-1].tag != "Note":
            note = Element("Note", parent, id=anchor)
        else:
            note = parent.kids[-1]
        if first:
            self.labels[id(block)] = Element("Lbl", note)
        self.leaves[id(block)] = Element("P", note)

    # ---- while drawing

    def mark(self, page: int, element: Element) -> int:
        """A new marked-content number of a page, for a piece of an Element."""
        while len(self.pages) <= page:
            self.pages.append([])
        number = len(self.pages[page])
        self.pages[page].append(element)
        kids = element.kids
        kids.append((page, number))
        return number

    def end(self) -> None:
        """Let go of the Elements: they know their parents, and no one collects cycles while a command runs."""
        waiting = [self.document]
        while waiting:
            element = waiting.pop()
            waiting += [kid for kid in element.kids if isinstance(kid, Element)]
            element.kids.clear()
            element.parent = None
