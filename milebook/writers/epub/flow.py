"""Write the XHTML of a section: paragraphs, lists, quotes, verse, figures, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from milebook.model.draft import Figure, Item, Note, Paragraph, Role, Table
from milebook.model.text import Container
from milebook.writers.epub.markup import (
    Marks,
    attribute,
    direction_attribute,
    escape,
    inline,
    language_attributes,
    quoted,
    verse_lines,
)
from milebook.writers.epub.plates import Plate

HEAD_ROLES = frozenset(
    {
        Role.HALF_TITLE, Role.BOOK_TITLE, Role.BOOK_SUBTITLE, Role.BOOK_AUTHORS, Role.PART_TITLE, Role.CHAPTER_NUMBER,
        Role.CHAPTER_TITLE, Role.STORY_TITLE, Role.BYLINE,
    }
)  # fmt: skip
CONTENTS_DEPTH = {Role.CONTENTS_PART: 0, Role.CONTENTS_CHAPTER: 0, Role.CONTENTS_STORY: 1}
NO_SMALL_CAPS = re.compile(
    "[\u0250-\u02af\u0370-\u058f\u10d0-\u10ff\u1e00-\u1fff]"
)  # lower-case letters as rarely drawn
OUTLANDISH = re.compile("[^\x00-\u024f\u2000-\u2bff]")  # neither those above nor what runs from right to left is Latin
LONG_WORD = 16  # letters; in a table on a phone such a word may be broken anywhere
OWN_QUOTE = (Container("quote", -1),)  # around a quotation that came without one


@dataclass(slots=True)
class LazyGroup:
    """What lies at hand while one page is set."""

    marks: Marks
    language: str  # of the page
    book_language: str  # of paragraphs that name none
    plates: Mapping[str, Plate]
    breaks: Mapping[str, tuple[str, str]]  # anchor -> id and label of the printed page that begins there
    figure_word: str = "Figure"
    used: set[str] = field(default_factory=set)  # ids that stand on the page
    lead: str = ""  # stands at the start of the next paragraph: a footnote's number

    def take_lead(self) -> str:
        lead, self.lead = self.lead, ""
        return lead

    def identity(self, anchor: str) -> str:
        """An `id` attribute, once for every anchor."""
        if not anchor or anchor in self.used:
            return ""
        self.used.add(anchor)
        return f' id="{anchor}"'

    def page_break(self, anchor: str) -> str:
        if anchor not in self.breaks:
            return ""
        identity, label = self.breaks[anchor]
        if identity in self.used:
            return ""
        self.used.add(identity)
        return (
            f'<span epub:type="pagebreak" role="doc-pagebreak" id="{identity}" aria-label="{attribute(label)}"></span>'
        )


class Flow:
    """Sets items one after the other and keeps count of what is open: header, sections, quotes, lists, items."""

    def __init__(self, desk: LazyGroup, level: int) -> None:
        self.desk = desk
        self.out: list[str] = []
        self.head = False
        self.levels: list[int] = [level]  # heading levels of the open sections; the first is the page's own
        self.titled = False  # the page's own section has its heading
        self.path: list[tuple[str, int, int]] = []
        self.begun: set[tuple[int, int]] = set()  # list items whose number has been printed
        self.depth = -1  # of the open contents list

    def set(self, items: Iterable[Item]) -> str:
        for place, item in enumerate(items):
            self._header(place, item)
            if isinstance(item, Paragraph):
                self._paragraph(item)
            else:
                self._leave_to([])
                self._contents_to(-1)
                if isinstance(item, Figure):
                    self.out.append(figure(item, self.desk))
                else:
                    self.out.append(table(item, self.desk))
        self._close_header()
        self._leave_to([])
        self._contents_to(-1)
        while len(self.levels) > 1:
            self.levels.pop()
            self.out.append("</section>\n")
        return "".join(self.out)

    def _header(self, place: int, item: Item) -> None:
        belongs = isinstance(item, Paragraph) and item.role in HEAD_ROLES and not item.inside
        if place == 0 and belongs:
            self.head = True
            self.out.append("<header>\n")
        elif self.head and not belongs:
            self._close_header()

    def _close_header(self) -> None:
        if self.head:
            self.head = False
            self.out.append("</header>\n")

    def _paragraph(self, item: Paragraph) -> None:
        if item.role in CONTENTS_DEPTH and not item.inside:
            self._leave_to([])
            self._contents(item)
            return
        self._contents_to(-1)
        inside = item.inside
        if item.role is Role.BLOCK_QUOTE and not any(c.kind == "quote" for c in inside):
            inside = OWN_QUOTE + inside
        self._leave_to(inside)
        self._enter(inside)
        if item.level and not inside and item.text.strip():
            self._heading(item)
        else:
            self.out.append(paragraph(item, self.desk))

    # Headings and the sections they open

    def _heading(self, item: Paragraph) -> None:
        if not self.titled and len(self.levels) == 1:
            self.titled = True
            self.out.append(heading(item, self.levels[0], self.desk))
            return
        self._close_header()
        own = self.levels[0]
        while len(self.levels) > 1 and self.levels[-1] >= item.level:
            self.levels.pop()
            self.out.append("</section>\n")
        self.levels.append(max(item.level, own + 1))
        shown = min(6, own + len(self.levels) - 1)  # however deep the source says: no level is jumped over
        self.out.append(f"<section>\n{heading(item, shown, self.desk)}")

    # Quotes and lists

    def _steps(self, inside: Iterable[Container]) -> list[tuple[str, int, int]]:
        steps: list[tuple[str, int, int]] = []
        for container in inside:
            if container.kind == "quote":
                steps.append(("blockquote", container.key, 0))
            else:
                steps.append(("ol" if container.kind == "numbers" else "ul", container.key, 0))
                steps.append(("li", container.key, container.item))
        return steps

    def _leave_to(self, inside: Iterable[Container]) -> None:
        wanted = self._steps(inside)
        same = 0
        while same < min(len(self.path), len(wanted)) and self.path[same] == wanted[same]:
            same += 1
        while len(self.path) > same:
            self.out.append(f"</{self.path.pop()[0]}>\n")

    def _enter(self, inside: Iterable[Container]) -> None:
        for step in self._steps(inside)[len(self.path) :]:
            tag, key, item = step
            self.path.append(step)
            if tag != "li":
                self.out.append(f"<{tag}>\n")
                continue
            label = next(c.label for c in inside if c.key == key and c.item == item and c.kind != "quote")
            self.out.append(f"<li{self._label(key, item, label)}>")

    def _label(self, key: int, item: int, label: str) -> str:
        """A number is printed as typed: its value for every reader, its shape ("3)") where style sheets are kept."""
        if (key, item) in self.begun:
            return ' class="goes-on"'
        self.begun.add((key, item))
        number = re.match(r"\d{1,9}", label)
        if number is None:
            return ""
        return f' value="{int(number[0])}" class="numbered" data-label="{attribute(label)}"'

    # The contents

    def _contents(self, item: Paragraph) -> None:
        depth = CONTENTS_DEPTH[item.role]
        if depth > self.depth + 1:
            depth = self.depth + 1
        self._contents_to(depth)
        if self.depth < depth:
            self.out.append('<ol class="contents-list">\n')
            self.depth = depth
        else:
            self.out.append("</li>\n")
        self.out.append(f"<li>{paragraph(item, self.desk)}")

    def _contents_to(self, depth: int) -> None:
        while self.depth > depth:
            self.depth -= 1
            self.out.append("</li>\n</ol>\n")


def opening(item: Paragraph, desk: LazyGroup) -> str:
    """The attributes of a paragraph's element."""
    names = item.role.value
    if item.changed:
        names += " changed"
    text = item.text
    if not text.isascii() and OUTLANDISH.search(text) and NO_SMALL_CAPS.search(text):
        names += " plain-letters"
    direction = direction_attribute(text, item.lang or desk.book_language, desk.language)
    language = language_attributes(item.lang or desk.book_language, desk.language)
    return f'{desk.identity(item.anchor)} class="{names}"{language}{direction}'


