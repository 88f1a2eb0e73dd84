"""Mark up a proof's Word file as an editor's Word would: changes recorded or not, comments, in the XML itself."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DATE = "2026-02-03T10:00:00Z"


class Marked:
    """One Word file under the editor's hands. Paragraphs are found by the words they begin with."""

    def __init__(self, data: bytes, author: str = "Ed Itor", *, tracked: bool = True) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.files["word/document.xml"])
        self.author, self.tracked = author, tracked
        self.comments: list[str] = []
        self._id = 1000

    # ---- what an editor does

    def replace(self, start: str, old: str, new: str) -> Marked:
        run, text = self._run(start, old)
        before, after = text.split(old, 1)
        pieces = [
            self._like(run, before),
            self._gone(self._like(run, old)),
            self.typed(self._like(run, new)),
            self._like(run, after),
        ]
        self._exchange(run, pieces)
        return self

    def insert(self, start: str, after: str, new: str) -> Marked:
        run, text = self._run(start, after)
        before, _, rest = text.partition(after)
        self._exchange(run, [self._like(run, before + after), self.typed(self._like(run, new)), self._like(run, rest)])
        return self

    def delete(self, start: str, old: str) -> Marked:
        return self.replace(start, old, "")

    def delete_paragraph(self, start: str) -> Marked:
        paragraph = self.paragraph(start)
        if not self.tracked:
            paragraph.getparent().remove(paragraph)
            return self
        for run in list(paragraph.iter(f"{W}r")):
            text = "".join(t.text or "" for t in run.iter(f"{W}t"))
            self._exchange(run, [self._gone(self._like(run, text))])
        self._end(paragraph, "del")
        return self

    def delete_note(self, start: str) -> Marked:
        """The first mark of a note in a paragraph."""
        run = next(self.paragraph(start).iter(f"{W}footnoteReference")).getparent()
        if self.tracked:
            box = self.box("del")
            run.addprevious(box)
            box.append(run)
        else:
            run.getparent().remove(run)
        return self

    def add_paragraph(self, after: str, text: str) -> Marked:
        """A new paragraph behind one, as when Enter is pressed at its end."""
        paragraph = self.paragraph(after)
        new = copy.deepcopy(paragraph)
        for element in list(new):
            if element.tag != f"{W}pPr":
                new.remove(element)
        run = self._like(next(paragraph.iter(f"{W}r")), text)
        assert run is not None
        for look in run.findall(f"{W}rPr"):
            run.remove(look)
        piece = self.typed(run)
        assert piece is not None
        new.append(piece)
        paragraph.addnext(new)
        if self.tracked:
            self._end(paragraph, "ins")
        return self

    def split(self, start: str, before: str) -> Marked:
        paragraph = self.paragraph(start)
        run, text = self._run(start, before)
        head, _, _ = text.partition(before)
        new = etree.Element(f"{W}p")
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            new.append(copy.deepcopy(properties))
        following = list(run.itersiblings())
        rest = self._like(run, text[len(head) :])
        assert rest is not None
        new.append(rest)
        new.extend(following)
        self._exchange(run, [self._like(run, head)])
        paragraph.addnext(new)
        if self.tracked:
            self._end(paragraph, "ins")
        return self

    def merge(self, start: str) -> Marked:
        """A paragraph and the next one, with a space between."""
        paragraph = self.paragraph(start)
        space = etree.Element(f"{W}r")
        mark = etree.SubElement(space, f"{W}t")
        mark.text = " "
        mark.set(XML_SPACE, "preserve")
        piece = self.typed(space)
        assert piece is not None
        paragraph.append(piece)
        following = paragraph.getnext()
        if self.tracked:
            self._end(paragraph, "del")
        else:
            for element in list(following):
                if element.tag != f"{W}pPr":
                    paragraph.append(element)
            following.getparent().remove(following)
        return self

    def move(self, start: str, after: str) -> Marked:
        """A paragraph behind another, as Word records it."""
        paragraph, target = self.paragraph(start), self.paragraph(after)
        new = copy.deepcopy(paragraph)
        for mark in [*new.iter(f"{W}bookmarkStart"), *new.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        target.addnext(new)
        if not self.tracked:
            paragraph.getparent().remove(paragraph)
            return self
        for each, tag in ((paragraph, "moveFrom"), (new, "moveTo")):
            self._end(each, tag)
            for run in list(each.iter(f"{W}r")):
                box = self.box(tag)
                run.addprevious(box)
                box.append(run)
        return self

    def look(self, start: str, words: str, tag: str = "i", *, on: bool = True) -> Marked:
        run, text = self._run(start, words)
        before, after = text.split(words, 1)
        made = self._like(run, words)
        assert made is not None
        look = made.find(f"{W}rPr")
        if look is None:
            look = etree.Element(f"{W}rPr")
            made.insert(0, look)
        old = copy.deepcopy(look)
        mark = etree.SubElement(look, f"{W}{tag}")
        if not on:
            mark.set(f"{W}val", "0")
        if self.tracked:
            change = self.box("rPrChange")
            change.append(old)
            look.append(change)
        self._exchange(run, [self._like(run, before), made, self._like(run, after)])
        return self

    def comment(self, start: str, words: str, text: str, author: str = "") -> Marked:
        run, whole = self._run(start, words)
        before, after = whole.split(words, 1)
        number = 500 + len(self.comments)
        marks = {
            name: etree.Element(f"{W}{name}") for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        }
        for mark in marks.values():
            mark.set(f"{W}id", str(number))
        reference = etree.Element(f"{W}r")
        reference.append(marks["commentReference"])
        self._exchange(
            run,
            [self._like(run, before), marks["commentRangeStart"], self._like(run, words), marks["commentRangeEnd"], reference,
             self._like(run, after)],
        )  # fmt: skip
        box = etree.Element(f"{W}comment")
        for name, value in (("id", str(number)), ("author", author or self.author), ("date", DATE)):
            box.set(f"{W}{name}", value)
        etree.SubElement(etree.SubElement(etree.SubElement(box, f"{W}p"), f"{W}r"), f"{W}t").text = text
        self.comments.append(etree.tostring(box, encoding="unicode"))
        return self

    def without(self, *what: str) -> Marked:
        """As a program returns it that drops "bookmarks", "properties", or "styles" of characters."""
        if "bookmarks" in what:
            for mark in [*self.root.iter(f"{W}bookmarkStart"), *self.root.iter(f"{W}bookmarkEnd")]:
                mark.getparent().remove(mark)
        if "styles" in what:
            for style in list(self.root.iter(f"{W}rStyle")):
                style.getparent().remove(style)
        if "properties" in what:
            self.files = {name: data for name, data in self.files.items() if not name.startswith("docProps/")}
        return self

    def saved(self) -> bytes:
        files = dict(self.files)
        files["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.comments:
            files["word/comments.xml"] = f'<w:comments xmlns:w="{SPACE}">{"".join(self.comments)}</w:comments>'.encode()
            rels = files["word/_rels/document.xml.rels"].decode()
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
            if "/comments" not in rels:
                link = f'<Relationship Id="rIdC" Type="{kind}" Target="comments.xml"/></Relationships>'
                files["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", link).encode()
        return pack(files)

    # ---- how

    def paragraph(self, start: str) -> Any:
        for paragraph in self.root.iter(f"{W}p"):
            if "".join(t.text or "" for t in paragraph.iter(f"{W}t")).startswith(start):
                return paragraph
        raise AssertionError(f"no paragraph begins with {start!r}")

    def _run(self, start: str, words: str) -> tuple[Any, str]:
        for run in self.paragraph(start).iter(f"{W}r"):
            text = "".join(t.text or "" if t.tag == f"{W}t" else "\n" for t in run.iter(f"{W}t", f"{W}br"))
            if words in text:
                return run, text
        raise AssertionError(f"{words!r} is in no one run of {start!r}")

    def _like(self, run: Any, text: str) -> Any:
        if not text:
            return None
        made = etree.Element(f"{W}r")
        look = run.find(f"{W}rPr")
        if look is not None:
            made.append(copy.deepcopy(look))
        for number, line in enumerate(text.split("\n")):
            if number:
                etree.SubElement(made, f"{W}br")
            mark = etree.SubElement(made, f"{W}t")
            mark.text = line
            mark.set(XML_SPACE, "preserve")
        return made

    def _exchange(self, run: Any, pieces: list[Any]) -> None:
        for piece in pieces:
            if piece is not None:
                run.addprevious(piece)
        run.getparent().remove(run)

    def box(self, tag: str) -> Any:
        self._id += 1
        box = etree.Element(f"{W}{tag}")
        for name, value in (("id", str(self._id)), ("author", self.author), ("date", DATE)):
            box.set(f"{W}{name}", value)
        return box

    def _gone(self, run: Any) -> Any:
        if run is None or not self.tracked:
            return None
        for mark in run.iter(f"{W}t"):
            mark.tag = f"{W}delText"
        box = self.box("del")
        box.append(run)
        return box

    def typed(self, run: Any) -> Any:
        if run is None or not self.tracked:
            return run
        box = self.box("ins")
        box.append(run)
        return box

    def _end(self, paragraph: Any, tag: str) -> None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        mark = properties.find(f"{W}rPr")
        if mark is None:
            mark = etree.SubElement(properties, f"{W}rPr")
        mark.append(self.box(tag))


def pack(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


Edit = Callable[[Marked], Marked]
