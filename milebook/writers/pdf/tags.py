"""What a page says and how: the structure tree of a tagged PDF, from marked content to the finished objects.

Elements are made in reading order before anything is drawn; drawing gives them pieces of pages; `build` turns them into
PDF objects.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milebook.draft import Draft, Figure, Paragraph, Part, Role, Table
from milebook.prose.blocks import Container
from milebook.writers.pdf.galley import CONTENTS, Block


class Element:
    """A node of the structure tree. `kids` are Elements, (page, mcid) pairs and Annotations, in reading order."""

    __slots__ = ("alt", "attributes", "id", "kids", "lang", "object", "parent", "tag", "title")

    def __init__(self, tag: str, parent: Element | None = None, *, alt: str = "", lang: str = "", title: str = "", id: str = "") -> None:  # fmt: skip
        self.tag, self.parent, self.alt, self.lang, self.title, self.id = tag, parent, alt, lang, title, id
        self.kids: list[Any] = []
        self.attributes: dict[str, Any] = {}
        self.object: Any = None
        if parent is not None:
            parent.kids.append(self)


class Annotation:
    """A link on a page: a rectangle in points, where it leads, and what it says to those who cannot see it."""

    __slots__ = ("contents", "element", "page", "rect", "target", "uri")

    def __init__(self, page: int, rect: tuple[float, float, float, float], element: Element, contents: str, uri: str = "", target: str = "") -> None:  # fmt: skip
        self.page, self.rect, self.element, self.contents, self.uri, self.target = page, rect, element, contents, uri, target  # fmt: skip


class Tree:
    """The structure of one document."""

    def __init__(self, draft: Draft) -> None:
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
        self._level = 0

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
            self._add_figure(block, item)
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
            self._level = min(max(1, paragraph.level), self._level + 1, 6)
            self.leaves[id(block)] = Element(f"H{self._level}", home, lang=lang)
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


def build(
    tree: Tree, pdf: Any, annotations: Iterable[Annotation], destinations: dict[str, tuple[int, float, float]]
) -> None:
    """Put the structure tree and the links into a pikepdf document."""
    from pikepdf import Array, Dictionary, Name, String

    pages = [page.obj for page in pdf.pages]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    by_page: dict[int, list[Annotation]] = {}
    for annotation in annotations:
        by_page.setdefault(annotation.page, []).append(annotation)
    names: list[tuple[str, Any]] = []

    def text(value: str) -> Any:
        return String(value)

    def make(element: Element, parent: Any) -> Any | None:
        if not element.kids and element.tag not in ("TD", "TH"):
            return None
        made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        element.object = made
        kids = Array()
        home = -1
        for kid in element.kids:
            if type(kid) is tuple:
                page, number = kid
                if home < 0:
                    home = page
                    made.Pg = pages[page]
                if page == home:
                    kids.append(number)
                else:
                    kids.append(Dictionary(Type=Name.MCR, Pg=pages[page], MCID=number))
            elif isinstance(kid, Annotation):
                kids.append(Dictionary(Type=Name.OBJR, Pg=pages[kid.page], Obj=objects[id(kid)]))
            else:
                child = make(kid, made)
                if child is not None:
                    kids.append(child)
        made.K = kids if len(kids) != 1 else kids[0]
        if element.alt:
            made.Alt = text(element.alt)
        if element.lang:
            made.Lang = text(element.lang)
        if element.title:
            made.T = text(element.title)
        if element.id:
            made.ID = text(element.id)
            names.append((element.id, made))
        if element.attributes:
            entries = Dictionary()
            for key, value in element.attributes.items():
                if isinstance(value, str) and key != "Summary":
                    entries["/" + key] = Name("/" + value)
                elif isinstance(value, str):
                    entries["/" + key] = text(value)
                else:
                    entries["/" + key] = Array(list(value))
            made.A = entries
        return made

    objects: dict[int, Any] = {}
    numbers = Array()
    serial = len(pages)
    annotation_parents: list[tuple[int, Annotation]] = []
    for number, page in enumerate(pages):
        page.Tabs = Name.S
        on_page = Array()
        for annotation in by_page.get(number, ()):
            entry = Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([round(v, 2) for v in annotation.rect]),
                Border=Array([0, 0, 0]), F=4, Contents=text(annotation.contents), StructParent=serial,
            )  # fmt: skip
            if annotation.uri:
                entry.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(annotation.uri.encode("ascii", "ignore")))
            else:
                where = destinations.get(annotation.target)
                if where is None:
                    continue
                entry.Dest = Array([pages[where[0]], Name.XYZ, round(where[1], 2), round(where[2], 2), None])
            objects[id(annotation)] = pdf.make_indirect(entry)
            on_page.append(objects[id(annotation)])
            annotation_parents.append((serial, annotation))
            serial += 1
        if len(on_page):
            page.Annots = on_page
    for annotation_list in by_page.values():
        for annotation in annotation_list:
            if id(annotation) not in objects:
                annotation.element.kids.remove(annotation)
    document = make(tree.document, root)
    for number, elements in enumerate(tree.pages):
        if elements:
            pages[number].StructParents = number
            numbers.append(number)
            numbers.append(pdf.make_indirect(Array([element.object for element in elements])))
    for serial_number, annotation in annotation_parents:
        numbers.append(serial_number)
        numbers.append(annotation.element.object)
    if document is not None:
        root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = serial
    if names:
        tree_names = Array()
        for name, made in sorted(names, key=lambda entry: entry[0].encode("utf-16-be")):
            tree_names.append(text(name))
            tree_names.append(made)
        root.IDTree = pdf.make_indirect(Dictionary(Names=tree_names))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
