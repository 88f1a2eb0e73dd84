"""Read the paragraphs of a Word file's XML: body, tables, notes and text boxes, with all recorded changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from milebook.review.bold_italic import Looks
from milebook.review.word_text import NOTE, By, Picture, Spot, WordParagraph, WordRun
from milebook.review.xml_names import MC, A, R, V, W

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 60  # levels of elements inside a paragraph
_THROUGH = frozenset(
    W + name for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent", "rubyBase")
)
_INSERTED = {f"{W}ins": False, f"{W}moveTo": True}
_DELETED = {f"{W}del": False, f"{W}moveFrom": True}
_TEXT = frozenset((f"{W}t", f"{W}delText"))
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


class _State:
    """The changes around a place."""

    __slots__ = ("deleted", "inserted")

    def __init__(self, inserted: By | None = None, deleted: By | None = None) -> None:
        self.inserted, self.deleted = inserted, deleted


class Reader:
    """Reads one part of the package (document, footnotes …). `paragraphs` grows; text boxes go into `boxes`."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.paragraphs: list[WordParagraph] = []
        self.boxes: list[WordParagraph] = []
        self.comments: dict[str, list[Spot]] = {}  # id of a comment -> begin, end, reference, as far as they are there
        self.pictures: list[Picture] = []  # with the id of their relation as mark
        self._box: list[WordParagraph] | None = None

    def blocks(self, parent: _Element, where: str = "body", state: _State | None = None, depth: int = 0) -> None:
        """All paragraphs under an element, in order."""
        if depth > DEEPEST:
            return
        state = state or _State()
        for element in parent:
            tag = element.tag
            if tag == f"{W}p":
                self._paragraph(element, where, state)
            elif tag == f"{W}tbl":
                for cell, inside in _cells(element, state):
                    self.blocks(cell, where if where != "body" else "table", inside, depth + 1)
            elif tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                if content is not None:
                    self.blocks(content, where, state, depth + 1)
            elif tag in _INSERTED:
                self.blocks(element, where, _State(_by(element, _INSERTED[tag]), state.deleted), depth + 1)
            elif tag in _DELETED:
                self.blocks(element, where, _State(state.inserted, _by(element, _DELETED[tag])), depth + 1)
            elif tag == f"{MC}AlternateContent":
                branch = _branch(element)
                if branch is not None:
                    self.blocks(branch, where, state, depth + 1)
            elif tag in (f"{W}customXml", f"{W}smartTag"):
                self.blocks(element, where, state, depth + 1)
            elif tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd"):
                spot = Spot(len(self.paragraphs), 0)
                self.comments.setdefault(element.get(f"{W}id") or "", []).append(spot)

    def _paragraph(self, element: _Element, where: str, state: _State) -> None:
        reading = _Paragraph(self, where, len(self.boxes if self._box is not None else self.paragraphs))
        end, style = state, ""
        properties = element.find(f"{W}pPr")
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            if named is not None:
                key = named.get(f"{W}val") or ""
                style = self.looks.names.get(key, key.lower())
            style += "+" * _listed(properties)
            end = _with_marks(properties.find(f"{W}rPr"), state)
        reading.walk(element, state)
        made = WordParagraph(tuple(reading.pieces), end.inserted, end.deleted, tuple(reading.bookmarks), style, where)
        (self.paragraphs if self._box is None else self._box).append(made)

    def text_box(self, content: _Element, state: _State) -> None:
        """The paragraphs of a text box, kept apart from those around it."""
        if self._box is not None:
            return
        self._box = []
        self.blocks(content, "box", state, DEEPEST // 2)
        self.boxes += self._box
        self._box = None


class _Paragraph:
    """The content of one paragraph."""

    def __init__(self, reader: Reader, where: str, number: int) -> None:
        self.reader, self.number, self.where = reader, number, where
        self.pieces: list[WordRun] = []
        self.bookmarks: list[tuple[str, int]] = []
        self.length = 0
        self.fields: list[bool] = []  # for each field that is open: whether we are in its result

    def walk(self, parent: _Element, state: _State, depth: int = 0) -> None:
        if depth > DEEPEST:
            return
        for element in parent:
            tag = element.tag
            if tag == f"{W}r":
                self._run(element, state, depth)
            elif tag in _THROUGH:
                self.walk(element, state, depth + 1)
            elif tag in _INSERTED:
                self.walk(element, _State(_by(element, _INSERTED[tag]), state.deleted), depth + 1)
            elif tag in _DELETED:
                self.walk(element, _State(state.inserted, _by(element, _DELETED[tag])), depth + 1)
            elif tag == f"{W}bookmarkStart":
                self.bookmarks.append((element.get(f"{W}name") or "", self.length))
            elif tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                if content is not None:
                    self.walk(content, state, depth + 1)
            elif tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd"):
                self._comment(element)
            elif tag == f"{MC}AlternateContent":
                branch = _branch(element)
                if branch is not None:
                    self.walk(branch, state, depth + 1)
            elif tag == f"{W}p":  # nested by a careless program
                self.walk(element, state, depth + 1)

    def _run(self, run: _Element, state: _State, depth: int) -> None:
        made = self._properties(run.find(f"{W}rPr"), state)
        inside = _State(made.inserted, made.deleted)
        by_hand = False  # the mark of a note follows as text
        for element in run:
            tag = element.tag
            text = ""
            if tag in _TEXT:
                text = "" if by_hand else (element.text or "")
            elif tag in _SIGNS:
                text = _SIGNS[tag]
            elif tag == f"{W}br":
                text = "\n" if (element.get(f"{W}type") or "textWrapping") == "textWrapping" else ""
            elif tag == f"{W}sym":
                text = _symbol(element)
            elif tag in _NOTES:
                by_hand = (element.get(f"{W}customMarkFollows") or "0") not in ("0", "false", "off")
                self._add(made._replace(text=NOTE, note=f"{_NOTES[tag]}:{element.get(f'{W}id')}"))
            elif tag == f"{W}fldChar":
                self._field(element.get(f"{W}fldCharType") or "")
            elif tag == f"{W}commentReference":
                self._comment(element)
            elif tag == f"{W}ruby":
                base = element.find(f"{W}rubyBase")
                if base is not None:
                    self.walk(base, inside, depth + 1)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"):
                self._drawing(element, inside)
            if text and all(self.fields):
                self._add(made._replace(text=text))

    def _properties(self, properties: _Element | None, state: _State) -> WordRun:
        """A run without its text: who inserted or deleted it, and how it looks and looked."""
        look = old = self.reader.looks.of_run(properties)
        restyled = None
        change = properties.find(f"{W}rPrChange") if properties is not None else None
        if change is not None:
            old, restyled = self.reader.looks.of_run(change.find(f"{W}rPr")), _by(change)
        here = _with_marks(properties, state)
        return WordRun("", here.inserted, here.deleted, look, old, restyled if old != look else None)

    def _add(self, piece: WordRun) -> None:
        self.length += len(piece.text)
        last = self.pieces[-1] if self.pieces else None
        if last is not None and not last.note and not piece.note and last[1:] == piece[1:]:
            self.pieces[-1] = last._replace(text=last.text + piece.text)
        else:
            self.pieces.append(piece)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _comment(self, element: _Element) -> None:
        if self.reader._box is None:
            spot = Spot(self.number, self.length)
            self.reader.comments.setdefault(element.get(f"{W}id") or "", []).append(spot)

    def _drawing(self, element: _Element, state: _State) -> None:
        if element.tag == f"{MC}AlternateContent":
            branch = _branch(element)
            if branch is None:
                return
            element = branch
        if self.reader._box is None:
            for shown in element.iter(f"{A}blip", f"{V}imagedata"):
                mark = shown.get(f"{R}embed") or shown.get(f"{R}id") or shown.get(f"{R}link") or ""
                self.reader.pictures.append(Picture(self.number, mark, state.inserted, state.deleted))
                break  # a group of pictures is one
        for content in element.iter(f"{W}txbxContent"):
            if not any(above.tag == f"{MC}Fallback" and _inside(above, element) for above in content.iterancestors()):
                self.reader.text_box(content, state)


def _by(element: _Element, moved: bool = False) -> By:
    author = " ".join((element.get(f"{W}author") or "").split())
    return By(author, (element.get(f"{W}date") or "").strip(), moved)


def _with_marks(properties: _Element | None, state: _State) -> _State:
    """The changes around a place, and those that the properties of a run or of a paragraph's end mark themselves."""
    inserted, deleted = state.inserted, state.deleted
    for mark in properties if properties is not None else ():
        if mark.tag in _INSERTED:
            inserted = inserted or _by(mark, _INSERTED[mark.tag])
        elif mark.tag in _DELETED:
            deleted = deleted or _by(mark, _DELETED[mark.tag])
    return _State(inserted, deleted)


def _cells(table: _Element, state: _State) -> Iterator[tuple[_Element, _State]]:
    """The cells of a table in order; those of a table inside it come with their own cell."""
    for row in table.iter(f"{W}tr"):
        if row.getparent() is not table and _nearest(row) is not table:
            continue
        inside = _row_state(row, state)
        for cell in row:
            content = cell.find(f"{W}sdtContent") if cell.tag == f"{W}sdt" else None
            yield from ((one, inside) for one in (content if content is not None else (cell,)) if one.tag == f"{W}tc")


def _row_state(row: _Element, state: _State) -> _State:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return state
    inserted, deleted = properties.find(f"{W}ins"), properties.find(f"{W}del")
    return _State(
        _by(inserted) if inserted is not None else state.inserted,
        _by(deleted) if deleted is not None else state.deleted,
    )


def _listed(properties: _Element) -> bool:
    """Whether a paragraph is an item of a list by its own properties; number 0 takes it out of one."""
    number = properties.find(f"{W}numPr/{W}numId")
    return number is not None and number.get(f"{W}val") != "0"


def _nearest(row: _Element) -> _Element | None:
    return next((above for above in row.iterancestors() if above.tag == f"{W}tbl"), None)


def _branch(element: _Element) -> _Element | None:
    """One branch of alternatives, for both say the same."""
    choice = element.find(f"{MC}Choice")
    return choice if choice is not None else element.find(f"{MC}Fallback")


def _inside(element: _Element, outer: _Element) -> bool:
    return element is outer or any(above is outer for above in element.iterancestors())


def _symbol(element: _Element) -> str:
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else "\ufffd"
