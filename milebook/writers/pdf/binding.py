"""Number the pages of all chapters and make one PDF of them, with structure tree, fonts and outline."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from milebook.cache.store import Store
from milebook.model.draft import Draft
from milebook.output.file_pieces import Pieces
from milebook.writers.pdf.drawing.pen import Pen
from milebook.writers.pdf.drawing.photos import Plates
from milebook.writers.pdf.file import finish
from milebook.writers.pdf.file.objects import Objects
from milebook.writers.pdf.file.structure import Structure
from milebook.writers.pdf.file.syntax import number, rectangle, string
from milebook.writers.pdf.file.tags import Tree
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.positions import numeral
from milebook.writers.pdf.pages.running_heads import PageMarks
from milebook.writers.pdf.set_chapter import Forme, Link, SetPage
from milebook.writers.pdf.typefaces import embed
from milebook.writers.pdf.typefaces.glyph_codes import codes_in


class Bound(NamedTuple):
    """A forme in its place: the folio of its first page, and the folios (roman or not) of the blank pages before it."""

    forme: Callable[[], Forme]
    pages: int  # how many it has
    part: int  # number of its first Part in the Draft
    blank: list[tuple[int, bool]]
    folio: int
    roman: bool


Where = tuple[int, float, float]  # number of the page's object, x and y in points


class Binder:
    """Binds one document."""

    def __init__(self, draft: Draft, compositor: Compositor, frame: Frame, plates: Plates, store: Store, *, printing: bool) -> None:  # fmt: skip
        self.draft, self.frame, self.plates, self.store, self.printing = draft, frame, plates, store, printing
        self.objects = Objects(packed=not printing)
        self.pen = Pen(None if printing else Tree(draft), printing=printing)
        self.marks = PageMarks(draft, compositor.layout, compositor, self.pen, frame)
        self.codes: dict[int, set[int]] = {}
        self.pictures: dict[str, int] = {}
        self.kids: list[int] = []  # numbers of the pages' objects
        self.folios: list[tuple[bool, int]] = []  # roman?, folio
        self.places: dict[str, Where] = {}
        self.tops: list[int] = []
        self.parents: list[str] = []  # of the structure: number and element, one after the other
        self.ids: list[tuple[str, int]] = []
        self._bare = 0  # the operators of blank pages
        self.marked = 0  # keys of the parent tree given out so far

    def bind(self, bound: Iterable[Bound], count: int) -> Pieces:
        """The file, with blank pages at its end up to `count`. Raises PhotoLost.

        A forme is let go as soon as it is in the file.
        """
        waiting = deque(bound)
        objects = self.objects
        root = objects.reserve(5)
        tree, fonts, structure, document = range(root + 1, root + 5)
        self._bare = objects.stream("", b"q Q")
        firsts = [self._reserve(one) for one in waiting]
        wanted = self.draft.targets().union(part.anchor for part in self.draft.parts)
        for one, first in zip(waiting, firsts, strict=True):
            for anchor, (page, x, y) in one.forme().places.items():
                if anchor in wanted or ":" in anchor:  # with a colon: notes and the marks that lead to them
                    self.places.setdefault(anchor, (first + page, x, y))
        for first in firsts:
            self._forme(waiting.popleft(), first, tree, fonts, document)
        while len(self.kids) < count:
            self._blank(objects.reserve(), tree, (False, 0))
        entries = f"/Type/Catalog/Pages {tree} 0 R/PageMode/UseNone"
        if self.printing:
            entries += finish.PRINT_INTENT
        title = self.draft.title or "Untitled"
        if not self.printing:
            self._structure(structure, document)
            entries += (
                f"{finish.archive(objects, self.draft, title)}/MarkInfo<</Marked true>>/StructTreeRoot {structure} 0 R"
            )
            entries += f"/PageLabels<</Nums[{self._labels()}]>>{self._outline()}"
        objects.put(root, f"<<{entries}>>")
        kids = " ".join([f"{kid} 0 R" for kid in self.kids])
        objects.put(tree, f"<</Type/Pages/Count {len(self.kids)}/Kids[{kids}]>>")
        for face, bodies in self.pen.drawn.items():
            self.codes.setdefault(face, set()).update(codes_in(bodies))
        made = [
            f"/F{face} {embed.font(objects, face, codes, self.store)} 0 R" for face, codes in sorted(self.codes.items())
        ]
        objects.put(fonts, f"<<{''.join(made)}>>")
        if self.printing:
            objects.put(structure, "null")
            objects.put(document, "null")
        info = objects.add(finish.info(self.draft, title, reading=not self.printing))
        return objects.file(root, info)

    def _reserve(self, one: Bound) -> int:
        """The number of the first page of a forme."""
        return self.objects.reserve(len(one.blank) + one.pages) + len(one.blank)

    def _blank(self, page: int, tree: int, folio: tuple[bool, int]) -> None:
        self.kids.append(page)
        self.folios.append(folio)
        tabs = "" if self.printing else "/Tabs/S"
        self.objects.put(
            page, f"<</Type/Page/Parent {tree} 0 R{self._box()}/Resources<<>>/Contents {self._bare} 0 R{tabs}>>"
        )

    def _box(self) -> str:
        box = f"[0 0 {number(self.frame.width)} {number(self.frame.height)}]"
        return f"/MediaBox{box}/BleedBox{box}/TrimBox{box}" if self.printing else f"/MediaBox{box}"

    # ---- pages

    def _forme(self, one: Bound, first: int, tree: int, fonts: int, document: int) -> None:
        forme, objects = one.forme(), self.objects
        for i, (folio, roman) in enumerate(one.blank):
            self._blank(first - len(one.blank) + i, tree, (roman, folio))
        for face, codes in forme.codes.items():
            self.codes.setdefault(face, set()).update(codes)
        links: list[list[int]] = [[] for _ in forme.pages]
        annotations = objects.reserve(len(forme.links))
        structure = forme.structure
        for i, link in enumerate(forme.links):
            links[link.page].append(annotations + i)
        elements = objects.reserve(structure.size) if structure is not None else 0
        for i, page in enumerate(forme.pages):
            folio = one.folio + i
            if page.part < 0:
                self._blank(first + i, tree, (one.roman, folio))
                continue
            label = numeral(folio, roman=one.roman)
            leading = folio == 1 and not one.roman and one.part + page.part <= 0
            entries = self._contents(page, label, first=leading)
            resources = f"/Font {fonts} 0 R"
            if page.pictures:
                named = [f"/{name} {self._picture(name)} 0 R" for name in page.pictures]
                resources += f"/XObject<<{''.join(named)}>>"
            if structure is not None:
                entries += "/Tabs/S"
                if structure.marks[i]:
                    owners = " ".join([f"{elements + element} 0 R" for element in structure.marks[i]])
                    entries += f"/StructParents {self.marked}"
                    self.parents.append(f"{self.marked} {objects.add(f'[{owners}]')} 0 R")
                    self.marked += 1
                if links[i]:
                    entries += f"/Annots[{' '.join([f'{link} 0 R' for link in links[i]])}]"
            self.kids.append(first + i)
            self.folios.append((one.roman, folio))
            objects.put(first + i, f"<</Type/Page/Parent {tree} 0 R{self._box()}/Resources<<{resources}>>{entries}>>")
        if structure is not None:
            self._put_elements(structure, forme.links, elements, first, annotations, document)

    def _put_elements(self, structure: Structure, links: Sequence[Link], elements: int, first: int, annotations: int, document: int) -> None:  # fmt: skip
        """Write the elements and links of a stretch. The numbers are those of its first objects, and of the document's."""
        for i, line in enumerate(structure.lines(elements, first, annotations, document)):
            self.objects.put(elements + i, line)
        self.tops += [elements + top for top in structure.tops]
        self.ids += [(identity, elements + element) for identity, element in structure.ids]
        for i, (link, owner) in enumerate(zip(links, structure.links, strict=True)):
            self.objects.put(annotations + i, f"{self._link(link, first)}/StructParent {self.marked}>>")
            self.parents.append(f"{self.marked} {elements + owner} 0 R")
            self.marked += 1

    def _contents(self, page: SetPage, label: str, *, first: bool) -> str:
        """The page's operators, and after them what its number decides."""
        pen = self.pen
        pen.new_page(0)
        self.marks.head(page.heading, label, recto=page.recto, first=first)
        head = pen.end_page()
        rest = b"\nq 100 Tz 0 g\n" + head + b"\nQ" if head else b""
        return f"/Contents {self.objects.stream('/Filter/FlateDecode', page.content.ended(rest))} 0 R"

    def _picture(self, name: str) -> int:
        found = self.pictures.get(name)
        if found is None:
            picture = self.plates.picture(name)
            found = self.pictures[name] = self.objects.stream(picture.entries, picture.data, picture.size)
        return found

    def _link(self, link: Link, first: int) -> str:
        """An annotation's entries, open for one more."""
        text = (
            f"<</Type/Annot/Subtype/Link/Rect{rectangle(link.rect)}/Border[0 0 0]/F 4/Contents{string(link.contents)}"
        )
        if link.uri:
            return f"{text}/A<</Type/Action/S/URI/URI{string(link.uri.encode('ascii', 'ignore').decode())}>>"
        where = self.places.get(link.target)
        if link.place is not None:
            where = (first + link.place[0], link.place[1], link.place[2])
        return text if where is None else f"{text}/Dest{_destination(where)}"

    # ---- what leads through the book

    def _structure(self, root: int, document: int) -> None:
        objects = self.objects
        tops = " ".join([f"{top} 0 R" for top in self.tops])
        objects.put(document, f"<</Type/StructElem/S/Document/P {root} 0 R/K[{tops}]>>")
        parents = objects.add(f"<</Nums[{' '.join(self.parents)}]>>")
        entries = f"/Type/StructTreeRoot/K {document} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {self.marked}"
        if self.ids:
            ordered = sorted(self.ids, key=lambda entry: entry[0].encode("utf-16-be"))
            names = " ".join([f"{string(name)} {element} 0 R" for name, element in ordered])
            entries += f"/IDTree {objects.add(f'<</Names[{names}]>>')} 0 R"
        objects.put(root, f"<<{entries}>>")

    def _labels(self) -> str:
        out: list[str] = []
        before: tuple[bool, int] | None = None
        for index, (roman, folio) in enumerate(self.folios):
            if before is None or roman != before[0] or folio != before[1] + 1:
                out.append(f"{index}<</S/{'r' if roman else 'D'}/St {folio}>>")
            before = (roman, folio)
        return "".join(out)

    def _outline(self) -> str:
        """The catalog's entry for an outline of chapters and their stories."""
        entries: list[tuple[str, Where, int]] = []
        level = -1
        for part in self.draft.parts:
            where = self.places.get(part.anchor)
            if part.level < 1 or not part.title or where is None:
                continue
            level = min(part.level - 1, level + 1)
            entries.append((part.title, where, level))
        if not entries:
            return ""
        objects = self.objects
        root = objects.reserve(len(entries) + 1)
        below: dict[int, list[int]] = {}  # number of an entry (-1: the outline) -> those below it
        path: list[int] = []
        for i, (_, _, level) in enumerate(entries):
            del path[level:]
            below.setdefault(path[-1] if path else -1, []).append(i)
            path.append(i)
        for parent, kids in below.items():
            for at, i in enumerate(kids):
                title, where, level = entries[i]
                text = f"/Title{string(title)}/Parent {root + 1 + parent} 0 R/Dest{_destination(where)}"
                if at:
                    text += f"/Prev {root + 1 + kids[at - 1]} 0 R"
                if at + 1 < len(kids):
                    text += f"/Next {root + 1 + kids[at + 1]} 0 R"
                own = below.get(i)
                if own:
                    count = _all_below(i, below)
                    text += f"/First {root + 1 + own[0]} 0 R/Last {root + 1 + own[-1]} 0 R/Count {-count if not level else count}"  # fmt: skip
                objects.put(root + 1 + i, f"<<{text}>>")
        top = below[-1]
        objects.put(
            root, f"<</Type/Outlines/First {root + 1 + top[0]} 0 R/Last {root + 1 + top[-1]} 0 R/Count {len(top)}>>"
        )
        return f"/Outlines {root} 0 R"


def _all_below(entry: int, below: dict[int, list[int]]) -> int:
    kids = below.get(entry, [])
    return len(kids) + sum(_all_below(kid, below) for kid in kids)


def _destination(where: Where) -> str:
    page, x, y = where
    return f"[{page} 0 R/XYZ {number(x)} {number(y)} null]"
