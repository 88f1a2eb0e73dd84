"""Written pages in, what a reader finds on them out, piece by piece: the proof that no word was lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
PIECES = frozenset(f"{XHTML}{tag}" for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "img", "table"))
CELLS = frozenset(f"{XHTML}{tag}" for tag in ("td", "th"))
LABELS = frozenset({"note-number"})  # classes of words that number something and are no text of it


def transcribe(pages: Iterable[bytes]) -> list[tuple[str, str]]:
    """(id, text) of every paragraph, caption, credit, note and table in reading order, and ("figure", alt) of every picture."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    found: list[tuple[str, str]] = []
    for page in pages:
        root = etree.fromstring(page, parser)
        body = root.find(f"{XHTML}body")
        if body is not None:
            _walk(body, found)
    return found


def _walk(element: Any, found: list[tuple[str, str]]) -> None:
    for child in element:
        if child.tag not in PIECES:
            _walk(child, found)
        elif child.tag == f"{XHTML}img":
            missing = child.get("data-alt") == "missing"
            found.append(("figure", "" if missing else child.get("alt", "")))
        elif child.tag == f"{XHTML}hr":
            found.append((child.get("id", ""), _fold(child.get("data-text", ""))))
        else:
            text: list[str] = []
            _text(child, text)
            found.append((child.get("id", ""), _fold("".join(text))))


def _text(element: Any, text: list[str]) -> None:
    """The characters inside an element, cells of a table with a space between them."""
    if element.get("class") in LABELS:
        return
    if element.text:
        text.append(element.text)
    for child in element:
        if child.tag == f"{XHTML}br":
            text.append(" ")
        else:
            _text(child, text)
        if child.tag in CELLS:
            text.append(" ")
        if child.tail:
            text.append(child.tail)


def _fold(text: str) -> str:
    return " ".join(text.split())
