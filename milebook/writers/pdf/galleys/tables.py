"""Set tables, a block for each row: the word counts and the checklist at the end of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from milebook.layout import Style
from milebook.model.draft import Role, Table
from milebook.model.languages import reads_right_to_left
from milebook.model.text import Run
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.boxes import Box
from milebook.writers.pdf.galleys.galley import Compositor, baseline_of
from milebook.writers.pdf.galleys.linebreaks import break_paragraph
from milebook.writers.pdf.galleys.lines import SetLine, fit
from milebook.writers.pdf.galleys.measure import Measure

GAP = 8.0  # points between two columns


def rows(compositor: Compositor, table: Table, part: int) -> list[SetBlock]:
    """A table as one block a row."""
    style = replace(compositor.style(Role.NOTES_TEXT), align="left", indent=0.0, left=0.0, right=0.0, hyphenate=True, before=0.0, after=0.0, table_figures=True)  # fmt: skip
    language = compositor.draft.parts[part].lang or compositor.draft.language
    leftward = reads_right_to_left(language)
    columns = _columns(compositor.measure, table, leftward)
    most = max(1, int(compositor.depth * 0.4 / style.leading))  # lines of a row; a longer one goes on in another
    strong, heading = replace(style, bold=True), replace(style, italic=True)
    cells = _Cells(compositor, columns, frozenset(table.right), language, leftward=leftward)
    head: SetBlock | None = None
    out: list[SetBlock] = []
    for number, row in enumerate((table.head, *table.rows), -1):
        shown = heading if number < 0 else strong if number in table.strong else style
        block = SetBlock("row", part, table, shown, leading=style.leading, columns=columns, row=number, head=head)
        block.baseline = baseline_of(style.size, style.leading)
        for column, text in enumerate(row[: len(columns)]):
            block.cells.append(cells.lines(text, column, shown))
        out += _divided(block, most)
        if number < 0:
            head = out[-1]
            head.keep_next = True
            head.before = 6.0
    if out:
        out[-1].after = compositor.grid or 12.0
    return out


def _columns(measure: float, table: Table, leftward: bool) -> list[tuple[float, float]]:
    """Where each column begins and how wide it is, in points."""
    total = sum(table.widths) or 1.0
    columns, x = [], 0.0
    for share in table.widths:
        width = (measure + GAP) * share / total - GAP
        columns.append((measure - x - max(width, 6.0) if leftward else x, max(width, 6.0)))
        x += width + GAP
    return columns


def _divided(block: SetBlock, most: int) -> list[SetBlock]:
    """A row as blocks of at most so many lines, with their heights."""
    out = [block]
    high = max((len(lines) for lines in block.cells), default=1)
    while high > most:
        block = out[-1]
        out.append(replace(block, cells=[lines[most:] for lines in block.cells]))
        block.cells = [lines[:most] for lines in block.cells]
        block.height = most * block.leading
        high -= most
    out[-1].height = high * block.leading + 3.0
    return out


class _Cells:
    """The cells of a table. Many rows say the same of their stories, which is set once."""

    def __init__(self, compositor: Compositor, columns: Sequence[tuple[float, float]], right: frozenset[int], language: str, *, leftward: bool) -> None:  # fmt: skip
        self._compositor, self._language, self._leftward = compositor, language, leftward
        self._columns, self._right = columns, right
        self._known: dict[tuple[str, int, bool, bool], tuple[list[Box], list[SetLine]]] = {}

    def lines(self, text: str, column: int, style: Style) -> list[SetLine]:
        """A text broken into the lines of its cell."""
        key = text, column, style.bold, style.italic
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._set(text, column, style)
        boxes, lines = found
        self._compositor.unprinted.watch(None, boxes)
        return lines

    def _set(self, text: str, column: int, style: Style) -> tuple[list[Box], list[SetLine]]:
        measure = Measure(
            self._columns[column][1], 0.0, 0.0, "right" if column in self._right else "left", self._leftward
        )
        made = self._compositor.boxes((Run(text),), style, self._language, leftward=self._leftward)
        boxes = [box for box in made if box is not None]
        if not boxes:
            return [], []
        space = self._compositor.look(style, None, self._language).space
        return boxes, fit(boxes, break_paragraph(boxes, space, measure, None), space, measure)
