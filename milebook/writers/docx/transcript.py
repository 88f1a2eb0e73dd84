"""The finished document's own XML in; what it says out, paragraph by paragraph, for comparing it with the Draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from milebook.writers.docx.markup import WP, W

_Element = Any  # of lxml, which is loaded only when a file is read

_P, _TBL, _T, _R = f"{{{W}}}p", f"{{{W}}}tbl", f"{{{W}}}t", f"{{{W}}}r"
_START, _NAME, _VAL = f"{{{W}}}bookmarkStart", f"{{{W}}}name", f"{{{W}}}val"
_REFERENCE, _CUSTOM = f"{{{W}}}footnoteReference", f"{{{W}}}customMarkFollows"
_DRAWING = f"{{{WP}}}docPr"
_SIGNS = {
    f"{{{W}}}br": " ",
    f"{{{W}}}tab": " ",
    f"{{{W}}}noBreakHyphen": "\u2011",
    f"{{{W}}}softHyphen": "\u00ad",
}


def transcript(document: bytes, footnotes: bytes, anchors: Mapping[str, str]) -> list[tuple[str, str]]:
    """(anchor, text) of every paragraph and table, ("figure", alt) of every picture; `anchors` by name of bookmark.

    Note references read as the numbers that Word will print: counted from where the section says.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    body: _Element = etree.fromstring(document, parser)[0]
    made: list[tuple[str, str]] = []
    section: list[_Element] = []
    note = 1
    for block in body:
        section.append(block)
        properties = block if block.tag == f"{{{W}}}sectPr" else block.find(f"{{{W}}}pPr/{{{W}}}sectPr")
        if properties is None:
            continue
        start = properties.find(f"{{{W}}}footnotePr/{{{W}}}numStart")
        note = int(start.get(_VAL)) if start is not None else note
        for element in section:
            for anchor, words, used in _block(element, anchors, note):
                made.append((anchor, words))
                note += used
        section.clear()
    if footnotes:
        notes: _Element = etree.fromstring(footnotes, parser)
        for element in notes.iter(_P):
            if element.find(_START) is not None:
                made += [(anchor, words) for anchor, words, _ in _block(element, anchors, 0, after_bookmark=True)]
    return made


def _block(
    element: _Element, anchors: Mapping[str, str], note: int, *, after_bookmark: bool = False
) -> Iterator[tuple[str, str, int]]:
    """What a paragraph or table says, and how many numbered notes it refers to."""
    if element.tag == _TBL:
        cells = [_words(paragraph, note, after_bookmark)[0] for paragraph in element.iter(_P)]
        yield _anchor(element, anchors), " ".join(" ".join(cells).split()), 0
    elif element.tag == _P:
        alt = [properties.get("descr", "") for properties in element.iter(_DRAWING)]
        if alt:
            yield from (("figure", " ".join(words.split()), 0) for words in alt)
            return
        words, used = _words(element, note, after_bookmark)
        folded = " ".join(words.split())
        if folded:
            yield _anchor(element, anchors), folded, used


def _anchor(element: _Element, anchors: Mapping[str, str]) -> str:
    """The anchor of the innermost bookmark that opens a paragraph or table: its own, not that of its part."""
    inner = ""
    for start in element.iter(_START):
        inner = anchors.get(start.get(_NAME), inner)
        following = start.getnext()
        if following is None or following.tag != _START:
            break
    return inner


def _words(paragraph: _Element, note: int, after_bookmark: bool) -> tuple[str, int]:
    said: list[str] = []
    used = 0
    open_ = not after_bookmark
    for element in paragraph.iter():
        tag = element.tag
        if tag == _START:
            open_ = True
        elif not open_:
            continue
        elif tag == _T:
            said.append(element.text or "")
        elif tag == _REFERENCE:
            if element.get(_CUSTOM) is None:
                said.append(str(note + used))
                used += 1
        elif tag in _SIGNS and element.getparent().tag == _R:
            said.append(_SIGNS[tag])
    return "".join(said), used