def heading(item: Paragraph, level: int, desk: LazyGroup) -> str:
    """A heading; the mark of a printed page stands before it, so that it is not read as a part of it."""
    mark = desk.page_break(item.anchor)
    return f"{mark}<h{level}{opening(item, desk)}>{_inside(item, desk)}</h{level}>\n"


def paragraph(item: Paragraph, desk: LazyGroup) -> str:
    """A paragraph, stanza, scene break or literal passage."""
    mark = desk.page_break(item.anchor)
    if item.role not in (Role.SCENE_BREAK, Role.CODE):
        mark += desk.take_lead()
    if item.role is Role.SCENE_BREAK:
        text = attribute(item.text)
        return f'{mark}<hr{opening(item, desk)} data-text="{text}"/>\n'
    if item.role is Role.CODE:
        return f"{mark}<pre{opening(item, desk)}><code>{_inside(item, desk, newline=chr(10))}</code></pre>\n"
    if item.role is Role.VERSE:
        around = item.lang or desk.book_language
        lines = [f'<span class="line">{inline(line, desk.marks, around)}</span>' for line in verse_lines(item.runs)]
        return f"<p{opening(item, desk)}>{mark}{'<br/>'.join(lines)}</p>\n"
    if item.target and (address := desk.marks.where(item.target)):
        plain = [run._replace(link="", note=0) for run in item.runs]
        words = inline(plain, desk.marks, item.lang or desk.book_language)
        return f'<p{opening(item, desk)}>{mark}<a href="{quoted(address)}">{words}</a></p>\n'
    return f"<p{opening(item, desk)}>{mark}{_inside(item, desk)}</p>\n"


