"""Write the structure tree of a stretch as PDF syntax, once its pages have been drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from milebook.writers.pdf.file.syntax import rectangle, string
from milebook.writers.pdf.file.tags import Annotation, Element, Tree

EMPTY = ("TD", "TH")  # cells count, even those that say nothing


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


def write_structure(tree: Tree, pages: int, annotations: Sequence[Annotation]) -> Structure:
    """The elements of a tree that has been drawn; those that got nothing to hold are left out."""
    kept = _in_reading_order(tree)
    numbers = {id(element): number for number, element in enumerate(kept)}
    index = {id(annotation): number for number, annotation in enumerate(annotations)}
    refs: list[int] = []
    lines: list[str] = []
    for element in kept:
        parent = element.parent
        refs.append(3 if parent is None or parent is tree.document else 4 * numbers[id(parent)])
        kids, kid_refs, first_page = _kids(element, numbers, index)
        line = f"<</Type/StructElem/S/{element.tag}/P %d 0 R"
        if first_page >= 0:
            line += "/Pg %d 0 R"
            refs.append(4 * first_page + 1)
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
    first_page = -1
    for kid in element.kids:
        if type(kid) is tuple:
            page, mark = kid
            if first_page < 0:
                first_page = page
            if page == first_page:
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
    return kids, refs, first_page


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
