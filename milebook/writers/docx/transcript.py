"""Read back what a finished Word file says, for the comparison with the Draft.

A parser goes through the XML, for it has to be sound. What it says is read from its text: between two `</w:t>` stand a
stretch of markup and, behind the last `>` of that, the words of a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from milebook.writers.docx.markup import NOTE_BOOKMARK
from milebook.writers.transcripts import Pair, folded, plain, sound

_MARK = re.compile(
    rb"<w:(bookmarkStart|p|tbl|sectPr|footnoteReference|numRestart|numStart|br|cr|tab|noBreakHyphen|softHyphen)"
    rb"(?![A-Za-z])([^>]*)>|<(wp:docPr)([^>]*)>|<(/w:p|/w:tbl)>"
)
_NAME = re.compile(rb'w:name="([^"]*)"')
_VALUE = re.compile(rb'w:val="([^"]*)"')
_ALT = re.compile(rb' descr="([^"]*)"')
_SIGNS = {b"br": " ", b"cr": " ", b"tab": " ", b"noBreakHyphen": "\u2011", b"softHyphen": "\u00ad"}
# The commonest markup: a paragraph of one bookmark ends, another begins.
_NEXT = re.compile(
    rb'</w:r><w:bookmarkEnd w:id="\d+"/></w:p><w:p>(?:<w:pPr><w:pStyle w:val="\w+"/></w:pPr>)?'
    rb'<w:bookmarkStart w:id="\d+" w:name="(\w+)"/><w:r><w:t(?: xml:space="preserve")?>'
)

_IN_RUNS = {"sign"}
_IN_CELLS = {"sign", "p", "/w:p"}

_Event = tuple[str, str]  # what was met in the markup, and what it says


def transcript(document: Iterable[bytes], footnotes: bytes, anchors: Mapping[str, str]) -> Iterator[Pair]:
    """(anchor, text) of every paragraph and table, ("figure", alt) of every picture; `anchors` by name of bookmark.

    Note references read as the numbers that Word will print: counted from where the section says. The text of a note
    begins behind its number. `document` comes in pieces. Raises ExpatError where the XML is not sound.
    """
    from pyexpat import ParserCreate

    reader, parser, rest = _Reader(anchors), ParserCreate(), b""
    for piece in document:
        parser.Parse(piece)
        rest = reader.read(rest + piece)
        yield from reader.taken()
    parser.Parse(b"", True)
    reader.end(rest)
    yield from reader.taken()
    if footnotes:
        for note in sound(footnotes).split(b"<w:footnote ")[1:]:
            reader.read_note(note)
            yield from reader.taken()


class _Reader:
    """Reads the document block by block: a block is a paragraph outside of tables, or a table."""

    def __init__(self, anchors: Mapping[str, str]) -> None:
        self.anchors = anchors
        self.made: list[Pair] = []
        self.note = 1  # number that Word gives to the next one
        # The block at hand. Of the bookmarks that open it the innermost is its own; those around it are its part's.
        self.name = ""
        self.naming, self.in_table = True, False
        self.pieces: list[str | None] = []  # None for the mark of a note that Word numbers
        self.pictures: list[str] = []
        # The section at hand: name, pieces and pictures of its blocks from the first with a note on, and what its properties say.
        self.section: list[tuple[str, list[str | None], list[str]]] = []
        self.ends, self.restart, self.start = False, "", ""
        # What stretches of markup say that come again and again, in and out of tables: nothing but white space and signs.
        self._known: tuple[dict[bytes, str], dict[bytes, str]] = ({}, {})

    def taken(self) -> list[Pair]:
        """What was read since it was last taken."""
        made, self.made = self.made, []
        return made

    def read(self, document: bytes) -> bytes:
        """Read as far as the last words reach; what is behind them."""
        known, start = self._known, 0
        while (end := document.find(b"</w:t>", start)) >= 0:
            at = document.rindex(b">", start, end) + 1
            markup, words = document[start:at], plain(document[at:end].decode())
            start = end + len(b"</w:t>")
            signs = known[self.in_table].get(markup)
            if signs is not None:
                self.pieces.append(signs + words if signs else words)
            elif not self.in_table and (new := _NEXT.fullmatch(markup)):
                self._block()
                self.name = new[1].decode()
                self.pieces.append(words)
            else:
                events = list(_events(markup))
                if {kind for kind, _ in events} <= (_IN_CELLS if self.in_table else _IN_RUNS):
                    known[self.in_table][markup] = "".join(value for _, value in events)
                for event in events:
                    self._meet(*event)
                self.pieces.append(words)
            self.naming = False
        return document[start:]

    def end(self, document: bytes) -> None:
        """Read what is behind the last words."""
        for event in _events(document):
            self._meet(*event)
        if self.ends:  # the properties of the last section stand behind its last block
            self._section()

    def read_note(self, xml: bytes) -> None:
        """The text of a note's paragraphs: what stands behind the bookmark, for the note's number stands before it."""
        name, pieces = "", [""]
        for stretch in xml.split(b"</w:t>"):
            at = stretch.rindex(b">") + 1
            for kind, value in _events(stretch[:at]):
                if kind == "bookmarkStart" and not name:
                    name, pieces = value, []
                elif kind == "sign":
                    pieces.append(value)
                elif kind == "/w:p":
                    if name:
                        self.made.append((self.anchors.get(name, ""), folded("".join(pieces))))
                    name, pieces = "", []
            pieces.append(plain(stretch[at:].decode()))

    def _meet(self, kind: str, value: str) -> None:
        if kind == "bookmarkStart":
            if self.naming and not value.startswith(NOTE_BOOKMARK):
                self.name = value
        elif kind == "/w:tbl" or (kind == "/w:p" and not self.in_table):
            self._block()
        elif kind == "p":
            self.pieces.append(value)
        elif kind == "tbl":
            self.in_table = True
        elif kind == "footnoteReference":
            self.naming = False
            if value:
                self.pieces.append(None)
        elif kind == "picture":
            self.pictures.append(value)
        elif kind == "sign":
            self.pieces.append(value)
        elif kind == "sectPr":
            self.ends, self.restart, self.start = True, "", ""
        elif kind == "numRestart":
            self.restart = value
        elif kind == "numStart":
            self.start = value

    def _block(self) -> None:
        if self.section or None in self.pieces:
            self.section.append((self.name, self.pieces, self.pictures))
        else:
            self._say(self.name, self.pieces, self.pictures)
        self.name, self.naming, self.in_table, self.pieces, self.pictures = "", True, False, [], []
        if self.ends:
            self._section()

    def _section(self) -> None:
        """Writes down what a section says, now that it is known from where its notes are counted."""
        if self.restart == "eachSect":
            self.note = int(self.start or 1)
        for block in self.section:
            self._say(*block)
        self.section.clear()
        self.ends = False

    def _say(self, name: str, pieces: list[str | None], pictures: list[str]) -> None:
        self.made += [("figure", folded(alt)) for alt in pictures]
        for at, piece in enumerate(pieces):
            if piece is None:
                pieces[at] = str(self.note)
                self.note += 1
        text = folded("".join(pieces))  # type: ignore[arg-type]
        if text:
            self.made.append((self.anchors.get(name, ""), text))


def _events(markup: bytes) -> Iterator[_Event]:
    """What is worth knowing of a stretch of markup, in order."""
    for kind, given, picture, of_picture, end in _MARK.findall(markup):
        if picture:
            found = _ALT.search(of_picture)
            yield "picture", plain(found[1].decode()) if found else ""
        elif end:
            yield end.decode(), ""
        elif kind == b"bookmarkStart":
            found = _NAME.search(given)
            yield "bookmarkStart", plain(found[1].decode()) if found else ""
        elif kind == b"footnoteReference":
            yield "footnoteReference", "" if b"w:customMarkFollows=" in given else "numbered"
        elif kind in _SIGNS:
            if kind != b"tab" or not given.strip(b" /"):  # with more to say it is a tab stop
                yield "sign", _SIGNS[kind]
        elif kind == b"p":
            yield "p", " "  # between the cells of a table
            if given.endswith(b"/"):
                yield "/w:p", ""
        else:
            found = _VALUE.search(given)
            yield kind.decode(), found[1].decode() if found else ""
