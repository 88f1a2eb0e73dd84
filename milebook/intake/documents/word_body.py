"""The body of a Word document to passages: WordprocessingML read with all changes accepted, as Word shows it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from milebook.intake.items import BULLET, HEADING, NUMBER, PARAGRAPH, QUOTE, Passage, Span
from milebook.intake.symbol_fonts import as_seen, shifted, symbol_font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset(
    (
        W + "del",
        W + "moveFrom",
        W + "instrText",
        W + "delText",
        W + "delInstrText",
        _MC + "Fallback",
        W + "rPr",
        W + "pPr",
    )
)
_OFF = ("0", "false", "none", "off")


class Image(NamedTuple):
    """A picture where it stands: its relation, and how many passages stand before it."""

    relation: str
    name: str
    alt: str
    caption: str
    after: int


class Body:
    """A walk over a document's body. `title` is a paragraph in the style Title; `boxes` are the words of text boxes."""

    def __init__(self, styles: Any, numbering: Any, footnotes: Any, endnotes: Any) -> None:
        self.passages: list[Passage] = []
        self.images: list[Image] = []
        self.boxes: list[str] = []
        self.title = ""
        self._styles = _styles(styles)
        self._lists = _Lists(numbering)
        self._by_style = _style_lists(styles)
        self._notes = {**_notes(footnotes, "footnote"), **_notes(endnotes, "endnote")}
        self._waiting: list[Passage] = []  # the words of text boxes, until the paragraph around them is done
        self._open: list[Span] | None = None  # a paragraph whose mark was deleted: the next one goes on

    def walk(self, body: Any) -> None:
        waiting = list(reversed(body))
        while waiting:
            one = waiting.pop()
            if one.tag == W + "p":
                self._paragraph(one)
            elif one.tag not in _GONE and isinstance(one.tag, str):
                waiting += reversed(one)  # tables, content controls, whatever stands around paragraphs
        if self._open:
            self.passages.append(Passage(tuple(self._open)))

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(W + "pPr")
        style = self._style(properties)
        spans, images = self._spans(paragraph)
        if self._open is not None:
            spans, self._open = self._open + spans, None
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            self._open = spans
            return
        text = "".join(span.text for span in spans).strip()
        boxes, self._waiting = self._waiting, []
        if text and style == "caption" and self.images and not self.images[-1].caption and not images:
            self.images[-1] = self.images[-1]._replace(caption=" ".join(text.split()))
            return
        if text and style == "title" and not self.title and not self.passages:
            self.title = " ".join(text.split())
            return
        before = len(self.passages)
        if text or any(span.note for span in spans):
            self.passages.append(self._passage(spans, style, properties))
        place = len(self.passages) if not text or not images else before
        self.images += [image._replace(after=place) for image in images]
        self.passages += boxes

    def _passage(self, spans: list[Span], style: str, properties: Any) -> Passage:
        if style.startswith("heading"):
            level = re.search(r"\d", style)
            return Passage(
                tuple(span._replace(bold=False) for span in spans), HEADING, level=int(level[0]) if level else 1
            )
        label = self._lists.label(properties, self._by_style.get(self._style_id(properties)))
        if label:
            return Passage(tuple(spans), BULLET if label == "-" else NUMBER, label)
        return Passage(tuple(spans), QUOTE if "quote" in style else PARAGRAPH)

    @staticmethod
    def _style_id(properties: Any) -> str:
        style = properties.find(W + "pStyle") if properties is not None else None
        return style.get(W + "val") or "" if style is not None else ""

    def _style(self, properties: Any) -> str:
        """The name of the paragraph's style in small letters, "" for the plain one."""
        ident = self._style_id(properties)
        return self._styles.get(ident, ident).lower()

    def _spans(self, paragraph: Any) -> tuple[list[Span], list[Image]]:
        spans: list[Span] = []
        images: list[Image] = []
        waiting = list(reversed(paragraph))
        while waiting:
            one = waiting.pop()
            tag = one.tag
            if not isinstance(tag, str) or tag in _GONE:
                continue
            if tag == W + "r":
                if _is_on(one, "vanish"):
                    continue
                start = len(spans)
                bold, italic = _is_on(one, "b"), _is_on(one, "i")
                for child in one:
                    self._piece(child, bold, italic, spans, images)
                spans[start:] = _as_seen(spans[start:], one.find(W + "rPr"))
            elif tag != W + "p":
                waiting += reversed(one)
        return spans, images

    def _piece(self, child: Any, bold: bool, italic: bool, spans: list[Span], images: list[Image]) -> None:
        tag = child.tag
        if tag == W + "t":
            spans.append(Span(child.text or "", bold, italic))
        elif tag in (W + "tab", W + "ptab"):
            spans.append(Span(" "))
        elif tag in (W + "br", W + "cr"):
            spans.append(Span("\n" if child.get(W + "type") in (None, "textWrapping") else " "))
        elif tag == W + "noBreakHyphen":
            spans.append(Span("-", bold, italic))
        elif tag == W + "sym":
            code = child.get(W + "char") or ""
            sign = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else ""
            spans.append(Span(as_seen(sign, symbol_font(child.get(W + "font") or "")), bold, italic))
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            note = self._notes.get((tag.removesuffix("Reference").rpartition("}")[2], child.get(W + "id") or ""), "")
            if note:
                spans.append(Span("", note=note))
        elif tag in (W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"):
            self._drawing(child, images)

    def _drawing(self, element: Any, images: list[Image]) -> None:
        root = element.find(_MC + "Choice") if element.tag == _MC + "AlternateContent" else element
        if root is None:
            return
        for box in root.iter(W + "txbxContent"):
            text = " ".join("".join(one.text or "" for one in box.iter(W + "t")).split())
            if text:
                self.boxes.append(text)
                self._waiting.append(Passage((Span(text),)))
        named = next(iter(root.iter(_WP + "docPr")), None)
        alt = (named.get("descr") or "") if named is not None else ""
        for blip in root.iter(_A + "blip"):
            images.append(Image(blip.get(_R + "embed") or "", "", alt, "", 0))
        for old in root.iter(_V + "imagedata"):
            images.append(Image(old.get(_R + "id") or "", "", old.get("title") or alt, "", 0))


def _as_seen(spans: list[Span], properties: Any) -> list[Span]:
    """The spans of a run, where a symbol font or raised figures make other characters of them."""
    if properties is None:
        return spans
    fonts, shift = properties.find(W + "rFonts"), properties.find(W + "vertAlign")
    if fonts is not None and (font := symbol_font(fonts.get(W + "ascii") or "")):
        spans = [span._replace(text=as_seen(span.text, font)) for span in spans]
    moved = shift.get(W + "val") if shift is not None else ""
    if moved in ("superscript", "subscript"):
        spans = [span._replace(text=shifted(span.text, moved == "superscript")) for span in spans]
    return spans


def _is_on(run: Any, name: str) -> bool:
    """Whether a run has a property such as bold switched on."""
    properties = run.find(W + "rPr")
    one = properties.find(W + name) if properties is not None else None
    return one is not None and (one.get(W + "val") or "1").lower() not in _OFF


def _styles(root: Any) -> dict[str, str]:
    if root is None:
        return {}
    names = {}
    for style in root.iter(W + "style"):
        name = style.find(W + "name")
        names[style.get(W + "styleId") or ""] = name.get(W + "val") or "" if name is not None else ""
    return names


def _style_lists(root: Any) -> dict[str, Any]:
    """What a style says of lists, by its id."""
    found = {}
    for style in root.iter(W + "style") if root is not None else ():
        properties = style.find(W + "pPr")
        numbered = properties.find(W + "numPr") if properties is not None else None
        if numbered is not None:
            found[style.get(W + "styleId") or ""] = numbered
    return found


def _notes(root: Any, kind: str) -> dict[tuple[str, str], str]:
    """The words of footnotes or endnotes, by kind and id."""
    if root is None:
        return {}
    found = {}
    for note in root.iter(W + kind):
        if note.get(W + "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        words = ["".join(one.text or "" for one in paragraph.iter(W + "t")) for paragraph in note.iter(W + "p")]
        found[kind, note.get(W + "id") or ""] = " ".join(" ".join(words).split())
    return found


class _Lists:
    """The numbers of list entries, counted as Word counts them."""

    def __init__(self, root: Any) -> None:
        self._kinds: dict[tuple[str, str], tuple[str, str]] = {}  # list and level -> number format and its text
        self._counts: dict[tuple[str, str], int] = {}
        if root is None:
            return
        abstract = {}
        for one in root.iter(W + "abstractNum"):
            levels = {}
            for level in one.iter(W + "lvl"):
                form, text = level.find(W + "numFmt"), level.find(W + "lvlText")
                levels[level.get(W + "ilvl") or "0"] = (
                    form.get(W + "val") or "" if form is not None else "",
                    text.get(W + "val") or "" if text is not None else "",
                )
            abstract[one.get(W + "abstractNumId")] = levels
        for one in root.iter(W + "num"):
            named = one.find(W + "abstractNumId")
            levels = abstract.get(named.get(W + "val"), {}) if named is not None else {}
            for level, kind in levels.items():
                self._kinds[one.get(W + "numId") or "", level] = kind

    def label(self, properties: Any, of_style: Any = None) -> str:
        """ "-" for a bullet, "3." for a number, "" for no list. `of_style` is what the paragraph's style says of lists."""
        numbered = properties.find(W + "numPr") if properties is not None else None
        numbered = numbered if numbered is not None else of_style
        if numbered is None:
            return ""
        ident, level = (numbered.find(W + name) for name in ("numId", "ilvl"))
        key = (
            ident.get(W + "val") or "" if ident is not None else "",
            level.get(W + "val") or "0" if level is not None else "0",
        )
        if key[0] in ("", "0"):
            return ""
        form, text = self._kinds.get(key, ("bullet", ""))
        if form != "decimal":
            return "-"
        self._counts[key] = self._counts.get(key, 0) + 1
        for other in [one for one in self._counts if one[0] == key[0] and one[1] > key[1]]:
            del self._counts[other]
        return f"{self._counts[key]}{')' if text.endswith(')') else '.'}"
