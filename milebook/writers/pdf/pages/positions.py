"""Decide where each line, picture, row and footnote stands on its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from milebook.model.draft import Role
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import words_height
from milebook.writers.pdf.pages.filling import UNUSABLE, Filler
from milebook.writers.pdf.pages.improve_pages import Again, Settler, spots
from milebook.writers.pdf.pages.placing import EPSILON, Filled, FootNote, Material, Placed, Position, moved
from milebook.writers.pdf.pages.planning import Planner, Step

FEWEST = 4.0  # lines that the last page of a chapter has at least
MOST_CARRIED = 8  # lines carried over to it from the page before


@dataclass(slots=True)
class PlacedPage:
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
    white: float = 0.0  # lines left white at its foot, where the text continues on the next page

    @property
    def blank(self) -> bool:
        return not self.placed and not self.notes

    @property
    def label(self) -> str:
        return numeral(self.folio, roman=self.roman)


class Progress(NamedTuple):
    """Where the making of pages stands: all that the next page depends on beside the blocks."""

    at: Position = (0, 0, ())
    carry: tuple[FootNote, ...] = ()
    folio: int = 0  # of the page before
    spread: int = 0  # lines by which the open spread is longer or shorter
    planned: tuple[Step, ...] = ()
    before: tuple[Position, tuple[FootNote, ...], Step] | None = None  # where the page before began, and its step
    part: int = -1

    def moved(self, blocks: int, pages: int) -> Progress:
        """The same with so many more blocks and pages before it."""
        before = self.before
        if before is not None:
            before = (moved(before[0], blocks), *before[1:])
        return self._replace(at=moved(self.at, blocks), folio=self.folio + pages, before=before)


class PageMaker:
    """Makes pages of blocks. `notes_of` gives the footnotes of a Part by number; `again` resets a paragraph."""

    def __init__(self, blocks: Sequence[SetBlock], depth: float, grid: float, mirrored: bool, notes_of: Callable[[int], dict[int, list[SetBlock]]], again: Again) -> None:  # fmt: skip
        self.blocks = blocks
        self.depth, self.grid, self.mirrored = depth, grid, mirrored
        self.unit = grid or 14.0
        self.material = Material(blocks, grid, self.unit, mirrored, notes_of)
        self.planner = Planner(self._fill, self.unit, grid, self._opens, spreads=mirrored)
        self.settler = Settler(blocks, self._fill, again, self.planner, self.unit, grid=bool(grid))

    def make(self, recto: bool) -> list[PlacedPage]:
        """All pages of the blocks, in order, numbered from 1 (from 2, where they do not begin on a right-hand page)."""
        pages: list[PlacedPage] = []
        progress = self.beginning(recto)
        while not self.ended(progress):
            progress = self.next_page(progress, pages)
        return pages

    def beginning(self, recto: bool) -> Progress:
        """Before the first page."""
        return Progress(folio=0 if recto or not self.mirrored else 1)

    def ended(self, progress: Progress) -> bool:
        """Whether all is on pages."""
        number, _, moved = progress.at
        return not (number < len(self.blocks) or progress.carry or any(figure < number for figure in moved))

    def next_page(self, progress: Progress, pages: list[PlacedPage]) -> Progress:
        """Add the next page to those made before it; the last of these may still change."""
        at, carry, folio, spread, planned, before, part = progress
        if self._opens(at) and not carry:
            if self.blocks[at[0]].start == "recto" and self.mirrored and folio % 2 == 1 and pages:
                part = -1
                folio += 1
                pages.append(PlacedPage(folio, False, folio % 2 == 1, part=part, last_part=part, depth=self.depth))
            spread, before = 0, None
        recto = folio % 2 == 0 or not self.mirrored
        if not planned:
            planned = tuple(self.planner.plan(at, carry, recto, spread if recto else 0))
        step, *rest = self.settler.page(list(planned), at, carry, recto)
        if before is not None and self._few(step.filled):
            longer = self._longer_tail(before, recto, step)
            if longer is not None:
                pages[-1] = self._page(folio, not recto or not self.mirrored, pages[-1].part, longer[0])
                step = longer[1]
        pages.append(self._page(folio + 1, recto, part, step))
        filled = step.filled
        return Progress(
            filled.at, filled.carry, folio + 1, step.lines, tuple(rest), (at, carry, step), pages[-1].last_part
        )

    def _page(self, folio: int, recto: bool, part: int, step: Step) -> PlacedPage:
        """A page as it is filled. `part` is the last Part on the page before."""
        filled = step.filled
        page = PlacedPage(folio, False, recto, part=part, last_part=part, depth=self.depth + step.lines * self.grid)
        page.placed, page.notes, page.rule = self._spread_out(filled), filled.notes, filled.rule
        if page.placed:
            page.part = page.placed[0].block.part
            page.last_part = page.placed[-1].block.part
            page.opener = any(one.block.opener and one.first == 0 for one in page.placed)
        page.white = self._white(page, filled)
        return page

    def _white(self, page: PlacedPage, filled: Filled) -> float:
        """Lines of white at the foot of a page that continues on the next; 0 where a chapter ends."""
        if filled.ended or not page.placed:
            return 0.0
        foot = max(one.foot for one in (*page.placed, *page.notes))
        return round(max(0.0, page.depth - foot) / self.unit, 1)

    def _few(self, filled: Filled) -> bool:
        """Whether the last page of a chapter would hold but a line or two."""
        return bool(filled.ended and filled.placed) and not filled.notes and filled.used < FEWEST * self.unit - EPSILON

    def _longer_tail(self, before: tuple[Position, tuple[FootNote, ...], Step], recto: bool, last: Step) -> tuple[Step, Step] | None:  # fmt: skip
        """The last two pages of a chapter, lines carried over from the first so that the second holds enough of them."""
        at, carry, step = before
        for fewer in range(1, MOST_CARRIED + 1):
            shorter = self._fill(at, carry, not recto or not self.mirrored, step.lines - fewer, step.size, step.move)
            if shorter.ended or shorter.cost >= UNUSABLE:
                continue
            filled = self._fill(shorter.at, shorter.carry, recto, last.lines, last.size, last.move)
            if filled.ended and not self._few(filled):
                return step._replace(filled=shorter, lines=step.lines - fewer), last._replace(filled=filled)
        return None

    def end(self) -> None:
        """Let go of the blocks: a maker and its planner know each other, and no one collects cycles while a command runs."""
        del self.planner, self.settler

    def _spread_out(self, filled: Filled) -> list[Placed]:
        """White left at the foot goes in whole lines before headings and around pictures and breaks."""
        placed = _level(filled.placed)
        foot = next((i for i, one in enumerate(placed) if one.block.at_foot), len(placed))
        if filled.ended and foot < len(placed) and not filled.notes:
            return [*placed[:foot], *(one._replace(y=one.y + max(0.0, filled.slack)) for one in placed[foot:])]
        alone = bool(placed) and all(one.block.kind == "figure" for one in placed)
        if filled.notes or (filled.ended and not alone):
            return placed  # a picture that has a page for itself makes the most of it
        placed, slack = _grown(placed, filled.slack)
        lines = int((slack + EPSILON) // self.unit) if self.grid else 0
        places = [i for i in spots(placed) if self._even_gap(placed[i - 1], placed[i])] if 0 < lines <= 3 else []
        shift, out = 0.0, []
        for i, one in enumerate(placed):
            if i in places and shift < lines * self.unit - EPSILON:
                shift += self.unit  # no gap is more than a line wider than it was meant
            out.append(one._replace(y=one.y + shift))
        return out

    def _even_gap(self, above: Placed, below: Placed) -> bool:
        """Whether the gap between two blocks has not been widened yet to reach the grid."""
        meant = max(above.block.after, below.block.before)
        return below.y - above.foot - meant < self.unit / 4

    # ---- filling one page

    def _fill(self, at: Position, carry: tuple[FootNote, ...], recto: bool, lines: int, size: float, move: str) -> Filled:  # fmt: skip
        return Filler(self.material, self.depth + lines * self.grid, carry, recto, size, move).fill(at)

    def _opens(self, at: Position) -> bool:
        """Whether a chapter begins at a position."""
        return at[1] == 0 and at[0] < len(self.blocks) and bool(self.blocks[at[0]].start)


def _grown(placed: list[Placed], slack: float) -> tuple[list[Placed], float]:
    """Pictures that may still grow take up the white at the foot; what is left of it."""
    out, shift = [], 0.0
    for one in placed:
        moved = one._replace(y=one.y + shift)
        block = one.block
        if block.kind == "figure" and slack - shift > EPSILON and block.most > one.height:
            more = min(slack - shift, block.most - one.height)
            if words_height(block, one.height + more) <= words_height(block, one.height):
                moved = moved._replace(height=one.height + more)
                shift += more
        out.append(moved)
    return out, slack - shift


def _level(placed: list[Placed]) -> list[Placed]:
    """A manuscript's count of words stands at the right of the first line of its address."""
    roles = [getattr(one.block.item, "role", "") for one in placed]
    if Role.CONTACT not in roles or Role.WORD_COUNT not in roles:
        return placed
    y = placed[roles.index(Role.CONTACT)].y
    return [one._replace(y=y) if role == Role.WORD_COUNT else one for one, role in zip(placed, roles, strict=True)]


@cache  # every paragraph of a page asks
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
