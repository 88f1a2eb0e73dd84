"""Received HTML as a tree, parsed by libxml2, and what its elements say. No address in it is opened, and nothing in it runs."""

from __future__ import annotations

import re
from typing import Any


def classes(element: Any) -> set[str]:
    """The names in an element's `class`, in small letters."""
    return set((element.get("class") or "").lower().split())


def text_in(element: Any) -> str:
    """The words of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def parse(source: str | bytes) -> Any:
    """The root element of a page or piece of one, by libxml2; None if there is none. No address in it is opened."""
    from lxml import etree, html

    text = source if isinstance(source, str) else source.decode("utf-8", "replace")
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text)
    text = text.replace("<![CDATA[", "&lt;![CDATA[")  # somebody's words, or what stands around them; never a comment
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
