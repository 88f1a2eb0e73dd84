"""What a page says and how: the structure tree of a tagged PDF, from marked content to the finished objects.

Elements are made in reading order before anything is drawn; drawing gives them pieces of pages; `structure` turns them into
PDF syntax.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from milebook.model.draft import Draft, Figure, Paragraph, Part, Role, Table
from milebook.model.text import Container
from milebook.writers.pdf.blocks import Block
from milebook.writers.pdf.figures import members
from milebook.writers.pdf.galley import CONTENTS
from milebook.writers.pdf.syntax import rectangle, string


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
        self.leaves: dict[int, Element] = {}  # id of a Block -> the Element its text belongs to
        self.labels: dict[int, Element] = {}  # id of a Block -> the Element of its label
        self.cells: dict[tuple[int, int], Element] = {}  # id of a row and column -> TH or TD
        self.pages: list[list[Element]] = []  # page -> mcid -> Element
        self._containers: list[tuple[tuple[str, int, int], Element]] = []
        self._part = -1
        self._home = self.document
        self._chapter: Element | None = None
        self._toc: Element | None = None
        self._table: tuple[int, Element] | None = None
        self.level = level

    # ---- before drawing

    def add(self, block: Block) -> None:
        """Give a Block its place in the tree; Blocks come in reading order."""
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
            self._home = self._chapter = Element("Part", self.document, title=part.title, lang=lang)
        elif part.kind == "story" and self._chapter is not None:
            self._home = Element("Sect", self._chapter, title=part.title, lang=lang)
        else:
            self._chapter = None if part.matter != "body" else self._chapter
            self._home = Element("Sect", self.document, title=part.title, lang=lang)

    def _add_paragraph(self, block: Block, paragraph: Paragraph) -> None:
        lang = paragraph.lang if paragraph.lang and paragraph.lang != self.draft.parts[block.part].lang else ""
        if lang == self.draft.language and not self.draft.parts[block.part].lang:
            lang = ""
        if paragraph.role in CONTENTS:
            if self._toc is None:
                self._toc = Element("TOC", self._home)
            entry = Element("TOCI", self._toc, lang=lang)
            self.leaves[id(block)] = Element("Reference", entry)
            return
        self._toc = None
        home = self._inside(paragraph.inside, paragraph.role, block)
        if paragraph.level:
            self.level = min(max(1, paragraph.level), self.level + 1, 6)
            self.leaves[id(block)] = Element(f"H{self.level}", home, lang=lang)
        elif paragraph.role == Role.CODE:
            self.leaves[id(block)] = Element("Code", Element("P", home), lang=lang)
        else:
            self.leaves[id(block)] = Element("P", home, lang=lang)

    def _inside(self, inside: tuple[Container, ...], role: str, block: Block) -> Element:
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
        home = self._containers[-1][1] if self._containers else self._home
        for key, _ in wanted[depth:]:
            if key[0] == "quote":
                home = Element("BlockQuote", home)
            else:
                previous = lists.get((key[0], key[1])) if kept is not None else None
                list_element = previous.parent.parent if previous is not None and previous.parent is not None else None
                if list_element is None:
                    list_element = Element("L", home)
                    list_element.attributes = {
                        "O": "List",
                        "ListNumbering": "Decimal" if key[0] == "numbers" else "Disc",
                    }
                entry = Element("LI", list_element)
                if block.label:
                    self.labels[id(block)] = Element("Lbl", entry)
                home = Element("LBody", entry)
            kept = None
            self._containers.append((key, home))
        return home

    def _add_figure(self, block: Block, figure: Figure) -> None:
        home = self._home if not block.captions else Element("Div", self._home, lang=figure.lang)
        if not figure.decorative:
            words = figure.alt or (figure.caption.text if figure.caption else "") or figure.label or "Photo"
            self.leaves[id(block)] = Element("Figure", home, alt=words)
        if block.captions:
            caption = Element("Caption", home)
            for one in block.captions:
                self.leaves[id(one)] = Element("P", caption)

    def _add_row(self, block: Block, table: Table) -> None:
        if self._table is None or self._table[0] != id(table):
            element = Element("Table", self._home)
            if table.title:
                element.attributes = {"O": "Table", "Summary": table.title}
            self._table = (id(table), element)
        row = Element("TR", self._table[1])
        for column in range(len(block.cells)):
            cell = Element("TH" if block.row < 0 else "TD", row)
            if block.row < 0:
                cell.attributes = {"O": "Table", "Scope": "Column"}
            self.cells[id(block), column] = cell

    def add_note(self, block: Block, number: int, anchor: str, first: bool) -> None:
        """A paragraph of a footnote, after the paragraph that refers to it."""
        home = self._home
        if self._containers:
            home = self._containers[-1][1]
        if first or not home.kids or not isinstance(home.kids[-1], Element) or home.kids[-1].tag != "Note":
            note = Element("Note", home, id=anchor)
        else:
            note = home.kids[-1]
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
        """Let go of the Elements: they know their parents, and nobody collects cycles while a command runs."""
        waiting = [self.document]
        while waiting:
            element = waiting.pop()
            waiting += [kid for kid in element.kids if isinstance(kid, Element)]
            element.kids.clear()
            element.parent = None


class Structure(NamedTuple):
    """A stretch's structure elements in PDF syntax, one a line, but for the numbers that its objects have in the file.

    `text` has "%d" wherever such a number goes; `refs` says which, in their order: 4 i for element i, 4 p + 1 for page p,
    4 a + 2 for annotation a, 3 for the document.
    """

    text: bytes
    refs: list[int]
    size: int  # number of elements
    tops: list[int]  # the elements that belong to the document itself
    marks: list[list[int]]  # page -> mcid -> element
    links: list[int]  # annotation -> element
    ids: list[tuple[str, int]]  # element's ID -> element

    def lines(self, first: int, page: int, annotation: int, document: int) -> list[bytes]:
        """The elements as objects: the first element, page and annotation of the stretch and the document are so numbered."""
        base = (first, page, annotation, document)
        text = self.text % tuple([base[ref & 3] + (ref >> 2) for ref in self.refs])
        return text.split(b"\n") if self.size else []


def structure(tree: Tree, pages: int, annotations: Sequence[Annotation]) -> Structure:
    """The elements of a tree that has been drawn; those that got nothing to hold are left out."""
    kept = _in_reading_order(tree)
    numbers = {id(element): number for number, element in enumerate(kept)}
    index = {id(annotation): number for number, annotation in enumerate(annotations)}
    refs: list[int] = []
    lines: list[str] = []
    for element in kept:
        parent = element.parent
        refs.append(3 if parent is None or parent is tree.document else 4 * numbers[id(parent)])
        kids, kid_refs, home = _kids(element, numbers, index)
        line = f"<</Type/StructElem/S/{element.tag}/P %d 0 R"
        if home >= 0:
            line += "/Pg %d 0 R"
            refs.append(4 * home + 1)
        refs += kid_refs
        line += f"/K[{' '.join(kids)}]" if len(kids) != 1 or "<<" in kids[0] else f"/K {kids[0]}"
        for key, value in (("Alt", element.alt), ("Lang", element.lang), ("T", element.title), ("ID", element.id)):
            if value:
                line += f"/{key}{string(value).replace('%', '%%')}"
        if element.attributes:
            line += f"/A<<{_attributes(element.attributes)}>>"
        lines.append(line + ">>")
    marks = [[numbers[id(element)] for element in tree.pages[page]] if page < len(tree.pages) else [] for page in range(pages)]  # fmt: skip
    tops = [numbers[id(kid)] for kid in tree.document.kids if id(kid) in numbers]
    links = [numbers[id(annotation.element)] for annotation in annotations]
    ids = [(element.id, number) for number, element in enumerate(kept) if element.id]
    return Structure("\n".join(lines).encode("ascii"), refs, len(lines), tops, marks, links, ids)


def _in_reading_order(tree: Tree) -> list[Element]:
    """Every element that holds something, but for the document itself."""
    kept: list[Element] = []
    waiting = [tree.document]
    while waiting:
        element = waiting.pop()
        if element is not tree.document:
            kept.append(element)
        waiting += [
            kid for kid in reversed(element.kids) if isinstance(kid, Element) and (kid.kids or kid.tag in EMPTY)
        ]
    return kept


def _kids(element: Element, numbers: dict[int, int], index: dict[int, int]) -> tuple[list[str], list[int], int]:
    """What an element holds in PDF syntax, the numbers that this refers to, and the page of its first words (-1: none).

    `numbers` are those of elements, `index` those of annotations, both by identity.
    """
    kids: list[str] = []
    refs: list[int] = []
    home = -1
    for kid in element.kids:
        if type(kid) is tuple:
            page, mark = kid
            if home < 0:
                home = page
            if page == home:
                kids.append(str(mark))
            else:
                kids.append(f"<</Type/MCR/Pg %d 0 R/MCID {mark}>>")
                refs.append(4 * page + 1)
        elif isinstance(kid, Annotation):
            if id(kid) in index:
                kids.append("<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>")
                refs += [4 * kid.page + 1, 4 * index[id(kid)] + 2]
        elif id(kid) in numbers:
            kids.append("%d 0 R")
            refs.append(4 * numbers[id(kid)])
    return kids, refs, home


EMPTY = ("TD", "TH")  # cells count, even those that say nothing


def _attributes(entries: dict[str, Any]) -> str:
    out = ""
    for key, value in entries.items():
        if key == "Summary":
            out += f"/{key}{string(value).replace('%', '%%')}"
        elif isinstance(value, str):
            out += f"/{key}/{value}"
        else:
            out += f"/{key}{rectangle(value)}"
    return out
