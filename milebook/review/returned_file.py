"""A returned Word file as read: its paragraphs, notes, text boxes, comments, and where it says which build it is from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milebook.review.bold_italic import Looks
from milebook.review.comments import Comment, read_comments
from milebook.review.word_package import NotReadable, WordPackage
from milebook.review.word_reader import Reader
from milebook.review.word_text import Picture, WordParagraph
from milebook.review.xml_names import STRICT, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_BUILD = re.compile(r"\bbuild[\s\u00a0]+([0-9a-f]{12})\b")
_IN_NAME = re.compile(r"(?<![0-9a-f])([0-9a-f]{12})(?![0-9a-f])")
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(slots=True)
class Returned:
    """One file. `builds` are the builds that it names, the surest first, each with where it stands."""

    name: str
    body: list[WordParagraph] = field(default_factory=list)
    notes: dict[str, list[WordParagraph]] = field(default_factory=dict)  # "footnote:3" -> its paragraphs
    boxes: list[WordParagraph] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)  # of the body
    comments: list[Comment] = field(default_factory=list)
    builds: list[tuple[str, str]] = field(default_factory=list)
    ours: bool = False  # it has properties that only milebook writes
    book: str = ""  # identifier of the book, from its properties


def read_returned(data: bytes, name: str) -> Returned:
    """Everything a returned file holds. Raises NotReadable; `name` is the file's own name, without folders."""
    package = WordPackage(data)
    root = package.xml(package.document)
    if root.tag.startswith(STRICT):
        raise NotReadable(
            "the file was saved as “Strict Open XML”",
            "in Word choose Save As, “Word Document (.docx)”, and review that",
        )
    body = root.find(f"{W}body")
    if root.tag != f"{W}document" or body is None:
        raise NotReadable("this is not a Word file: its main part is no document", "name the Word file that came back")
    looks = Looks(_first(package, "styles"))
    reader = Reader(looks)
    reader.blocks(body)
    notes: dict[str, list[WordParagraph]] = {}
    for kind in ("footnote", "endnote"):
        part = _first(package, f"{kind}s")
        for note in part if part is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                inside = Reader(looks)
                key = f"{kind}:{note.get(f'{W}id')}"
                inside.blocks(note, key)
                notes[key] = inside.paragraphs
    comments = read_comments(package, reader)
    targets = package.targets()
    pictures = [p._replace(mark=package.mark(targets.get(p.mark, ""))) for p in reader.pictures]
    found = Returned(name, reader.paragraphs, notes, reader.boxes, pictures, comments)
    _identify(package, name, found)
    return found


def _first(package: WordPackage, kind: str) -> _Element | None:
    names = package.related(kind)
    return package.xml(names[0]) if names else None


def _identify(package: WordPackage, name: str, found: Returned) -> None:
    if package.has("docProps/custom.xml"):
        for prop in package.xml("docProps/custom.xml"):
            value = "".join(prop.itertext()).strip()
            if prop.get("name") == "MilebookBuild":
                found.ours = True
                found.builds.append((value, "its properties"))
            elif prop.get("name") == "MilebookBook":
                found.book = value
    if package.has("docProps/core.xml"):
        for element in package.xml("docProps/core.xml").iter(f"{_DC}identifier"):
            kind, _, value = (element.text or "").strip().partition(":")
            if kind == "milebook":
                found.ours = True
                found.builds.append((value, "its properties"))
    for kind in ("header", "footer"):
        for part in package.related(kind):
            for paragraph in package.xml(part).iter(f"{W}p"):
                text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
                found.builds += [(build, "its page headers") for build in _BUILD.findall(text)]
                found.ours = found.ours or bool(_BUILD.search(text) and "milebook" in text)
    found.builds += [(build, "its name") for build in _IN_NAME.findall(name)]
    found.builds = list({build: (build, where) for build, where in reversed(found.builds)}.values())[::-1]
