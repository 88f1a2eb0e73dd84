"""Set one chapter, or one text of the front or back matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from milebook.model.draft import Draft, Figure
from milebook.writers.pdf.drawing.page_drawing import PageDrawing
from milebook.writers.pdf.drawing.pen import Pen
from milebook.writers.pdf.drawing.photos import Plates
from milebook.writers.pdf.file import tags
from milebook.writers.pdf.file.structure import write_structure
from milebook.writers.pdf.file.syntax import begun
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import members, settle_captions, size_at
from milebook.writers.pdf.galleys.flow import blocks, note_blocks
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.galleys.lines import SetLine
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.positions import PageMaker, PlacedPage
from milebook.writers.pdf.pages.running_heads import Heading, PageMarks
from milebook.writers.pdf.set_chapter import Forme, Link, SetPage
from milebook.writers.pdf.stretches import Stretch
from milebook.writers.pdf.transcript import transcribe
from milebook.writers.pdf.typefaces.glyph_codes import codes_in


class Setting:
    """A stretch being set: its blocks, and its pages once `paginate` has made them."""

    def __init__(self, stretch: Stretch, compositor: Compositor, frame: Frame) -> None:
        self.stretch, self.compositor, self.frame = stretch, compositor, frame
        self.draft: Draft = compositor.draft
        self.pages: list[PlacedPage] = []
        self._notes: dict[int, dict[int, list[SetBlock]]] = {}
        self.blocks: list[SetBlock] = self._all_blocks()
        self.blocks[0].start = self.blocks[0].start or stretch.start

    def _all_blocks(self) -> list[SetBlock]:
        return list(blocks(self.compositor, self.stretch.first, self.stretch.last))

    def paginate(self, recto: bool) -> None:
        """Break paragraphs into lines and lines into pages; the first is a right-hand one or not."""
        maker = self._maker(self.blocks)
        self.pages = maker.make(recto)
        maker.end()
        self._settle(self.pages)

    def _maker(self, blocks: Sequence[SetBlock]) -> PageMaker:
        frame, grid = self.frame, self.compositor.layout.page.grid
        return PageMaker(blocks, frame.depth, grid, frame.mirrored, self.notes_of, self._again)

    @staticmethod
    def _settle(pages: Iterable[PlacedPage]) -> None:
        """Break captions as they have to be below pictures of the size that they got."""
        for page in pages:
            for one in page.placed:
                if one.block.kind == "figure":
                    settle_captions(one.block, one.height)

    def notes_of(self, part: int) -> dict[int, list[SetBlock]]:
        """The footnotes of a Part, by their printed number."""
        found = self._notes.get(part)
        if found is None:
            found = self._notes[part] = note_blocks(self.compositor, part) if self.draft.parts[part].notes else {}
        return found

    def _again(
        self, block: SetBlock, forbidden: frozenset[tuple[int, int]], kept: int, longer: int = 0
    ) -> Callable[[], None] | None:
        """Set a paragraph again, without some breaks or a line longer or shorter. Returns the way back."""
        found = self.compositor.other_length(block, longer) if longer else self.compositor.again(block, forbidden)
        before = block.lines
        if found is None or [line.text for line in found[:kept]] != [line.text for line in before[:kept]]:
            return None

        self._altered(block)
        self.put(block, found)
        return lambda: self.put(block, before)

    def put(self, block: SetBlock, lines: list[SetLine]) -> None:
        """Give a paragraph other lines."""
        block.lines = lines
        self.compositor._note_marks(block)

    def _altered(self, block: SetBlock) -> None:
        """Called before a paragraph gets other lines for the sake of its page."""

    # ---- drawing

    def pictures(self) -> Iterator[tuple[Figure, float, float]]:
        """Every picture with the width and height that it is drawn with, in points."""
        for page in self.pages:
            for one in page.placed:
                if one.block.kind == "figure":
                    for figure in members(one.block):
                        yield figure.item, *size_at(figure, one.height)

    def forme(self, plates: Plates, labels: Mapping[str, str], targets: frozenset[str], *, printing: bool) -> Forme:  # fmt: skip
        """The stretch as it is set. `labels` are the numbers of pages that a table of contents names, `targets` the anchors of
        the whole Draft."""
        tree = None if printing else tags.Tree(self.draft, self.stretch.level)
        if tree is not None:
            self._plant(tree)
        pen = Pen(tree, printing=printing, targets=targets)
        marks = PageMarks(self.draft, self.compositor.layout, self.compositor, pen, self.frame)
        drawing = PageDrawing(self.compositor, self.frame, pen, marks, plates, labels)
        before = len(plates.placements)
        pages = []
        for number, page in enumerate(self.pages):
            content, pictures = drawing.page(number, page)
            part = -1 if page.blank else page.part - self.stretch.first
            heading = Heading("", "", False) if page.blank else marks.heading(page)
            last = -1 if page.blank else page.last_part - self.stretch.first
            pages.append(SetPage(begun(content), heading, page.recto, part, pictures, page.white, last))
        kept, links = [], []
        for one in pen.annotations:
            place = pen.places.get(one.target) if one.target.startswith(("note:", "ref:")) else None
            if place is None and one.target.startswith(("note:", "ref:")):
                one.element.kids.remove(one)
                continue
            kept.append(one)
            links.append(Link(one.page, one.rect, one.contents, one.uri, "" if place else one.target, place))
        structure = write_structure(tree, len(pages), kept) if tree is not None else None
        if tree is not None:
            tree.end()
        return Forme(
            pages,
            structure,
            links,
            {anchor: place for anchor, place in pen.places.items() if not anchor.startswith(("note:", "ref:"))},
            self.labels(),
            {face: codes_in(bodies) for face, bodies in sorted(pen.drawn.items())},
            plates.placements[before:],
            self.transcript(),
        )

    def _plant(self, tree: tags.Tree) -> None:
        """Every block's place in the structure, in reading order; a note comes after the paragraph that refers to it."""
        for block in self.blocks:
            tree.add(block)
            for line in sorted(block.notes):
                for number in block.notes[line]:
                    for i, note in enumerate(self.notes_of(block.part).get(number, ())):
                        if id(note) not in tree.leaves:
                            anchor = f"note-{self.draft.parts[block.part].anchor}-{number}"
                            tree.add_note(note, anchor, not i)

    def labels(self) -> list[tuple[str, int]]:
        """Every anchor and the page it begins on, from 0."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.pages):
            for one in (*page.placed, *page.notes):
                block = one.block
                if one.first or not block.item:
                    continue
                part = self.draft.parts[block.part]
                found.setdefault(part.anchor, number)
                if block.item.anchor:
                    found.setdefault(block.item.anchor, number)
                if block.note:
                    note = next((n for n in part.notes if n.number == block.note), None)
                    if note is not None:
                        found.setdefault(note.anchor, number)
                for figure in members(block):
                    if figure.item.anchor:
                        found.setdefault(figure.item.anchor, number)
                    for caption in figure.captions:
                        found.setdefault(caption.item.anchor, number)
        return list(found.items())

    def transcript(self) -> list[tuple[str, str]]:
        """What the lines that were placed really say, in the Draft's order."""
        return transcribe(self.blocks, self.pages, self.notes_of)
