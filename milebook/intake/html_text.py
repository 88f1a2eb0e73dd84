"""Received HTML to passages and pictures: the words and their italics, nothing else. Nothing is fetched, nothing runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from milebook.intake.html_tree import parse
from milebook.intake.items import BULLET, HEADING, NUMBER, PARAGRAPH, QUOTE, SCENE, Passage, Span
from milebook.intake.symbol_fonts import as_seen, shifted, symbol_font

_BLOCKS = frozenset(
    (
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "tr", "td", "th", "thead",
        "tbody", "tfoot", "section", "article", "header", "footer", "main", "aside", "nav", "figure", "figcaption", "address", "form", "fieldset",
        "details", "summary", "center", "hr", "body", "html", "caption",
    )
)  # fmt: skip
_LEFT_OUT = frozenset(
    (
        "script", "style", "head", "title", "template", "noscript", "iframe", "object", "embed", "svg", "math", "select", "option", "button",
        "input", "textarea", "audio", "video", "canvas", "meta", "link", "base", "map", "area",
    )
)  # fmt: skip
_BOLD, _ITALIC = frozenset(("b", "strong")), frozenset(("i", "em", "cite", "var", "dfn"))
_HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)|max-height\s*:\s*0"
)
_FAMILY = re.compile(r"(?i)font-family\s*:\s*([^;]+)")
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Shown(NamedTuple):
    """An image in the text: its address, its alt text, the caption beside it, and how many passages stand before it."""

    address: str
    alt: str
    caption: str
    after: int
    larger: tuple[str, ...] = ()  # the same picture in other sizes


class Content(NamedTuple):
    """The words and the images of a stretch of HTML."""

    passages: list[Passage]
    images: list[Shown]


def from_html(source: str) -> Content:
    """The passages and images of a piece of HTML."""
    root = parse(source)
    return Content([], []) if root is None else content(root)


def content(element: Any, skip: Callable[[Any], bool] = lambda element: False) -> Content:
    """The passages and images under an element, without those that `skip` names."""
    walk = _Walk(skip)
    walk.run(element)
    return Content(walk.passages, walk.images)


class _Walk:
    """A walk over the tree without recursion: a page may be nested deeper than Python allows."""

    def __init__(self, skip: Callable[[Any], bool]) -> None:
        self.skip = skip
        self.passages: list[Passage] = []
        self.images: list[Shown] = []
        self.spans: list[Span] = []
        self.bold = self.italic = self.quote = self.pre = 0
        self.heading = 0
        self.lists: list[list[Any]] = []  # [ordered, number of the entry]
        self.label: tuple[str, str] | None = None  # kind and label of the list entry being begun
        self.caption_of: list[int] = []  # images of the figures we are in begin at these numbers
        self.in_caption = 0
        self.moved: list[bool] = []  # of <sup> and <sub> that are open: whether up
        self.fonts: list[tuple[Any, str]] = []  # an open element in a symbol font, and those inside that name a font

    def run(self, root: Any) -> None:
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            tag = tag.lower().rpartition("}")[2]
            if leaving:
                self.leave(tag, element)
                if element is not root:
                    self.words(element.tail)
                continue
            if not tag or tag in _LEFT_OUT or self.hidden(element) or self.skip(element):
                if element is not root:
                    self.words(element.tail)
                continue
            self.enter(tag, element)
            stack.append((element, True))
            stack += [(child, False) for child in reversed(element)]
            self.words(element.text)
        self.close()

    @staticmethod
    def hidden(element: Any) -> bool:
        style = element.get("style")
        return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))

    def enter(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            self.close()
        if tag in _BOLD:
            self.bold += 1
        elif tag in _ITALIC:
            self.italic += 1
        elif tag == "blockquote":
            self.quote += 1
        elif tag == "pre":
            self.pre += 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.heading = int(tag[1])
        elif tag in ("ul", "ol"):
            start = element.get("start", "1")
            self.lists.append(
                [tag == "ol", int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1]
            )
        elif tag == "li":
            ordered = self.lists[-1] if self.lists else [False, 1]
            self.label = (NUMBER, f"{ordered[1]}.") if ordered[0] else (BULLET, "-")
            ordered[1] += 1
        elif tag == "br":
            self.spans.append(Span("\n"))
        elif tag == "hr":
            self.passages.append(Passage((Span("***"),), SCENE))
        elif tag == "img":
            self.image(element)
        elif tag == "figure" or (tag == "div" and "wp-caption" in (element.get("class") or "").split()):
            self.caption_of.append(len(self.images))
        elif tag == "q":
            self.words("\u201c")
        elif tag in ("sup", "sub"):
            self.moved.append(tag == "sup")
        named = _font(element)
        if named and (self.fonts or symbol_font(named)):
            self.fonts.append((element, symbol_font(named)))
        if self.caption_of and _is_caption(tag, element):
            self.in_caption += 1

    def leave(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            if self.in_caption and _is_caption(tag, element):
                self.in_caption -= 1
                self.caption()
            else:
                self.close()
        if tag in _BOLD:
            self.bold = max(0, self.bold - 1)
        elif tag in _ITALIC:
            self.italic = max(0, self.italic - 1)
        elif tag == "blockquote":
            self.quote -= 1
        elif tag == "pre":
            self.pre -= 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.heading = 0
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.label = None
        elif tag == "figure" or (tag == "div" and "wp-caption" in (element.get("class") or "").split()):
            if self.caption_of:
                self.caption_of.pop()
        elif tag == "q":
            self.words("\u201d")
        elif tag in ("sup", "sub") and self.moved:
            self.moved.pop()
        if self.fonts and self.fonts[-1][0] is element:
            self.fonts.pop()

    def words(self, text: str | None) -> None:
        if not text:
            return
        text = text if self.pre else _SPACE.sub(" ", text)
        if self.moved:
            text = shifted(text, self.moved[-1])
        if self.fonts:
            text = as_seen(text, self.fonts[-1][1])
        self.spans.append(Span(text.replace("\u00a0", " "), self.bold > 0, self.italic > 0))

    def image(self, element: Any) -> None:
        address = (element.get("src") or element.get("data-src") or "").strip()
        width, height = (element.get("width") or "").strip(), (element.get("height") or "").strip()
        if width in ("0", "1") or height in ("0", "1"):
            return  # a tracking pixel
        sizes = [part.split()[0] for part in (element.get("srcset") or "").split(",") if part.split()]
        parent = element.getparent()
        linked = parent.get("href") if parent is not None and parent.tag == "a" else None
        if linked:
            sizes.append(linked.strip())
        alt = _SPACE.sub(" ", element.get("alt") or "").strip()
        self.images.append(Shown(address, alt, "", self.count(), tuple(sizes)))

    def count(self) -> int:
        return len(self.passages) + (1 if "".join(span.text for span in self.spans).strip() else 0)

    def caption(self) -> None:
        text = " ".join("".join(span.text for span in self.spans).split())
        self.spans = []
        first = self.caption_of[-1]
        if text and first < len(self.images) and not self.images[-1].caption:
            self.images[-1] = self.images[-1]._replace(caption=text)
        elif text:
            self.spans = [Span(text)]
            self.close()

    def close(self) -> None:
        """The end of a passage. Two line breaks in a row part two passages."""
        if self.in_caption:
            self.spans.append(Span(" "))
            return
        spans, self.spans = self.spans, []
        if not "".join(span.text for span in spans).strip():
            return
        for part in _parted(spans):
            kind, label = self.label or (PARAGRAPH, "")
            level = max(0, len(self.lists) - 1)
            if self.heading:
                kind, level = HEADING, self.heading
            elif self.quote and kind == PARAGRAPH:
                kind, level = QUOTE, self.quote - 1
            self.passages.append(Passage(tuple(part), kind, label, level))
            if self.label is not None:  # a second paragraph of the same entry
                self.label = None


def _font(element: Any) -> str:
    """The fonts that an element itself names."""
    style = element.get("style")
    named = _FAMILY.search(style) if style else None
    return named[1] if named else element.get("face") or ""


def _is_caption(tag: str, element: Any) -> bool:
    return tag == "figcaption" or "wp-caption-text" in (element.get("class") or "").split()


def _parted(spans: Iterable[Span]) -> list[list[Span]]:
    """Spans without spaces at line breaks, in the passages that empty lines make of them."""
    parts: list[list[Span]] = [[]]
    breaks = 0
    for span in spans:
        pieces = re.split(r"(\n)", span.text)
        for piece in pieces:
            if piece == "\n":
                breaks += 1
                continue
            if not piece.strip():
                if piece and not breaks:
                    parts[-1].append(span._replace(text=piece))
                continue
            if breaks > 1 and any(one.text.strip() for one in parts[-1]):
                parts.append([])
            elif breaks and any(one.text.strip() for one in parts[-1]):
                parts[-1].append(Span("\n"))
            breaks = 0
            parts[-1].append(span._replace(text=piece))
    return [part for part in parts if any(span.text.strip() for span in part)]
