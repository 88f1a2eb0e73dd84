"""What is on a page besides the words of the book: running heads, folios, line numbers, stamps and marks of a proof.

What a page's number decides is drawn apart from the rest, so that a page can take another number without being set again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from milebook.layout import Layout, Style
from milebook.model.draft import Draft, DraftQuery, Paragraph, Role
from milebook.model.text import Run
from milebook.writers.pdf.drawing.pen import Pen
from milebook.writers.pdf.file.tags import Element
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import members
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.pages.frame import LEAST_MARGIN, Frame
from milebook.writers.pdf.pages.positions import PlacedPage

QUERY_SPACE = 16.0  # points between the text, a query's box and the edge of the sheet
BOX_GAP = 3.0  # points between one query's box and the next
HEAD_DROP = 20.0  # points from a running head's baseline to the top of the type area


class Heading(NamedTuple):
    """What stands at a page's head and foot, but for its number: decided with the page, drawn when that is known."""

    text: str  # of the running head
    folio: str  # head | foot | "" for none
    shunn: bool  # has a manuscript's head


class PageMarks:
    """Draws it for one document."""

    def __init__(self, draft: Draft, layout: Layout, compositor: Compositor, pen: Pen, frame: Frame) -> None:
        self.draft, self.layout, self.compositor, self.pen, self.frame = draft, layout, compositor, pen, frame
        body = compositor.style(Role.BODY)
        self._head = Style(font=body.font, size=9.0, leading=11.0, small_caps=True, tracking=50.0)
        self._folio = Style(font=body.font, size=body.size * 0.9, leading=11.0)
        self._small = Style(font=body.font, size=7.0, leading=9.0)
        self._query = Style(font=body.font, size=8.0, leading=10.0, align="left", hyphenate=True)
        self._queries = {query.serial: query for query in draft.queries}
        self._titles = self._chapters()

    def _chapters(self) -> list[str]:
        """For every Part the title of the chapter (or text) it belongs to."""
        out, chapter = [], ""
        for part in self.draft.parts:
            if part.kind == "chapter":
                chapter = part.running or part.title
                out.append(chapter)
            elif part.kind == "story":
                out.append(chapter or part.running or part.title)
            else:
                chapter = ""
                out.append(part.running or part.title)
        return out

    def under(self) -> None:
        """What lies under the text: the words across a proof."""
        words = self.layout.page.watermark
        if words:
            style = Style(font="text", size=10.0, caps=True, tracking=60.0)
            self.pen.watermark(self.compositor.look(style), words, self.frame.width, self.frame.height)

    def beside(self, page: PlacedPage, left: float, top: float) -> None:
        """What stands beside the lines: their numbers, bars where something changed, queries."""
        right = left + self.frame.measure
        if self.layout.page.line_numbers and not self._of_kind(page, _APART):
            self._line_numbers(page, left, right, top)
        self._changes(page, left, right, top)
        if self._queries:
            self._margin(page, left, right, top)

    def heading(self, page: PlacedPage) -> Heading:
        """What stands at the head and foot of a page."""
        settings = self.layout.page
        alone = self._picture_only(page)
        bare = page.opener or alone
        display = self._of_kind(page, _DISPLAY)
        shunn = settings.header == "shunn"
        text = folio = ""
        if settings.header == "book" and settings.running_heads and not bare and not display:
            text = self._running(page)
        if settings.folios != "none" and not display and not self._of_kind(page, _APART) and not shunn:
            folio = "foot" if bare or settings.folios == "foot" or not settings.running_heads else "head"
        return Heading(text, folio, shunn and not self._of_kind(page, ("manuscript-title",)))

    def head(self, heading: Heading, label: str, *, recto: bool, first: bool) -> None:
        """Draw what stands at the head and foot. `label` is the page's number; the `first` page of a book has no Shunn head."""
        left, top = self.frame.left(recto), self.frame.height - self.frame.top
        right = left + self.frame.measure
        if heading.shunn and not first:
            self._shunn(label, right)
        if heading.text:
            look = self.compositor.look(self._head)
            self.pen.words(
                look, heading.text, (left + right) / 2, top + HEAD_DROP, "center", leftward=self.frame.leftward
            )
        look = self.compositor.look(self._folio)
        if heading.folio == "foot":
            self.pen.words(look, label, (left + right) / 2, foot_line(self.frame), "center")
        elif heading.folio and self.frame.on_right(recto):
            self.pen.words(look, label, right, top + HEAD_DROP, "right")
        elif heading.folio:
            self.pen.words(look, label, left, top + HEAD_DROP)
        if self.draft.proof_line:
            self._stamp(left)

    def _of_kind(self, page: PlacedPage, kinds: Collection[str]) -> bool:
        return bool(page.placed) and self.draft.parts[page.placed[0].block.part].kind in kinds

    def _stamp(self, left: float) -> None:
        """What proof this is, at the foot of the sheet, clear of the text whatever side the wide margin is on."""
        y = max(14.0, self.frame.bottom * 0.3)
        for number, line in enumerate(self.draft.proof_line.split("\n")):
            self.pen.words(self.compositor.look(self._small), line, min(left, self.frame.inside), y - 9.0 * number)

    def _picture_only(self, page: PlacedPage) -> bool:
        return bool(page.placed) and all(one.block.kind == "figure" for one in page.placed)

    def _running(self, page: PlacedPage) -> str:
        if page.part < 0:
            return ""
        first = page.placed[0] if page.placed else None
        if first is not None and first.first == 0 and getattr(first.block.item, "role", "") == Role.STORY_TITLE:
            return ""  # the title itself heads the page
        parts = self.draft.parts
        starts = [one.block.part for one in page.placed if one.first == 0 and parts[one.block.part].kind == "story" and getattr(one.block.item, "role", "") == Role.STORY_TITLE]  # fmt: skip
        if page.recto and self.frame.mirrored:
            number = page.part
            if (starts and parts[page.part].kind == "chapter") or (starts and page.placed[0].block.part == starts[0]):
                number = starts[0]
            return parts[number].running or parts[number].title
        return self._titles[page.part]

    def _shunn(self, label: str, right: float) -> None:
        """Surname / Keyword / page, top right."""
        text = " / ".join([*(word for word in self.draft.header if word), label])
        body = self.compositor.style(Role.BODY)
        style = replace(body, small_caps=False, italic=False, bold=False)
        self.pen.words(self.compositor.look(style), text, right, self.frame.height - 36.0 - body.size * 0.5, "right", leftward=self.frame.leftward)  # fmt: skip

    def _line_numbers(self, page: PlacedPage, left: float, right: float, top: float) -> None:
        look = self.compositor.look(self._small)
        number = 0
        for one in page.placed:
            if one.block.kind != "text":
                continue
            for k in range(one.first, one.last):
                number += 1
                y = top - one.y - (k - one.first) * one.block.leading - one.block.baseline
                if self.frame.on_right(page.recto):
                    self.pen.words(look, str(number), left - 10.0, y, "right")
                else:
                    self.pen.words(look, str(number), right + 10.0, y)

    def _margin(self, page: PlacedPage, left: float, right: float, top: float) -> None:
        """The queries that hang on this page's lines, each in a box in the outer margin beside its line.

        Where they would not all fit they are set smaller, then cut short, and the last of them sent to the list of queries.
        """
        frame = self.frame
        on_right = frame.on_right(page.recto)
        room = (frame.width - right if on_right else left) - 2 * QUERY_SPACE
        asked = self._asked(page, top)
        if room < 40.0 or not asked:
            return
        x = right + QUERY_SPACE if on_right else left - QUERY_SPACE - room
        ceiling, floor = frame.height - 30.0, frame.bottom * 0.3 + 16.0
        boxes = self._boxes(asked, room, ceiling - floor)
        heads: list[float] = []
        for box in boxes:  # down the page, none above its line if that can be helped
            heads.append(
                min(ceiling if not heads else heads[-1] - boxes[len(heads) - 1].height - BOX_GAP, box.line + 9.0)
            )
        lowest = floor
        for number in range(len(boxes) - 1, -1, -1):  # and up again from the foot
            heads[number] = max(heads[number], lowest + boxes[number].height)
            lowest = heads[number] + BOX_GAP
        edge = right if on_right else left
        for box, head in zip(boxes, heads, strict=True):
            self.pen.box(x, head - box.height, room, box.height)
            if box.pointed:
                near, far = edge + (3.0 if on_right else -3.0), x if on_right else x + room
                self.pen.slant(near, box.line + 2.0, far, head - 6.0)
            owner = self._note(box.host, box.serial)
            for number, words in enumerate(box.set.lines):
                y = head - 3.0 - number * box.set.leading - box.set.baseline
                self.pen.line(words, x + 4.0, y, owner)

    def _asked(self, page: PlacedPage, top: float) -> list[tuple[DraftQuery, SetBlock, float]]:
        """The queries of a page, each with the paragraph it hangs on and the height of its line's baseline."""
        asked = []
        for one in page.placed:
            for k in range(one.first, one.last) if one.block.kind == "text" else ():
                for serial in one.block.queries.get(k, ()):
                    if serial in self._queries:
                        line = top - one.y - (k - one.first) * one.block.leading - one.block.baseline
                        asked.append((self._queries[serial], one.block, line))
        return asked

    def _boxes(self, asked: list[tuple[DraftQuery, SetBlock, float]], room: float, depth: float) -> list[_Box]:
        """The queries set in boxes that fit one below the other."""

        def box(
            query: DraftQuery, host: SetBlock, line: float, style: Style, longest: int, pointed: bool = True
        ) -> _Box:
            words = query.text if len(query.text) <= longest else f"{query.text[:longest].rstrip()}…"
            runs = (Run(f"{query.label} ", bold=True), Run(words))
            paragraph = Paragraph(Role.QUERY, runs, f"query-{query.serial}", lang="")
            block = self.compositor.paragraph(paragraph, host.part, style=style, width=room - 8.0)
            return _Box(query.serial, host, line, block, block.text_height + 6.0, pointed)

        boxes: list[_Box] = []
        for size, longest in ((8.0, 10_000), (7.0, 10_000), (6.5, 10_000), (6.5, 120), (6.5, 28)):
            style = replace(self._query, size=size, leading=size * 1.25)
            boxes = [box(*one, style, longest) for one in asked]
            if sum(one.height + BOX_GAP for one in boxes) - BOX_GAP <= depth:
                return boxes
        style = replace(self._query, size=6.5, leading=8.0)
        kept = max(1, int((depth - 30.0) // (max(one.height for one in boxes) + BOX_GAP)))
        query, host, line = asked[kept]
        rest = query._replace(label=f"{query.label}–{asked[-1][0].label}", text="see the list of queries")
        return [*boxes[:kept], box(rest, host, line, style, 100, pointed=False)]

    def _note(self, block: SetBlock, serial: int) -> Element | None:
        """The query's place in what is read aloud: after the paragraph it hangs on, and the queries before it there."""
        tree = self.pen.tree
        leaf = tree.leaves.get(id(block)) if tree is not None else None
        if leaf is None or leaf.parent is None:
            return None
        kids = leaf.parent.kids
        note = Element("Note", id=f"query-{serial}")
        note.parent = leaf.parent
        at = kids.index(leaf) + 1
        while at < len(kids) and str(getattr(kids[at], "id", "")).startswith("query-"):
            at += 1
        kids.insert(at, note)
        return Element("P", note)

    def _changes(self, page: PlacedPage, left: float, right: float, top: float) -> None:
        """A bar in the outer margin beside everything that is not as it was in an earlier proof."""
        x = right + 5.0 if self.frame.on_right(page.recto) else left - 5.0
        for one in (*page.placed, *page.notes):
            block = one.block
            y = top - one.y
            if block.kind == "text" and isinstance(block.item, Paragraph) and block.item.changed:
                self.pen.upright(x, y - (one.last - one.first) * block.leading + 2.0, y - 2.0)
            for figure in members(block) if block.kind == "figure" else ():
                if figure.item.changed:
                    self.pen.upright(x, y - one.height, y)
                below = y - one.height
                for caption in figure.captions:
                    below -= caption.before
                    if caption.item.changed:
                        self.pen.upright(x, below - caption.text_height + 1.0, below - 1.0)
                    below -= caption.text_height


class _Box(NamedTuple):
    """A query as set: the paragraph and the height of the line it belongs to, and whether a line leads there."""

    serial: int
    host: SetBlock
    line: float
    set: SetBlock
    height: float
    pointed: bool


_APART = ("queries", "slip")  # milebook's own pages at the end of a proof, which have no number in the book
_DISPLAY = ("half-title", "title", "copyright", "dedication", "epigraph", "manuscript-title")


def foot_line(frame: Frame) -> float:
    """Baseline of a folio at the foot: half an inch from the edge at least, as printers ask, if there is room for it."""
    below = frame.height - frame.top - frame.depth
    return max(below - min(30.0, below * 0.5), min(LEAST_MARGIN + 1.0, below - 18.0), 12.0)
