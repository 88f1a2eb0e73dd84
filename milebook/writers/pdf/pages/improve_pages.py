"""Improve a planned page: set paragraphs again to avoid a hyphen or a white line at its foot.

No right-hand page ends in the middle of a word, and facing pages end on the same line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.pages.placing import EPSILON, Filled, FootNote, Placed, Position, flexible
from milebook.writers.pdf.pages.planning import Fill, Planner, Step

FILLED_UP = 2  # lines of white that paragraphs set longer or shorter may fill
DEPTHS = (0, -1, 1, -2)  # lines by which a spread may be longer or shorter, tried in this order
RESETS = 4  # times a paragraph is set again to be rid of a hyphen at the end of a right-hand page


class Again(Protocol):
    """Sets a paragraph again: without some breaks, its first `kept` lines as they were, or a line longer or shorter.

    Returns the way back, or None where it cannot be done.
    """

    def __call__(self, block: SetBlock, forbidden: frozenset[tuple[int, int]], kept: int, longer: int = 0) -> Callable[[], None] | None: ...  # fmt: skip


class Settler:
    """Settles pages. `fill(at, carry, recto, lines, size, move)` fills one, `again` sets a paragraph again."""

    def __init__(self, blocks: Sequence[SetBlock], fill: Fill, again: Again, planner: Planner, unit: float, *, grid: bool) -> None:  # fmt: skip
        self.blocks, self._fill, self._again, self.planner, self.unit = blocks, fill, again, planner, unit
        self.grid = grid
        self._undo: list[Callable[[], None]] = []

    def page(self, planned: list[Step], at: Position, carry: tuple[FootNote, ...], recto: bool) -> list[Step]:
        """The first of the planned pages as it is printed, and those after it that still hold."""
        self._undo.clear()
        first = planned[0]
        if self.planner.spreads and self.grid and not recto and not first.filled.ended and _prose(first.filled):
            found = self._facing(planned, at, carry)
            if found:
                return found
        step = self._settle(first, at, carry, recto)
        return [step] if self._undo or step.filled.at != first.filled.at else [step, *planned[1:]]

    def _facing(self, planned: list[Step], at: Position, carry: tuple[FootNote, ...]) -> list[Step]:
        """Both pages of a spread of prose, in the first depth in which both are full; nothing where there is none."""
        first = planned[0]
        for lines in (first.lines, *(lines for lines in DEPTHS if lines != first.lines)):
            verso = first if lines == first.lines else Step(self._fill(at, carry, False, lines, 1.0, ""), lines, 1.0)
            verso = self._settle(verso, at, carry, False)
            filled = verso.filled
            if not filled.ended and self._full(filled):
                if not self._undo and len(planned) > 1 and verso is first:
                    facing = planned[1]
                else:
                    facing = Step(self._fill(filled.at, filled.carry, True, lines, 1.0, ""), lines, 1.0)
                if not _prose(facing.filled):
                    self._back()
                    return []
                settled = self._settle(facing, filled.at, filled.carry, True)
                if self._full(settled.filled):
                    return [
                        verso,
                        settled,
                        *(planned[2:] if not self._undo and len(planned) > 1 and settled is planned[1] else ()),
                    ]
            self._back()
        return []

    def _back(self) -> None:
        if self._undo:
            self.planner.forget()
        while self._undo:
            self._undo.pop()()

    def _full(self, filled: Filled) -> bool:
        return filled.ended or bool(filled.notes) or filled.slack < self.unit / 2 or bool(spots(filled.placed))

    def _settle(self, step: Step, at: Position, carry: tuple[FootNote, ...], recto: bool) -> Step:
        """The same page, a paragraph set again if the page would have to end early for a word that goes on."""
        tried: set[tuple[int, int]] = set()
        for _ in range(RESETS):
            filled = step.filled
            if filled.hyphen is None:
                break
            number, line = filled.hyphen
            block = self.blocks[number]
            position = _position(block, line)
            if position is None or position in tried:
                break
            tried.add(position)
            kept = at[1] if at[0] == number else 0  # lines that stand on the page before
            undo = self._again(block, frozenset(tried), kept)
            if undo is None:
                break
            new = self._fill(at, carry, recto, step.lines, step.size, step.move)
            if new.slack > filled.slack - self.unit / 2 and new.hyphen is None:
                undo()
                break
            self._keep(undo)
            step = step._replace(filled=new)
        return self._fill_up(step, at, carry, recto)

    def _fill_up(self, step: Step, at: Position, carry: tuple[FootNote, ...], recto: bool) -> Step:
        """The same page, filled up by paragraphs set a line longer or shorter."""
        filled = step.filled
        white = int((filled.slack + EPSILON) // self.unit)
        if not self.grid or filled.ended or filled.notes or not 0 < white <= FILLED_UP or spots(filled.placed):
            return step
        texts = sorted((one.block for one in filled.placed if one.block.boxes), key=lambda block: -len(block.lines))
        for block, longer in [(block, longer) for longer in (1, -1) for block in texts]:
            kept = at[1] if block is self.blocks[at[0]] else 0  # lines that stand on the page before
            undo = self._again(block, frozenset(), kept, longer)
            if undo is None:
                continue
            new = self._fill(at, carry, recto, step.lines, step.size, step.move)
            if new.hyphen is not None or new.ended or new.notes or new.slack > filled.slack - self.unit / 2:
                undo()
                continue
            self._keep(undo)
            step, filled = step._replace(filled=new), new
            if new.slack < self.unit / 2:
                break
        return step

    def _keep(self, undo: Callable[[], None]) -> None:
        self._undo.append(undo)
        self.planner.forget()


def spots(placed: Sequence[Placed]) -> list[int]:
    """Numbers of what may move down to share white out."""
    return [i for i, one in enumerate(placed) if i and (flexible(one) or placed[i - 1].block.kind == "figure")]


def _prose(filled: Filled) -> bool:
    return all(one.block.kind == "text" for one in filled.placed)


def _position(block: SetBlock, line: int) -> tuple[int, int] | None:
    """The break (box, character) at the end of line number `line` (from 1), found by the text before it."""
    at = sum(len(one.text) for one in block.lines[:line])
    for number, box in enumerate(block.boxes):
        size = len(box.text)
        if at < size:
            return (number, at) if at > 0 else None
        at -= size + 1
    return None
