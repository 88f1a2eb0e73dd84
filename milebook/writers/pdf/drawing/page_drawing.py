"""Draw the words, pictures, contents entries and tables of pages, with their links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from milebook.model.draft import CONTENTS, Figure, Paragraph, Role
from milebook.writers.pdf.drawing.pen import Pen
from milebook.writers.pdf.drawing.photos import Plates
from milebook.writers.pdf.file import tags
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import PAIR_GAP, members, size_at
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.galleys.lines import SetLine
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.placing import Placed
from milebook.writers.pdf.pages.positions import PlacedPage
from milebook.writers.pdf.pages.running_heads import PageMarks
from milebook.writers.pdf.typefaces.shaping import Look
from milebook.writers.picture_size import SHARP

LEADER_GAP = 6.0  # points between a leader and the words or the number beside it


class PageDrawing:
    """Draws the pages of one book."""

    def __init__(self, compositor: Compositor, frame: Frame, pen: Pen, marks: PageMarks, plates: Plates, labels: Mapping[str, str]) -> None:  # fmt: skip
        self.compositor, self.frame, self.pen, self.marks, self.plates, self.labels = (
            compositor,
            frame,
            pen,
            marks,
            plates,
            labels,
        )
        self.tree = pen.tree
        self.pictures: list[str] = []  # names of the image objects of the page that is being drawn
        self._heads: set[int] = set()  # rows that have been drawn once: a repeated head is nobody's words

    def page(self, number: int, page: PlacedPage) -> tuple[bytes, list[str]]:
        """One page with everything on it but what its number decides; its operators and the names of its pictures."""
        pen, frame = self.pen, self.frame
        pen.new_page(number)
        self.pictures = []
        left, top = frame.left(page.recto), frame.height - frame.top
        if not page.blank:
            self.marks.under()
        for one in page.placed:
            self._place(one, number, left, top)
        if page.rule >= 0:
            start = left + frame.measure - min(60.0, frame.measure / 4) if frame.leftward else left
            pen.rule(start, start + min(60.0, frame.measure / 4), top - page.rule, 0.4)
        for one in page.notes:
            self._place(one, number, left, top)
        if not page.blank:
            self.marks.beside(page, left, top)
        return pen.end_page(), self.pictures

    def _place(self, one: Placed, number: int, left: float, top: float) -> None:
        block = one.block
        self.pen.part = block.part
        y = top - one.y
        if not one.first:
            self._arrive(block, number, left, y)
        if block.kind == "text":
            self._text(block, one.first, one.last, left, y)
        elif block.kind == "figure":
            self._figure(one, left, y)
        else:
            self._row(block, left, y)

    def _arrive(self, block: SetBlock, number: int, left: float, y: float) -> None:
        """Remember where anchors are, for links and the outline."""
        place = (number, max(0.0, left - 12.0), min(y + 12.0, self.frame.height))
        places = self.pen.places
        places.setdefault(self.compositor.draft.parts[block.part].anchor, place)
        if block.item is not None and block.item.anchor:
            places.setdefault(block.item.anchor, place)
        for figure in block.pair[1:]:
            if figure.item.anchor:
                places.setdefault(figure.item.anchor, place)
        if block.note:
            places.setdefault(f"note:{block.part}:{block.note}", place)

    def _owner(self, block: SetBlock) -> Any:
        return self.tree.leaves.get(id(block), "artifact") if self.tree is not None else None

    def _text(self, block: SetBlock, first: int, last: int, left: float, top: float) -> None:
        pen, owner = self.pen, self._owner(block)
        x = left + block.left
        if isinstance(block.item, Paragraph) and block.item.role in CONTENTS and self.tree is not None:
            self._entry(block, first, last, x, top, owner)
            return
        if block.label and not first:
            mark = self.tree.labels.get(id(block), owner) if self.tree is not None else None
            self._label(block, mark, x, top)
        for k in range(first, last):
            y = top - (k - first) * block.leading - block.baseline
            pen.line(block.lines[k], x, y, owner)
        if isinstance(block.item, Paragraph) and block.item.role in CONTENTS:
            self._number(block, last, x, top - (last - 1 - first) * block.leading - block.baseline, None)

    def _label(self, block: SetBlock, owner: Any, x: float, top: float) -> None:
        pen = self.pen
        look = block.label[0][0].look
        width = sum([word.width for word, _ in block.label])
        start = x + block.label_x
        y = top - block.baseline
        line = SetLine(
            [block.label], 0.0, 0.0, 1.0, 0, width, False, () if len(block.label) > 1 or look.level else None
        )
        pen.line(line, start, y, owner)
        if block.note and self.tree is not None and isinstance(owner, tags.Element):
            link = tags.Element("Link", owner)
            pen.own(link)
            target = f"ref:{block.part}:{block.note}"
            rect = (start, y - 3.0, start + width, y + look.size * 0.8)
            pen.lead(link, rect, f"Back to the text of note {block.note}", target=target)

    def _entry(self, block: SetBlock, first: int, last: int, x: float, top: float, owner: Any) -> None:
        """An entry of the contents: words, leader, page number, all of it one link."""
        pen = self.pen
        link = (
            tags.Element("Link", owner)
            if first == 0
            else next((k for k in owner.kids if isinstance(k, tags.Element)), owner)
        )
        for k in range(first, last):
            pen.line(block.lines[k], x, top - (k - first) * block.leading - block.baseline, link)
        y = top - (last - 1 - first) * block.leading - block.baseline
        if last == len(block.lines):
            self._number(block, last, x, y, link)
        item = block.item
        if item.target in self.labels:
            ends = (
                (x - block.style.right, x + block.width)
                if self.frame.leftward
                else (x, x + block.width + block.style.right)
            )
            rect = (ends[0], y - 3.0, ends[1], top - block.baseline + block.style.size * 0.8)
            pen.lead(link, rect, f"{item.text}, page {self.labels[item.target]}", target=item.target)

    def _number(self, block: SetBlock, last: int, x: float, y: float, owner: Any) -> None:
        if last != len(block.lines) or not block.lines:
            return
        pen = self.pen
        label = self.labels.get(block.item.target, "")
        if not label:
            return
        style = replace(block.style, small_caps=False, italic=False, bold=False, tracking=0.0)
        look = self.compositor.look(style)
        line = block.lines[-1]
        beside = max(look.word(label).width + LEADER_GAP, block.style.right)  # one point for all entries
        dots = self.compositor.look(replace(self.compositor.style(Role.CONTENTS_STORY), italic=False, small_caps=False))
        if self.frame.leftward:
            edge = x - block.style.right
            self._leader(dots, edge + beside, x + line.x - LEADER_GAP, y)
            pen.words(look, label, edge, y, "left", owner)
            return
        edge = x + block.width + block.style.right
        self._leader(dots, x + line.x + line.width + LEADER_GAP, edge - beside, y)
        pen.words(look, label, edge, y, "right", owner)

    def _leader(self, look: Look, start: float, end: float, y: float) -> None:
        step = look.size * 0.62
        word = look.word(".")
        part = word.parts[0]
        first = -(-start // step)
        count = int(end // step - first)
        if count < 2:
            return
        pen = self.pen
        pen.own("artifact")
        pen._begin_text()
        pen._set(part.face, look, 1.0)
        kern = f"{(word.width - step) * 1000 / look.size:.0f}"
        pen._use(part.face).add(part.body)
        pen._code.append(f"1 0 0 1 {first * step:.2f} {y:.2f} Tm [{kern.join([part.body] * count)}] TJ")

    def _figure(self, one: Placed, left: float, top: float) -> None:
        """A picture in the middle of the measure, or the two of a pair side by side."""
        figures = members(one.block)
        sizes = [size_at(figure, one.height) for figure in figures]
        x = left + (self.frame.measure - sum(width for width, _ in sizes) - PAIR_GAP * (len(figures) - 1)) / 2
        for figure, (width, height) in zip(figures, sizes, strict=True):
            self._picture(figure, x, top - (one.height + height) / 2, width, height)
            lines = [line for caption in figure.captions for line in caption.lines]
            longest = max((line.x + line.width for line in lines), default=0.0)
            edge = x if longest <= width + 1.0 else max(left, x + (width - longest) / 2)
            below = top - one.height
            for caption in figure.captions:
                below -= caption.before
                self._text(caption, 0, len(caption.lines), edge - caption.left, below)
                below -= caption.text_height
            x += width + PAIR_GAP

    def _picture(self, block: SetBlock, x: float, y: float, width: float, height: float) -> None:
        figure: Figure = block.item
        owner: Any = None
        if self.tree is not None:
            owner = self.tree.leaves.get(id(block), "decoration")
            if isinstance(owner, tags.Element):
                owner.attributes = {
                    "O": "Layout",
                    "Placement": "Block",
                    "BBox": [round(v, 2) for v in (x, y, x + width, y + height)],
                }
        name = self.plates.place(figure, width, height, self._wanted(figure, width))
        if name:
            if name not in self.pictures:
                self.pictures.append(name)
            self.pen.picture(name, x, y, width, height, owner)
        else:
            self.pen.no_picture(x, y, width, height, owner)

    def _wanted(self, figure: Figure, width: float) -> float:
        """The width that a picture would have, were it not for its pixels."""
        wide, high = figure.pixels
        if high <= 0 or wide * 72.0 / SHARP > width + 1.0:
            return 0.0
        highest = self.compositor.layout.max_photo_height * self.frame.depth
        return min(self.frame.measure, highest * wide / high)

    def _row(self, block: SetBlock, left: float, top: float) -> None:
        pen = self.pen
        repeated = False
        if block.row < 0:
            repeated = id(block) in self._heads
            self._heads.add(id(block))
        for column, lines in enumerate(block.cells):
            owner: Any = None
            if self.tree is not None:
                owner = "artifact" if repeated else self.tree.cells.get((id(block), column), "artifact")
            x = left + block.columns[column][0]
            for k, line in enumerate(lines):
                pen.line(line, x, top - k * block.leading - block.baseline, owner)
        weight, gray = (0.6, 0.0) if block.row < 0 else (0.25, 0.6)
        pen.rule(left, left + self.frame.measure, top - block.height + 1.2, weight, gray)
