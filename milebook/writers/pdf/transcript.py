"""Read back what the pages of a stretch say, for the comparison with the Draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from milebook.model.draft import Figure, Table
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import members
from milebook.writers.pdf.pages.positions import PlacedPage

NotesOf = Callable[[int], Mapping[int, Sequence[SetBlock]]]  # number of a Part -> its footnotes by their printed number


def transcribe(blocks: Sequence[SetBlock], pages: Iterable[PlacedPage], notes_of: NotesOf) -> list[tuple[str, str]]:
    """Anchors and words in the Draft's order; only what stands on a page is counted as said."""
    placed = _Placed(pages)
    out: list[tuple[str, str]] = []
    tables: set[int] = set()
    for i, block in enumerate(blocks):
        item = block.item
        if isinstance(item, Figure):
            out += placed.figure(block)
        elif not isinstance(item, Table):
            out.append(placed.paragraph(block))
        elif id(item) not in tables:
            tables.add(id(item))
            out.append(placed.table(item))
        if i + 1 == len(blocks) or blocks[i + 1].part != block.part:
            out += [placed.paragraph(note) for notes in notes_of(block.part).values() for note in notes]
    return out


class _Placed:
    """The words, pictures and cells that stand on pages, by the identity of their blocks and tables."""

    def __init__(self, pages: Iterable[PlacedPage]) -> None:
        self.lines: dict[int, list[str]] = {}
        self.pictures: set[int] = set()
        self.cells: dict[int, dict[tuple[int, int], str]] = {}  # table -> row and column -> words
        rows: set[int] = set()
        for page in pages:
            for one in (*page.placed, *page.notes):
                block = one.block
                if block.kind == "text":
                    self.lines.setdefault(id(block), []).extend(line.text for line in block.lines[one.first : one.last])
                elif block.kind == "figure":
                    self.pictures.add(id(block))
                elif id(block) not in rows:
                    rows.add(id(block))
                    self._add_row(block)

    def _add_row(self, block: SetBlock) -> None:
        cells = self.cells.setdefault(id(block.item), {})
        for column, lines in enumerate(block.cells):
            words = "".join([line.text for line in lines])
            # a row that goes on in another may have been divided inside a word
            cells[block.row, column] = cells.get((block.row, column), "") + words

    def paragraph(self, block: SetBlock) -> tuple[str, str]:
        return block.item.anchor, _one_line(self.lines.get(id(block), ()))

    def figure(self, block: SetBlock) -> Iterator[tuple[str, str]]:
        for figure in members(block):
            if id(block) in self.pictures:
                yield "figure", figure.item.alt
            for caption in figure.captions:
                yield caption.item.anchor, _one_line(line.text for line in caption.lines)

    def table(self, table: Table) -> tuple[str, str]:
        return table.anchor, " ".join(" ".join(self.cells.get(id(table), {}).values()).split())


def _one_line(texts: Iterable[str]) -> str:
    return " ".join("".join(texts).split())
