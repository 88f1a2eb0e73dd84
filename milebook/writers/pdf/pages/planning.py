"""Choose the best way to break the next pages, looking several spreads ahead.

Pages are first filled as they come. Only where one of the next would be ugly (much white above a picture that goes
over, a last page of three lines) other ways are tried: spreads a line longer or shorter, pictures a size smaller.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from milebook.writers.pdf.pages.placing import AS_IT_COMES, EARLY, LATE, Filled, FootNote, Position

HORIZON = 6  # pages looked ahead
BEAM = 6  # ways kept from page to page
MINOR, MAJOR = 0.35, 1.7  # prices, in lines of white: what is put up with, and what is worth looking for another way
SPREAD_PRICE = 0.4  # of a spread that is a line longer or shorter than the others
WHITE_FROM, WHITE_PRICE = 3.0, 0.6  # lines of white from which each costs so much more
SHORT_PAGE, SHORT_PRICE = 5, 3.0  # lines that the last page of a chapter should have, and the price of each that lacks
HYPHEN_PRICE = 0.5  # of a right-hand page that ends early for a hyphen: mostly its paragraph can be set again
REDUCED_PRICE = 4.0  # of a picture reduced to nothing
SIZES = (0.85, 0.7)  # of the pictures of a page, where they do not stand in their full size
ALONE_PRICE = 6.0  # of a page of nothing but pictures, if it were nearly empty
MOVE_PRICE = 0.6  # of a picture that stands before or after its place in the story
# lines by which a right-hand page that begins a chapter may be shorter: it faces another chapter
OPENER_DEPTHS = (0, -1, -2)


class Step(NamedTuple):
    """One page: how it is filled, in which depth (lines more or less than usual), its pictures in which size."""

    filled: Filled
    lines: int
    size: float
    move: str = AS_IT_COMES


class _Way(NamedTuple):
    price: float
    at: Position
    carry: tuple[FootNote, ...]
    recto: bool
    lines: int  # of the open spread
    steps: tuple[Step, ...]


Fill = Callable[[Position, "tuple[FootNote, ...]", bool, int, float, str], Filled]


class Planner:
    """Plans pages. `fill(at, carry, recto, lines, size, move)` fills one; `spreads` says whether pages face each other,
    `opens` whether a position begins a chapter.
    """

    def __init__(self, fill: Fill, unit: float, grid: float, opens: Callable[[Position], bool], *, spreads: bool) -> None:  # fmt: skip
        self._opens = opens
        self.openers = OPENER_DEPTHS if spreads and grid else (0,)
        self._fill, self.unit = fill, unit
        self.spreads = spreads
        self.depths = (0, -1, 1) if spreads and grid else (0,)
        self._memory: dict[tuple[object, ...], Filled] = {}

    def forget(self) -> None:
        """Paragraphs have been set again: what was filled with them no longer holds."""
        self._memory.clear()

    def plan(self, at: Position, carry: tuple[FootNote, ...], recto: bool, lines: int) -> list[Step]:
        """The next pages, one at least. `lines`: of the verso that is already there."""
        if len(self._memory) > 4000:
            self._memory.clear()
        plain = self._plain(_Way(0.0, at, carry, recto, lines, ()))
        prices = [self.price(step) for step in plain]
        worst = max(prices)
        if worst <= MINOR:
            return plain if plain[-1].filled.ended else plain[: HORIZON // 2 + (1 if recto else 0)]
        least = MAJOR if worst >= MAJOR else MINOR
        bad = next(i for i, price in enumerate(prices) if price > least)
        best = self._search(at, carry, recto, lines, min(len(plain), bad + 3), BEAM if worst >= MAJOR else BEAM // 2)
        keep = bad + 1 if (bad % 2 == 0) == recto else bad + 2  # to the end of its spread
        return list(best.steps[:keep])

    def price(self, step: Step) -> float:
        """How much a page is worse than it might be, in lines of white."""
        filled = step.filled
        price = 0.0
        if filled.ended:
            if filled.placed and not filled.placed[0].block.start:
                used = filled.used / self.unit
                price += SHORT_PRICE * max(0.0, SHORT_PAGE - used)
        elif filled.hyphen is not None:
            price += min(filled.cost, HYPHEN_PRICE)
        else:
            price += filled.cost
            white = filled.slack / self.unit
            if white > WHITE_FROM and filled.cost > white / 2 and not filled.notes:
                price += WHITE_PRICE * (white - WHITE_FROM)
        if filled.placed and all(one.block.kind == "figure" for one in filled.placed):
            price += ALONE_PRICE * max(0.0, filled.slack) / max(filled.slack + filled.used, 1.0)
        for one in filled.placed:
            block = one.block
            if block.kind == "figure" and one.height < block.height:
                price += REDUCED_PRICE * (1.0 - one.height / block.height)
        return price + SPREAD_PRICE * abs(step.lines) + (MOVE_PRICE if step.move else 0.0)

    # ---- ways

    def _plain(self, way: _Way) -> list[Step]:
        """The next pages as they come."""
        while len(way.steps) < HORIZON:
            way = self._go(way, way.lines if way.recto else 0, 1.0)
            if way.steps[-1].filled.ended:
                break
        return list(way.steps)

    def _search(self, at: Position, carry: tuple[FootNote, ...], recto: bool, lines: int, pages: int, beam: int) -> _Way:  # fmt: skip
        """The cheapest way over so many pages, or to the end of the chapter."""
        ways = [_Way(0.0, at, carry, recto, lines, ())]
        ended: list[_Way] = []
        for _ in range(pages):
            found: dict[tuple[object, ...], _Way] = {}
            for way in ways:
                for new in self._next(way):
                    if new.steps[-1].filled.ended:
                        ended.append(new)
                        continue
                    key = (new.at, new.carry, new.lines)
                    known = found.get(key)
                    if known is None or new.price < known.price - 1e-9:
                        found[key] = new
            ways = sorted(found.values(), key=lambda way: way.price)[:beam]
            if not ways:
                break
        return min([*ended, *ways], key=lambda way: way.price)

    def _next(self, way: _Way) -> list[_Way]:
        depths: tuple[int, ...] = (way.lines,)
        if not way.recto and self.spreads:
            depths = self.depths
        elif self.spreads and self._opens(way.at):
            depths = self.openers
        out = []
        for lines in depths:
            first = self._go(way, lines, 1.0)
            out.append(first)
            filled = first.steps[-1].filled
            if any(one.block.kind == "figure" for one in filled.placed):
                out += [self._go(way, lines, size) for size in SIZES]
            if filled.barred:
                out += [self._go(way, lines, 1.0, LATE), self._go(way, lines, 1.0, EARLY), self._go(way, lines, SIZES[0], EARLY)]  # fmt: skip
        return out

    def _go(self, way: _Way, lines: int, size: float, move: str = AS_IT_COMES) -> _Way:
        key = (way.at, way.carry, way.recto, lines, size, move)
        filled = self._memory.get(key)
        if filled is None:
            filled = self._memory[key] = self._fill(way.at, way.carry, way.recto, lines, size, move)
        step = Step(filled, lines, size, move)
        recto = not way.recto if self.spreads else way.recto
        return _Way(way.price + self.price(step), filled.at, filled.carry, recto, 0 if recto is False else lines, (*way.steps, step))  # fmt: skip
