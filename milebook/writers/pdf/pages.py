"""Blocks in, pages out: where each line, picture, row and footnote stands, facing pages ending on the same line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from milebook.model.draft import Role
from milebook.writers.pdf.filling import EPSILON, Filled, Filler, FootNote, Placed, Position, Run
from milebook.writers.pdf.galley import Block
from milebook.writers.pdf.planning import Planner, Step
from milebook.writers.pdf.settling import Again, Settler, spots


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
        return numeral(self.folio, roman=self.roman)


class PageMaker:
    """Makes pages of Blocks. `notes_of` gives the footnotes of a Part by number; `again` resets a paragraph."""

    def __init__(self, blocks: Sequence[Block], depth: float, grid: float, mirrored: bool, notes_of: Callable[[int], dict[int, list[Block]]], again: Again) -> None:  # fmt: skip
        self.blocks = blocks
        self.depth, self.grid, self.mirrored = depth, grid, mirrored
        self.unit = grid or 14.0
        self.run = Run(blocks, grid, self.unit, mirrored, notes_of)
        self.planner = Planner(self._fill, self.unit, grid, spreads=mirrored)
        self.settler = Settler(blocks, self._fill, again, self.planner, self.unit, grid=bool(grid))

    def make(self, recto: bool) -> list[Page]:
        """All pages of the Blocks, in order, numbered from 1 (from 2, where they do not begin on a right-hand page)."""
        pages: list[Page] = []
        at: Position = (0, 0)
        carry: tuple[FootNote, ...] = ()
        folio = 0 if recto or not self.mirrored else 1
        spread = 0  # lines by which the open spread is longer or shorter
        planned: list[Step] = []
        part = -1
        count = len(self.blocks)

        def new_page() -> Page:
            nonlocal folio
            folio += 1
            page = Page(folio, False, folio % 2 == 1 or not self.mirrored, part=part, last_part=part, depth=self.depth)
            pages.append(page)
            return page

        while at[0] < count or carry:
            block = self.blocks[at[0]] if at[0] < count else None
            if block is not None and block.start and at[1] == 0 and not carry:
                if block.start == "recto" and self.mirrored and folio % 2 == 1 and pages:
                    part = -1
                    new_page()
                spread = 0
            recto = folio % 2 == 0 or not self.mirrored
            if not planned:
                planned = self.planner.plan(at, carry, recto, spread if recto else 0)
            step, *planned = self.settler.page(planned, at, carry, recto)
            filled, spread = step.filled, step.lines
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

    def end(self) -> None:
        """Let go of the Blocks: a maker and its planner know each other, and nobody collects cycles while a command runs."""
        del self.planner, self.settler

    def _spread_out(self, filled: Filled) -> list[Placed]:
        """White left at the foot goes in whole lines before headings and around pictures and breaks."""
        placed = _level(filled.placed)
        foot = next((i for i, one in enumerate(placed) if one.block.at_foot), len(placed))
        if filled.ended and foot < len(placed) and not filled.notes:
            return [*placed[:foot], *(one._replace(y=one.y + max(0.0, filled.slack)) for one in placed[foot:])]
        lines = int((filled.slack + EPSILON) // self.unit) if self.grid else 0
        if filled.ended or filled.notes or not 0 < lines <= 3:
            return placed
        places = spots(placed)
        if not places:
            return placed
        shift, out = 0.0, []
        share, extra = divmod(lines, len(places))
        for i, one in enumerate(placed):
            if i in places:
                shift += self.unit * (share + (1 if places.index(i) < extra else 0))
            out.append(one._replace(y=one.y + shift))
        return out

    # ---- filling one page

    def _fill(self, at: Position, carry: tuple[FootNote, ...], recto: bool, lines: int, size: float) -> Filled:
        return Filler(self.run, self.depth + lines * self.grid, carry, recto, size).fill(at)


def _level(placed: list[Placed]) -> list[Placed]:
    """A manuscript's count of words stands at the right of the first line of its address."""
    roles = [getattr(one.block.item, "role", "") for one in placed]
    if Role.CONTACT not in roles or Role.WORD_COUNT not in roles:
        return placed
    y = placed[roles.index(Role.CONTACT)].y
    return [one._replace(y=y) if role == Role.WORD_COUNT else one for one, role in zip(placed, roles, strict=True)]


def numeral(number: int, *, roman: bool) -> str:
    """A folio as it is printed: in lower-case roman numerals or in figures."""
    if not roman:
        return str(number)
    out = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        while number >= value:
            out += sign
            number -= value
    return out
