"""The finished document's own XML in; what it says out, paragraph by paragraph, for comparing it with the Draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from milebook.writers.docx.markup import WP, W

_Element = Any  # of lxml, which is loaded only when a file is read

_P, _T, _R = f"{{{W}}}p", f"{{{W}}}t", f"{{{W}}}r"
_START, _NAME, _VAL = f"{{{W}}}bookmarkStart", f"{{{W}}}name", f"{{{W}}}val"
_REFERENCE, _CUSTOM = f"{{{W}}}footnoteReference", f"{{{W}}}customMarkFollows"
_SECTION = f"{{{W}}}sectPr"
_DRAWING = f"{{{WP}}}docPr"
_SIGNS = {
    f"{{{W}}}br": " ",
    f"{{{W}}}cr": " ",
    f"{{{W}}}tab": " ",
    f"{{{W}}}noBreakHyphen": "\u2011",
    f"{{{W}}}softHyphen": "\u00ad",
}


class Said(NamedTuple):
    """What a paragraph or table says: pieces of text, with None for the mark of a note that Word numbers."""

    name: str  # of its bookmark
    pieces: list[str | None]
    pictures: list[str]  # their alternative texts
    section: _Element | None  # the properties of the section that it ends


def transcript(document: bytes, footnotes: bytes, anchors: Mapping[str, str]) -> list[tuple[str, str]]:
    """(anchor, text) of every paragraph and table, ("figure", alt) of every picture; `anchors` by name of bookmark.

    Note references read as the numbers that Word will print: counted from where the section says. The text of a note
    begins behind its number.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    body: _Element = etree.fromstring(document, parser)[0]
    made: list[tuple[str, str]] = []
    section: list[Said] = []
    note = 1
    for block in body:
        said = _read(block)
        section.append(said)
        if said.section is None:
            continue
        restart = said.section.find(f"{{{W}}}footnotePr/{{{W}}}numRestart")
        if restart is not None and restart.get(_VAL) == "eachSect":
            start = said.section.find(f"{{{W}}}footnotePr/{{{W}}}numStart")
            note = int(start.get(_VAL)) if start is not None else 1
        for said in section:
            made += [("figure", " ".join(alt.split())) for alt in said.pictures]
            words = []
            for piece in said.pieces:
                words.append(str(note) if piece is None else piece)
                note += piece is None
            text = " ".join("".join(words).split())
            if text:
                made.append((anchors.get(said.name, ""), text))
        section.clear()
    if footnotes:
        notes: _Element = etree.fromstring(footnotes, parser)
        for element in notes.iter(_P):
            said = _read(element, after_bookmark=True)
            if said.name:
                text = " ".join("".join(piece or "" for piece in said.pieces).split())
                made.append((anchors.get(said.name, ""), text))
    return made


def _read(block: _Element, *, after_bookmark: bool = False) -> Said:
    """A paragraph or table. The innermost of the bookmarks that open it is its own; those around it are its part's."""
    name, naming = "", True
    pieces: list[str | None] = []
    pictures: list[str] = []
    section = block if block.tag == _SECTION else None
    for element in block.iter():
        tag = element.tag
        if tag == _T:
            pieces.append(element.text or "")
            naming = False
        elif tag == _START:
            if naming or (after_bookmark and not name):
                name = element.get(_NAME)
                if after_bookmark:
                    pieces.clear()
        elif tag == _P:
            pieces.append(" ")  # between the cells of a table
        elif tag == _REFERENCE:
            naming = False
            if element.get(_CUSTOM) is None:
                pieces.append(None)
        elif tag == _DRAWING:
            pictures.append(element.get("descr", ""))
        elif tag == _SECTION:
            section = element
        elif tag in _SIGNS and element.getparent().tag == _R:
            pieces.append(_SIGNS[tag])
    return Said(name, pieces, pictures, section)
