"""What stands on a page beside the words of the book: running heads, folios, line numbers, stamps and marks of a proof."""

from __future__ import annotations

from dataclasses import replace

from milebook.draft import Draft, Paragraph, Role
from milebook.layout import Layout, Style
from milebook.prose.blocks import Run
from milebook.writers.pdf.draw import Pen
from milebook.writers.pdf.frame import Frame
from milebook.writers.pdf.galley import Block, Compositor
from milebook.writers.pdf.pages import Page
from milebook.writers.pdf.tags import Element

QUERY_SPACE = 16.0  # points between the text, a query's box and the edge of the sheet
HEAD_DROP = 20.0  # points from a running head's baseline to the top of the type area


class Furniture:
    """Draws it for one document."""

    def __init__(self, draft: Draft, layout: Layout, compositor: Compositor, pen: Pen, frame: Frame) -> None:
        self.draft, self.layout, self.compositor, self.pen, self.frame = draft, layout, compositor, pen, frame
        body = compositor.style(Role.BODY)
        self._head = Style(font=body.font, size=9.0, leading=11.0, small_caps=True, tracking=50.0, old_figures=True)
        self._folio = Style(font=body.font, size=body.size * 0.95, leading=11.0, old_figures=True)
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

    def under(self, page: Page) -> None:
        """What lies under the text: the words across a proof."""
        words = self.layout.page.watermark
        if words:
            style = Style(font="text", size=10.0, caps=True, tracking=60.0)
            self.pen.watermark(self.compositor.look(style), words, self.frame.width, self.frame.height)

    def over(self, page: Page, left: float, top: float) -> None:
        """Heads, folios and marks."""
        settings = self.layout.page
        right = left + self.frame.measure
        bare = page.opener or self._picture_only(page)
        display = page.placed and self.draft.parts[page.placed[0].block.part].kind in _DISPLAY
        if settings.header == "shunn":
            self._shunn(page, right)
        elif settings.header == "book" and settings.running_heads and not bare and not display:
            self._running(page, left, right, top)
        if settings.folios != "none" and not display and settings.header != "shunn" and not self._picture_only(page):
            self._number(page, left, right, top, bare)
        if self.draft.proof_line:
            y = max(14.0, self.frame.bottom * 0.3)
            self.pen.words(self.compositor.look(self._small), self.draft.proof_line, left, y - 6.0)
        if settings.line_numbers:
            self._line_numbers(page, left, right, top)
        self._changes(page, left, right, top)
        if self._queries:
            self._margin(page, left, right, top)

    def _picture_only(self, page: Page) -> bool:
        return bool(page.placed) and all(one.block.kind == "figure" for one in page.placed)

    def _running(self, page: Page, left: float, right: float, top: float) -> None:
        part = self.draft.parts[page.part] if page.part >= 0 else None
        if part is None:
            return
        first = page.placed[0] if page.placed else None
        if first is not None and first.first == 0 and getattr(first.block.item, "role", "") == Role.STORY_TITLE:
            return  # the title itself heads the page
        starts = [one.block.part for one in page.placed if one.first == 0 and self.draft.parts[one.block.part].kind == "story" and getattr(one.block.item, "role", "") == Role.STORY_TITLE]  # fmt: skip
        if page.recto and self.frame.mirrored:
            number = page.part
            if (starts and self.draft.parts[page.part].kind == "chapter") or (
                starts and page.placed[0].block.part == starts[0]
            ):
                number = starts[0]
            text = self.draft.parts[number].running or self.draft.parts[number].title
        else:
            text = self._titles[page.part]
        if text:
            self.pen.words(self.compositor.look(self._head), text, (left + right) / 2, top + HEAD_DROP, "center")

    def _number(self, page: Page, left: float, right: float, top: float, bare: bool) -> None:
        look = self.compositor.look(self._folio)
        if bare or self.layout.page.folios == "foot" or not self.layout.page.running_heads:
            y = self.frame.height - self.frame.top - self.frame.depth - min(30.0, self.frame.bottom * 0.5)
            self.pen.words(look, page.label, (left + right) / 2, max(y, 20.0), "center")
        elif page.recto:
            self.pen.words(look, page.label, right, top + HEAD_DROP, "right")
        else:
            self.pen.words(look, page.label, left, top + HEAD_DROP)

    def _shunn(self, page: Page, right: float) -> None:
        """Surname / Keyword / page, top right, but not on the first page."""
        if (page.folio == 1 and not page.roman and page.part <= 0) or (page.placed and self.draft.parts[page.placed[0].block.part].kind == "manuscript-title"):  # fmt: skip
            return
        text = " / ".join([*(word for word in self.draft.header if word), page.label])
        body = self.compositor.style(Role.BODY)
        style = replace(body, small_caps=False, italic=False, bold=False)
        self.pen.words(self.compositor.look(style), text, right, self.frame.height - 36.0 - body.size * 0.5, "right")

    def _line_numbers(self, page: Page, left: float, right: float, top: float) -> None:
        look = self.compositor.look(self._small)
        number = 0
        for one in page.placed:
            if one.block.kind != "text":
                continue
            for k in range(one.first, one.last):
                number += 1
                y = top - one.y - (k - one.first) * one.block.leading - one.block.baseline
                if page.recto or not self.frame.mirrored:
                    self.pen.words(look, str(number), left - 10.0, y, "right")
                else:
                    self.pen.words(look, str(number), right + 10.0, y)

    def _margin(self, page: Page, left: float, right: float, top: float) -> None:
        """The queries that hang on this page's lines, each in a box in the outer margin beside its line."""
        pen, frame = self.pen, self.frame
        on_right = page.recto or not frame.mirrored
        room = (frame.width - right if on_right else left) - 2 * QUERY_SPACE
        if room < 40.0:
            return
        x = right + QUERY_SPACE if on_right else left - QUERY_SPACE - room
        ceiling = top + 8.0
        for one in page.placed:
            for k in range(one.first, one.last) if one.block.kind == "text" else ():
                for serial in one.block.queries.get(k, ()):
                    query = self._queries.get(serial)
                    if query is None:
                        continue
                    runs = (Run(query.label + " ", bold=True), Run(query.text))
                    paragraph = Paragraph(Role.QUERY, runs, f"query-{serial}", lang="")
                    block = self.compositor.paragraph(paragraph, one.block.part, style=self._query, width=room - 8.0)
                    line = top - one.y - (k - one.first) * one.block.leading - one.block.baseline
                    head = min(ceiling, line + 9.0)
                    foot = head - block.text_height - 6.0
                    if foot < 24.0:
                        block.lines = block.lines[: max(1, int((head - 30.0) // block.leading))]
                        foot = head - block.text_height - 6.0
                    edge = right if on_right else left
                    pen.box(x, foot, room, head - foot)
                    pen.slant(edge + (3.0 if on_right else -3.0), line + 2.0, x if on_right else x + room, head - 6.0)
                    owner = self._note(one.block, serial)
                    for number, words in enumerate(block.lines):
                        pen.line(words, x + 4.0, head - 3.0 - number * block.leading - block.baseline, owner)
                    ceiling = foot - 4.0

    def _note(self, block: Block, serial: int) -> Element | None:
        """The query's place in what is read aloud: after the paragraph it hangs on."""
        tree = self.pen.tree
        leaf = tree.leaves.get(id(block)) if tree is not None else None
        if leaf is None or leaf.parent is None:
            return None
        kids = leaf.parent.kids
        note = Element("Note", id=f"query-{serial}")
        note.parent = leaf.parent
        kids.insert(kids.index(leaf) + 1, note)
        return Element("P", note)

    def _changes(self, page: Page, left: float, right: float, top: float) -> None:
        for one in page.placed:
            item = one.block.item
            if isinstance(item, Paragraph) and item.changed:
                x = right + 5.0 if page.recto else left - 5.0
                y = top - one.y
                self.pen.upright(x, y - (one.last - one.first) * one.block.leading + 2.0, y - 2.0)


_DISPLAY = ("half-title", "title", "copyright", "dedication", "epigraph", "manuscript-title")