def _inside(item: Paragraph, desk: LazyGroup, newline: str = "<br/>") -> str:
    return inline(item.runs, desk.marks, item.lang or desk.book_language, newline)


def figure(item: Figure, desk: LazyGroup) -> str:
    """A picture with its caption and credit; without a picture (it could not be prepared) the words still stand."""
    language = item.lang or desk.book_language
    plate = desk.plates.get(item.photo)
    parts = [desk.page_break(item.anchor)]
    for words in (item.caption, item.credit):
        if words is not None and item.anchor not in desk.breaks:
            parts.append(desk.page_break(words.anchor))
    shape = plate.shape if plate else "lost"
    changed = language_attributes(language, desk.language)
    parts.append(f'<figure{desk.identity(item.anchor)} class="plate {shape}"{changed}>\n')
    if plate:
        parts.append(
            f'<img src="../{plate.name}" {alternative(item, desk)} width="{plate.width}" height="{plate.height}"/>\n'
        )
    lines: list[str] = []
    if item.caption is not None:
        label = f'<span class="label">{escape(item.label)}</span> ' if item.label else ""
        caption = item.caption
        lines.append(f"<p{opening(caption, desk)}>{label}{_inside(caption, desk)}</p>\n")
    if item.credit is not None:
        lines.append(f"<p{opening(item.credit, desk)}>{_inside(item.credit, desk)}</p>\n")
    if lines:
        parts.append(f"<figcaption>\n{''.join(lines)}</figcaption>\n")
    return "".join([*parts, "</figure>\n"])


def alternative(item: Figure, desk: LazyGroup) -> str:
    """The words that stand for a picture. Where the author gave none, its name stands in, and is marked as no description."""
    if item.decorative:
        return 'alt="" role="presentation"'
    if item.alt.strip():
        return f'alt="{attribute(item.alt)}"'
    return f'alt="{attribute(item.label or desk.figure_word or "…")}" data-alt="missing"'


def table(item: Table, desk: LazyGroup) -> str:
    """A table whose head names its columns and whose first named column names its rows."""
    row_head = next((number for number, words in enumerate(item.head) if words.strip()), -1)
    title = f' aria-label="{attribute(item.title)}"' if item.title.strip() else ""
    out = [desk.page_break(item.anchor), f'<table{desk.identity(item.anchor)} class="figures"{title}>\n<colgroup>']
    out.extend(f'<col style="width:{100 * share:.4g}%"/>' for share in item.widths)
    out.append("</colgroup>\n<thead>\n<tr>")
    for number, words in enumerate(item.head):
        right = ' class="right"' if number in item.right else ""
        cell = f'<th scope="col"{right}>{escape(words)}</th>' if words.strip() else "<td></td>"
        out.append(cell)
    out.append("</tr>\n</thead>\n<tbody>\n")
    strong = frozenset(item.strong)
    for order, row in enumerate(item.rows):
        out.append('<tr class="strong">' if order in strong else "<tr>")
        for number, words in enumerate(row):
            names = ["right"] * (number in item.right) + ["long"] * (
                len(words) > LONG_WORD and any(len(word) > LONG_WORD for word in words.split())
            )
            look = f' class="{" ".join(names)}"' if names else ""
            start, end = ('th scope="row"', "th") if number == row_head and words.strip() else ("td", "td")
            direction = direction_attribute(words, desk.language, desk.language)
            out.append(f"<{start}{look}{direction}>{escape(words)}</{end}>")
        out.append("</tr>\n")
    out.append("</tbody>\n</table>\n")
    return "".join(out)


def footnotes(notes: Iterable[Note], references: Mapping[int, str], desk: LazyGroup) -> str:
    """The notes of a page at its end; each number leads back to its mark in the text."""
    out: list[str] = []
    for note in notes:
        back = references.get(note.number, "")
        number = str(note.number)
        if back:
            number = f'<a epub:type="backlink" role="doc-backlink" href="#{back}">{number}</a>'
        desk.lead = f'<span class="note-number">{number}</span> '
        body = Flow(desk, 6).set(note.paragraphs)
        if desk.lead:
            body = f"<p>{desk.take_lead()}</p>\n{body}"
        out.append(
            f'<aside{desk.identity(note.anchor)} epub:type="footnote" role="doc-footnote" class="footnote">\n{body}</aside>\n'
        )
    return f'<div class="footnotes" epub:type="footnotes">\n{"".join(out)}</div>\n' if out else ""
