"""Break every paragraph into lines and measure every picture, before there are pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from milebook.layout import Layout, Style
from milebook.model.bidi import has_turns
from milebook.model.draft import ENTRIES, Draft, Paragraph, Role
from milebook.model.findings import Finding
from milebook.model.languages import reads_right_to_left, runs_right_to_left
from milebook.model.text import Container, Run
from milebook.writers.pdf.galleys import mixed_directions
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.boxes import FORCED_BREAK, HYPHENS, Box, box_of, boxes_of
from milebook.writers.pdf.galleys.hyphens import hyphenator
from milebook.writers.pdf.galleys.kept_lines import Known
from milebook.writers.pdf.galleys.linebreaks import break_paragraph
from milebook.writers.pdf.galleys.lines import SetLine, fit
from milebook.writers.pdf.galleys.measure import Measure
from milebook.writers.pdf.typefaces.embed import Fontcase
from milebook.writers.pdf.typefaces.shaping import Look, Mark, Segment, mark_of
from milebook.writers.pdf.typefaces.unprinted import Unprinted

CONTAINER_STEP = 16.0  # points by which every further quote or list stands in
LABEL_GAP = 5.0
MINIMUM_MEASURE = 60.0
VERSE_TURN = 24.0  # points by which the rest of a long verse line stands in
LONG_ENOUGH = 24  # words of a paragraph that may be set a line longer or shorter to fill a page
PER_LINE = (16000.0, 250000.0)  # what a line more or less is worth, tried in this order
TIGHT, LOOSE = 0.74, 1.45  # times their natural size: the spaces of a paragraph set so
SHORTEST_LAST = 28.0  # points of its last line


class Compositor:
    """Sets paragraphs of one Draft in one Layout, and remembers what it could not set as it should."""

    def __init__(self, draft: Draft, layout: Layout, measure: float, depth: float, known: Known | None = None) -> None:
        """`known` is what an earlier Compositor in the same layout has found out."""
        self.draft, self.layout, self.measure, self.depth = draft, layout, measure, depth
        self.case = Fontcase(dict(layout.fonts))
        self.grid = layout.page.grid
        self.known = Known() if known is None else known
        self.looks = self.known.looks
        self._styles: dict[str, Style] = {}
        self.unprinted = Unprinted()
        self._hosts: dict[tuple[int, int], int] = {}  # part and note -> the block under which the note is printed
        body = self.style(Role.BODY)
        self.body_baseline = baseline_of(body.size, body.leading)

    # ---- looks

    def style(self, role: str) -> Style:
        """The layout's style of a role, within what a page can hold."""
        style = self._styles.get(role)
        if style is None:
            asked = self.layout.styles.get(role) or Style()
            size = min(max(asked.size, 4.0), self.depth / 4, self.measure / 3)
            leading = min(max(asked.leading, size * 0.85, 5.0), self.depth / 3)
            left, right = max(asked.left, 0.0), max(asked.right, 0.0)
            if self.measure - left - right < MINIMUM_MEASURE:
                share = max(0.0, self.measure - MINIMUM_MEASURE) / max(left + right, 1.0)
                left, right = left * share, right * share
            room = self.measure - left - right
            style = self._styles[role] = replace(
                asked, size=size, leading=leading, left=left, right=right,
                indent=max(-left, min(asked.indent, room * 0.6)),
                before=max(0.0, min(asked.before, self.depth * 0.6)), after=max(0.0, min(asked.after, self.depth * 0.6)),
            )  # fmt: skip
        return style

    def look(self, style: Style, run: Run | None = None, language: str = "", scale: float = 1.0) -> Look:
        """The look of a run within a style; emphasis inside an italic style turns upright."""
        bold, italic, caps = style.bold, style.italic, style.caps
        small, family, size, rise = style.small_caps, style.font, style.size * scale, 0.0
        figures = "tabular" if style.table_figures else "old-style" if style.old_figures else "lining"
        if run is not None:
            bold = bold or run.bold
            italic = italic != run.italic
            small = small or run.small_caps
            if run.code and family != "mono":
                family, size = "mono", size * 0.84
            if run.note:
                figures = "superior"
        key = (family, bold, italic, small, caps, size, style.tracking, rise, style.color, figures, language)
        look = self.looks.get(key)
        if look is None:
            look = self.looks[key] = Look(self.case, *key)
        return look

    def boxes(self, runs: Iterable[Run], style: Style, language: str, *, literal: bool = False, leftward: bool = False) -> list[Box | None]:  # fmt: skip
        """Boxes of runs, in reading order; None is a line break the author asked for."""
        run_list = [run for run in runs if run.text or run.query]
        if leftward or any(has_turns(run.text) for run in run_list):
            return mixed_directions.boxes(
                run_list,
                lambda run, level: self.look(style, run, run.lang or language).at(level),
                int(leftward),
                literal=literal,
            )
        if len(run_list) == 1 and not literal and mark_of(run_list[0]) is None and "\n" not in run_list[0].text:
            return list(boxes_of(self.look(style, run_list[0], language), run_list[0].text.split(" ")))
        return self._boxes_of_looks(run_list, style, language, literal)

    def _boxes_of_looks(self, runs: list[Run], style: Style, language: str, literal: bool) -> list[Box | None]:
        """Boxes of runs of more than one look, with notes, links, queries or line breaks, all in one direction."""
        out: list[Box | None] = []
        segments: list[Segment] = []

        def close() -> None:
            if segments:
                word, mark = segments[0]
                if len(segments) == 1 and mark is None and not literal:
                    out.append(box_of(word.look, word.text))  # shared with all others like it
                else:
                    out.append(Box(tuple(segments)))
                segments.clear()

        def add(look: Look, word: str, mark: Mark | None) -> None:
            if word:
                segments.append((look.word(word), mark))

        for run in runs:
            mark = mark_of(run)
            look = self.look(style, run, run.lang or language)
            if run.query and not run.text:
                segments.append((look.word(""), mark))
                continue
            for i, line in enumerate(run.text.split("\n")):
                if i:
                    close()
                    out.append(None)
                if literal:
                    add(look, line.replace("\t", "    ").replace(" ", "\u00a0"), mark)
                    continue
                first, *rest = line.split(" ")
                add(look, first, mark)
                if rest and mark is None:
                    close()
                    out += boxes_of(look, rest[:-1])  # words that nothing else can be joined to
                    rest = rest[-1:]
                for word in rest:
                    close()
                    add(look, word, mark)
        close()
        return out

    # ---- paragraphs

    def paragraph(self, paragraph: Paragraph, part: int, *, style: Style | None = None, width: float = 0.0, inset: float = 0.0, label: str = "", runs: Sequence[Run] | None = None) -> SetBlock:  # fmt: skip
        """A paragraph as a block with its lines."""
        role = paragraph.role
        style = style or self.style(role)
        language = paragraph.lang or self.draft.parts[part].lang or self.draft.language
        leftward = self._leftward(paragraph, language)
        block = SetBlock(
            "text", part, paragraph, style, before=style.before, after=style.after, leading=style.leading,
            keep_next=style.keep_next, keep_together=style.keep_together,
        )  # fmt: skip
        block.baseline = self.body_baseline if style.leading == self.grid else baseline_of(style.size, style.leading)
        measure = width or self.measure
        left, right = _margins(paragraph, style.left + inset, style.right, measure)
        block.left, block.width = left, measure - left - right
        first, rest = style.indent, 0.0
        if (role == Role.VERSE or role == Role.CODE) and style.align == "left":
            first, rest = 0.0, min(VERSE_TURN, block.width / 4)
        literal = role == Role.CODE
        printed = paragraph.runs if runs is None else runs
        label = label or (_label(paragraph.inside) if role == Role.LIST_ITEM else "")
        if label:
            first = max(first, 0.0)  # the label hangs already
            self._add_label(block, label, replace(style, italic=False), language, leftward)
            if block.left + block.label_x < 0:
                block.left = min(-block.label_x, measure / 3)
                block.width = measure - block.left - right
        if leftward:  # the other way round
            block.left = right
            block.label_x = block.width + LABEL_GAP
        block.measure = Measure(block.width, first, rest, style.align, leftward)
        boxes = self.boxes(printed, style, language, literal=literal, leftward=leftward)
        self._set_lines(block, boxes, style, language)
        if len(printed) > 1 or (printed and mark_of(printed[0]) is not None):
            self._note_marks(block)
        if not all(run.text.isascii() for run in printed):
            self.unprinted.watch(paragraph, boxes)
        return block

    def _set_lines(self, block: SetBlock, boxes: list[Box | None], style: Style, language: str) -> None:
        """Break the words of a paragraph into lines of its block's measure."""
        hyphens = hyphenator(language) if style.hyphenate and self.layout.hyphens else None
        look = self.look(style, None, language)
        block.space, block.hyphenator = look.space, hyphens
        for section in _sections(boxes):
            if block.lines:
                block.lines[-1].end = FORCED_BREAK
            block.lines += self._lines(section, block)
        block.boxes = [] if None in boxes else [box for box in boxes if box is not None]

    def _leftward(self, paragraph: Paragraph, language: str) -> bool:
        """Whether the lines of a paragraph begin at the right. All entries of a list begin at the same side."""
        if paragraph.role in ENTRIES:
            return reads_right_to_left(self.draft.language)
        return runs_right_to_left(paragraph.text, language)

    def _add_label(self, block: SetBlock, label: str, style: Style, language: str, leftward: bool) -> None:
        boxes = self.boxes((Run(label.replace(" ", "\u00a0")),), style, language, leftward=leftward)
        block.label = tuple([segment for box in boxes if box is not None for segment in box.segments])
        block.label_x = -LABEL_GAP - sum([word.width for word, _ in block.label])

    def _lines(self, boxes: list[Box], block: SetBlock) -> list[SetLine]:
        measure = block.measure
        assert measure is not None
        if not boxes:
            return [SetLine([], measure.first, block.space, 1.0, -1, 0.0, False)]
        breaks = self.known.breaks_of(boxes, block.space, measure, block.hyphenator)
        return fit(boxes, breaks, block.space, measure)

    def again(self, block: SetBlock, forbidden: frozenset[tuple[int, int]]) -> list[SetLine] | None:
        """The lines of a paragraph with some breaks forbidden, or None where it cannot be set again."""
        if not block.boxes or block.measure is None:
            return None
        breaks = break_paragraph(block.boxes, block.space, block.measure, block.hyphenator, forbidden)
        return fit(block.boxes, breaks, block.space, block.measure)

    def other_length(self, block: SetBlock, lines: int) -> list[SetLine] | None:
        """The lines of a paragraph set a line longer (1) or shorter (-1) than is best, or None where that would show."""
        if len(block.boxes) < LONG_ENOUGH or block.measure is None or not block.hyphenator:
            return None
        for price in PER_LINE:
            breaks = break_paragraph(block.boxes, block.space, block.measure, block.hyphenator, per_line=-lines * price)
            if len(breaks) != len(block.lines):
                made = fit(block.boxes, breaks, block.space, block.measure)
                uneven = any(not TIGHT <= line.gap / block.space <= LOOSE for line in made[:-1] if len(line.items) > 1)
                if _hyphens(made) > _hyphens(block.lines):
                    return None
                if uneven or made[-1].width < SHORTEST_LAST or len(made) != len(block.lines) + lines:
                    return None
                return made
        return None

    def _note_marks(self, block: SetBlock) -> None:
        block.notes.clear()
        block.queries.clear()
        met: set[tuple[int, int]] = set()  # a mark may be divided between two lines
        for number, line in enumerate(block.lines):
            for item in line.items:
                for _, mark in item:
                    if mark is not None and (mark.note, mark.query) not in met:
                        met.add((mark.note, mark.query))
                        if mark.note and self._hosts.setdefault((block.part, mark.note), id(block)) == id(block):
                            block.notes.setdefault(number, []).append(mark.note)
                        if mark.query:
                            block.queries.setdefault(number, []).append(mark.query)

    def report(self) -> list[Finding]:
        """What could not be printed as it is written."""
        return self.unprinted.findings(self.case.unknown)


def _hyphens(lines: Sequence[SetLine]) -> int:
    return sum(line.end in HYPHENS for line in lines)


def baseline_of(size: float, leading: float) -> float:
    """How far below the top of a line its baseline is."""
    return (leading - size) / 2 + 0.76 * size


def _margins(paragraph: Paragraph, left: float, right: float, measure: float) -> tuple[float, float]:
    """White beside a paragraph, with what its lists and quotations add, but never so much that no text fits."""
    for container in paragraph.inside[:-1]:
        left += CONTAINER_STEP
        if container.kind == "quote":
            right += CONTAINER_STEP
    if measure - left - right < MINIMUM_MEASURE:
        spare = max(0.0, measure - MINIMUM_MEASURE)
        share = min(1.0, spare / (left + right)) if left + right else 0.0
        left, right = left * share, right * share
    return left, right


def _label(inside: Sequence[Container]) -> str:
    return inside[-1].label if inside else ""


def _sections(boxes: Sequence[Box | None]) -> Iterator[list[Box]]:
    section: list[Box] = []
    for box in boxes:
        if box is None:
            yield section
            section = []
        else:
            section.append(box)
    yield section
