"""Blocks in, pages out: where each line, picture, row and footnote stands, facing pages ending on the same line.

A spread is tried as it is, a line
shorter and a line longer, and the best of the three is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from milebook.writers.pdf.filling import EPSILON, Filled, Filler, FootNote, Placed, Position, Run, flexible
from milebook.writers.pdf.galley import Block
from milebook.writers.pdf.measure import HYPHEN_BREAK, NAME_BREAK

SPREAD_FAULT = 0.4  # in lines of white: what it costs a spread to be a line longer or shorter


@dataclass(slots=True)
class Page:
    """One page: its folio and what stands on it."""

    folio: int
    roman: bool
    recto: bool
    placed: list[Placed] = field(default_factory=list)
    notes: list[Placed] = field(default_factory=list)
    rule: float = -1.0  # of the footnotes, from the top of the type area; -1: none
    opener: bool = False
    part: int = -1  # the Part that is being read at its top
    last_part: int = -1  # the last Part that begins on it, or goes on
    depth: float = 0.0

    @property
    def blank(self) -> bool:
        return not self.placed and not self.notes

    @property
    def label(self) -> str:
        return roman(self.folio) if self.roman else str(self.folio)


class PageMaker:
    """Makes pages of Blocks. `notes_of` gives the footnotes of a Part by number; `again` resets a paragraph."""

    def __init__(self, blocks: Sequence[Block], depth: float, grid: float, mirrored: bool, notes_of: Callable[[int], dict[int, list[Block]]], again: Callable[[Block, frozenset[tuple[int, int]]], bool]) -> None:  # fmt: skip
        self.blocks = blocks
        self.depth, self.grid, self.mirrored = depth, grid, mirrored
        self.again = again
        self.unit = grid or 14.0
        self.run = Run(blocks, grid, self.unit, mirrored, notes_of)

    def make(self, front: Callable[[int], bool], first_page: int) -> list[Page]:
        """All pages, in order. `front(part)` says whether a Part has lower-case roman folios."""
        pages: list[Page] = []
        at: Position = (0, 0)
        carry: tuple[FootNote, ...] = ()
        folio, is_roman = 0, False
        if self.blocks:
            is_roman = front(self.blocks[0].part)
            folio = 0 if is_roman else first_page - 1
        spread = 0  # lines by which the open spread is longer or shorter
        part = -1
        count = len(self.blocks)

        def new_page() -> Page:
            nonlocal folio
            folio += 1
            page = Page(folio, is_roman, folio % 2 == 1 or not self.mirrored, part=part, last_part=part, depth=self.depth)  # fmt: skip
            pages.append(page)
            return page

        while at[0] < count or carry:
            block = self.blocks[at[0]] if at[0] < count else None
            fresh = block is not None and at[1] == 0 and not carry
            if fresh and block is not None:
                if is_roman and not front(block.part):
                    if pages and self.mirrored and first_page % 2 == 1 and folio % 2 == 1:
                        new_page()
                    is_roman, folio, spread = False, first_page - 1, 0
                if block.start == "recto" and self.mirrored and folio % 2 == 1:
                    part = -1
                    new_page()
                if block.start:
                    spread = 0
            recto = folio % 2 == 0 or not self.mirrored
            if self.mirrored and not recto:
                spread = 0
            filled, spread = self._choose(at, carry, recto, spread)
            filled = self._settle(filled, at, carry, recto, spread)
            page = new_page()
            page.placed, page.notes, page.rule = self._spread_out(filled), filled.notes, filled.rule
            page.depth = self.depth + spread * self.grid
            if page.placed:
                page.part = page.placed[0].block.part
                page.last_part = page.placed[-1].block.part
                page.opener = any(one.block.opener and one.first == 0 for one in page.placed)
                part = page.last_part
            at, carry = filled.at, filled.carry
        return pages

    def _choose(self, at: Position, carry: tuple[FootNote, ...], recto: bool, spread: int) -> tuple[Filled, int]:
        """The page filled as it serves its spread best, and by how many lines it is longer or shorter than others."""
        plain = self._fill(at, carry, recto, spread)
        if not self.grid or (recto and self.mirrored and spread):
            return plain, spread
        best, chosen, least = plain, spread, 1e9
        for lines in (0, -1, 1) if not spread else (spread,):
            filled = plain if lines == spread else self._fill(at, carry, recto, lines)
            cost = 0.0 if filled.ended else filled.cost
            if self.mirrored and not recto and not filled.ended and (filled.at[0] < len(self.blocks)):
                facing = self._fill(filled.at, filled.carry, True, lines)
                cost += 0.0 if facing.ended else facing.cost
            cost += SPREAD_FAULT * abs(lines)
            if cost < least - EPSILON:
                best, chosen, least = filled, lines, cost
            if not lines and cost < SPREAD_FAULT:
                break
        return best, chosen

    def _settle(self, filled: Filled, at: Position, carry: tuple[FootNote, ...], recto: bool, spread: int) -> Filled:
        """The same page, with the paragraph set anew if a right-hand page would end in the middle of a word."""
        if not (recto and self.mirrored) or not filled.placed or not filled.at[1]:
            return filled
        last = filled.placed[-1]
        if last.block.kind != "text" or last.last >= len(last.block.lines):
            return filled
        line = last.block.lines[last.last - 1]
        if line.end not in (HYPHEN_BREAK, NAME_BREAK):
            return filled
        position = _position(last.block, last.last)
        if position is not None and self.again(last.block, frozenset((position,))):
            return self._fill(at, carry, recto, spread)
        return filled

    def _spread_out(self, filled: Filled) -> list[Placed]:
        """White left at the foot goes in whole lines before headings and around pictures and breaks."""
        placed = filled.placed
        if filled.ended and placed and placed[0].block.at_foot and not filled.notes:
            return [one._replace(y=one.y + max(0.0, filled.slack)) for one in placed]
        lines = int((filled.slack + EPSILON) // self.unit) if self.grid else 0
        if filled.ended or filled.notes or not 0 < lines <= 3:
            return placed
        spots = [i for i, one in enumerate(placed) if i and (flexible(one) or placed[i - 1].block.kind == "figure")]
        if not spots:
            return placed
        shift, out = 0.0, []
        share, extra = divmod(lines, len(spots))
        for i, one in enumerate(placed):
            if i in spots:
                shift += self.unit * (share + (1 if spots.index(i) < extra else 0))
            out.append(one._replace(y=one.y + shift))
        return out

    # ---- filling one page

    def _fill(self, at: Position, carry: tuple[FootNote, ...], recto: bool, spread: int) -> Filled:
        return Filler(self.run, self.depth + spread * self.grid, carry, recto).fill(at)


def _position(block: Block, line: int) -> tuple[int, int] | None:
    """The break (box, character) at the end of line number `line` (from 1), found by the text before it."""
    at = sum(len(one.text) for one in block.lines[:line])
    for number, box in enumerate(block.boxes):
        size = len(box.text)
        if at < size:
            return (number, at) if at > 0 else None
        at -= size + 1
    return None


def roman(number: int) -> str:
    """Lower-case roman numerals."""
    out = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        while number >= value:
            out += sign
            number -= value
    return out
