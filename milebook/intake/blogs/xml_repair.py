"""Make the damaged XML of a blog’s export readable: control characters, broken CDATA, wrong bytes. Whatever is done is counted."""

from __future__ import annotations

import html.entities
import re
from collections import Counter
from typing import Any, NamedTuple

from milebook.intake.charset import decoded

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)(\w{1,31};)?")
_OPENING = re.compile(r"<([\w:-]+)>\s*<!\[CDATA\[")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
# How posts and comments begin, what they are called, and in what they are found; elsewhere they would be words of another one.
# Disqus calls a comment a post.
_ITEMS = (
    ("<item>", "item", ("channel", "item")),
    ("<wp:comment>", "comment", ("item",)),
    ("<entry>", "entry", ("feed", "entry")),
    ("<post ", "post", ("disqus",)),
)


class Mended(NamedTuple):
    """The tree (None if it cannot be had), how many places were repaired, and why it cannot be had."""

    root: Any
    places: int = 0
    problem: str = ""


def tree(data: bytes) -> Mended:
    """Parse an export. No entity is expanded and nothing outside is read; a DOCTYPE is refused."""
    text, places = _decoded(data)
    outside = re.sub(r"<!\[CDATA\[.*?\]\]>", "", text, flags=re.DOTALL)
    if _DOCTYPE.search(outside):
        return Mended(None, 0, "it holds a DOCTYPE, which no export has: it was made to do harm, or by another program")
    text = _DECLARED.sub("", text, count=1)
    text, count = _CONTROL.subn(" ", text)
    text, more = _without_references(text)
    places += count + more
    root, problem = _parsed(text)
    if root is None:
        text, count = _repaired(text)
        places += count
        root, problem = _parsed(text)
    if root is None and not text.rstrip().endswith(("</rss>", "</feed>", "</disqus>")):
        return Mended(None, places, f"it ends in the middle{_last_title(text)}: export it again")
    if root is None:
        root = _recovered(text)
        if root is None:
            return Mended(None, places, f"it is no XML any more: {problem}")
        places += 1
    return Mended(root, places)


def _decoded(data: bytes) -> tuple[str, int]:
    """UTF-8, with single wrong bytes read as Windows-1252; another character set where the file says so."""
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w.-]+)", data[:200])
    name = declared[1].decode("ascii") if declared else "utf-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or name.lower() not in ("utf-8", "utf8"):
        return decoded(data, name)[0], 0
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return re.subn("[\udc80-\udcff]", lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _parsed(text: str, *, recover: bool = False) -> tuple[Any, str]:
    """The tree, or None and why not. With `recover` as far as a forgiving parser understands it."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=recover, strip_cdata=False
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser), ""
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error).partition(" (<string>")[0]


def _without_references(text: str) -> tuple[str, int]:
    """The text without numbers for characters that XML forbids, and how many there were."""
    count = 0

    def reference(match: re.Match[str]) -> str:
        nonlocal count
        number = int(match[1], 16) if match[1] else int(match[2])
        if number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000:
            return match[0]
        count += 1
        return " "

    return _REFERENCE.sub(reference, text), count


def _repaired(text: str) -> tuple[str, int]:
    """CDATA that holds its own end, signs that HTML has and XML has not."""
    count = 0
    kept: list[str] = []

    def entity(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return html.entities.html5.get(match[1] or "", "&amp;" + (match[1] or ""))

    out: list[str] = []
    text = text.replace("\ufdd1", " ")
    at = 0
    unclosed: set[str] = set()  # names of elements whose end comes no more: nobody looks for it again
    for opening in _OPENING.finditer(text):
        name = opening[1]
        if opening.start() < at or name in unclosed:
            continue
        closing = re.compile(rf"\]\]>(?=\s*</{re.escape(name)}>)").search(text, opening.end())
        if closing is None:
            unclosed.add(name)
            continue
        written = text[opening.end() : closing.start()]
        count += "]]>" in written.replace("]]]]><![CDATA[>", "")
        inner = written.replace("]]]]><![CDATA[>", "]]>")
        kept.append(f"<![CDATA[{inner.replace(']]>', ']]]]><![CDATA[>')}]]>")
        out += [text[at : opening.end() - len("<![CDATA[")], f"\ufdd1{len(kept) - 1}\ufdd1"]
        at = closing.end()
    text = _ENTITY.sub(entity, "".join([*out, text[at:]]))
    return re.sub("\ufdd1(\\d+)\ufdd1", lambda match: kept[int(match[1])], text), count


def _recovered(text: str) -> Any:
    """The tree as far as a forgiving parser understands it, if no post and no comment is lost or ends up in another one."""
    root, _ = _parsed(text, recover=True)
    if root is None:
        return None
    found = Counter((_local(element.getparent()), _local(element)) for element in root.iter())
    outside = re.sub(r"<!\[CDATA\[.*?\]\]>", "", text, flags=re.DOTALL)
    for tag, name, around in _ITEMS:
        if outside.count(tag) > sum(found[parent, name] for parent in around):
            return None
    return root


def _local(element: Any) -> str:
    """An element's name without its namespace; "" for none, and for a comment of the file."""
    tag = element.tag if element is not None else ""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _last_title(text: str) -> str:
    titles = re.findall(r"<item>\s*<title>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</title>", text, re.DOTALL)
    return f", after “{titles[-1].strip()[:80]}”" if titles else ""
