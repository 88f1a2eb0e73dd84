"""Set tables, a Block for each row: the word counts and the checklist at the end of a draft."""

from __future__ import annotations

from dataclasses import replace

from milebook.model.draft import Role, Table
from milebook.model.languages import reads_right_to_left
from milebook.model.text import Run
from milebook.writers.pdf.blocks import Block
from milebook.writers.pdf.galley import Compositor, baseline_of
from milebook.writers.pdf.linebreaks import Measure, break_paragraph
from milebook.writers.pdf.lines import fit

GAP = 8.0  # points between two columns


def rows(compositor: Compositor, table: Table, part: int) -> list[Block]:
    """A table as one Block a row."""
    style = replace(compositor.style(Role.NOTES_TEXT), align="left", indent=0.0, left=0.0, right=0.0, hyphenate=True, before=0.0, after=0.0, table_figures=True)  # fmt: skip
    language = compositor.draft.parts[part].lang or compositor.draft.language
    leftward = reads_right_to_left(language)
    columns = _columns(compositor.measure, table, leftward)
    most = max(1, int(compositor.depth * 0.4 / style.leading))  # lines of a row; a longer one goes on in another
    head: Block | None = None
    out: list[Block] = []
    for number, row in enumerate((table.head, *table.rows), -1):
        shown = style if number >= 0 and number not in table.strong else replace(style, bold=True)
        if number < 0:
            shown = replace(style, italic=True)
        block = Block("row", part, table, shown, leading=style.leading, columns=columns, row=number, head=head)
        block.baseline = baseline_of(style.size, style.leading)
        for i, text in enumerate(row[: len(columns)]):
            measure = Measure(columns[i][1], 0.0, 0.0, "right" if i in table.right else "left", leftward)
            boxes = [
                box for box in compositor.boxes((Run(text),), shown, language, leftward=leftward) if box is not None
            ]
            space = compositor.look(shown, None, language).space
            lines = fit(boxes, break_paragraph(boxes, space, measure, None), space, measure) if boxes else []
            block.cells.append(lines)
            compositor.unprinted.watch(None, boxes)
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


def _divided(block: Block, most: int) -> list[Block]:
    """A row as Blocks of at most so many lines, with their heights."""
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
